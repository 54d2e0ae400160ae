// What a signature covers: its four numbers, and whether they leave out its own contents and nothing else (ISO 32000-1, 12.8.1).
import { isWhitespace, type PdfObject } from '../objects.ts'
import type { RevisionedPdf } from './revisions.ts'
import type { SignatureFinding, Span } from './signature.ts'

export type ByteRange = readonly [number, number, number, number]

/**
 * Four whole numbers that stand in the dictionary itself.
 * @returns the numbers where there are four that are not negative, however little they fit
 */
export function readByteRange(value: PdfObject | undefined, findings: Set<SignatureFinding>): ByteRange | null {
  if (value === undefined || value === null) {
    findings.add('byte-range-missing')
    return null
  }
  if (typeof value === 'object' && value.kind === 'ref') {
    findings.add('byte-range-indirect')
    return null
  }
  const items = typeof value === 'object' && value.kind === 'array' ? value.items : []
  if (items.some((item) => typeof item === 'object' && item?.kind === 'ref')) {
    findings.add('byte-range-indirect')
    return null
  }
  const numbers = items.filter((item) => typeof item === 'number')
  const [a, b, c, d] = numbers
  if (
    items.length !== 4 ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined ||
    !numbers.every(Number.isSafeInteger)
  ) {
    findings.add('byte-range-malformed')
    return null
  }
  if (numbers.some((number) => number < 0)) {
    findings.add('byte-range-negative')
    return null
  }
  return [a, b, c, d]
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
