// Formats of LOOK.md and Decree 30, in Vietnam's time on a device set to any other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  formatDate,
  formatDateTime,
  formatDuration,
  formatMinutesOver,
  formatNumber,
  formatOfficialDate,
  formatTime,
  formatTimeWithSeconds,
  localDay,
  weekdayOf,
} from './dates.ts'

const MORNING = '2020-03-05T02:41:07.900Z'

describe.each(['UTC', 'America/New_York', 'Asia/Ho_Chi_Minh'])('on a device in %s', (zone) => {
  const before = process.env['TZ']
  beforeAll(() => {
    process.env['TZ'] = zone
  })
  afterAll(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it('writes moments', () => {
    expect(formatDate(MORNING)).toBe('05/03/2020')
    expect(formatTime(MORNING)).toBe('09:41')
    expect(formatTimeWithSeconds(MORNING)).toBe('09:41:07')
    expect(formatDateTime(MORNING)).toBe('09:41, 05/03/2020')
    expect(weekdayOf(MORNING)).toBe(4)
    expect(weekdayOf('2026-11-21T17:00:00Z')).toBe(0)
    expect(weekdayOf('hôm nay')).toBeNull()
  })

  it('counts the day from midnight in Vietnam', () => {
    expect(formatDateTime('2025-12-31T16:59:59Z')).toBe('23:59, 31/12/2025')
    expect(formatDateTime('2025-12-31T17:00:00Z')).toBe('00:00, 01/01/2026')
    expect(localDay('2025-12-31T17:00:00Z')).toBe('2026-01-01')
    expect(formatDateTime('2026-01-01T00:00:00+07:00')).toBe('00:00, 01/01/2026')
  })

  it('leaves a bare date on its day', () => {
    expect(formatDate('2020-03-05')).toBe('05/03/2020')
    expect(localDay('2020-03-05')).toBe('2020-03-05')
    expect(formatDate('0987-01-02')).toBe('02/01/0987')
  })
})

it('writes official dates with the zeros the decree wants', () => {
  expect(formatOfficialDate('2020-03-05')).toBe('ngày 05 tháng 3 năm 2020')
  expect(formatOfficialDate('2020-02-15')).toBe('ngày 15 tháng 02 năm 2020')
  expect(formatOfficialDate('2020-12-31')).toBe('ngày 31 tháng 12 năm 2020')
})

it.each(['', 'hôm nay', '2020-02-30', '2020-13-01'])('writes nothing for %j', (iso) => {
  for (const format of [formatDate, formatTime, formatTimeWithSeconds, formatDateTime, formatOfficialDate, localDay]) {
    expect(format(iso)).toBe('')
  }
})

it.each([
  [1805, 0, '1.805'],
  [2872, 0, '2.872'],
  [999, 0, '999'],
  [1000, 0, '1.000'],
  [0, 0, '0'],
  [-1234567, 0, '-1.234.567'],
  [-0.2, 0, '0'],
  [62.847, 1, '62,8'],
  [-12345.67, 2, '-12.345,67'],
  [Number.NaN, 0, ''],
  [Infinity, 0, ''],
])('number %d with %d decimals is %j', (value, digits, text) => {
  expect(formatNumber(value, digits)).toBe(text)
})

it.each([
  [440, '07:20'],
  [0, '00:00'],
  [59.9, '00:59'],
  [3600, '1:00:00'],
  [36_000 + 440, '10:07:20'],
  [-5, '00:00'],
  [Number.NaN, ''],
])('%d seconds are %j', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

it.each([
  [180, "+3'"],
  [239, "+3'"],
  [59, "0'"],
  [-59, "0'"],
  [-120, "-2'"],
  [Infinity, ''],
])('%d seconds over the plan are %j', (seconds, text) => {
  expect(formatMinutesOver(seconds)).toBe(text)
})
