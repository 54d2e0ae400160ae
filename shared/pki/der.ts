// DER as we write it (X.690 §10–11), and the bounded walk over foreign bytes that comes before any parser.
import { concatBytes } from '@noble/hashes/utils.js'

// ---- writing -------------------------------------------------------------------------------------------------------

/** One element: identifier byte, length in as few bytes as it needs, content. */
export function derTagged(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return concatBytes(Uint8Array.of(tag), derLength(length), ...content)
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derTagged(0x30, ...parts)
}

/** SET OF: the members in the order of their encodings (X.690 §11.6). */
export function derSetOf(members: readonly Uint8Array[]): Uint8Array {
  return derTagged(0x31, ...sortSetOf(members))
}

/** The order of members that DER wants, as a new list: also for sets that stand under a context tag. */
export function sortSetOf(members: readonly Uint8Array[]): Uint8Array[] {
  return [...members].sort(compareEncodings)
}

/** Byte for byte, the shorter one as if it had zeros at its end. Negative: `one` comes first. */
export function compareEncodings(one: Uint8Array, other: Uint8Array): number {
  const length = Math.max(one.length, other.length)
  for (let i = 0; i < length; i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** INTEGER that is not negative. @throws RangeError for a negative one, a mistake of the caller */
export function derInteger(value: number | bigint): Uint8Array {
  if (value < 0) throw new RangeError('negative INTEGER')
  const bytes: number[] = []
  for (let rest = BigInt(value); rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn))
  return derUnsigned(Uint8Array.from(bytes))
}

/** INTEGER from the big-endian bytes of a number that is not negative; leading zeros are dropped as DER wants. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first)
  // A set first bit would make it a negative number.
  const negative = digits.subarray(0, 1).some((byte) => byte >= 0x80)
  return negative ? derTagged(0x02, Uint8Array.of(0), digits) : derTagged(0x02, digits)
}

/** OBJECT IDENTIFIER from its dotted form. @throws RangeError for a text that is none, a mistake of the caller */
export function derOid(dotted: string): Uint8Array {
  if (!/^[012](\.(0|[1-9]\d*))+$/.test(dotted)) throw new RangeError('not an object identifier')
  const [top = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  const bytes = [top * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 0x7fn) | 0x80)
    return digits
  })
  return derTagged(0x06, Uint8Array.from(bytes))
}

export const derNull = (): Uint8Array => derTagged(0x05)
export const derBoolean = (value: boolean): Uint8Array => derTagged(0x01, Uint8Array.of(value ? 0xff : 0))
export const derOctetString = (bytes: Uint8Array): Uint8Array => derTagged(0x04, bytes)
/** BIT STRING of whole bytes. */
export const derBitString = (bytes: Uint8Array): Uint8Array => derTagged(0x03, Uint8Array.of(0), bytes)
/** [n] EXPLICIT, or [n] IMPLICIT of something constructed whose content is given. */
export const derContext = (number: number, ...content: readonly Uint8Array[]): Uint8Array =>
  derTagged(0xa0 | number, ...content)
/** [n] IMPLICIT of something primitive. */
export const derContextPrimitive = (number: number, content: Uint8Array): Uint8Array =>
  derTagged(0x80 | number, content)

/** UTCTime; for the years 1950–2049 only. @throws RangeError for others, a mistake of the caller */
export function derUtcTime(ms: number): Uint8Array {
  const year = new Date(ms).getUTCFullYear()
  if (!(year >= 1950 && year < 2050)) throw new RangeError('year outside UTCTime')
  return derTagged(0x17, ascii(timeDigits(ms).slice(2)))
}

/** GeneralizedTime to the second, in UTC, as RFC 5280 §4.1.2.5.2 wants it. */
export function derGeneralizedTime(ms: number): Uint8Array {
  return derTagged(0x18, ascii(timeDigits(ms)))
}

