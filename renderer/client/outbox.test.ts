// @vitest-environment node
// Every act is done exactly once and in order, whatever the line, the hub's answers and crashes of the page do.
import { expect, it } from 'vitest'
import type { Act } from '../../shared/ledger/act.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { createOutboxStore } from '../replica/outbox-store.ts'
import { createQuarantine } from '../replica/quarantine.ts'
import { testDevice, type TestDevice } from '../replica/replica.fixture.ts'
import type { Watchable } from '../replica/value.ts'
import { createOutbox, type OutboxChannel, type OutboxNews, type SendAnswer } from './outbox.ts'

const actor = crypto.randomUUID()
const meetingId = crypto.randomUUID()
const NOW = Date.parse('2026-11-22T08:00:00.000Z')

/** Mulberry32: small, seeded, good enough to choose faults. */
function randomOf(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Does each act once, answers every time; `motionId` of a ballot tells the order of the person's wishes. */
function fakeHub() {
  const done: string[] = []
  const answers = new Map<string, SendAnswer>()
  let inside = 0
  return {
    done,
    most: 0,
    take(act: Act, code: RefusalCode | null): SendAnswer {
      const known = answers.get(act.id)
      if (known !== undefined) return known
      const answer: SendAnswer = code === null ? { state: 'accepted', at: act.time } : { state: 'refused', code }
      if (code === null) done.push(String(act.body['choice']))
      answers.set(act.id, answer)
      return answer
    },
    async alone<T>(work: () => Promise<T>): Promise<T> {
      inside += 1
      this.most = Math.max(this.most, inside)
      try {
        return await work()
      } finally {
        inside -= 1
      }
    },
  }
}

interface Start {
  readonly send: (act: Act) => Promise<SendAnswer>
  readonly random?: () => number
  readonly patienceMs?: number
  readonly retryMs?: readonly number[]
  readonly channel?: OutboxChannel
  readonly isOffline?: () => boolean
  readonly alone?: (work: () => Promise<void>) => Promise<void>
}

async function start(device: TestDevice, { channel, alone, ...given }: Start) {
  const replica = await device.start()
  const quarantine = createQuarantine(replica)
  await quarantine.reload()
  const outbox = createOutbox({
    store: createOutboxStore(replica),
    quarantine,
    envelope: { actor, device: actor },
    sign: (act) => Promise.resolve({ ...act, signature: 'A'.repeat(86) }),
    hubNow: () => NOW,
    isOffline: () => false,
    alone: alone ?? ((work) => work()),
    channel: channel ?? null,
    random: () => 0.5,
    retryMs: [1],
    patienceMs: 1000,
    ...given,
  })
  const vote = (choice: string) =>
    outbox.perform('meeting.castBallot', { meetingId, motionId: crypto.randomUUID(), choice })
  return { outbox, quarantine, replica, vote }
}

function until<T>(watchable: Watchable<T>, holds: (value: T) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(watchable.current())) return
      stop()
      resolve()
    }
    const stop = watchable.subscribe(look)
    queueMicrotask(look)
  })
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'does each act once and in order through faults and crashes (seed %i)',
  async (seed) => {
    const random = randomOf(seed)
    const device = testDevice()
    const hub = fakeHub()
    const wished: string[] = []
    const failed = new Set<string>()
    const outcomes: Promise<void>[] = []
    const shown = new Set<string>()
    const send = (act: Act) =>
      hub.alone(async (): Promise<SendAnswer> => {
        const choice = String(act.body['choice'])
        const code = choice.endsWith('!') ? 'vote-closed' : null
        const fate = random()
        if (fate < 0.2) return { state: 'later' } // the request was lost
        const answer = hub.take(act, code)
        if (fate < 0.4) return { state: 'later' } // the answer was lost
        if (fate < 0.5) hub.take(act, code) // the request came twice
        if (fate < 0.8) await pause(random() * 4) // the answer is late
        return answer
      })
    // A page that crashes takes its requests with it; the lock of the old page falls with it too.
    const page = () => start(device, { send, random, patienceMs: 3 })
    let now = await page()
    for (let i = 0; i < 40; i += 1) {
      const choice = `${i}${random() < 0.2 ? '!' : ''}`
      wished.push(choice)
      const outcome = now.vote(choice).then((answer) => {
        if (answer.state === 'refused') shown.add(choice)
        // The page went before the act was on the disk: nothing happened, and whoever watched was told so.
        if (answer.state === 'failed') failed.add(choice)
      })
      outcomes.push(outcome)
      if (random() < 0.6) await outcome
      if (random() < 0.15) {
        now.outbox.close()
        await pause(5)
        now.replica.close()
        now = await page()
        void now.outbox.nudge()
      }
    }
    await Promise.all(outcomes)
    await now.outbox.nudge()
    await until(now.outbox.waiting, (acts) => acts.length === 0)
    const written = wished.filter((choice) => !failed.has(choice))
    expect(hub.done, `seed ${seed}`).toEqual(written.filter((choice) => !choice.endsWith('!')))
    await now.quarantine.reload()
    const aside = now.quarantine.items.current().map((item) => String(item.body?.['choice']))
    expect([...new Set([...aside, ...shown])].sort(), `seed ${seed}`).toEqual(
      written.filter((choice) => choice.endsWith('!')).sort(),
    )
    now.outbox.close()
  },
)

