// CMS that others wrote in BER, rewritten with definite lengths, so that one strict reader serves all.
import { children, DerFault, orNull, TAG } from './der-reader.ts'
import { BER_LIMITS, checkDer, derOctetString, derTagged, type BerElement, type DerProblem } from './der.ts'

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
  const { ber } = check
  if (ber === null) return { bytes: der, rewritten: [] }
  return orNull(() => rewrite(der, ber)) ?? { fault: 'string-in-pieces' }
}

/** How long the CMS at the start of `bytes` is: in a PDF zeros follow it. Null for what is no whole element. */
export function cmsLength(bytes: Uint8Array): number | null {
  const check = checkDer(bytes, { ...BER_LIMITS, trailing: true })
  return check.fault === null ? check.length : null
}

/** One element with all that is in it; everything between the elements that are not DER is taken as it is. @throws DerFault */
function rewrite(bytes: Uint8Array, element: BerElement): DefiniteCms {
  const parts: DefiniteCms[] = []
  let at = element.start
  for (const inner of element.inner) {
    parts.push({ bytes: bytes.subarray(at, inner.at), rewritten: [] }, rewrite(bytes, inner))
    at = inner.after
  }
  parts.push({ bytes: bytes.subarray(at, element.end), rewritten: [] })
  const content = joined(parts.map((part) => part.bytes))
  if (element.tag === CONSTRUCTED_OCTET_STRING) {
    const whole = derOctetString(pieced(content))
    return { bytes: whole, rewritten: [{ start: 0, end: whole.length }] }
  }
  const whole = derTagged(element.tag, content)
  const own = element.definite ? [] : [{ start: 0, end: whole.length }]
  return { bytes: whole, rewritten: [...own, ...moved(parts, whole.length - content.length)] }
}

const CONSTRUCTED_OCTET_STRING = 0x24

/** What the pieces of a string hold together. @throws DerFault for a piece that is no OCTET STRING itself */
function pieced(content: Uint8Array): Uint8Array {
  const pieces = children({ tag: CONSTRUCTED_OCTET_STRING, raw: content, content })
  if (pieces.some(({ tag }) => tag !== TAG.octetString)) throw new DerFault('piece of a string')
  return joined(pieces.map((piece) => piece.content))
}

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
function moved(parts: readonly DefiniteCms[], start: number): RewrittenSpan[] {
  let at = start
  return parts.flatMap((part) => {
    const from = at
    at += part.bytes.length
    return part.rewritten.map((span) => ({ start: from + span.start, end: from + span.end }))
  })
}
