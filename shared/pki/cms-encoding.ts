// CMS that others wrote in BER, rewritten with definite lengths, so that one strict reader serves all.
import { DerFault, orNull, readElement, TAG } from './der-reader.ts'
import { BER_LIMITS, checkDer, derTagged, readHeader, type DerProblem } from './der.ts'

/** A signature with the revocation lists of a large CA in it stays below this; an archive of them belongs into the DSS. */
export const MAX_CMS_BYTES = 16 * 1024 * 1024

/** Where bytes of `bytes` are not those that came in, but a new encoding of them. */
export interface RewrittenSpan {
  readonly start: number
  readonly end: number
}

export interface DefiniteCms {
  /** The one element, with definite lengths throughout. */
  readonly bytes: Uint8Array
  /** Elements that had an indefinite length or were strings in pieces; empty for DER. */
  readonly rewritten: readonly RewrittenSpan[]
}

/**
 * Gives every element a definite length and puts strings in pieces together (X.690 §8.1.3.6, §8.7.3). What had definite
 * lengths throughout is copied byte for byte, so that what is signed in DER stays as it was signed.
 */
export function definiteCms(der: Uint8Array): DefiniteCms | { readonly fault: DerProblem | 'too-large' } {
  if (der.length > MAX_CMS_BYTES) return { fault: 'too-large' }
  const check = checkDer(der, BER_LIMITS)
  if (check.fault !== null) return check
  if (check.definite) return { bytes: der, rewritten: [] }
  const rewritten = orNull(() => rewrite(der, 0, der.length)[0])
  return rewritten === null ? { fault: 'string-in-pieces' } : { bytes: rewritten.bytes, rewritten: rewritten.spans }
}

/** How long the CMS at the start of `bytes` is: in a PDF zeros follow it. Null for what is no whole element. */
export function cmsLength(bytes: Uint8Array): number | null {
  const check = checkDer(bytes, { ...BER_LIMITS, trailing: true })
  return check.fault === null ? check.length : null
}

interface Rewritten {
  readonly bytes: Uint8Array
  readonly spans: readonly RewrittenSpan[]
}

/**
 * The element at `at`, and where the next one starts. The walk has been through: every header is in order, the depth bounded.
 * @throws DerFault for a piece of an OCTET STRING that is none itself
 */
function rewrite(bytes: Uint8Array, at: number, limit: number): readonly [Rewritten, number] {
  const header = readHeader(bytes, at, limit)
  if (typeof header === 'string') throw new DerFault(header)
  const { tag, start, end } = header
  if ((tag & 0x20) === 0) return [{ bytes: bytes.subarray(at, end ?? limit), spans: [] }, end ?? limit]

  const parts: Rewritten[] = []
  let next = start
  while (end === null ? !(bytes[next] === 0 && bytes[next + 1] === 0) : next < end) {
    const [part, after] = rewrite(bytes, next, end ?? limit)
    parts.push(part)
    next = after
  }
  const after = end ?? next + 2
  const pieces = tag === CONSTRUCTED_OCTET_STRING
  if (end !== null && !pieces && parts.every((part) => part.spans.length === 0)) {
    return [{ bytes: bytes.subarray(at, end), spans: [] }, end]
  }
  const content = joined(parts.map((part) => (pieces ? readElement(part.bytes, TAG.octetString).content : part.bytes)))
  const whole = derTagged(pieces ? 0x04 : tag, content)
  const own = end === null || pieces ? [{ start: 0, end: whole.length }] : []
  const inner = pieces ? [] : moved(parts, whole.length - content.length)
  return [{ bytes: whole, spans: [...own, ...inner] }, after]
}

const CONSTRUCTED_OCTET_STRING = 0x24

/** Not `concatBytes`: a hostile message has more parts than a call may have arguments. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The spans of parts that stand one after the other, the first at `start`. */
function moved(parts: readonly Rewritten[], start: number): RewrittenSpan[] {
  let at = start
  return parts.flatMap((part) => {
    const from = at
    at += part.bytes.length
    return part.spans.map((span) => ({ start: from + span.start, end: from + span.end }))
  })
}
