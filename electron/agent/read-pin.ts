// Reads a PIN from a request as bytes, never as text, and leaves no copy of them behind that we made.
import type { IncomingMessage } from 'node:http'

/** @returns the bytes, empty where there are none; null: more than the limit, or the connection broke */
export async function readPin(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  const pin = new Uint8Array(limit)
  let length = 0
  let isWhole = true
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      if (isWhole && length + part.length <= limit) {
        pin.set(part, length)
        length += part.length
      } else {
        isWhole = false
      }
      part.fill(0)
      if (!isWhole) break
    }
  } catch {
    isWhole = false
  }
  // A copy of the right length; the buffer it came from is wiped.
  const exact = isWhole ? pin.slice(0, length) : null
  pin.fill(0)
  return exact
}
