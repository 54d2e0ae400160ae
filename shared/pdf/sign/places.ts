// Where signatures and fields stand on an official document: Decree 30/2020, annex I, in points from the corner of the page.
import type { Place } from './prepare.ts'
import type { Rectangle } from './appearance.ts'

/** One millimetre in points. */
export const MM = 72 / 25.4
/** Margins of the text area: the least ones of annex I at the top and right, which leave fields inside for all others. */
const MARGINS = { left: 30 * MM, right: 15 * MM, top: 20 * MM, bottom: 20 * MM }
/** A guess for the seal of an office, which Decree 30 wants in real size; whoever has a larger or smaller one gives its diameter. */
export const SEAL_DIAMETER = 36 * MM
/** The seal covers about a third of the signature on its left (Decree 30/2020, annex I). */
const SEAL_COVERS = 1 / 3

/** Shares of the text area, x from the left and y from the top, as the scheme of annex I shows them. */
const BOXES = {
  number: { x: [0.08, 0.43], y: [0.065, 0.095] },
  date: { x: [0.53, 0.98], y: [0.065, 0.095] },
  leader: { x: [0.66, 0.92], y: [0.74, 0.83] },
} as const

/** A strip in the top margin at the right edge: boxes 14 and the mark of an annex. */
const TOP_RIGHT = { width: 75 * MM, height: 14 * MM, top: 4 * MM, right: 10 * MM }

export interface OutgoingLayout {
  readonly number: Place
  readonly date: Place
  readonly leader: Place
  readonly seal: Place
}

/** A page as far as places depend on it. @param index from 0 */
export interface PageBox {
  readonly index: number
  readonly mediaBox: Rectangle
}

/** Where the boxes of annex I are when nobody has looked at the pages: a first guess to be moved by hand. */
export function outgoingLayout(first: PageBox, last: PageBox): OutgoingLayout {
  const leader = { page: last.index, rectangle: share(last.mediaBox, BOXES.leader) }
  return {
    number: { page: first.index, rectangle: share(first.mediaBox, BOXES.number) },
    date: { page: first.index, rectangle: share(first.mediaBox, BOXES.date) },
    leader,
    seal: { page: last.index, rectangle: sealBeside(leader.rectangle) },
  }
}

/** A seal of real size over the left third of the signature, at half its height. @param diameter in points */
export function sealBeside(leader: Rectangle, diameter = SEAL_DIAMETER): Rectangle {
  const right = leader[0] + (leader[2] - leader[0]) * SEAL_COVERS
  const middle = (leader[1] + leader[3]) / 2
  return [right - diameter, middle - diameter / 2, right, middle + diameter / 2]
}

/** Top right corner of the first page: the mark of an annex and that of an electronic copy. */
export function topRight(mediaBox: Rectangle): Rectangle {
  const right = mediaBox[2] - TOP_RIGHT.right
  const top = mediaBox[3] - TOP_RIGHT.top
  return [right - TOP_RIGHT.width, top - TOP_RIGHT.height, right, top]
}

function share(
  page: Rectangle,
  box: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): Rectangle {
  const left = page[0] + MARGINS.left
  const top = page[3] - MARGINS.top
  const width = page[2] - MARGINS.right - left
  const height = top - page[1] - MARGINS.bottom
  return [left + width * box.x[0], top - height * box.y[1], left + width * box.x[1], top - height * box.y[0]]
}
