// What a signature covers: its four numbers, and whether they leave out its own contents and nothing else (ISO 32000-1, 12.8.1).
import { isWhitespace, type PdfObject } from '../objects.ts'
import type { RevisionedPdf } from './revisions.ts'
import type { SignatureFinding, Span } from './signature.ts'
import { isKind } from './values.ts'

export type ByteRange = readonly [number, number, number, number]

/** Four numbers of up to ten digits with some space, as writers reserve it. */
const MAX_WRITTEN = 256

/**
 * Four whole numbers that stand in the dictionary itself.
 * @param written the bytes of the array, null where they are not known: `0.0` and `+0` are numbers too, but no honest writer's
 * @returns the numbers where there are four that are not negative, however little they fit
 */
export function readByteRange(
  value: PdfObject | undefined,
  written: Uint8Array | null,
  findings: Set<SignatureFinding>,
): ByteRange | null {
  const fault = faultOf(value, written)
  if (fault !== null) findings.add(fault)
  if (fault !== null || !isKind(value, 'array')) return null
  const [a, b, c, d] = value.items
  return typeof a === 'number' && typeof b === 'number' && typeof c === 'number' && typeof d === 'number'
    ? [a, b, c, d]
    : null
}

function faultOf(value: PdfObject | undefined, written: Uint8Array | null): SignatureFinding | null {
  if (value === undefined || value === null) return 'byte-range-missing'
  if (isKind(value, 'ref')) return 'byte-range-indirect'
  if (!isKind(value, 'array')) return 'byte-range-malformed'
  const { items } = value
  if (items.some((item) => isKind(item, 'ref'))) return 'byte-range-indirect'
  if (items.length !== 4 || !items.every((item) => Number.isSafeInteger(item))) return 'byte-range-malformed'
  if (items.some((item) => typeof item === 'number' && item < 0)) return 'byte-range-negative'
  return written === null || isPlain(written) ? null : 'byte-range-malformed'
}

function isPlain(written: Uint8Array): boolean {
  if (written.length > MAX_WRITTEN) return false
  return /^\[[\s\0]*(\d+[\s\0]+){3}\d+[\s\0]*\]$/.test(String.fromCharCode(...written))
}

/**
 * Holds the numbers against the file: they begin at 0, leave out exactly the string of this signature's contents, and end where a
 * revision ends. They count from the first byte of the file, whatever stands before the header: nothing may stay uncovered.
 * @param contents where the hexadecimal string stands, null where it could not be found
 * @returns index of the revision that is covered, null where anything does not fit
 */
export function coveredRevision(
  pdf: RevisionedPdf,
  range: ByteRange,
  contents: Span | null,
  findings: Set<SignatureFinding>,
): number | null {
  const before = findings.size
  const [start, length, second, rest] = range
  const end = second + rest
  if (start !== 0) findings.add('byte-range-start-not-zero')
  if (end > pdf.bytes.length || start + length > pdf.bytes.length) findings.add('byte-range-beyond-file')
  if (start + length > second) findings.add('byte-range-overlapping')
  if (contents === null || start + length !== contents.start || second !== contents.end)
    findings.add('gap-not-contents')
  if (findings.size > before) return null
  const revision = revisionEndingAt(pdf, end)
  if (revision === null) findings.add('byte-range-end-not-revision')
  return revision
}

/** Between the mark and where a signature ends only white space may stand: writers differ in how many line ends they put. */
function revisionEndingAt({ bytes, revisions }: RevisionedPdf, end: number): number | null {
  const index = revisions.findLastIndex(({ endOfMark }) => endOfMark <= end)
  const revision = revisions[index]
  if (revision === undefined) return null
  for (let at = revision.endOfMark; at < end; at++) if (!isWhitespace(bytes[at])) return null
  return index
}
