// Reads `Range` and `If-Range` (RFC 9110, section 14): one range, so that a viewer can show page 1 of a paper early.

/** What to send: everything, bytes `start` up to but not including `end`, or a refusal because nothing lies there. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

const WHOLE: ByteRange = { kind: 'whole' }
const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/

/**
 * A header that is malformed, has several ranges, or is conditional on another version is ignored, as RFC 9110 allows:
 * the answer is then the whole.
 * @param size bytes of the whole, at least 1
 * @param etag with its quotes
 */
export function byteRange(
  range: string | undefined,
  ifRange: string | undefined,
  etag: string,
  size: number,
): ByteRange {
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return WHOLE
  const [, first = '', last = ''] = ONE_RANGE.exec(range) ?? []
  if (first === '') {
    if (last === '') return WHOLE
    const length = Math.min(Number(last), size)
    return length === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', start: size - length, end: size }
  }
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < start) return WHOLE
  return start >= size ? { kind: 'unsatisfiable' } : { kind: 'part', start, end }
}
