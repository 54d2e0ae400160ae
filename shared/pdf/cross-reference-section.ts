// One section of a cross-reference, as a table or as a stream, with what is odd about how it is written (ISO 32000-1, 7.5.4 and 7.5.8).
import type { CrossReferenceEntries, CrossReferenceEntry } from './entries.ts'
import { damaged, PdfFault } from './fault.ts'
import { PdfFile } from './file.ts'
import { MAX_OBJECTS } from './limits.ts'
import { standsAt, type ObjectParser, type PdfDict } from './objects.ts'
import type { PdfSource } from './source.ts'

/** Bytes of one entry of a table, line end included: writers that forget the line end's second byte are read, and noted. */
const MIN_TABLE_ENTRY_BYTES = 18
const TABLE_ENTRY_BYTES = 20

export type SectionNote = { readonly code: 'xref-entry-malformed' | 'duplicate-object'; readonly object: number }

export type Section = {
  /** Of its first byte: `xref`, or the number of the stream. */
  readonly offset: number
  /** As the file says it: some writers point at the line end before it. */
  readonly stated: number
  /** Behind the trailer's dictionary; of a stream, behind its data. */
  readonly end: number
  readonly kind: 'table' | 'stream'
  /** The trailer, or the dictionary of the stream. */
  readonly dict: PdfDict
  readonly entries: CrossReferenceEntries
  readonly notes: readonly SectionNote[]
}

/** @throws PdfFault when no section stands at the offset, or it does not fit together */
export function readSection(source: PdfSource, offset: number): Section {
  const parser = source.parserAt(offset)
  parser.skipSpace()
  const begin = parser.position
  const collector = new EntryCollector()
  const { kind, dict } = standsAt(source.bytes, begin, 'xref')
    ? { kind: 'table' as const, dict: readTable(source, parser, collector) }
    : { kind: 'stream' as const, dict: readStream(source, parser, collector) }
  return {
    offset: begin,
    stated: offset,
    end: parser.position,
    kind,
    dict,
    entries: collector.entries,
    notes: collector.notes,
  }
}

class EntryCollector {
  readonly entries = new Map<number, CrossReferenceEntry>()
  readonly notes: SectionNote[] = []
  #rows = 0

  /** The first entry for a number counts; object 0 is the head of the free list and no object. */
  add(number: number, entry: CrossReferenceEntry): void {
    if (++this.#rows > MAX_OBJECTS) throw new PdfFault('paper-too-large', 'too many objects')
    if (number === 0) {
      if (entry.kind !== 'free') this.malformed(number)
      return
    }
    if (this.entries.has(number)) {
      this.notes.push({ code: 'duplicate-object', object: number })
      return
    }
    this.entries.set(number, entry)
  }

  malformed(number: number): void {
    this.notes.push({ code: 'xref-entry-malformed', object: number })
  }
}

function readTable(source: PdfSource, parser: ObjectParser, collector: EntryCollector): PdfDict {
  parser.keyword('xref')
  for (let word = parser.token(); word !== 'trailer'; word = parser.token()) {
    if (!/^\d{1,10}$/.test(word)) throw damaged('section of a table')
    const count = parser.integer()
    if (count * MIN_TABLE_ENTRY_BYTES > source.bytes.length - parser.position)
      throw damaged('table reaches beyond the file')
    let first = Number(word)
    parser.skipSpace()
    // Where each entry must begin; one that does not stand there is read word by word.
    const begin = parser.position
    for (let i = 0; i < count; i++) {
      const wellFormed =
        parser.position === begin + i * TABLE_ENTRY_BYTES && standsTableEntry(source.bytes, parser.position)
      const { offset, generation, kind } = wellFormed ? quickEntry(source.bytes, parser) : looseEntry(parser)
      parser.skipSpace()
      // Some writers number their table from 1 although it begins with the head of the free list, which is object 0.
      if (i === 0 && first === 1 && kind === 'f' && offset === 0 && generation === 65535) {
        first = 0
        collector.malformed(0)
      }
      if (!wellFormed) collector.malformed(first + i)
      collector.add(first + i, kind === 'n' ? { kind: 'offset', offset, generation } : { kind: 'free' })
    }
  }
  const trailer = parser.object()
  if (trailer === null || typeof trailer !== 'object' || trailer.kind !== 'dict')
    throw damaged('trailer is no dictionary')
  return trailer
}

type TableEntry = { readonly offset: number; readonly generation: number; readonly kind: string }

/** An entry of exactly the right form: tables have hundreds of thousands. */
function quickEntry(bytes: Uint8Array, parser: ObjectParser): TableEntry {
  const at = parser.position
  parser.pass(TABLE_ENTRY_BYTES)
  const kind = String.fromCharCode(bytes[at + 17] ?? 0)
  return { offset: digits(bytes, at, 10), generation: digits(bytes, at + 11, 5), kind }
}

function looseEntry(parser: ObjectParser): TableEntry {
  const offset = parser.integer()
  const generation = parser.integer()
  const kind = parser.token()
  if (kind !== 'n' && kind !== 'f') throw damaged('entry of a table')
  return { offset, generation, kind }
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) value = value * 10 + (bytes[at + i] ?? 0) - 0x30
  return value
}

