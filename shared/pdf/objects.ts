// PDF objects as plain data, and the strict parser that reads one of them (ISO 32000-1, 7.2 and 7.3).
import { damaged, PdfFault } from './fault.ts'
import { MAX_NESTING, MAX_PARSED_BYTES } from './limits.ts'

type PdfName = { readonly kind: 'name'; readonly name: string }
type PdfText = { readonly kind: 'string'; readonly bytes: Uint8Array }
export type PdfRef = { readonly kind: 'ref'; readonly number: number; readonly generation: number }
type PdfArray = { readonly kind: 'array'; readonly items: readonly PdfObject[] }
export type PdfDict = { readonly kind: 'dict'; readonly entries: ReadonlyMap<string, PdfObject> }
/** `start` is the offset of the first byte of data; where it ends only `/Length` says, which may be a reference. */
export type PdfStream = { readonly kind: 'stream'; readonly dict: PdfDict; readonly start: number }
export type PdfObject = null | boolean | number | PdfName | PdfText | PdfRef | PdfArray | PdfDict | PdfStream

/** A value of a dictionary with its bytes in the file, `[start, end)`. */
export type PlacedEntry = {
  readonly key: string
  readonly value: PdfObject
  readonly start: number
  readonly end: number
}

/** How many bytes of objects may still be read: shared by all parsers of one file. */
export type ParseBudget = { left: number }

export function newParseBudget(): ParseBudget {
  return { left: MAX_PARSED_BYTES }
}

const WHITESPACE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20])
const DELIMITERS = new Set([0x28, 0x29, 0x3c, 0x3e, 0x5b, 0x5d, 0x7b, 0x7d, 0x2f, 0x25])
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/
const INTEGER = /^\d{1,10}$/
/** Longest token that is no string: the longest names in the wild have some hundred bytes. */
const MAX_TOKEN = 4096

/** Whether a byte is white space in the sense of ISO 32000-1, table 1. */
export function isWhitespace(byte: number | undefined): boolean {
  return byte !== undefined && WHITESPACE.has(byte)
}

/** Whether `text` (ASCII) stands at `offset`. */
export function standsAt(bytes: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[offset + i] !== text.charCodeAt(i)) return false
  return true
}

/** Reads objects one after the other from `position` on. Every method throws `PdfFault` on the first byte that does not belong. */
export class ObjectParser {
  position: number
  /** Whether a dictionary had a key twice: the last one counts here, and readers differ. */
  sawDuplicateKey = false
  readonly #bytes: Uint8Array
  readonly #budget: ParseBudget

  constructor(bytes: Uint8Array, position: number, budget: ParseBudget) {
    this.#bytes = bytes
    this.position = position
    this.#budget = budget
  }

