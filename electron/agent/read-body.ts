// Reads a request's JSON body up to a limit, and stops reading there.
import type { IncomingMessage } from 'node:http'

export type Body =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly status: 400 | 413 | 415 }

/** @param limit bytes */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<Body> {
  // A form or a plain-text post needs no preflight; JSON does.
  if (request.headers['content-type'] !== 'application/json') return { ok: false, status: 415 }
  if (Number(request.headers['content-length'] ?? 0) > limit) return { ok: false, status: 413 }
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      size += part.length
      if (size > limit) return { ok: false, status: 413 }
      parts.push(part)
    }
    return { ok: true, value: JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown }
  } catch {
    return { ok: false, status: 400 }
  }
}
