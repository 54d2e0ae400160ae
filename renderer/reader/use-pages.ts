// The scrolled sheet of pages: its layout, which pages are near the window, the page that is read, and every way to move and zoom.
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import {
  anchorAt,
  currentPage,
  layoutPages,
  pagesNear,
  scrollToAnchor,
  scrollTopOf,
  SHEET_MARGIN,
  type Anchor,
  type PageLayout,
  type PageRange,
} from './page-layout.ts'
import type { Paper } from './pdfjs.ts'
import { factorOf, type PageSize, type Zoom } from './zoom.ts'

/** Who moved: the person in front of the screen, or the program (presenter, memory, first page). */
export type Mover = 'person' | 'program'

/** A point of the window, in CSS pixels from its corner, that stays fast while zooming. */
type WindowPoint = { readonly x: number; readonly y: number }

export type Pages = {
  readonly scroller: RefObject<HTMLDivElement | null>
  readonly layout: PageLayout
  readonly near: PageRange
  readonly page: number
  readonly factor: number
  readonly windowWidth: number
  readonly goTo: (page: number, mover: Mover, fractionDown?: number) => void
  readonly zoomTo: (zoom: Zoom, around?: WindowPoint) => void
  readonly reveal: (rect: DOMRect) => void
  readonly learnSize: (page: number, size: PageSize) => void
  readonly onScroll: () => void
}

type Place = { readonly near: PageRange; readonly page: number }

/** Where a program has just scrolled to: that page counts as the one that is read, even at an end that cannot scroll farther. */
type Pin = { readonly page: number; readonly top: number }

/** @param onPage every change of the page that is read, and who caused it */
export function usePages(
  paper: Paper,
  startPage: number,
  startZoom: Zoom,
  onPage: (page: number, mover: Mover) => void,
  onZoom: (zoom: Zoom) => void,
): Pages {
  const scroller = useRef<HTMLDivElement | null>(null)
  const [room, setRoom] = useState<PageSize | null>(null)
  const [zoom, setZoom] = useState(startZoom)
  const [base, setBase] = useState(paper.firstSize)
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map())
  const [place, setPlace] = useState<Place>({ near: { first: startPage, last: startPage }, page: startPage })
  const factor = factorOf(zoom, base, {
    width: (room?.width ?? 800) - 2 * SHEET_MARGIN,
    height: (room?.height ?? 600) - 2 * SHEET_MARGIN,
  })
  const layout = useMemo(
    () => layoutPages(paper.pages, (index) => sizes.get(index + 1) ?? paper.firstSize, factor),
    [paper, sizes, factor],
  )

  const anchor = useRef<Anchor | null>(null)
  const pin = useRef<Pin | null>(null)
  const read = useRef(startPage)
  const report = useRef({ onPage, onZoom })
  useEffect(() => {
    report.current = { onPage, onZoom }
  })

  const settle = useCallback(
    (mover: Mover): void => {
      const element = scroller.current
      if (element === null) return
      const { scrollTop, scrollLeft, clientHeight, clientWidth } = element
      if (pin.current !== null && Math.abs(pin.current.top - scrollTop) > 2) pin.current = null
      const page = pin.current?.page ?? currentPage(layout, scrollTop, clientHeight)
      const near = pagesNear(layout, scrollTop, clientHeight)
      anchor.current = anchorAt(layout, { scrollTop, scrollLeft, width: clientWidth }, clientWidth / 2, 0)
      setPlace((before) =>
        before.page === page && before.near.first === near.first && before.near.last === near.last
          ? before
          : { page, near },
      )
      if (page === read.current) return
      read.current = page
      report.current.onPage(page, mover)
    },
    [layout],
  )

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const measure = (): void =>
      setRoom((before) =>
        before?.width === element.clientWidth && before.height === element.clientHeight
          ? before
          : { width: element.clientWidth, height: element.clientHeight },
      )
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // After every new layout the same words stand where they stood; the first layout shows the first page asked for.
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null || room === null) return
    if (pin.current !== null || anchor.current === null) {
      element.scrollTop = scrollTopOf(layout, read.current)
      pin.current = { page: read.current, top: element.scrollTop }
    } else {
      const { top, left } = scrollToAnchor(layout, anchor.current, element.clientWidth)
      element.scrollTo({ top, left })
    }
    settle('program')
  }, [layout, room, settle])

  const goTo = useCallback(
    (page: number, mover: Mover, fractionDown = 0): void => {
      const element = scroller.current
      if (element === null) return
      const target = Math.min(paper.pages, Math.max(1, Math.round(page)))
      element.scrollTop = scrollTopOf(layout, target) + fractionDown * (layout.heights[target - 1] ?? 0)
      pin.current = { page: target, top: element.scrollTop }
      settle(mover)
    },
    [layout, paper.pages, settle],
  )

  const zoomTo = useCallback(
    (next: Zoom, around?: WindowPoint): void => {
      const element = scroller.current
      if (element === null) return
      pin.current = null
      const point = around ?? { x: element.clientWidth / 2, y: next.kind === 'factor' ? element.clientHeight / 3 : 0 }
      const { scrollTop, scrollLeft, clientWidth } = element
      anchor.current = anchorAt(layout, { scrollTop, scrollLeft, width: clientWidth }, point.x, point.y)
      // A fit is for the page that is read: a wide table in the annex may be wider than the rest.
      setBase(sizes.get(read.current) ?? paper.firstSize)
      setZoom(next)
      report.current.onZoom(next)
    },
    [layout, paper, sizes],
  )

  const reveal = useCallback((rect: DOMRect): void => {
    const element = scroller.current
    if (element === null) return
    const view = element.getBoundingClientRect()
    const hiddenDown = rect.top < view.top + 48 || rect.bottom > view.bottom - 48
    const hiddenAcross = rect.left < view.left || rect.right > view.right
    if (hiddenDown) element.scrollTop += rect.top - view.top - view.height / 3
    if (hiddenAcross) element.scrollLeft += rect.left - view.left - view.width / 3
  }, [])

  const learnSize = useCallback(
    (page: number, size: PageSize): void => {
      setSizes((before) => {
        const known = before.get(page) ?? paper.firstSize
        return known.width === size.width && known.height === size.height ? before : new Map(before).set(page, size)
      })
    },
    [paper],
  )

  const onScroll = useCallback(() => settle('person'), [settle])
  return {
    scroller,
    layout,
    ...place,
    factor,
    windowWidth: room?.width ?? 0,
    goTo,
    zoomTo,
    reveal,
    learnSize,
    onScroll,
  }
}
