// The text of one page as a person reads it, and where each of its characters is in the text layer; and finding in it.
import { fold, foldWithOffsets, hasMarks, originalRange, type MarkRule } from '../../shared/text/fold.ts'

/** What pdf.js tells of one run of text; `str` may be empty where only a line ends. */
export type TextRun = { readonly str: string; readonly hasEOL: boolean }

/** `starts[i]` is the offset in `text` at which run i begins; runs and text layer elements have the same order. */
export type PageText = { readonly text: string; readonly starts: Int32Array }

/** Offsets in `PageText.text`, end excluded. */
export type Hit = { readonly start: number; readonly end: number }

/** Hits with the diacritics as typed, and hits regardless of them (which contain the former). */
export type PageHits = { readonly exact: readonly Hit[]; readonly folded: readonly Hit[] }

/** A piece of one run, in characters of the run. */
export type RunPiece = { readonly run: number; readonly from: number; readonly to: number }

/** What was typed, made ready for searching: null when there is nothing to look for. */
export type Query = {
  readonly marked: boolean
  readonly exact: RegExp
  readonly folded: RegExp
  readonly plain: string
}

const NO_HITS: PageHits = { exact: [], folded: [] }

/** Most hits kept of one page: a page has some 3,000 characters, and nobody steps through more. */
const MAX_HITS_PER_PAGE = 1000

/** Lines are joined by a space: Vietnamese is not hyphenated, so that a line end is always between words. */
export function pageText(runs: readonly TextRun[]): PageText {
  const starts = new Int32Array(runs.length)
  let text = ''
  runs.forEach((run, i) => {
    starts[i] = text.length
    text += run.str
    if (run.hasEOL) text += ' '
  })
  return { text, starts }
}

/** Words may stand on two lines or be spaced out: any white space matches any other. */
export function prepareQuery(typed: string): Query | null {
  const words = typed.trim().split(/\s+/)
  if (words[0] === '') return null
  return {
    marked: hasMarks(typed),
    exact: pattern(words, 'keep'),
    folded: pattern(words, 'strip'),
    plain: fold(words[0] ?? ''),
  }
}

function pattern(words: readonly string[], marks: MarkRule): RegExp {
  return new RegExp(words.map((word) => escaped(foldWithOffsets(word, marks).text)).join('\\s+'), 'g')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** All hits of a page, in reading order. */
export function findInPage(page: PageText, query: Query): PageHits {
  // Most pages have no hit: folding without offsets is native and fast, so that they cost next to nothing.
  if (!fold(page.text).includes(query.plain)) return NO_HITS
  const folded = hitsOf(page.text, query.folded, 'strip')
  if (folded.length === 0) return NO_HITS
  return { folded, exact: query.marked ? hitsOf(page.text, query.exact, 'keep') : folded }
}

function hitsOf(text: string, expression: RegExp, marks: MarkRule): readonly Hit[] {
  const folding = foldWithOffsets(text, marks)
  const hits: Hit[] = []
  for (const match of folding.text.matchAll(expression)) {
    if (hits.length >= MAX_HITS_PER_PAGE) break
    hits.push(originalRange(folding, match.index, match.index + match[0].length))
  }
  return hits
}

/** The pieces of runs that a hit covers, for marking it in the text layer. */
export function piecesOf(page: PageText, runs: readonly TextRun[], hit: Hit): readonly RunPiece[] {
  const pieces: RunPiece[] = []
  for (let run = 0; run < runs.length; run++) {
    const start = page.starts[run] ?? 0
    if (start >= hit.end) break
    const from = Math.max(0, hit.start - start)
    const to = Math.min(runs[run]?.str.length ?? 0, hit.end - start)
    if (from < to) pieces.push({ run, from, to })
  }
  return pieces
}
