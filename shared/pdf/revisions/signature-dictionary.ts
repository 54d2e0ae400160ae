// One signature dictionary at its exact place in the file: what it says, and what is wrong with it.
import { PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject, PdfRef, PlacedEntry } from '../objects.ts'
import { coveredRevision, readByteRange } from './byte-range.ts'
import { isHexadecimal, unpadded } from './contents.ts'
import { isoDate } from './dates.ts'
import type { Revision, RevisionedPdf } from './revisions.ts'
import type { PdfSignature, SignatureFinding, SignatureNote, Span } from './signature.ts'
import { isKind, nameOf, textOf, valueOf } from './values.ts'

/** What signature handlers in use write (ISO 32000-2, table 255; ETSI EN 319 142-1). */
const SUB_FILTERS = new Set([
  'adbe.pkcs7.detached',
  'adbe.pkcs7.sha1',
  'adbe.x509.rsa_sha1',
  'ETSI.CAdES.detached',
  'ETSI.RFC3161',
])
const TIMESTAMP = 'ETSI.RFC3161'

/** A signature dictionary in the file. */
export type Located = {
  readonly dict: PdfDict
  readonly ref: PdfRef | null
  /** Reads its entries with their bytes, counted from the header; null where it is in an object stream. */
  readonly entries: () => readonly PlacedEntry[] | null
  /** The same dictionary has the same key, whichever field or revision leads to it. */
  readonly key: string
}

/**
 * Finds the value of a field: a dictionary with a number of its own, or one that stands in the field.
 * @returns null when there is no dictionary
 */
export function locateValue(file: PdfFile, holder: PdfRef, value: PdfObject): Located | null {
  const ref = isKind(value, 'ref') ? value : null
  const dict = valueOf(file, value)
  if (!isKind(dict, 'dict')) return null
  const number = (ref ?? holder).number
  const entry = file.entries.get(number)
  if (entry?.kind !== 'offset') return { dict, ref, entries: () => null, key: `${number}` }
  const { offset } = entry
  if (ref !== null) return { dict, ref, entries: () => placed(file, offset), key: `${number}@${offset}` }
  return { dict, ref, entries: () => placedInField(file, offset), key: `${number}@${offset}/V` }
}

function placedInField(file: PdfFile, offset: number): readonly PlacedEntry[] | null {
  const value = placed(file, offset)?.findLast(({ key }) => key === 'V')
  return value === undefined ? null : within(file, value.start)
}

function placed(file: PdfFile, offset: number): readonly PlacedEntry[] | null {
  return orNull(() => {
    const parser = file.parserAt(offset)
    parser.integer()
    parser.integer()
    parser.keyword('obj')
    return parser.placedEntries()
  })
}

function within(file: PdfFile, offset: number): readonly PlacedEntry[] | null {
  return orNull(() => file.parserAt(offset).placedEntries())
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (fault) {
    if (fault instanceof PdfFault && fault.code !== 'paper-too-large') return null
    throw fault
  }
}

export type DictionaryFacts = Pick<
  PdfSignature,
  | 'kind' | 'byteRange' | 'contents' | 'contentsSpan' | 'filter' | 'subFilter' | 'claimedTime'
  | 'name' | 'reason' | 'location' | 'contactInfo' | 'revision'
> // prettier-ignore

/** Adds what is wrong to `findings` and what is worth knowing to `notes`. */
export function readDictionary(
  pdf: RevisionedPdf,
  { file }: Revision,
  located: Located,
  findings: Set<SignatureFinding>,
  notes: Set<SignatureNote>,
): DictionaryFacts {
  const { dict } = located
  const entries = located.entries()
  if (entries !== null && new Set(entries.map(({ key }) => key)).size < entries.length) findings.add('duplicate-key')
  const range = entries?.findLast(({ key }) => key === 'ByteRange')
  const written = range === undefined ? null : file.bytes.subarray(range.start, range.end)
  const byteRange = readByteRange(dict.entries.get('ByteRange'), written, findings)
  const { contents, span } = readContents(pdf, dict, entries, findings)
  const subFilter = nameOf(file, dict.entries.get('SubFilter'))
  const filter = nameOf(file, dict.entries.get('Filter'))
  if (filter === null) findings.add('filter-missing')
  if (subFilter === null) findings.add('sub-filter-missing')
  else if (!SUB_FILTERS.has(subFilter)) findings.add('sub-filter-unknown')
  const type = readType(file, dict, subFilter, findings)
  const claimed = textOf(file, dict.entries.get('M'))
  const claimedTime = claimed === null ? null : isoDate(claimed)
  if (claimedTime === null && dict.entries.has('M')) notes.add('claimed-time-malformed')
  const text = (key: string): string | null => textOf(file, dict.entries.get(key))
  return {
    kind: byteRange === null || contents === null || type === null ? 'malformed' : type,
    byteRange,
    contents,
    contentsSpan: span,
    filter: filter ?? '',
    subFilter: subFilter ?? '',
    claimedTime,
    name: text('Name'),
    reason: text('Reason'),
    location: text('Location'),
    contactInfo: text('ContactInfo'),
    revision: byteRange === null ? null : coveredRevision(pdf, byteRange, span, findings),
  }
}

/** `/Type` may be absent; a document timestamp says so there or by its sub-filter, and both must not contradict each other. */
function readType(
  file: PdfFile,
  dict: PdfDict,
  subFilter: string | null,
  findings: Set<SignatureFinding>,
): 'signature' | 'document-timestamp' | null {
  const type = dict.entries.has('Type') ? nameOf(file, dict.entries.get('Type')) : undefined
  if (type !== undefined && type !== 'Sig' && type !== 'DocTimeStamp') {
    findings.add('type-wrong')
    return null
  }
  if (type === 'DocTimeStamp' && subFilter !== TIMESTAMP) findings.add('type-wrong')
  return type === 'DocTimeStamp' || subFilter === TIMESTAMP ? 'document-timestamp' : 'signature'
}

function readContents(
  pdf: RevisionedPdf,
  dict: PdfDict,
  entries: readonly PlacedEntry[] | null,
  findings: Set<SignatureFinding>,
): { readonly contents: Uint8Array | null; readonly span: Span | null } {
  const value = dict.entries.get('Contents')
  if (value === undefined || value === null) findings.add('contents-missing')
  else if (isKind(value, 'ref')) findings.add('contents-indirect')
  else if (!isKind(value, 'string')) findings.add('contents-malformed')
  else {
    const contents = unpadded(value.bytes, findings)
    const place = entries?.findLast(({ key }) => key === 'Contents')
    if (place === undefined) {
      findings.add('contents-in-object-stream')
      return { contents, span: null }
    }
    const span = { start: pdf.origin + place.start, end: pdf.origin + place.end }
    if (!isHexadecimal(pdf.bytes.subarray(span.start, span.end))) findings.add('contents-not-hexadecimal')
    return { contents, span }
  }
  return { contents: null, span: null }
}