/** Readers that count instead of parsing want exactly `nnnnnnnnnn ggggg n` and a line end of two bytes (ISO 32000-1, 7.5.4). */
function standsTableEntry(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < 16; i++) {
    const byte = bytes[at + i] ?? 0
    if (i === 10 ? byte !== 0x20 : byte < 0x30 || byte > 0x39) return false
  }
  if (bytes[at + 16] !== 0x20 || (bytes[at + 17] !== 0x6e && bytes[at + 17] !== 0x66)) return false
  const [first, second] = [bytes[at + 18], bytes[at + 19]]
  return first === 0x0d ? second === 0x0a : first === 0x20 && (second === 0x0a || second === 0x0d)
}

function readStream(source: PdfSource, parser: ObjectParser, collector: EntryCollector): PdfDict {
  const { object } = parser.indirect()
  if (object === null || typeof object !== 'object' || object.kind !== 'stream')
    throw damaged('no cross-reference stream')
  const dict = object.dict.entries
  const widths = numbers(dict.get('W'))
  const size = dict.get('Size')
  if (widths.length !== 3 || widths.some((width) => width > 8) || typeof size !== 'number')
    throw damaged('cross-reference stream')
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths
  const row = typeWidth + secondWidth + thirdWidth
  const index = dict.has('Index') ? numbers(dict.get('Index')) : [0, size]
  // Its values stand in it directly (ISO 32000-1, 7.5.8.2): before it is read no reference leads anywhere.
  const file = new PdfFile(source, new Map())
  const data = file.structureData(object)
  parser.position = object.start + file.streamData(object).length
  let at = 0
  for (let i = 0; i + 1 < index.length; i += 2) {
    const [first = 0, count = 0] = index.slice(i, i + 2)
    if (row === 0 || at + count * row > data.length) throw damaged('cross-reference stream is too short')
    for (let n = 0; n < count; n++, at += row) {
      const type = typeWidth === 0 ? 1 : field(data, at, typeWidth)
      const second = field(data, at + typeWidth, secondWidth)
      const third = field(data, at + typeWidth + secondWidth, thirdWidth)
      if (type > 2) collector.malformed(first + n)
      collector.add(first + n, streamEntry(type, second, third))
    }
  }
  if (at !== data.length) collector.malformed(0)
  return object.dict
}

/** Types above 2 are null objects (ISO 32000-1, table 18, note). */
function streamEntry(type: number, second: number, third: number): CrossReferenceEntry {
  if (type === 1) return { kind: 'offset', offset: second, generation: third }
  if (type === 2) return { kind: 'compressed', stream: second, index: third }
  return { kind: 'free' }
}

function numbers(object: unknown): readonly number[] {
  const items = (object as { items?: readonly unknown[] } | null | undefined)?.items ?? []
  return items.map((item) => {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0) throw damaged('expected whole numbers')
    return item
  })
}

function field(data: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = 0; i < width; i++) value = value * 256 + (data[at + i] ?? 0)
  return value
}
