// Reads a PIN from a request as bytes, never as text, and leaves no copy of them behind that we made.
import type { IncomingMessage } from 'node:http'

/** @returns the bytes, empty where there are none; null: more than the limit, or the connection broke */
export async function readPin(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const pin = new Uint8Array(limit)
  let length = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      const start = length
      length += part.length
      if (length <= limit) pin.set(part, start)
      part.fill(0)
      if (length > limit) return null
    }
    // A copy of the right length; the buffer it came from is wiped.
    return pin.slice(0, length)
  } catch {
    return null
  } finally {
    pin.fill(0)
  }
}
