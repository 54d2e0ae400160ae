// What has been found so far in a whole paper: counts, the hit shown now, and the way to the next and the one before.
import type { Hit, PageHits } from './page-text.ts'

/** One hit: the page and its place among the hits of that page that count. */
export type HitPlace = { readonly page: number; readonly index: number }

export type FindResults = {
  /** How many pages were searched, of how many. */
  readonly searched: number
  readonly pages: number
  /** The query has diacritics: hits that have the same come first. */
  readonly marked: boolean
  /** Only pages that have hits. */
  readonly byPage: ReadonlyMap<number, PageHits>
  readonly current: HitPlace | null
}

/** `exact` while only exact hits are shown; `folded` when the query has no diacritics, or they occur nowhere in the paper. */
export type FindMode = 'exact' | 'folded'

export function emptyResults(pages: number, marked: boolean): FindResults {
  return { searched: 0, pages, marked, byPage: new Map(), current: null }
}

/** The order in which pages are searched: from the page that is read to the end, then from the beginning. */
export function searchOrder(pages: number, from: number): readonly number[] {
  return Array.from({ length: pages }, (_, i) => ((from - 1 + i) % pages) + 1)
}

export function modeOf(results: FindResults): FindMode {
  if (!results.marked) return 'folded'
  if (results.searched < results.pages) return 'exact'
  for (const hits of results.byPage.values()) if (hits.exact.length > 0) return 'exact'
  return 'folded'
}

/** Takes over the hits of one page; the first hit in the order of searching becomes the current one. */
export function addPage(results: FindResults, page: number, hits: PageHits): FindResults {
  const byPage = hits.folded.length === 0 ? results.byPage : new Map(results.byPage).set(page, hits)
  const next = { ...results, byPage, searched: results.searched + 1 }
  if (next.current !== null) return next
  if (hitsOn(next, page).length > 0) return { ...next, current: { page, index: 0 } }
  // The whole paper has no exact hit: now the others count, and those on this page may not be the first.
  const first = next.searched === next.pages ? hitPages(next)[0] : undefined
  return first === undefined ? next : { ...next, current: { page: first, index: 0 } }
}

/** The hits of a page that count. */
export function hitsOn(results: FindResults, page: number): readonly Hit[] {
  return results.byPage.get(page)?.[modeOf(results)] ?? []
}

/** How many hits there are so far. */
export function totalHits(results: FindResults): number {
  const mode = modeOf(results)
  let total = 0
  for (const hits of results.byPage.values()) total += hits[mode].length
  return total
}

/** `3` of the third hit in reading order; 0 when there is none. */
export function ordinal(results: FindResults): number {
  if (results.current === null) return 0
  const mode = modeOf(results)
  let before = results.current.index + 1
  for (const [page, hits] of results.byPage) if (page < results.current.page) before += hits[mode].length
  return before
}

/** The hit after or before the current one; past the end it begins anew. */
export function step(results: FindResults, direction: 1 | -1): FindResults {
  const { current } = results
  if (current === null) return results
  const index = current.index + direction
  if (index >= 0 && index < hitsOn(results, current.page).length)
    return { ...results, current: { page: current.page, index } }
  const pages = hitPages(results)
  const at = pages.indexOf(current.page)
  const page = pages[(at + direction + pages.length) % pages.length] ?? current.page
  return { ...results, current: { page, index: direction === 1 ? 0 : Math.max(0, hitsOn(results, page).length - 1) } }
}

function hitPages(results: FindResults): readonly number[] {
  const mode = modeOf(results)
  return Array.from(results.byPage)
    .filter(([, hits]) => hits[mode].length > 0)
    .map(([page]) => page)
    .sort((a, b) => a - b)
}
