// Opens a PDF by its cross-reference, newest section first: tables, streams and both together (ISO 32000-1, 7.5.4 to 7.5.8).
import { readSection, type Section } from './cross-reference-section.ts'
import type { CrossReferenceEntry } from './entries.ts'
import { damaged, PdfFault } from './fault.ts'
import { PdfFile } from './file.ts'
import { MAX_HEADER_OFFSET, MAX_OBJECTS, MAX_REVISIONS, MAX_TRAILING_BYTES } from './limits.ts'
import { isWhitespace, standsAt, type PdfDict } from './objects.ts'
import { PdfSource } from './source.ts'

/** Between `startxref` and `%%EOF` stand only an offset and line ends. */
const MAX_STARTXREF_BYTES = 64
/** Most entries of all sections together: five times as many as objects, since updates write few entries anew. */
const MAX_ENTRIES = 5 * MAX_OBJECTS

/** A file that can be asked for objects, and the trailer of its newest revision. */
export type OpenedPdf = { readonly file: PdfFile; readonly trailer: PdfDict }

/** Where reading begins: all offsets count from `origin`, where the header stands. */
export type LocatedPdf = {
  readonly source: PdfSource
  readonly origin: number
  /** Of the word itself. */
  readonly startxref: number
  /** Of the newest section, as the word says. */
  readonly newest: number
}

/** A section with the stream that a hybrid file hides beside it (ISO 32000-1, 7.5.8.4). */
export type Link = { readonly section: Section; readonly hidden: Section | null }

/**
 * Finds the header, the end and every revision of a file.
 * @throws PdfFault paper-not-pdf without a header, paper-encrypted when any revision is, paper-truncated when anything does not fit
 */
export function openPdf(bytes: Uint8Array): OpenedPdf {
  const { source, newest } = locate(bytes)
  const links = readChain(source, newest)
  if (links.some(isEncrypted)) throw new PdfFault('paper-encrypted', 'encrypted')
  const entries = new Map<number, CrossReferenceEntry>()
  for (const link of links) {
    // The newest section comes first: what is known already hides what comes later.
    for (const [number, entry] of entriesOf(link)) if (!entries.has(number)) entries.set(number, entry)
    if (entries.size > MAX_OBJECTS) throw new PdfFault('paper-too-large', 'too many objects')
  }
  const trailer = links[0]?.section.dict
  if (trailer === undefined) throw damaged('no trailer')
  return { file: new PdfFile(source, entries), trailer }
}

/** Finds header, end and newest section. @throws PdfFault paper-not-pdf without a header, paper-truncated without the others */
export function locate(bytes: Uint8Array): LocatedPdf {
  const header = find(bytes, '%PDF-', 0, Math.min(bytes.length, MAX_HEADER_OFFSET))
  if (header === -1) throw new PdfFault('paper-not-pdf', 'no header')
  const startxref = lastStartxref(bytes)
  // Offsets count from the header (ISO 32000-1, 7.5.2); some gateways put bytes before it, and some writers count those too.
  for (const origin of new Set([header, 0])) {
    const source = new PdfSource(bytes.subarray(origin))
    const newest = source.parserAt(startxref - origin + 'startxref'.length).integer()
    if (sectionStandsAt(source.bytes, newest)) return { source, origin, startxref: startxref - origin, newest }
  }
  throw damaged('startxref points at no cross-reference')
}

/** Follows `/Prev` from the newest section to the oldest. @throws PdfFault for a circle and for what is no section */
export function readChain(source: PdfSource, newest: number): readonly Link[] {
  const links: Link[] = []
  const seen = new Set<number>()
  let entries = 0
  const read = (offset: number): Section => {
    if (seen.has(offset)) throw damaged('revisions in a circle')
    if (seen.size >= MAX_REVISIONS) throw new PdfFault('paper-too-large', 'too many revisions')
    seen.add(offset)
    const section = readSection(source, offset)
    entries += section.entries.size
    if (entries > MAX_ENTRIES) throw new PdfFault('paper-too-large', 'too many entries')
    return section
  }
  for (let offset: number | null = newest; offset !== null;) {
    const section = read(offset)
    const beside = section.kind === 'table' ? offsetOf(section.dict, 'XRefStm') : null
    links.push({ section, hidden: beside === null ? null : read(beside) })
    offset = offsetOf(section.dict, 'Prev')
  }
  return links
}

/**
 * The entries of a section. Of a hybrid one: what only its stream has, and what its table calls free and its stream does not,
 * for that is how such files hide objects from readers of PDF 1.4 (ISO 32000-1, 7.5.8.4).
 */
export function entriesOf({ section, hidden }: Link): ReadonlyMap<number, CrossReferenceEntry> {
  if (hidden === null) return section.entries
  const entries = new Map(section.entries)
  for (const [number, entry] of hidden.entries) {
    if ((entries.get(number)?.kind ?? 'free') === 'free') entries.set(number, entry)
  }
  return entries
}

export function isEncrypted({ section, hidden }: Link): boolean {
  return section.dict.entries.has('Encrypt') || hidden?.dict.entries.has('Encrypt') === true
}

function offsetOf(dict: PdfDict, key: 'XRefStm' | 'Prev'): number | null {
  const offset = dict.entries.get(key)
  if (offset === undefined) return null
  if (typeof offset !== 'number' || !Number.isInteger(offset) || offset < 0) throw damaged(`${key} is no offset`)
  return offset
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

function find(bytes: Uint8Array, text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) if (standsAt(bytes, at, text)) return at
  return -1
}

function findLast(bytes: Uint8Array, text: string, from: number): number {
  for (let at = bytes.length - text.length; at >= Math.max(0, from - text.length); at--)
    if (standsAt(bytes, at, text)) return at
  return -1
}
