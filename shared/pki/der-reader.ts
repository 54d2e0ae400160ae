// Strict reading of DER (X.690): one element at a time, lazily, so that neither depth nor a length byte of a hostile file costs anything.
import { bytesToHex } from '@noble/hashes/utils.js'

/** Internal to the parsers of shared/pki: it never leaves their public functions. */
export class DerFault extends Error {}

/** One element. `raw` and `content` are views of the input, not copies. */
export interface DerElement {
  /** The identifier byte: class, constructed bit and number. */
  readonly tag: number
  /** The whole element with its header. */
  readonly raw: Uint8Array
  readonly content: Uint8Array
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** Identifier of an implicitly tagged primitive, as in `[0] IMPLICIT IA5String`. */
export const contextPrimitive = (number: number): number => 0x80 | number
/** Identifier of an explicitly tagged value or an implicitly tagged constructed one. */
export const contextConstructed = (number: number): number => 0xa0 | number

/** Longest list in one element: a revocation list of a country's CA has some hundred thousand entries. */
const MAX_CHILDREN = 2_000_000
/** An object identifier in use has some thirty bytes; the dotted text of a long one is quadratic work. */
const MAX_OID_BYTES = 128

/** The element that starts at `at`. @throws DerFault for multi-byte tags, lengths that are not minimal, and elements that end after the input */
function elementAt(bytes: Uint8Array, at: number): DerElement {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new DerFault('truncated')
  if ((tag & 0x1f) === 0x1f) throw new DerFault('multi-byte tag')
  let start = at + 2
  let length = first
  if (first > 0x7f) {
    const count = first & 0x7f
    if (count === 0 || count > 4) throw new DerFault('length form')
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0)
    if (length < 128 || length < 256 ** (count - 1)) throw new DerFault('length not minimal')
    start += count
  }
  const end = start + length
  if (end > bytes.length) throw new DerFault('truncated')
  return { tag, raw: bytes.subarray(at, end), content: bytes.subarray(start, end) }
}

/** The only element of `bytes`. @throws DerFault also for bytes after it */
export function readElement(bytes: Uint8Array, tag?: number): DerElement {
  const element = elementAt(bytes, 0)
  if (element.raw.length !== bytes.length) throw new DerFault('trailing bytes')
  if (tag !== undefined && element.tag !== tag) throw new DerFault('unexpected tag')
  return element
}

/** The elements inside a constructed one, in order. */
export function children(element: DerElement): DerElement[] {
  if ((element.tag & 0x20) === 0) throw new DerFault('primitive')
  const list: DerElement[] = []
  for (let at = 0; at < element.content.length;) {
    const child = elementAt(element.content, at)
    at += child.raw.length
    list.push(child)
    if (list.length > MAX_CHILDREN) throw new DerFault('too many elements')
  }
  return list
}

/** Takes the fields of a SEQUENCE one after the other; what stays over at `end` is a fault. */
export class FieldReader {
  readonly #fields: readonly DerElement[]
  #next = 0

  constructor(element: DerElement, tag: number = TAG.sequence) {
    if (element.tag !== tag) throw new DerFault('unexpected tag')
    this.#fields = children(element)
  }

  /** The next field, whatever its tag. */
  any(): DerElement {
    const field = this.#fields[this.#next]
    if (field === undefined) throw new DerFault('missing field')
    this.#next += 1
    return field
  }

  /** The next field, which must have one of these tags. */
  take(...tags: readonly number[]): DerElement {
    const field = this.any()
    if (!tags.includes(field.tag)) throw new DerFault('unexpected tag')
    return field
  }

  /** The next field when it has one of these tags. */
  optional(...tags: readonly number[]): DerElement | null {
    const field = this.#fields[this.#next]
    return field !== undefined && tags.includes(field.tag) ? this.any() : null
  }

  end(): void {
    if (this.#next !== this.#fields.length) throw new DerFault('unexpected field')
  }
}

/** BOOLEAN; DER knows two values only (X.690 §11.1). */
export function readBoolean(element: DerElement): boolean {
  const [value] = element.content
  if (element.content.length !== 1 || (value !== 0 && value !== 0xff)) throw new DerFault('boolean')
  return value === 0xff
}

/** INTEGER in as few bytes as it needs (X.690 §8.3.2). */
function checkedInteger(element: DerElement): { readonly bytes: Uint8Array; readonly negative: boolean } {
  const [first, second] = element.content
  if (first === undefined) throw new DerFault('integer')
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new DerFault('integer not minimal')
  }
  return { bytes: element.content, negative: first >= 0x80 }
}

