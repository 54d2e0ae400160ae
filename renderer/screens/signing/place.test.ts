// The mark stays on the page, whichever hand or key moves it.
import { expect, it } from 'vitest'
import { SIGNING_ROLES } from '../../../shared/pdf/sign/roles.ts'
import { firstPlace, inMillimetres, MM, moved, rectangleOf, resized, within } from './place.ts'

const A4 = { width: 595, height: 842 }
const BOX = { left: 100, top: 100, width: 100, height: 40 }

it.each(SIGNING_ROLES)('the first place of %s lies whole on A4, lying or standing, and on a page of 5 cm', (role) => {
  for (const sheet of [A4, { width: 842, height: 595 }, { width: 50 * MM, height: 50 * MM }]) {
    const box = firstPlace(role, sheet)
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect(box.top).toBeGreaterThanOrEqual(0)
    expect(box.left + box.width).toBeLessThanOrEqual(sheet.width + 1e-9)
    expect(box.top + box.height).toBeLessThanOrEqual(sheet.height + 1e-9)
  }
})

it('a millimetre is a millimetre, and the edge is where it ends', () => {
  expect(inMillimetres(moved({ ...BOX, left: 10 * MM, top: 10 * MM }, MM, -MM, A4))).toEqual({ left: 11, top: 9 })
  expect(moved(BOX, -1000, 5000, A4)).toEqual({ ...BOX, left: 0, top: 802 })
})

it('growing stops at the edge, shrinking where nobody could read it', () => {
  expect(resized(BOX, 1000, 1000, A4)).toEqual({ left: 100, top: 100, width: 495, height: 742 })
  const least = resized(BOX, -1000, -1000, A4)
  expect([least.width / MM, least.height / MM]).toEqual([15, 6])
  expect(within({ left: 0, top: 0, width: 9000, height: 9000 }, A4)).toEqual({ left: 0, top: 0, ...A4 })
})

it('corners in any order are one rectangle', () => {
  expect(rectangleOf([10.123, 90], [5, 100])).toEqual([5, 90, 10.12, 100])
})
