// DEFLATE (RFC 1951) in its zlib wrapper (RFC 1950), stopping at a limit: general libraries inflate a bomb before anyone can ask how big it is.
import { damaged, PdfFault } from './fault.ts'

const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]

/** Symbol and code length (`symbol << 4 | length`) by the next `bits` bits of the stream; 0 where no code begins so. */
type CodeTable = { readonly bits: number; readonly entries: Uint16Array }

/**
 * Inflates zlib data. The checksum at the end is not looked at: what reads the result checks its meaning.
 * @param limit most bytes the result may have
 * @throws PdfFault paper-truncated where the data is not DEFLATE or ends early, paper-too-large above the limit
 */
export function inflate(data: Uint8Array, limit: number): Uint8Array {
  const header = ((data[0] ?? 0) << 8) | (data[1] ?? 0)
  if (data.length < 2 || ((header >> 8) & 0x0f) !== 8 || header % 31 !== 0 || (header & 0x20) !== 0)
    throw damaged('no zlib data')
  const input = new BitReader(data, 2)
  const output = new Output(limit)
  let last = false
  while (!last) {
    last = input.bits(1) === 1
    const type = input.bits(2)
    if (type === 0) stored(input, output)
    else if (type === 1) compressed(input, output, FIXED_LITERALS, FIXED_DISTANCES)
    else if (type === 2) dynamic(input, output)
    else throw damaged('unknown block of compressed data')
  }
  return output.finish()
}

function stored(input: BitReader, output: Output): void {
  input.alignToByte()
  const length = input.bits(16)
  if (input.bits(16) !== (~length & 0xffff)) throw damaged('length of stored block')
  for (let i = 0; i < length; i++) output.push(input.bits(8))
}

function dynamic(input: BitReader, output: Output): void {
  const literals = input.bits(5) + 257
  const distances = input.bits(5) + 1
  const lengthCodes = input.bits(4) + 4
  const codeLengths = new Uint8Array(19)
  for (const symbol of CODE_LENGTH_ORDER.slice(0, lengthCodes)) codeLengths[symbol] = input.bits(3)
  const lengthTable = codeTable(codeLengths)
  const lengths = new Uint8Array(literals + distances)
  for (let i = 0; i < lengths.length;) {
    const symbol = input.symbol(lengthTable)
    if (symbol < 16) {
      lengths[i++] = symbol
      continue
    }
    if (symbol === 16 && i === 0) throw damaged('repeats nothing')
    const value = symbol === 16 ? (lengths[i - 1] ?? 0) : 0
    const times = symbol === 16 ? 3 + input.bits(2) : symbol === 17 ? 3 + input.bits(3) : 11 + input.bits(7)
    if (i + times > lengths.length) throw damaged('too many code lengths')
    lengths.fill(value, i, i + times)
    i += times
  }
  compressed(input, output, codeTable(lengths.subarray(0, literals)), codeTable(lengths.subarray(literals)))
}

function compressed(input: BitReader, output: Output, literals: CodeTable, distances: CodeTable): void {
  for (;;) {
    const symbol = input.symbol(literals)
    if (symbol < 256) {
      output.push(symbol)
      continue
    }
    if (symbol === 256) return
    const length = extended(input, LENGTH_BASE, LENGTH_EXTRA, symbol - 257)
    output.repeat(length, extended(input, DISTANCE_BASE, DISTANCE_EXTRA, input.symbol(distances)))
  }
}

function extended(input: BitReader, bases: readonly number[], extras: readonly number[], index: number): number {
  const base = bases[index]
  if (base === undefined) throw damaged('unknown length or distance')
  return base + input.bits(extras[index] ?? 0)
}

/** Canonical Huffman codes (RFC 1951, 3.2.2) as one lookup by reversed bits. */
function codeTable(lengths: Uint8Array): CodeTable {
  const bits = Math.max(1, ...lengths)
  const entries = new Uint16Array(1 << bits)
  let code = 0
  for (let length = 1; length <= bits; length++, code <<= 1) {
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue
      if (code >= 1 << length) throw damaged('too many codes')
      let reversed = 0
      for (let bit = 0; bit < length; bit++) if (code & (1 << bit)) reversed |= 1 << (length - 1 - bit)
      for (let at = reversed; at < entries.length; at += 1 << length) entries[at] = (symbol << 4) | length
      code++
    }
  }
  return { bits, entries }
}

const FIXED_LITERALS = codeTable(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
)
const FIXED_DISTANCES = codeTable(new Uint8Array(30).fill(5))

class BitReader {
  #position: number
  #buffer = 0
  #count = 0
  readonly #data: Uint8Array

  constructor(data: Uint8Array, position: number) {
    this.#data = data
    this.#position = position
  }

  bits(count: number): number {
    this.#fill(count)
    if (this.#count < count) throw damaged('compressed data ends early')
    const value = this.#buffer & ((1 << count) - 1)
    this.#drop(count)
    return value
  }

  symbol(table: CodeTable): number {
    this.#fill(table.bits)
    const entry = table.entries[this.#buffer & ((1 << table.bits) - 1)] ?? 0
    const length = entry & 0x0f
    if (length === 0 || length > this.#count) throw damaged('no such code in compressed data')
    this.#drop(length)
    return entry >> 4
  }

  alignToByte(): void {
    this.#drop(this.#count % 8)
  }

  #fill(count: number): void {
    while (this.#count < count && this.#position < this.#data.length) {
      this.#buffer |= (this.#data[this.#position++] ?? 0) << this.#count
      this.#count += 8
    }
  }

  #drop(count: number): void {
    this.#buffer >>>= count
    this.#count -= count
  }
}

class Output {
  #bytes = new Uint8Array(4096)
  #length = 0
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  push(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#length++] = byte
  }

  repeat(length: number, distance: number): void {
    if (distance > this.#length) throw damaged('repeats what was never there')
    this.#reserve(length)
    for (let i = 0; i < length; i++, this.#length++)
      this.#bytes[this.#length] = this.#bytes[this.#length - distance] ?? 0
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed > this.#limit) throw new PdfFault('paper-too-large', 'compressed structure too large')
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}