/** An INTEGER of any size as lower-case hex without leading zeros, `-` before a negative one: equal texts are equal numbers. */
export function readIntegerHex(element: DerElement): string {
  const { bytes, negative } = checkedInteger(element)
  const hex = bytesToHex(bytes)
  if (!negative) return hex.replace(/^0+(?=.)/, '')
  return `-${(256n ** BigInt(bytes.length) - BigInt(`0x${hex}`)).toString(16)}`
}

/** An INTEGER that counts something; more than 2³¹ is as good as 2³¹. */
export function readCount(element: DerElement): number {
  const hex = readIntegerHex(element)
  if (hex.startsWith('-')) throw new DerFault('negative')
  return hex.length > 8 ? 2 ** 31 : Math.min(Number.parseInt(hex, 16), 2 ** 31)
}

/** OBJECT IDENTIFIER in dotted form. */
export function readOid(element: DerElement): string {
  const bytes = element.content
  if (bytes.length === 0 || bytes.length > MAX_OID_BYTES) throw new DerFault('oid')
  const arcs: bigint[] = []
  let arc = 0n
  let open = false
  for (const byte of bytes) {
    if (!open && byte === 0x80) throw new DerFault('oid arc not minimal')
    arc = arc * 128n + BigInt(byte & 0x7f)
    open = (byte & 0x80) !== 0
    if (open) continue
    arcs.push(arc)
    arc = 0n
  }
  if (open) throw new DerFault('oid truncated')
  const [head = 0n, ...rest] = arcs
  const top = head < 80n ? head / 40n : 2n
  return [top, head - top * 40n, ...rest].join('.')
}

/** A BIT STRING of whole bytes, as keys and signatures are. */
export function readBitStringBytes(element: DerElement): Uint8Array {
  if (element.content[0] !== 0) throw new DerFault('bit string')
  return element.content.subarray(1)
}

/** Named bits (X.690 §11.2.2): the numbers of the bits that are set. */
export function readNamedBits(element: DerElement): ReadonlySet<number> {
  const [unused, ...bytes] = element.content
  if (unused === undefined || unused > 7 || (unused > 0 && bytes.length === 0)) throw new DerFault('bit string')
  if (bytes.length > 8) throw new DerFault('too many bits')
  const set = new Set<number>()
  for (const [index, byte] of bytes.entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) set.add(index * 8 + bit)
  }
  const last = bytes.at(-1) ?? 0
  if ((last & ((1 << unused) - 1)) !== 0) throw new DerFault('unused bits')
  return set
}

/** Time as ms since 1970, in the two forms that RFC 5280 §4.1.2.5 allows: to the second, in UTC. Two-digit years are 1950–2049. */
export function readTime(element: DerElement): number {
  const { tag, content } = element
  const utc = tag === TAG.utcTime
  if (!utc && tag !== TAG.generalizedTime) throw new DerFault('unexpected tag')
  const yearDigits = utc ? 2 : 4
  if (content.length !== yearDigits + 11 || content.at(-1) !== 0x5a) throw new DerFault('time')
  const short = readDigits(content, 0, yearDigits)
  const year = utc ? short + (short < 50 ? 2000 : 1900) : short
  const part = (index: number): number => readDigits(content, yearDigits + 2 * index, 2)
  const [month, day, hour, minute, second] = [part(0) - 1, part(1), part(2), part(3), part(4)]
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(hour, minute, second)
  // 31 April and 25 o'clock move on to another day: such a text is no time.
  const same = date.getUTCMonth() === month && date.getUTCDate() === day && date.getUTCHours() === hour
  if (!same || minute > 59 || second > 59) throw new DerFault('time')
  return date.getTime()
}

function readDigits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (const byte of bytes.subarray(at, at + count)) {
    if (byte < 0x30 || byte > 0x39) throw new DerFault('time')
    value = value * 10 + byte - 0x30
  }
  return value
}

/** Runs a parser: what is not DER of that kind is null. Other errors are errors of ours and pass. */
export function orNull<T>(parse: () => T): T | null {
  try {
    return parse()
  } catch (fault) {
    if (fault instanceof DerFault) return null
    throw fault
  }
}
