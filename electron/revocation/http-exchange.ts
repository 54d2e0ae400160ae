// One GET or POST to a trust service: within its time and size, over the office's proxy, with at most three redirections.
import type { ClientRequest, IncomingMessage } from 'node:http'
import { openRequest } from './http-connection.ts'
import type { HttpFault, HttpLimits, HttpLine, HttpRequest, HttpResult } from './http-types.ts'

/** Authorities move their lists at times, and never over a long chain. */
const MAX_REDIRECTS = 3

/** A body in one piece, for services that take DER. */
export function httpPost(
  url: string,
  body: Uint8Array,
  types: { readonly sent: string; readonly accepted: string },
  limits: HttpLimits,
  line: HttpLine,
  credentials: HttpRequest['credentials'] = null,
): Promise<HttpResult> {
  const { sent: contentType, accepted: accept } = types
  return exchange({ method: 'POST', url, body, contentType, accept, limits, credentials }, line)
}

export function httpGet(url: string, accept: string, limits: HttpLimits, line: HttpLine): Promise<HttpResult> {
  return exchange({ method: 'GET', url, accept, body: null, contentType: null, credentials: null, limits }, line)
}

/**
 * Never rejects. Every connection is closed when this resolves, so that nothing goes on behind a caller that gave up.
 * Credentials go to the address that was asked for and to no other origin.
 */
export async function exchange(request: HttpRequest, line: HttpLine): Promise<HttpResult> {
  const deadline = AbortSignal.timeout(request.limits.totalMs)
  const end = line.signal === undefined ? deadline : AbortSignal.any([deadline, line.signal])
  let url = webAddress(request.url)
  if (url === null) return failed('bad-address')
  const { origin } = url
  for (let hops = 0; ; hops++) {
    const credentials = url.origin === origin ? request.credentials : null
    const step = await onceAt(url, { ...request, credentials }, line, end)
    if (step.kind === 'failed')
      return line.signal?.aborted === true ? failed('aborted') : failed(step.fault, step.status)
    if (step.kind === 'answer') return { ok: true, body: step.body, contentType: step.contentType }
    const next = redirected(url, request.method, step)
    if (next === null || hops === MAX_REDIRECTS) return failed('bad-redirect', step.status)
    url = next
  }
}

function failed(fault: HttpFault, status = 0): HttpResult {
  return { ok: false, fault, status }
}

function webAddress(text: string): URL | null {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.hostname !== '' ? url : null
}

/** 301 and 302 turn POST into GET in practice, and 303 by rule: a question that is not asked again is no answer (RFC 9110 §15.4). */
function redirected(from: URL, method: HttpRequest['method'], step: Redirection): URL | null {
  if (method === 'POST' && step.status !== 307 && step.status !== 308) return null
  const to = step.location === null ? null : URL.parse(step.location, from.href)
  if (to === null || webAddress(to.href) === null) return null
  return from.protocol === 'https:' && to.protocol === 'http:' ? null : to
}

interface Redirection {
  readonly kind: 'redirection'
  readonly status: number
  readonly location: string | null
}
type Step =
  | { readonly kind: 'answer'; readonly body: Uint8Array; readonly contentType: string }
  | { readonly kind: 'failed'; readonly fault: HttpFault; readonly status: number }
  | Redirection

const REDIRECTIONS: readonly number[] = [301, 302, 303, 307, 308]

async function onceAt(url: URL, request: HttpRequest, line: HttpLine, end: AbortSignal): Promise<Step> {
  const connecting = new AbortController()
  const timer = setTimeout(() => connecting.abort(), request.limits.connectMs)
  const way = { stands: false }
  const onConnected = () => {
    way.stands = true
    clearTimeout(timer)
  }
  let client: ClientRequest | null = null
  try {
    const signal = AbortSignal.any([end, connecting.signal])
    const opened = await openRequest(url, request, line, signal, onConnected)
    if (opened === 'proxy-refused') return { kind: 'failed', fault: 'proxy-refused', status: 0 }
    client = opened
    return await read(await answerTo(client, request.body), request.limits.maxBytes)
  } catch {
    const fault = !way.stands ? 'unreachable' : end.aborted ? 'slow' : 'broken-answer'
    return { kind: 'failed', fault, status: 0 }
  } finally {
    clearTimeout(timer)
    client?.destroy()
  }
}

function answerTo(client: ClientRequest, body: Uint8Array | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    client.once('response', resolve)
    // `on`: an error after the answer has begun reaches its reader, and must find a listener here too.
    client.on('error', reject)
    client.end(body ?? undefined)
  })
}

async function read(answer: IncomingMessage, maxBytes: number): Promise<Step> {
  const status = answer.statusCode ?? 0
  if (REDIRECTIONS.includes(status)) return { kind: 'redirection', status, location: answer.headers.location ?? null }
  if (status === 407) return { kind: 'failed', fault: 'proxy-refused', status }
  if (status !== 200) return { kind: 'failed', fault: 'http-status', status }
  const tooBig: Step = { kind: 'failed', fault: 'too-big', status }
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) return tooBig
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > maxBytes) return tooBig
    chunks.push(chunk)
  }
  const contentType = (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  return { kind: 'answer', body: new Uint8Array(Buffer.concat(chunks)), contentType }
}