it('answers at once what the hub answers at once, and leaves nothing behind', async () => {
  const { vote, outbox, quarantine } = await start(testDevice(), {
    send: (act) =>
      Promise.resolve(
        act.body['choice'] === 'for' ? { state: 'accepted', at: act.time } : { state: 'refused', code: 'vote-closed' },
      ),
  })
  expect(await vote('for')).toMatchObject({ state: 'accepted', at: '2026-11-22T08:00:00.000Z' })
  expect(await vote('late')).toMatchObject({ state: 'refused', code: 'vote-closed' })
  expect(outbox.waiting.current()).toEqual([])
  expect(quarantine.items.current()).toEqual([])
})

it('says "waiting" when the answer takes long, and lays a refusal aside when nobody watches any more', async () => {
  let tellAsked = () => {}
  const asked = new Promise<void>((resolve) => (tellAsked = resolve))
  let answer: (answer: SendAnswer) => void = () => {}
  const answered = new Promise<SendAnswer>((resolve) => (answer = resolve))
  const send = () => {
    tellAsked()
    return answered
  }
  const { vote, outbox, quarantine } = await start(testDevice(), { send, patienceMs: 1 })
  expect(await vote('for')).toMatchObject({ state: 'waiting' })
  expect(outbox.waiting.current()).toMatchObject([{ type: 'meeting.castBallot', body: { choice: 'for' } }])
  await asked
  answer({ state: 'refused', code: 'vote-closed' })
  await until(quarantine.items, (items) => items.length === 1)
  expect(quarantine.items.current()).toMatchObject([{ kind: 'act', type: 'meeting.castBallot', code: 'vote-closed' }])
  expect(outbox.waiting.current()).toEqual([])
})

it('does nothing at all when the act is malformed or this device cannot write', async () => {
  const sent: Act[] = []
  const { outbox, replica, vote } = await start(testDevice(), {
    send: (act) => {
      sent.push(act)
      return Promise.resolve({ state: 'later' })
    },
  })
  const wrong = { meetingId: 'x', motionId: meetingId, choice: 'for' }
  expect(await outbox.perform('meeting.castBallot', wrong)).toEqual({ state: 'failed', code: 'malformed' })
  replica.close()
  expect(await vote('for')).toEqual({ state: 'failed', code: 'device-storage-closed' })
  expect(sent).toEqual([])
})

it('sends from one window at a time, and tells the window where the person watches', async () => {
  const device = testDevice()
  const hub = fakeHub()
  let last: Promise<void> = Promise.resolve()
  const alone = (work: () => Promise<void>) => (last = last.then(work))
  const channels: OutboxChannel[] = []
  const channel = (): OutboxChannel => {
    const own: OutboxChannel = {
      onmessage: null,
      close: () => {},
      postMessage: (message: OutboxNews) => {
        for (const other of channels)
          if (other !== own) other.onmessage?.(new MessageEvent('message', { data: message }))
      },
    }
    channels.push(own)
    return own
  }
  const send = (act: Act) =>
    hub.alone(async (): Promise<SendAnswer> => {
      await pause(1)
      return hub.take(act, act.body['choice'] === 'bad' ? 'vote-closed' : null)
    })
  const one = await start(device, { send, alone, channel: channel() })
  const two = await start(device, { send, alone, channel: channel() })
  const outcomes = await Promise.all([one.vote('1'), two.vote('2'), one.vote('bad'), two.vote('3'), one.vote('4')])
  expect(outcomes.map(({ state }) => state)).toEqual(['accepted', 'accepted', 'refused', 'accepted', 'accepted'])
  expect(hub.most).toBe(1)
  expect([...hub.done].sort()).toEqual(['1', '2', '3', '4'])
  for (const { quarantine } of [one, two]) {
    await until(quarantine.items, (items) => items.length === 0)
  }
})
