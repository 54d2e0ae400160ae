// Layout of pages: places, windows, the page that is read, and anchors that survive any zoom.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anchorAt,
  currentPage,
  layoutPages,
  PAGE_GAP,
  pageAt,
  pageLeft,
  pagesNear,
  rowsNear,
  scrollToAnchor,
  scrollTopOf,
  SHEET_MARGIN,
} from './page-layout.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const A4 = { width: 595.3, height: 841.9 }
const LANDSCAPE = { width: 841.9, height: 595.3 }

describe('layout', () => {
  const layout = layoutPages(3, (index) => (index === 1 ? LANDSCAPE : A4), 1)

  it('puts pages below each other with whole pixels', () => {
    expect([...layout.tops]).toEqual([
      SHEET_MARGIN,
      SHEET_MARGIN + 1123 + PAGE_GAP,
      SHEET_MARGIN + 1123 + 794 + 2 * PAGE_GAP,
    ])
    expect([...layout.heights]).toEqual([1123, 794, 1123])
    expect(layout.widest).toBe(1123)
    expect(layout.total).toBe(1123 + 794 + 1123 + 2 * PAGE_GAP + 2 * SHEET_MARGIN)
  })

  it('centres each page, in the window or in the widest', () => {
    expect(pageLeft(layout, 1, 1600)).toBe(403)
    expect(pageLeft(layout, 2, 600)).toBe(SHEET_MARGIN)
    expect(pageLeft(layout, 1, 600)).toBe(Math.round((1123 + 2 * SHEET_MARGIN - 794) / 2))
  })

  it('knows the page at a height, gaps belonging to the page above', () => {
    expect(pageAt(layout, -50)).toBe(1)
    expect(pageAt(layout, SHEET_MARGIN + 1123 + PAGE_GAP - 1)).toBe(1)
    expect(pageAt(layout, SHEET_MARGIN + 1123 + PAGE_GAP)).toBe(2)
    expect(pageAt(layout, 1e9)).toBe(3)
  })

  it('reads the page a third down the window, and the last at the very end', () => {
    expect(currentPage(layout, 0, 900)).toBe(1)
    expect(currentPage(layout, 900, 900)).toBe(2)
    expect(currentPage(layout, layout.total - 2000, 2000)).toBe(3)
    expect(
      currentPage(
        layoutPages(2, () => A4, 0.25),
        0,
        4000,
      ),
    ).toBe(1)
    expect(scrollTopOf(layout, 1)).toBe(SHEET_MARGIN - PAGE_GAP)
    expect(scrollTopOf(layout, 99)).toBe((layout.tops[2] ?? 0) - PAGE_GAP)
    expect(scrollTopOf(layout, -1)).toBe(SHEET_MARGIN - PAGE_GAP)
  })
})

describe(`at random (SEED=${SEED})`, () => {
  const size = fc.record({ width: fc.integer({ min: 50, max: 3000 }), height: fc.integer({ min: 50, max: 3000 }) })
  const papers = fc.array(size, { minLength: 1, maxLength: 300 })
  const factors = fc.double({ min: 0.25, max: 4, noNaN: true })

  it('the pages near a window are few, cover it, and contain the page that is read', () => {
    fc.assert(
      fc.property(
        papers,
        factors,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 300, max: 2000 }),
        (sizes, factor, share, height) => {
          const layout = layoutPages(sizes.length, (index) => sizes[index]!, factor)
          const scrollTop = share * Math.max(0, layout.total - height)
          const { first, last } = pagesNear(layout, scrollTop, height)
          const page = currentPage(layout, scrollTop, height)
          expect(first).toBeLessThanOrEqual(page)
          expect(last).toBeGreaterThanOrEqual(page)
          expect(first).toBeGreaterThanOrEqual(1)
          expect(last).toBeLessThanOrEqual(sizes.length)
          // Two and a half windows of the smallest possible pages, and one at each end.
          expect(last - first + 1).toBeLessThanOrEqual((2.5 * height) / (50 * 0.25) + 2)
        },
      ),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('a word stays under the pointer from one factor to another', () => {
    fc.assert(
      fc.property(
        papers,
        factors,
        factors,
        fc.nat(1000),
        fc.nat(700),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sizes, from, to, atX, atY, share) => {
          const before = layoutPages(sizes.length, (index) => sizes[index]!, from)
          const after = layoutPages(sizes.length, (index) => sizes[index]!, to)
          const viewport = { scrollTop: share * before.total, scrollLeft: 0, width: 1000 }
          const anchor = anchorAt(before, viewport, atX, atY)
          const { top, left } = scrollToAnchor(after, anchor, 1000)
          const again = anchorAt(after, { scrollTop: top, scrollLeft: left, width: 1000 }, atX, atY)
          // Where the sheet ends, and in the gaps between pages, the word cannot or need not stay.
          if (top === 0 || left === 0 || anchor.y > 1 || anchor.y < 0) return
          expect(again.page).toBe(anchor.page)
          expect(Math.abs(again.y - anchor.y) * after.heights[anchor.page - 1]!).toBeLessThanOrEqual(1)
          expect(Math.abs(again.x - anchor.x) * after.widths[anchor.page - 1]!).toBeLessThanOrEqual(1)
        },
      ),
      { seed: SEED, numRuns: 300 },
    )
  })
})

it('lists only the rows near a window', () => {
  expect(rowsNear(2000, 220, 0, 660)).toEqual({ first: 0, last: 5 })
  expect(rowsNear(2000, 220, 22_000, 660)).toEqual({ first: 98, last: 105 })
  expect(rowsNear(3, 220, 0, 6600)).toEqual({ first: 0, last: 2 })
})
