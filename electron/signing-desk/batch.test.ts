// The state machine of a batch under any order of events: what was signed stays signed, and what is over stays over.
import { describe, expect, it } from 'vitest'
import { SIGNING_CODES, type SigningCode } from '../../shared/desktop/signing-codes.ts'
import { hasEnded, isOfOneDocument, newBatch, nextDocument, step, type Batch, type BatchEvent } from './batch.ts'

const IDS = ['a', 'b', 'c']
const play = (events: readonly BatchEvent[]): Batch => events.reduce(step, newBatch(IDS))
const signed = (document: string): BatchEvent => ({ type: 'signed', document, level: 'B-B', missing: null })
const started = (document: string): BatchEvent => ({ type: 'started', document })
const ANSWERED: BatchEvent = { type: 'answered' }

describe('in order', () => {
  it('asks first, then signs one after the other, and is done with the last', () => {
    expect(nextDocument(newBatch(IDS))).toBeNull()
    const half = play([ANSWERED, started('a'), signed('a')])
    expect(nextDocument(half)).toBe('b')
    const done = [started('b'), signed('b'), started('c'), signed('c')].reduce(step, half)
    expect(done).toMatchObject({ phase: 'done', code: null })
    expect(hasEnded(done)).toBe(true)
  })

  it('a fault of one file lets the others be signed, and the batch is done with them', () => {
    const failed = play([ANSWERED, started('a'), { type: 'failed', document: 'a', code: 'file-unreadable' }])
    expect(failed).toMatchObject({
      phase: 'signing',
      documents: [{ state: 'failed', code: 'file-unreadable' }, {}, {}],
    })
    expect(nextDocument(failed)).toBe('b')
  })

  it.each(SIGNING_CODES.filter((code) => !isOfOneDocument(code)))('%s halts everything; no file bears it', (code) => {
    const phase = code === 'token-removed' || code === 'token-absent' ? 'waiting-for-token' : 'stopped'
    for (const batch of [
      play([ANSWERED, { type: 'refused', code }]),
      play([ANSWERED, started('a'), { type: 'failed', document: 'a', code }]),
    ]) {
      expect(batch).toMatchObject({ phase, code })
      expect(batch.documents.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    }
  })

  it('resumed, it asks again and goes on with the first unsigned file', () => {
    const pulled = play([ANSWERED, started('a'), signed('a'), started('b'), { type: 'refused', code: 'token-removed' }])
    const resumed = [{ type: 'resumed' } as const, ANSWERED].reduce(step, pulled)
    expect(resumed).toMatchObject({ phase: 'signing', code: null })
    expect(nextDocument(resumed)).toBe('b')
  })

  it('unanswered it stops; what comes after a cancellation is not heard', () => {
    expect(play([{ type: 'expired' }])).toMatchObject({ phase: 'stopped', code: 'confirm-expired' })
    const cancelled = play([ANSWERED, started('a'), { type: 'cancelled' }, signed('a')])
    expect(cancelled).toMatchObject({ phase: 'cancelled', documents: [{ state: 'waiting' }, {}, {}] })
  })
})

describe('in any order', () => {
  const seed = (Date.now() ^ process.pid) >>> 0
  const random = generator(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const anyEvent = (): BatchEvent => {
    const document = pick([...IDS, 'stranger'])
    const code: SigningCode = pick(SIGNING_CODES)
    return pick<BatchEvent>([
      ANSWERED,
      { type: 'expired' },
      { type: 'resumed' },
      { type: 'refused', code },
      started(document),
      started(document),
      signed(document),
      signed(document),
      { type: 'failed', document, code },
      // Rare, or nothing else would ever be reached.
      random() < 0.1 ? { type: 'cancelled' } : ANSWERED,
    ])
  }

  it(`2000 batches of 60 events keep every rule (seed ${seed})`, () => {
    for (let round = 0; round < 2000; round++) {
      let batch = newBatch(IDS)
      for (let turn = 0; turn < 60; turn++) {
        const event = anyEvent()
        const after = step(batch, event)
        const rule = broken(batch, after)
        if (rule !== null) expect.fail(`${rule}: seed ${seed}, round ${round}, ${JSON.stringify(event)}`)
        batch = after
      }
    }
  })
})

/** @returns the rule that the step breaks, or null */
function broken(before: Batch, after: Batch): string | null {
  const states = (batch: Batch) => batch.documents.map(({ state }) => state)
  if (hasEnded(before) && after !== before) return 'what is over stays over'
  if (before.documents.some((each, at) => each.state === 'signed' && after.documents[at] !== each))
    return 'what was signed stays signed'
  if (before.documents.some((each, at) => each.state === 'waiting' && after.documents[at]?.state === 'signed'))
    return 'nothing is signed that was not begun'
  const active = states(after).filter((state) => state === 'signing').length
  if (active > 1 || (active === 1 && after.phase !== 'signing')) return 'one at a time, while signing'
  const isHalted = after.phase === 'stopped' || after.phase === 'waiting-for-token'
  if (isHalted !== (after.code !== null)) return 'a reason exactly where it is halted'
  if (before.phase !== 'signing' && after.phase === 'signing' && before.phase !== 'confirming')
    return 'no PIN, no signing'
  const isOver = states(after).every((state) => state === 'signed' || state === 'failed')
  return isOver !== (after.phase === 'done') && after.phase !== 'cancelled' ? 'done with the last file' : null
}

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
