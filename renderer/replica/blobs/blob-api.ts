// The hub's blob routes as seen from a device: every failure, of the line or of the hub, comes out as a refusal.
import type { z } from 'zod'
import { BlobManifest, PART_BYTES } from '../../../shared/blob/manifest.ts'
import { AdmittedPaper, BLOB_PATHS, MissingAnswer, PARALLEL_PARTS } from '../../../shared/blob/transfer.ts'
import { REFUSAL_CODES, ok, refuse, type RefusalCode, type Result } from '../../../shared/refusal.ts'
import { createGate } from './retry.ts'

/**
 * A request that has not ended after this is on a dead line (a router that forgot it tells nobody). Three parts of
 * 256 KiB in two minutes are 52 kbit/s: a slower line cannot hold a meeting.
 */
export const REQUEST_MS = 120_000

/** `fetch` with the session of this person; `path` starts with `/api/`. */
export type Send = (path: string, init: RequestInit) => Promise<Response>

/** No call rejects but for `signal`: then with its reason. `hub-unavailable` stands for every trouble of the line. */
export interface BlobApi {
  missing(parts: readonly string[], signal: AbortSignal): Promise<Result<readonly string[]>>
  putPart(hash: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Result<null>>
  commit(manifest: BlobManifest, signal: AbortSignal): Promise<Result<AdmittedPaper>>
  manifest(sha256: string, signal: AbortSignal): Promise<Result<BlobManifest>>
  part(sha256: string, hash: string, signal: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>>>
}

async function codeOf(response: Response): Promise<RefusalCode> {
  const body = (await response.json()) as { readonly code?: unknown } | null
  return REFUSAL_CODES.find((code) => code === body?.code) ?? 'hub-unavailable'
}

/**
 * One for all uploads and downloads of a window: they share its `PARALLEL_PARTS` places, so that seven papers chosen at
 * once do not become 21 connections.
 */
export function createBlobApi(send: Send): BlobApi {
  const gate = createGate(PARALLEL_PARTS)

  async function call<T>(
    path: string,
    init: RequestInit,
    signal: AbortSignal,
    read: (response: Response) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    signal.throwIfAborted()
    const limited = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)])
    try {
      const response = await send(path, { ...init, signal: limited })
      return response.ok ? await read(response) : refuse(await codeOf(response))
    } catch {
      signal.throwIfAborted()
      return refuse('hub-unavailable')
    }
  }

  const post = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  const parsed =
    <T>(schema: z.ZodType<T>) =>
    async (response: Response): Promise<Result<T>> => {
      const body = schema.safeParse(await response.json())
      return body.success ? ok(body.data) : refuse('hub-unavailable')
    }

  return {
    async missing(parts, signal) {
      const answer = await call(BLOB_PATHS.missing, post({ parts }), signal, parsed(MissingAnswer))
      return answer.ok ? ok(answer.value.missing) : answer
    },
    putPart: (hash, bytes, signal) =>
      gate(() => {
        const init = { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: bytes }
        return call(BLOB_PATHS.upload(hash), init, signal, () => Promise.resolve(ok(null)))
      }),
    commit: (manifest, signal) => call(BLOB_PATHS.commit, post({ manifest }), signal, parsed(AdmittedPaper)),
    manifest: (sha256, signal) => call(BLOB_PATHS.manifest(sha256), {}, signal, parsed(BlobManifest)),
    part: (sha256, hash, signal) =>
      gate(() =>
        call(BLOB_PATHS.part(sha256, hash), {}, signal, async (response) => {
          if (Number(response.headers.get('content-length')) > PART_BYTES) return refuse('too-large')
          return ok(new Uint8Array(await response.arrayBuffer()))
        }),
      ),
  }
}
