// Where the mark stands on a page as it is seen: moved by hand or by keys, never over the edge. In points from the upper left corner.
import type { SigningRole } from '../../../shared/pdf/sign/roles.ts'

/** One millimetre in points. */
export const MM = 72 / 25.4

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Sheet {
  readonly width: number
  readonly height: number
}

/** Least size that anybody can read or grasp. */
const LEAST: Sheet = { width: 15 * MM, height: 6 * MM }

/** Inside the sheet, as large as it was where it fits. */
export function within(box: Box, sheet: Sheet): Box {
  const width = Math.min(Math.max(box.width, LEAST.width), sheet.width)
  const height = Math.min(Math.max(box.height, LEAST.height), sheet.height)
  return {
    width,
    height,
    left: Math.min(Math.max(box.left, 0), sheet.width - width),
    top: Math.min(Math.max(box.top, 0), sheet.height - height),
  }
}

export function moved(box: Box, right: number, down: number, sheet: Sheet): Box {
  return within({ ...box, left: box.left + right, top: box.top + down }, sheet)
}

/** The upper left corner stays; the other one follows the hand up to the edge. */
export function resized(box: Box, wider: number, higher: number, sheet: Sheet): Box {
  const width = Math.min(box.width + wider, sheet.width - box.left)
  const height = Math.min(box.height + higher, sheet.height - box.top)
  return within({ ...box, width, height }, sheet)
}

/** Share of the sheet, as the scheme of Decree 30/2020, annex I has it: a first guess to be moved by hand. */
export function firstPlace(role: SigningRole, sheet: Sheet): Box {
  switch (role) {
    case 'annex':
    case 'copy':
      // Box 14: the top margin at the right edge.
      return within({ left: sheet.width - 85 * MM, top: 4 * MM, width: 75 * MM, height: 14 * MM }, sheet)
    case 'personal':
      return within({ left: sheet.width * 0.62, top: sheet.height * 0.7, width: 45 * MM, height: 22 * MM }, sheet)
    case 'agency':
      // A third of the signature is covered, on its left.
      return within(
        {
          left: sheet.width * 0.62 + 15 * MM - 36 * MM,
          top: sheet.height * 0.7 - 7 * MM,
          width: 36 * MM,
          height: 36 * MM,
        },
        sheet,
      )
    case 'initials':
      return within({ left: sheet.width * 0.78, top: sheet.height * 0.84, width: 20 * MM, height: 10 * MM }, sheet)
    case 'plain':
      return within({ left: sheet.width * 0.58, top: sheet.height * 0.76, width: 60 * MM, height: 16 * MM }, sheet)
  }
}

/** Millimetres from the left and the top edge, whole, as they are said. */
export function inMillimetres(box: Box): { readonly left: number; readonly top: number } {
  return { left: Math.round(box.left / MM), top: Math.round(box.top / MM) }
}

/** The lower left and upper right corner of two opposite ones in the space of the page, whichever way it is turned. */
export function rectangleOf(
  one: readonly [number, number],
  other: readonly [number, number],
): [number, number, number, number] {
  const hundredths = (value: number) => Math.round(value * 100) / 100
  return [
    hundredths(Math.min(one[0], other[0])),
    hundredths(Math.min(one[1], other[1])),
    hundredths(Math.max(one[0], other[0])),
    hundredths(Math.max(one[1], other[1])),
  ]
}