  /** Skips white space and comments, charging what was passed to the budget. */
  skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.position]
      if (byte === 0x25) while (this.position < this.#bytes.length && !this.#atLineEnd()) this.#advance()
      else if (isWhitespace(byte)) this.#advance()
      else return
    }
  }

  /** Passes over bytes that the caller has looked at itself. */
  pass(count: number): void {
    this.#advance(count)
  }

  /** The next run of regular characters, for keywords and numbers; empty at a delimiter or the end. */
  token(): string {
    this.skipSpace()
    let text = ''
    for (;;) {
      const byte = this.#bytes[this.position]
      if (byte === undefined || WHITESPACE.has(byte) || DELIMITERS.has(byte)) return text
      if (text.length >= MAX_TOKEN) throw damaged('endless token')
      text += String.fromCharCode(byte)
      this.#advance()
    }
  }

  /** A whole number that is not negative, as offsets, counts and object numbers are written. */
  integer(): number {
    const text = this.token()
    if (!INTEGER.test(text)) throw damaged(`expected a whole number at ${this.position}`)
    return Number(text)
  }

  keyword(expected: string): void {
    if (this.token() !== expected) throw damaged(`expected ${expected} at ${this.position}`)
  }

  /** `12 0 obj` … with its object; a stream is recognised by its keyword, its data is not read: the position is where it begins. */
  indirect(): { readonly number: number; readonly generation: number; readonly object: PdfObject } {
    const number = this.integer()
    const generation = this.integer()
    this.keyword('obj')
    const object = this.object()
    if (object === null || typeof object !== 'object' || object.kind !== 'dict') return { number, generation, object }
    const end = this.position
    this.skipSpace()
    if (!standsAt(this.#bytes, this.position, 'stream')) {
      this.position = end
      return { number, generation, object }
    }
    let start = this.position + 'stream'.length
    if (this.#bytes[start] === 0x0d) start++
    if (this.#bytes[start] === 0x0a) start++
    this.position = start
    return { number, generation, object: { kind: 'stream', dict: object, start } }
  }

  /** The values of the dictionary at the position, in the order in which they stand there, each key as often as it is written. */
  placedEntries(): readonly PlacedEntry[] {
    this.skipSpace()
    if (!standsAt(this.#bytes, this.position, '<<')) throw damaged('expected a dictionary')
    this.#advance(2)
    const placed: PlacedEntry[] = []
    for (;;) {
      this.skipSpace()
      if (standsAt(this.#bytes, this.position, '>>')) return placed
      if (this.#bytes[this.position] !== 0x2f) throw damaged('dictionary key is no name')
      const key = this.#name()
      this.skipSpace()
      const start = this.position
      placed.push({ key, value: this.object(1), start, end: this.position })
    }
  }

  object(depth = 0): PdfObject {
    if (depth > MAX_NESTING) throw damaged('nested too deeply')
    this.skipSpace()
    switch (this.#bytes[this.position]) {
      case undefined:
        throw damaged('ends inside an object')
      case 0x2f:
        return { kind: 'name', name: this.#name() }
      case 0x28:
        return { kind: 'string', bytes: this.#literal() }
      case 0x5b:
        this.#advance()
        return { kind: 'array', items: this.#items(depth) }
      case 0x3c:
        if (this.#bytes[this.position + 1] !== 0x3c) return { kind: 'string', bytes: this.#hexadecimal() }
        this.#advance(2)
        return { kind: 'dict', entries: this.#entries(depth) }
      default:
        return this.#word()
    }
  }

  #items(depth: number): readonly PdfObject[] {
    const items: PdfObject[] = []
    for (;;) {
      this.skipSpace()
      if (this.#bytes[this.position] === 0x5d) {
        this.#advance()
        return items
      }
      items.push(this.object(depth + 1))
    }
  }

  #entries(depth: number): ReadonlyMap<string, PdfObject> {
    const entries = new Map<string, PdfObject>()
    for (;;) {
      this.skipSpace()
      if (this.#bytes[this.position] === 0x3e) {
        if (this.#bytes[this.position + 1] !== 0x3e) throw damaged('unclosed dictionary')
        this.#advance(2)
        return entries
      }
      if (this.#bytes[this.position] !== 0x2f) throw damaged('dictionary key is no name')
      const key = this.#name()
      if (entries.has(key)) this.sawDuplicateKey = true
      entries.set(key, this.object(depth + 1))
    }
  }

  #word(): PdfObject {
    const text = this.token()
    if (text === 'true') return true
    if (text === 'false') return false
    if (text === 'null') return null
    if (!NUMBER.test(text)) throw damaged(`unknown word at ${this.position}`)
    return INTEGER.test(text) ? (this.#reference(Number(text)) ?? Number(text)) : Number(text)
  }

  /** `12 0 R` after its first number, or nothing and the position as it was. */
  #reference(number: number): PdfRef | undefined {
    const before = this.position
    const generation = this.token()
    if (INTEGER.test(generation) && this.token() === 'R') return { kind: 'ref', number, generation: Number(generation) }
    this.position = before
    return undefined
  }

  #name(): string {
    this.#advance()
    const byte = this.#bytes[this.position]
    if (byte === undefined || WHITESPACE.has(byte) || DELIMITERS.has(byte)) return ''
    return this.token().replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  }

  /** Signatures have tens of thousands of digits: they are read without a string in between. */
  #hexadecimal(): Uint8Array {
    const begin = this.position + 1
    let end = begin
    while (end < this.#bytes.length && this.#bytes[end] !== 0x3e) end++
    this.#advance(end - this.position)
    if (end === this.#bytes.length) throw damaged('unclosed string')
    this.#advance()
    const out = new Uint8Array((end - begin + 1) >> 1)
    let digits = 0
    for (let at = begin; at < end; at++) {
      const byte = this.#bytes[at] ?? 0
      if (WHITESPACE.has(byte)) continue
      const value = hexDigit(byte)
      if (value === -1) throw damaged('no hexadecimal string')
      out[digits >> 1] = (out[digits >> 1] ?? 0) | (digits % 2 === 0 ? value << 4 : value)
      digits++
    }
    return out.slice(0, (digits + 1) >> 1)
  }

  #literal(): Uint8Array {
    const out: number[] = []
    let open = 1
    for (;;) {
      this.#advance()
      const byte = this.#bytes[this.position]
      if (byte === undefined) throw damaged('unclosed string')
      if (byte === 0x5c) {
        this.#advance()
        this.#escaped(out)
        continue
      }
      if (byte === 0x28) open++
      if (byte === 0x29 && --open === 0) break
      out.push(byte)
    }
    this.#advance()
    return Uint8Array.from(out)
  }

  /** What stands after a backslash; the position stays on its last byte. */
  #escaped(out: number[]): void {
    const byte = this.#bytes[this.position]
    if (byte === undefined) throw damaged('unclosed string')
    if (byte >= 0x30 && byte <= 0x37) {
      let value = byte - 0x30
      for (let i = 0; i < 2; i++) {
        const next = this.#bytes[this.position + 1]
        if (next === undefined || next < 0x30 || next > 0x37) break
        value = value * 8 + next - 0x30
        this.#advance()
      }
      out.push(value & 0xff)
    } else if (byte === 0x0d) {
      if (this.#bytes[this.position + 1] === 0x0a) this.#advance()
    } else if (byte !== 0x0a) out.push(ESCAPES.get(byte) ?? byte)
  }

  #atLineEnd(): boolean {
    const byte = this.#bytes[this.position]
    return byte === 0x0a || byte === 0x0d
  }

  #advance(by = 1): void {
    this.position += by
    this.#budget.left -= by
    if (this.#budget.left < 0) throw new PdfFault('paper-too-large', 'too many bytes of objects')
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** `\n` `\r` `\t` `\b` `\f`; any other character stands for itself (ISO 32000-1, table 3). */
const ESCAPES = new Map([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
])
