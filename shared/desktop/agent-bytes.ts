// Bytes inside the JSON between a page and the loopback agent: `{ "$bytes": "<base64>" }`, put in and taken out on both sides alike.

const TAG = '$bytes'
/** Deeper than any shape of the contract. */
const MAX_DEPTH = 16

/** @param encode base64 of the platform, which is faster than one in the language. */
export function packBytes(value: unknown, encode: (bytes: Uint8Array) => string): unknown {
  if (value instanceof Uint8Array) return { [TAG]: encode(value) }
  if (Array.isArray(value)) return value.map((each) => packBytes(each, encode))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, packBytes(each, encode)]))
}

/**
 * What carries no bytes comes back as it is, and a malformed tag stays what it is: the contract's shapes refuse it.
 * @param decode null for what is no base64
 */
export function unpackBytes(value: unknown, decode: (text: string) => Uint8Array | null, depth = 0): unknown {
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map((each) => unpackBytes(each, decode, depth + 1))
  const entries = Object.entries(value)
  const [only, ...more] = entries
  if (only?.[0] === TAG && typeof only[1] === 'string' && more.length === 0) return decode(only[1]) ?? value
  return Object.fromEntries(entries.map(([key, each]) => [key, unpackBytes(each, decode, depth + 1)]))
}
