// Results of finding: order, counts, steps that begin anew, and the change to hits without diacritics when there are no others.
import { describe, expect, it } from 'vitest'
import {
  addPage,
  emptyResults,
  hitsOn,
  modeOf,
  ordinal,
  searchOrder,
  step,
  totalHits,
  type FindResults,
} from './find-results.ts'
import type { PageHits } from './page-text.ts'

function hits(exact: number, folded: number): PageHits {
  const make = (count: number) => Array.from({ length: count }, (_, i) => ({ start: i, end: i + 1 }))
  return { exact: make(exact), folded: make(folded) }
}

function search(marked: boolean, pages: Readonly<Record<number, PageHits>>, count: number, from: number): FindResults {
  return searchOrder(count, from).reduce(
    (results, page) => addPage(results, page, pages[page] ?? hits(0, 0)),
    emptyResults(count, marked),
  )
}

it('searches from the page that is read', () => {
  expect(searchOrder(4, 3)).toEqual([3, 4, 1, 2])
  expect(searchOrder(1, 1)).toEqual([1])
})

describe('results', () => {
  const pages = { 2: hits(2, 2), 3: hits(1, 1), 5: hits(3, 3) }

  it('begins at the first hit from the page that is read, counted in the order of the paper', () => {
    const results = search(false, pages, 6, 3)
    expect(results.current).toEqual({ page: 3, index: 0 })
    expect(totalHits(results)).toBe(6)
    expect(ordinal(results)).toBe(3)
    expect(search(false, pages, 6, 6).current).toEqual({ page: 2, index: 0 })
  })

  it('steps through all of them and round again, both ways', () => {
    let results = search(false, pages, 6, 1)
    const forward = Array.from({ length: 7 }, () => {
      const at = ordinal(results)
      results = step(results, 1)
      return at
    })
    expect(forward).toEqual([1, 2, 3, 4, 5, 6, 1])
    let back = search(false, pages, 6, 1)
    const backward = Array.from({ length: 7 }, () => {
      back = step(back, -1)
      return ordinal(back)
    })
    expect(backward).toEqual([6, 5, 4, 3, 2, 1, 6])
  })

  it('has nothing to step through without hits', () => {
    const none = search(false, {}, 3, 1)
    expect([totalHits(none), ordinal(none), none.current]).toEqual([0, 0, null])
    expect(step(none, 1)).toBe(none)
  })
})

describe('a query with diacritics', () => {
  it('shows only exact hits where there are any', () => {
    const results = search(true, { 1: hits(0, 4), 2: hits(1, 3) }, 2, 1)
    expect(modeOf(results)).toBe('exact')
    expect(results.current).toEqual({ page: 2, index: 0 })
    expect(totalHits(results)).toBe(1)
    expect(hitsOn(results, 1)).toHaveLength(0)
    expect(step(results, 1).current).toEqual({ page: 2, index: 0 })
  })

  it('shows the others once the whole paper has none', () => {
    const half = addPage(emptyResults(2, true), 2, hits(0, 2))
    expect([modeOf(half), totalHits(half), half.current]).toEqual(['exact', 0, null])
    const all = addPage(half, 1, hits(0, 1))
    expect([modeOf(all), totalHits(all), all.current]).toEqual(['folded', 3, { page: 1, index: 0 }])
  })

  it('also when the last page searched has none at all', () => {
    const all = addPage(addPage(emptyResults(2, true), 2, hits(0, 2)), 1, hits(0, 0))
    expect(all.current).toEqual({ page: 2, index: 0 })
  })
})
