// Pauses, parallel work and giving up: what decides how a transfer behaves when the line does not.
import { describe, expect, it } from 'vitest'
import { ok, refuse, type Result } from '../../../shared/refusal.ts'
import { FRUITLESS_ROUNDS, createGate, devicePacing, eachInParallel, pauseMs, persist, type Pacing } from './retry.ts'

function noWaiting(): Pacing & { readonly waits: number[] } {
  const waits: number[] = []
  return { waits, wait: async (ms) => void waits.push(ms), random: () => 0.5 }
}
const signal = new AbortController().signal

describe('pauseMs', () => {
  it('doubles up to a limit, and never is nothing', () => {
    const none = [0, 1, 2, 3, 20].map((round) => pauseMs(round, () => 0))
    const most = [0, 1, 2, 3, 20].map((round) => pauseMs(round, () => 1))
    expect(none).toEqual([50, 100, 200, 400, 7500])
    expect(most).toEqual([100, 200, 400, 800, 15_000])
  })
})

describe('persist', () => {
  it('gives up only when nothing moves any more', async () => {
    const pacing = noWaiting()
    let rounds = 0
    const result = await persist(
      async () => ({ kind: 'broken', code: 'hub-unavailable', moved: ++rounds <= 50 ? 1 : 0 }),
      pacing,
      signal,
    )
    expect(result).toEqual(refuse('hub-unavailable'))
    expect(rounds).toBe(50 + FRUITLESS_ROUNDS + 1)
    expect(pacing.waits.slice(0, 50).every((ms) => ms === 75)).toBe(true)
    const patience = pacing.waits.slice(50).reduce((sum, ms) => sum + ms, 0)
    expect(patience).toBeGreaterThan(100_000)
    expect(patience).toBeLessThan(200_000)
  })

  it('stops while it waits when it is told to', async () => {
    const abort = new AbortController()
    const waiting = persist(
      async () => ({ kind: 'broken', code: 'hub-unavailable', moved: 0 }),
      devicePacing,
      abort.signal,
    )
    abort.abort(new Error('closed'))
    await expect(waiting).rejects.toThrow('closed')
    await expect(devicePacing.wait(1, abort.signal)).rejects.toThrow('closed')
  })
})

describe('eachInParallel', () => {
  it('never runs more than its width, and everything once', async () => {
    let now = 0
    let most = 0
    const seen: number[] = []
    const { moved, failure } = await eachInParallel([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      seen.push(item)
      now -= 1
      return ok(null)
    })
    expect([moved, failure, most, seen.toSorted()]).toEqual([7, null, 3, [1, 2, 3, 4, 5, 6, 7]])
  })

  it('starts nothing after a failure, and names the one that will not pass', async () => {
    const started: number[] = []
    const answers: Result<null>[] = [refuse('hub-unavailable'), refuse('storage-full'), ok(null)]
    const outcome = await eachInParallel([0, 1, 2, 3, 4], 3, async (item) => {
      started.push(item)
      await Promise.resolve()
      return answers[item] ?? ok(null)
    })
    expect(outcome).toEqual({ moved: 1, failure: 'storage-full' })
    expect(started).toEqual([0, 1, 2])
  })

  it('throws only after everything it started has ended', async () => {
    let ended = 0
    const work = eachInParallel([0, 1, 2, 3], 2, async (item) => {
      if (item === 0) throw new Error('table gone')
      await new Promise((resolve) => setTimeout(resolve, 5))
      ended += 1
      return ok(null)
    })
    await expect(work).rejects.toThrow('table gone')
    expect(ended).toBe(1)
  })
})

it('a gate gives a place back even after a failure', async () => {
  const gate = createGate(1)
  const order: string[] = []
  const first = gate(async () => {
    order.push('first')
    throw new Error('no')
  })
  const second = gate(async () => void order.push('second'))
  await expect(first).rejects.toThrow('no')
  await second
  expect(order).toEqual(['first', 'second'])
})
