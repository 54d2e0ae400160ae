// Shares: rounding in whole numbers, the comma, and the share of nothing.
import { describe, expect, it } from 'vitest'
import { barWidth, percent, share } from './shares.ts'

describe('percent', () => {
  it.each([
    [8, 15, '53,3 %'],
    [2, 3, '66,7 %'],
    [1, 8, '12,5 %'],
    [1, 16, '6,3 %'],
    [0, 15, '0,0 %'],
    [15, 15, '100,0 %'],
    [1, 2000, '0,1 %'],
  ])('%i of %i', (count, base, text) => {
    expect(percent(count, base)).toBe(text)
  })
  it('has no share of nobody', () => {
    expect(percent(0, 0)).toBeNull()
    expect(share(0, 0)).toEqual({ fraction: '0/0', percent: null })
  })
  it('the parts of every small whole stay within a tenth of 100', () => {
    for (let base = 1; base <= 60; base += 1)
      for (let part = 0; part <= base; part += 1) {
        const tenths = [part, base - part].map(
          (n) => Number((percent(n, base) ?? '').replace(' %', '').replace(',', '.')) * 10,
        )
        expect(Math.abs(tenths.reduce((a, b) => a + b, 0) - 1000)).toBeLessThanOrEqual(1.001)
      }
  })
})

it('a bar is never wider than its track', () => {
  expect(barWidth(8, 15)).toBeCloseTo(53.33, 1)
  expect(barWidth(3, 0)).toBe(0)
  expect(barWidth(4, 3)).toBe(100)
})
