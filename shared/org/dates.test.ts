// Days are Vietnamese days: UTC+7, from included, until excluded.
import { describe, expect, it } from 'vitest'
import { localDay } from '../text/dates.ts'
import { holdsOn } from './dates.ts'

describe('localDay', () => {
  it.each([
    ['2026-11-22T16:59:59.999Z', '2026-11-22'],
    ['2026-11-22T17:00:00.000Z', '2026-11-23'],
    ['2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['2028-02-28T18:00:00.000Z', '2028-02-29'],
  ])('a day begins at 17:00 UTC of the day before: %s is %s', (moment, day) => {
    expect(localDay(moment)).toBe(day)
  })
})

describe('holdsOn', () => {
  const dated = { from: '2026-03-01', until: '2026-03-10' }

  it('holds from its first day, that day included', () => {
    expect(holdsOn(dated, '2026-02-28')).toBe(false)
    expect(holdsOn(dated, '2026-03-01')).toBe(true)
  })

  it('does not hold on the day of its end, and holds on the day before', () => {
    expect(holdsOn(dated, '2026-03-09')).toBe(true)
    expect(holdsOn(dated, '2026-03-10')).toBe(false)
  })

  it('holds on and on while nobody ended it', () => {
    expect(holdsOn({ from: '2026-03-01', until: null }, '2999-12-31')).toBe(true)
  })

  it('never holds when it ends on the day it began', () => {
    expect(holdsOn({ from: '2026-03-01', until: '2026-03-01' }, '2026-03-01')).toBe(false)
  })
})
