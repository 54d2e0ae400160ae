// Planned and actual time: left, over, unplanned.
import { describe, expect, it } from 'vitest'
import { deviation, endOf, itemAfter, plannedMinutes, spent, stages, timeLeft } from './item-clock.ts'
import { item } from './sample-board.ts'

const START = '2026-11-23T01:30:00.000Z'
const at = (minutes: number) => Date.parse(START) + minutes * 60_000

describe('spent', () => {
  it('adds the running stretch to the finished ones', () => {
    expect(spent({ minutes: 10, spentMs: 60_000, runningSince: START }, at(2))).toBe(180_000)
  })
  it('does not run backwards when the device is behind the hub', () => {
    expect(spent({ minutes: 10, spentMs: 60_000, runningSince: START }, at(-1))).toBe(60_000)
  })
})

describe('timeLeft', () => {
  it.each([
    [5, { state: 'left', ms: 300_000 }],
    [10, { state: 'left', ms: 0 }],
    [12, { state: 'over', ms: 120_000 }],
  ])('after %i of 10 minutes', (minutes, expected) => {
    expect(timeLeft({ minutes: 10, spentMs: 0, runningSince: START }, at(minutes))).toEqual(expected)
  })
  it('counts up where nothing was planned', () => {
    expect(timeLeft({ minutes: 0, spentMs: 0, runningSince: START }, at(3))).toEqual({ state: 'free', ms: 180_000 })
  })
})

describe('deviation', () => {
  it('says seconds over and under, and nothing for what was never reached', () => {
    expect(deviation({ minutes: 10, spentMs: 13 * 60_000, runningSince: null }, at(0))).toBe(180)
    expect(deviation({ minutes: 10, spentMs: 8 * 60_000, runningSince: null }, at(0))).toBe(-120)
    expect(deviation({ minutes: 10, spentMs: 0, runningSince: null }, at(0))).toBeNull()
    expect(deviation({ minutes: 0, spentMs: 5000, runningSince: null }, at(0))).toBeNull()
  })
})

describe('the agenda', () => {
  const items = {
    a: { ...item('a', null, 0), minutes: 5, spentMs: 1000 },
    b: { ...item('b', null, 1), minutes: 15, runningSince: START },
    b1: { ...item('b1', 'b', 0), minutes: 10 },
    c: { ...item('c', null, 2), minutes: 0 },
  }
  it('sums and ends', () => {
    expect(plannedMinutes(items)).toBe(30)
    expect(endOf(START, 30)).toBe('2026-11-23T02:00:00.000Z')
  })
  it('knows what is done, current and coming, and what follows', () => {
    expect([...stages(items, 'b').values()]).toEqual(['done', 'current', 'coming', 'coming'])
    expect(itemAfter(items, 'b')?.id).toBe('b1')
    expect(itemAfter(items, 'b1')?.id).toBe('c')
    expect(itemAfter(items, 'c')).toBeNull()
  })
})
