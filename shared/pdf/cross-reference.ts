// Opens a PDF by its cross-reference, newest revision first: tables, streams and both together (ISO 32000-1, 7.5.4 to 7.5.8).
import { damaged, PdfFault } from './fault.ts'
import { PdfFile, type CrossReferenceEntry } from './file.ts'
import { MAX_HEADER_OFFSET, MAX_OBJECTS, MAX_REVISIONS, MAX_TRAILING_BYTES } from './limits.ts'
import { isWhitespace, standsAt, type ObjectParser, type PdfDict } from './objects.ts'

/** Between `startxref` and `%%EOF` stand only an offset and line ends. */
const MAX_STARTXREF_BYTES = 64
/** Bytes of one entry of a table, line end included. */
const MIN_TABLE_ENTRY_BYTES = 18

/** A file that can be asked for objects, and the trailer of its newest revision. */
export type OpenedPdf = { readonly file: PdfFile; readonly trailer: PdfDict }

/**
 * Finds the header, the end and every revision of a file.
 * @throws PdfFault paper-not-pdf without a header, paper-encrypted when any revision is, paper-truncated when anything does not fit
 */
export function openPdf(bytes: Uint8Array): OpenedPdf {
  const header = find(bytes, '%PDF-', 0, Math.min(bytes.length, MAX_HEADER_OFFSET))
  if (header === -1) throw new PdfFault('paper-not-pdf', 'no header')
  const startxref = lastStartxref(bytes)
  // Offsets count from the header (ISO 32000-1, 7.5.2); some gateways put bytes before it, and some writers count those too.
  for (const origin of new Set([header, 0])) {
    const file = new PdfFile(bytes.subarray(origin))
    const parser = file.parserAt(startxref - origin + 'startxref'.length)
    const offset = parser.integer()
    if (!sectionStandsAt(file.bytes, offset)) continue
    return { file, trailer: readRevisions(file, offset) }
  }
  throw damaged('startxref points at no cross-reference')
}

function lastStartxref(bytes: Uint8Array): number {
  const end = findLast(bytes, '%%EOF', bytes.length - MAX_TRAILING_BYTES)
  if (end === -1) throw damaged('no end of file')
  const start = findLast(bytes.subarray(0, end), 'startxref', end - MAX_STARTXREF_BYTES)
  if (start === -1) throw damaged('no startxref')
  return start
}

function sectionStandsAt(bytes: Uint8Array, offset: number): boolean {
  let at = offset
  while (isWhitespace(bytes[at])) at++
  return standsAt(bytes, at, 'xref') || /^\d+\s+\d+\s+obj/.test(String.fromCharCode(...bytes.subarray(at, at + 32)))
}

function readRevisions(file: PdfFile, newest: number): PdfDict {
  const seen = new Set<number>()
  const waiting = [newest]
  let trailer: PdfDict | undefined
  for (let offset = waiting.shift(); offset !== undefined; offset = waiting.shift()) {
    if (seen.has(offset)) throw damaged('revisions in a circle')
    if (seen.size >= MAX_REVISIONS) throw new PdfFault('paper-too-large', 'too many revisions')
    seen.add(offset)
    const section = readSection(file, offset)
    if (section.entries.has('Encrypt')) throw new PdfFault('paper-encrypted', 'encrypted')
    trailer ??= section
    // A hybrid file hides objects of this revision in a stream beside its table: it comes before older revisions.
    for (const key of ['XRefStm', 'Prev']) {
      const next = section.entries.get(key)
      if (next === undefined) continue
      if (typeof next !== 'number' || !Number.isInteger(next) || next < 0) throw damaged(`${key} is no offset`)
      waiting.push(next)
    }
  }
  if (trailer === undefined) throw damaged('no trailer')
  return trailer
}

function readSection(file: PdfFile, offset: number): PdfDict {
  const parser = file.parserAt(offset)
  parser.skipSpace()
  return standsAt(file.bytes, parser.position, 'xref') ? readTable(file, parser) : readStream(file, parser)
}

function readTable(file: PdfFile, parser: ObjectParser): PdfDict {
  parser.keyword('xref')
  for (let word = parser.token(); word !== 'trailer'; word = parser.token()) {
    if (!/^\d{1,10}$/.test(word)) throw damaged('section of a table')
    const count = parser.integer()
    if (count * MIN_TABLE_ENTRY_BYTES > file.bytes.length - parser.position)
      throw damaged('table reaches beyond the file')
    let first = Number(word)
    for (let i = 0; i < count; i++) {
      const offset = parser.integer()
      const generation = parser.integer()
      const kind = parser.token()
      if (kind !== 'n' && kind !== 'f') throw damaged('entry of a table')
      // Some writers number their table from 1 although it begins with the head of the free list, which is object 0.
      if (i === 0 && first === 1 && kind === 'f' && offset === 0 && generation === 65535) first = 0
      remember(file, first + i, kind === 'n' ? { kind: 'offset', offset } : { kind: 'free' })
    }
  }
  const trailer = parser.object()
  if (trailer === null || typeof trailer !== 'object' || trailer.kind !== 'dict')
    throw damaged('trailer is no dictionary')
  return trailer
}

function readStream(file: PdfFile, parser: ObjectParser): PdfDict {
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
  const data = file.structureData(object)
  let at = 0
  for (let i = 0; i + 1 < index.length; i += 2) {
    const [first = 0, count = 0] = index.slice(i, i + 2)
    if (row === 0 || at + count * row > data.length) throw damaged('cross-reference stream is too short')
    for (let n = 0; n < count; n++, at += row) {
      const type = typeWidth === 0 ? 1 : field(data, at, typeWidth)
      const second = field(data, at + typeWidth, secondWidth)
      const third = field(data, at + typeWidth + secondWidth, thirdWidth)
      remember(file, first + n, streamEntry(type, second, third))
    }
  }
  return object.dict
}

function streamEntry(type: number, second: number, third: number): CrossReferenceEntry {
  if (type === 1) return { kind: 'offset', offset: second }
  if (type === 2) return { kind: 'compressed', stream: second, index: third }
  return { kind: 'free' }
}

/** The newest revision comes first: what is known already hides what comes later. */
function remember(file: PdfFile, number: number, entry: CrossReferenceEntry): void {
  if (file.entries.has(number)) return
  if (file.entries.size >= MAX_OBJECTS) throw new PdfFault('paper-too-large', 'too many objects')
  file.entries.set(number, entry)
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

function find(bytes: Uint8Array, text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (standsAt(bytes, at, text)) return at
  return -1
}

function findLast(bytes: Uint8Array, text: string, from: number): number {
  for (let at = bytes.length - text.length; at >= Math.max(0, from - text.length); at--)
    if (standsAt(bytes, at, text)) return at
  return -1
}
