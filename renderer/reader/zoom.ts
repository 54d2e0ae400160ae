// Zoom of a paper: what the person chose (a percentage or a fit), and the scale that follows from it for a given window.

/** Size of a page in PDF points (1/72 inch), rotation applied. */
export type PageSize = { readonly width: number; readonly height: number }

/** CSS pixels of the room for one page, margins taken off. */
export type Room = { readonly width: number; readonly height: number }

export type Zoom =
  { readonly kind: 'fit-width' } | { readonly kind: 'fit-page' } | { readonly kind: 'factor'; readonly factor: number }

/** 100 %: one point of the page is 96/72 CSS pixels, so that A4 has its true size on a calibrated screen. */
export const PIXELS_PER_POINT = 96 / 72

/** Below a quarter nothing can be read; above four times one page at 2x density passes the largest canvas. */
export const MIN_FACTOR = 0.25
export const MAX_FACTOR = 4

/** Where the buttons and keys stop. */
export const ZOOM_STOPS = [0.25, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const

/** Most device pixels of one canvas: 4096 × 4096, the largest that every tablet's graphics memory takes. */
export const MAX_CANVAS_PIXELS = 4096 * 4096

export function clampFactor(factor: number): number {
  return Math.min(MAX_FACTOR, Math.max(MIN_FACTOR, factor))
}

/** The factor (1 is 100 %) at which `zoom` shows a page of this size in this room. */
export function factorOf(zoom: Zoom, page: PageSize, room: Room): number {
  const byWidth = room.width / (page.width * PIXELS_PER_POINT)
  switch (zoom.kind) {
    case 'fit-width':
      return clampFactor(byWidth)
    case 'fit-page':
      return clampFactor(Math.min(byWidth, room.height / (page.height * PIXELS_PER_POINT)))
    case 'factor':
      return clampFactor(zoom.factor)
  }
}

/** The next stop above or below, as the buttons and Ctrl with plus and minus take it. */
export function nextStop(factor: number, direction: 'in' | 'out'): number {
  // A fit lands on 1.0003: a stop that near is not worth a press.
  const found =
    direction === 'in'
      ? ZOOM_STOPS.find((stop) => stop > factor * 1.01)
      : ZOOM_STOPS.findLast((stop) => stop < factor * 0.99)
  return found ?? clampFactor(factor)
}

/** Zoom by a turn of the wheel with Ctrl, or a pinch, which arrives as the same event. @param deltaY in CSS pixels */
export function wheelFactor(factor: number, deltaY: number): number {
  return clampFactor(factor * Math.exp(-Math.max(-120, Math.min(120, deltaY)) / 400))
}

/** `100`: whole percent, as it is shown. */
export function percentOf(factor: number): number {
  return Math.round(factor * 100)
}

/** Device pixels per CSS pixel for a canvas of this CSS size: sharp, but never above the largest canvas. */
export function outputScale(cssWidth: number, cssHeight: number, devicePixelRatio: number): number {
  const pixels = cssWidth * cssHeight * devicePixelRatio ** 2
  return pixels <= MAX_CANVAS_PIXELS ? devicePixelRatio : Math.sqrt(MAX_CANVAS_PIXELS / (cssWidth * cssHeight))
}
