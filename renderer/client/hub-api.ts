// The hub over HTTP: every call of shared/hub/api.ts, typed, with failures as data. Knows whether the hub was reached at all.
import { api, type ApiCall, type ApiRequest, type ApiResponse } from '../../shared/hub/api.ts'
import { REFUSAL_CODES, type RefusalCode } from '../../shared/refusal.ts'

/** A weak line answers within seconds or not at all; after this the screen should rather say "waiting". */
const ANSWER_MS = 15_000

/** Codes with which the hub says that nobody is logged in here any more. */
const SESSION_OVER: ReadonlySet<RefusalCode> = new Set([
  'not-logged-in',
  'session-ended',
  'account-ended',
  'device-revoked',
])

export function isSessionOver(code: RefusalCode): boolean {
  return SESSION_OVER.has(code)
}

/** `reached: false`: no answer of the hub came back; whatever was asked may still have been done. */
export type HubAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly code: RefusalCode
      readonly reached: boolean
      /** When the hub asks for patience: ms until it will listen again. */
      readonly waitMs: number | null
    }

export interface HubApi {
  readonly hubUrl: string
  call<C extends ApiCall>(call: C, request: ApiRequest<C>): Promise<HubAnswer<ApiResponse<C>>>
  /** For bytes (papers): `fetch` with the session, an address below the hub's. @throws TypeError when the hub is not reached */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
}

export interface HubApiOptions {
  readonly hubUrl: string
  readonly session: () => string | null
  readonly fetch: typeof globalThis.fetch
  /** Called after every answer, and after every failure to get one. */
  readonly onReached: (reached: boolean) => void
  /** The hub does not know the session that was sent. */
  readonly onSessionOver: (session: string, code: RefusalCode) => void
}

export function createHubApi(options: HubApiOptions): HubApi {
  const { hubUrl, onReached } = options
  const base = hubUrl.replace(/\/+$/, '')

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const session = options.session()
    const headers = new Headers(init.headers)
    if (session !== null) headers.set('authorization', `Bearer ${session}`)
    try {
      const response = await options.fetch(base + path, { ...init, headers, credentials: 'omit' })
      onReached(true)
      if (response.status === 401 && session !== null) void tellOver(response.clone(), session)
      return response
    } catch (error) {
      if (!(init.signal?.aborted === true && init.signal.reason !== TIMED_OUT)) onReached(false)
      throw error
    }
  }
  const tellOver = async (response: Response, session: string) => {
    const code = codeOf(await response.json().catch(() => null))
    if (code !== null && isSessionOver(code)) options.onSessionOver(session, code)
  }

  const call = async <C extends ApiCall>(name: C, request: ApiRequest<C>): Promise<HubAnswer<ApiResponse<C>>> => {
    const { method, path, response: schema } = api[name]
    const body =
      method === 'GET' ? {} : { body: JSON.stringify(request), headers: { 'content-type': 'application/json' } }
    const session = options.session()
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(TIMED_OUT), ANSWER_MS)
    try {
      const response = await send(path, { method, ...body, signal: timeout.signal })
      const answer: unknown = await response.json().catch(() => null)
      if (!response.ok) return failed(codeOf(answer) ?? 'hub-unavailable', session, waitOf(response))
      const parsed = schema.safeParse(valueOf(answer))
      // Another program answers at this address, or a hub of another version: nothing of it can be used.
      return parsed.success
        ? { ok: true, value: parsed.data as ApiResponse<C> }
        : failed('hub-unavailable', session, null)
    } catch {
      return { ok: false, code: 'hub-unavailable', reached: false, waitMs: null }
    } finally {
      clearTimeout(timer)
    }
  }
  const failed = (code: RefusalCode, session: string | null, waitMs: number | null) => {
    if (session !== null && isSessionOver(code)) options.onSessionOver(session, code)
    return { ok: false, code, reached: true, waitMs } as const
  }
  return { hubUrl: base, call, fetch: (path, init = {}) => send(path, init) }
}

const TIMED_OUT = 'timed out'

/** `retry-after`, in seconds (RFC 9110 §10.2.3). */
function waitOf(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 : null
}

function codeOf(answer: unknown): RefusalCode | null {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return null
  return REFUSAL_CODES.find((code) => code === answer.code) ?? null
}

/** The hub answers with the value itself, or with `{ ok: true, value }`. */
function valueOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && 'value' in answer ? answer.value : answer
}
