// Where every page of a paper stands in the scrolled sheet, which of them are near the window, and how a place survives a zoom.
import { PIXELS_PER_POINT, type PageSize } from './zoom.ts'

/** CSS pixels between two pages, and around all of them. */
export const PAGE_GAP = 16
export const SHEET_MARGIN = 24

/** Pages farther than this many window heights from the window have no canvas. */
const OVERSCAN = 0.75

/** Tops and heights in CSS pixels by index (page 1 is index 0); `total` is the height of the sheet, `widest` without margins. */
export type PageLayout = {
  readonly tops: Float64Array
  readonly heights: Float64Array
  readonly widths: Float64Array
  readonly total: number
  readonly widest: number
}

/** First and last page number, both included. */
export type PageRange = { readonly first: number; readonly last: number }

/** A point of a page held fast under a point of the window: fractions of the page, pixels in the window. */
export type Anchor = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly atX: number
  readonly atY: number
}

/** @param sizeOf by index; pages whose size is not known yet take that of their neighbours, decided by the caller */
export function layoutPages(pages: number, sizeOf: (index: number) => PageSize, factor: number): PageLayout {
  const scale = factor * PIXELS_PER_POINT
  const tops = new Float64Array(pages)
  const heights = new Float64Array(pages)
  const widths = new Float64Array(pages)
  let top = SHEET_MARGIN
  let widest = 0
  for (let i = 0; i < pages; i++) {
    const size = sizeOf(i)
    // Whole pixels: a page box of 793.7 pixels would be drawn blurred at its edges.
    const height = Math.round(size.height * scale)
    const width = Math.round(size.width * scale)
    tops[i] = top
    heights[i] = height
    widths[i] = width
    widest = Math.max(widest, width)
    top += height + PAGE_GAP
  }
  return { tops, heights, widths, widest, total: top - PAGE_GAP + SHEET_MARGIN }
}

/** The page number whose box contains `y`, or the one just above the gap that does. */
export function pageAt(layout: PageLayout, y: number): number {
  let low = 0
  let high = layout.tops.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((layout.tops[middle] ?? 0) <= y) low = middle
    else high = middle - 1
  }
  return low + 1
}

/** Pages that need a canvas now. */
export function pagesNear(layout: PageLayout, scrollTop: number, height: number): PageRange {
  return {
    first: pageAt(layout, scrollTop - OVERSCAN * height),
    last: pageAt(layout, scrollTop + (1 + OVERSCAN) * height),
  }
}

/** The page that the person reads: the one under a line a third down the window; at the very ends, the first and the last. */
export function currentPage(layout: PageLayout, scrollTop: number, height: number): number {
  if (scrollTop <= 0) return 1
  if (scrollTop + height >= layout.total - 1) return layout.tops.length
  return pageAt(layout, scrollTop + height / 3)
}

/** Where to scroll to show the top of a page. */
export function scrollTopOf(layout: PageLayout, page: number): number {
  const index = Math.min(layout.tops.length, Math.max(1, page)) - 1
  return Math.max(0, (layout.tops[index] ?? 0) - PAGE_GAP)
}

/** Left edge of a page in the sheet: centred, or at the margin where it is wider than the window. */
export function pageLeft(layout: PageLayout, page: number, windowWidth: number): number {
  const sheet = Math.max(windowWidth, layout.widest + 2 * SHEET_MARGIN)
  return Math.round((sheet - (layout.widths[page - 1] ?? 0)) / 2)
}

export type Viewport = { readonly scrollTop: number; readonly scrollLeft: number; readonly width: number }

/** Remembers what stands under a point of the window (`atX`, `atY` in pixels from its corner). */
export function anchorAt(layout: PageLayout, viewport: Viewport, atX: number, atY: number): Anchor {
  const page = pageAt(layout, viewport.scrollTop + atY)
  const y = (viewport.scrollTop + atY - (layout.tops[page - 1] ?? 0)) / (layout.heights[page - 1] ?? 1)
  const x = (viewport.scrollLeft + atX - pageLeft(layout, page, viewport.width)) / (layout.widths[page - 1] ?? 1)
  return { page, x, y, atX, atY }
}

/** Where to scroll so that the anchor is again where it was. */
export function scrollToAnchor(
  layout: PageLayout,
  anchor: Anchor,
  windowWidth: number,
): { readonly top: number; readonly left: number } {
  const index = anchor.page - 1
  const top = (layout.tops[index] ?? 0) + anchor.y * (layout.heights[index] ?? 0) - anchor.atY
  const left = pageLeft(layout, anchor.page, windowWidth) + anchor.x * (layout.widths[index] ?? 0) - anchor.atX
  return { top: Math.max(0, Math.round(top)), left: Math.max(0, Math.round(left)) }
}

/** Rows of equal height near the window, by index, both ends included: for the list of small pages. */
export function rowsNear(
  count: number,
  rowHeight: number,
  scrollTop: number,
  height: number,
): { readonly first: number; readonly last: number } {
  const first = Math.max(0, Math.floor((scrollTop - height / 2) / rowHeight))
  const last = Math.min(count - 1, Math.ceil((scrollTop + 1.5 * height) / rowHeight))
  return { first, last }
}