function timeDigits(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

// ---- checking ------------------------------------------------------------------------------------------------------

export interface DerLimits {
  /** Certificates nest some 10 deep, timestamped CMS some 20. */
  readonly depth: number
  readonly elements: number
  /** Whether indefinite lengths (X.690 §8.1.3.6) and OCTET STRINGs in pieces (§8.7.3) may stand there, as in CMS that others wrote. */
  readonly indefinite: boolean
  /** Whether bytes may follow the element. */
  readonly trailing: boolean
}

/** A revocation list of some hundred thousand entries can be part of a signature, with up to eight elements an entry. */
export const DER_LIMITS: DerLimits = { depth: 64, elements: 4_000_000, indefinite: false, trailing: false }
/** For signatures that others made. */
export const BER_LIMITS: DerLimits = { ...DER_LIMITS, indefinite: true }

export type DerProblem =
  | 'truncated'
  | 'high-tag-number'
  | 'length-form'
  | 'length-not-minimal'
  | 'indefinite-length'
  | 'string-in-pieces'
  | 'stray-end-of-contents'
  | 'too-deep'
  | 'too-many-elements'
  | 'trailing-bytes'

/** An element that is not DER, or that has such elements in it. */
export interface BerElement {
  readonly tag: number
  /** Whether it has a length of its own. */
  readonly definite: boolean
  /** Offsets: its first byte, its content, the end of its content, the next element. */
  readonly at: number
  readonly start: number
  readonly end: number
  readonly after: number
  /** Those of its children that are not DER or have such in them, in order. */
  readonly inner: readonly BerElement[]
}

export type DerCheck =
  | { readonly fault: DerProblem }
  /** `length` in bytes of the one element; `ber` says where it holds what only `indefinite` allows, null where it is DER. */
  | { readonly fault: null; readonly length: number; readonly ber: BerElement | null }

/** Products that write indefinite lengths do so at some ten places; strings come in pieces of a thousand bytes. */
const MAX_BER_ELEMENTS = 65_536

type Growing = { -readonly [K in keyof BerElement]: BerElement[K] } & { inner: BerElement[] }

/** A constructed element whose end has not come. `limit`: where it must have ended. */
interface Open {
  readonly header: ElementHeader
  readonly at: number
  readonly limit: number
  ber: Growing | null
}

/**
 * Walks over one element and all in it, without recursion: lengths, nesting and number, so that what parses it afterwards
 * meets nothing unbounded. Contents of primitive elements are not looked at.
 */
export function checkDer(bytes: Uint8Array, limits: DerLimits = DER_LIMITS): DerCheck {
  const open: Open[] = []
  let ber: BerElement | null = null
  let [at, count, berCount] = [0, 0, 0]
  do {
    const parent = open.at(-1)
    const limit = parent?.limit ?? bytes.length
    const header = readHeader(bytes, at, limit)
    if (typeof header === 'string') return { fault: header }
    const { tag, start, end } = header
    if (++count > limits.elements) return { fault: 'too-many-elements' }
    if (tag === 0) {
      if (end !== start || parent?.header.end !== null) return { fault: 'stray-end-of-contents' }
      close(open, at, start)
      at = start
    } else if (end !== null && (tag & 0x20) === 0) {
      at = end
    } else {
      open.push({ header, at, limit: end ?? limit, ber: null })
      if (end === null || tag === CONSTRUCTED_OCTET_STRING) {
        if (!limits.indefinite) return { fault: end === null ? 'indefinite-length' : 'string-in-pieces' }
        if (++berCount > MAX_BER_ELEMENTS) return { fault: 'too-many-elements' }
        ber = remember(open)
      }
      at = start
    }
    if (open.length > limits.depth) return { fault: 'too-deep' }
    while (open.at(-1)?.header.end === at) close(open, at, at)
  } while (open.length > 0)
  if (at < bytes.length && !limits.trailing) return { fault: 'trailing-bytes' }
  return { fault: null, length: at, ber }
}

const CONSTRUCTED_OCTET_STRING = 0x24

/** Notes the innermost open element and, where it is not done yet, those around it. Returns the outermost. */
function remember(open: readonly Open[]): BerElement | null {
  let outermost: Growing | null = null
  let outer: Growing | null = null
  for (const one of open) {
    if (one.ber === null) {
      const { tag, start, end } = one.header
      one.ber = { tag, definite: end !== null, at: one.at, start, end: start, after: start, inner: [] }
      outer?.inner.push(one.ber)
    }
    outer = one.ber
    outermost ??= outer
  }
  return outermost
}

function close(open: Open[], end: number, after: number): void {
  const closed = open.pop()?.ber
  if (closed) Object.assign(closed, { end, after })
}

export interface ElementHeader {
  readonly tag: number
  /** Where the content starts. */
  readonly start: number
  /** Where the content ends; null for an indefinite length. */
  readonly end: number | null
}

/** The header at `at`; what it announces must end at `limit` or before. */
export function readHeader(bytes: Uint8Array, at: number, limit: number): ElementHeader | DerProblem {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || at + 2 > limit) return 'truncated'
  if ((tag & 0x1f) === 0x1f) return 'high-tag-number'
  // Only what is constructed can say its end by a mark inside.
  if (first === 0x80) return (tag & 0x20) === 0 ? 'length-form' : { tag, start: at + 2, end: null }
  if (first < 0x80) return at + 2 + first > limit ? 'truncated' : { tag, start: at + 2, end: at + 2 + first }
  const size = first & 0x7f
  if (size > 4) return 'length-form'
  if (at + 2 + size > limit) return 'truncated'
  const length = bytes.subarray(at + 2, at + 2 + size).reduce((sum, byte) => sum * 256 + byte, 0)
  if (length < 0x80 || length < 256 ** (size - 1)) return 'length-not-minimal'
  const start = at + 2 + size
  return start + length > limit ? 'truncated' : { tag, start, end: start + length }
}
