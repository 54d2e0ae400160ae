// The pace of a room: at once when quiet, gathered under load, one batch at a time, and nothing left behind at the end.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pace } from './pace.ts'

/** Work that takes so long by the clock that the pace looks at. */
function working(costMs: number) {
  const begun: number[] = []
  const pace = new Pace(async () => {
    begun.push(performance.now())
    if (costMs > 0) await new Promise((resolve) => setTimeout(resolve, costMs))
  })
  return { pace, begun }
}

beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] }),
)
afterEach(() => vi.useRealTimers())

test('the first work is done at once, however often it was asked for', async () => {
  const { pace, begun } = working(1)
  pace.soon()
  pace.soon()
  await vi.advanceTimersByTimeAsync(100)
  expect(begun).toHaveLength(1)
})

test('what comes while it works or rests is done together, after four times the cost', async () => {
  const { pace, begun } = working(1)
  pace.soon()
  await vi.advanceTimersByTimeAsync(0)
  pace.soon()
  await vi.advanceTimersByTimeAsync(2)
  pace.soon()
  await vi.advanceTimersByTimeAsync(100)
  expect(begun).toHaveLength(2)
  expect(begun[1]! - begun[0]!).toBe(1 + 4)
})

test('a batch that cost nothing is followed by a short rest: two who type at once share a commit', async () => {
  const { pace, begun } = working(0)
  pace.soon()
  await vi.advanceTimersByTimeAsync(1)
  pace.soon()
  await vi.advanceTimersByTimeAsync(100)
  expect(begun[1]! - begun[0]!).toBeGreaterThanOrEqual(3)
  expect(begun[1]! - begun[0]!).toBeLessThanOrEqual(4)
})

test('nobody waits longer than 10 ms, also behind a batch that cost much', async () => {
  const { pace, begun } = working(50)
  pace.soon()
  await vi.advanceTimersByTimeAsync(20)
  pace.soon()
  await vi.advanceTimersByTimeAsync(200)
  expect(begun[1]! - begun[0]!).toBe(50 + 10)
})

test('after the rest it is quiet again: at once', async () => {
  const { pace, begun } = working(1)
  pace.soon()
  await vi.advanceTimersByTimeAsync(30)
  const asked = performance.now()
  pace.soon()
  await vi.advanceTimersByTimeAsync(100)
  expect(begun[1]! - asked).toBeLessThanOrEqual(1)
})

test('now: what has gathered does not wait for the rest to end, and is done once', async () => {
  const { pace, begun } = working(5)
  pace.soon()
  await vi.advanceTimersByTimeAsync(5)
  pace.soon()
  pace.now()
  expect(begun).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(100)
  pace.now()
  expect(begun).toHaveLength(2)
})
