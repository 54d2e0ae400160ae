// Where a revision ends: the first `startxref` behind its sections that points at it, with its `%%EOF` (ISO 32000-1, 7.5.5).
import type { LocatedPdf } from '../cross-reference.ts'
import { isWhitespace, standsAt } from '../objects.ts'
import type { LinkGroup } from './grouping.ts'

/** Counted from the header. */
export type RevisionEnd = {
  /** Of the word `startxref`; where there is none, the end of the sections. */
  readonly startxref: number
  /** Directly behind `%%EOF`. */
  readonly mark: number
  /** Behind one line end. */
  readonly end: number
  readonly missing: boolean
}

export const WORD = 'startxref'
const MARK = '%%EOF'
const MAX_DIGITS = 10

/** @param next the revision behind it, before whose sections it must end */
export function findEnd({ source }: LocatedPdf, group: LinkGroup, next: LinkGroup | null): RevisionEnd {
  const { bytes } = source
  const limit = next === null ? bytes.length : next.from
  const target = group.newest.section.stated
  for (let at = bytes.indexOf(0x73, group.to); at !== -1 && at < limit; at = bytes.indexOf(0x73, at + 1)) {
    if (!standsAt(bytes, at, WORD)) continue
    const end = readEnd(bytes, at)
    if (end !== null && end.offset === target && end.mark <= limit) return { ...end, startxref: at, missing: false }
  }
  return { startxref: group.to, mark: group.to, end: group.to, missing: true }
}

/** What `startxref` at an offset says, and where its mark ends; null where it is not followed by a number and `%%EOF`. */
export function readEnd(
  bytes: Uint8Array,
  word: number,
): { readonly offset: number; readonly mark: number; readonly end: number } | null {
  let at = word + WORD.length
  while (isWhitespace(bytes[at])) at++
  let digits = ''
  while (digits.length < MAX_DIGITS && isDigit(bytes[at])) digits += String.fromCharCode(bytes[at++] ?? 0)
  if (digits === '') return null
  while (isWhitespace(bytes[at])) at++
  if (!standsAt(bytes, at, MARK)) return null
  const mark = at + MARK.length
  return { offset: Number(digits), mark, end: behindLineEnd(bytes, mark) }
}

function behindLineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0x0d) return bytes[at + 1] === 0x0a ? at + 2 : at + 1
  return bytes[at] === 0x0a ? at + 1 : at
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}
