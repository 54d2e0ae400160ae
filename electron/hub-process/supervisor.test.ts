// The hub is started again when it dies, on its port, with growing pauses; and never after stop.
import { expect, test } from 'vitest'
import type { HubOptions } from '../../hub/start-contract.ts'
import { restartDelay, superviseHub, SUPERVISION, type HubChild } from './supervisor.ts'

const OPTIONS: HubOptions = { dataFolder: '/data', host: '127.0.0.1', port: 0 }

interface FakeChild extends HubChild {
  readonly options: HubOptions
  readonly asked: string[]
  say(message: unknown): void
  exit(): void
}

/** Time moves only when the test moves it; pauses are recorded and end at once. */
function setUp(behave: (child: FakeChild, serial: number) => void, lifeMs = 0) {
  const children: FakeChild[] = []
  const pauses: number[] = []
  let clock = 0
  const start = (options: HubOptions): HubChild => {
    let heard: (message: unknown) => void = () => undefined
    let ended: () => void = () => undefined
    const asked: string[] = []
    const child: FakeChild = {
      options,
      asked,
      onMessage: (listener) => (heard = listener),
      onExit: (listener) => (ended = listener),
      stop: () => {
        asked.push('stop')
        ended()
      },
      kill: () => asked.push('kill'),
      say: (message) => heard(message),
      exit: () => {
        clock += lifeMs
        ended()
      },
    }
    children.push(child)
    queueMicrotask(() => behave(child, children.length))
    return child
  }
  const wait = (ms: number) => {
    pauses.push(ms)
    return new Promise<void>((done) => setImmediate(done))
  }
  return { children, pauses, hub: superviseHub(OPTIONS, { start, now: () => clock, wait }) }
}

const listening = { type: 'listening', url: 'http://127.0.0.1:5001', pid: 7 }

test('pauses double up to ten seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map(restartDelay)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
})

test('a hub that dies is started again on the port it had', async () => {
  const { children, hub } = setUp((child, serial) => {
    child.say(listening)
    if (serial < 4) child.exit()
  })
  expect(await hub.listening).toEqual(listening)
  await expect.poll(() => children.length).toBe(4)
  expect(children.map(({ options }) => options.port)).toEqual([0, 5001, 5001, 5001])
  await hub.stop()
  expect(children[3]?.asked).toEqual(['stop'])
  expect(children).toHaveLength(4)
})

test('a hub that lived well starts its pauses anew', async () => {
  const { children, pauses, hub } = setUp((child, serial) => {
    child.say(listening)
    if (serial < 4) child.exit()
  }, SUPERVISION.wellMs)
  await expect.poll(() => children.length).toBe(4)
  expect(pauses).toEqual([250, 250, 250])
  await hub.stop()
})

test('five starts that never listened are enough', async () => {
  const { children, hub } = setUp((child) => {
    child.say({ type: 'listening', url: 'file:///etc', pid: 1 })
    child.say('noise')
    child.exit()
  })
  await expect(hub.listening).rejects.toThrow('before it was listening')
  expect(children).toHaveLength(SUPERVISION.vainStarts)
  await hub.stop()
  expect(children).toHaveLength(SUPERVISION.vainStarts)
})
