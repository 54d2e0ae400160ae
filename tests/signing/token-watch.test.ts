// Plugging in and pulling a token is noticed while nothing is asked, and flickering of a card that is being powered is not.
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { TokenState } from '../../electron/signing/client.ts'
import { shimBench, type ShimBench } from './shim/shim-bench.ts'
import { pinBytes, valueOf } from './shim/signing-support.ts'

/** A machine under load; what is promised to people, 1.5 s, is measured by the bench and not asserted here. */
const NOTICED_MS = 15_000

let bench: ShimBench
beforeAll(async () => {
  bench = await shimBench({ Leader: [{ leaf: 'leader' }] })
})
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  bench.shim.reset()
})
afterAll(() => bench.client.close())

/** What the listener has heard, as lists of labels. */
function watch(): string[][] {
  const heard: string[][] = []
  const listen = (tokens: readonly TokenState[]): void => void heard.push(tokens.map((token) => token.id.label))
  stops.push(bench.client.watch(listen))
  return heard
}

test('the list comes at once, then at each pull and plug', async () => {
  const heard = watch()
  await vi.waitFor(() => expect(heard).toEqual([['Leader']]), NOTICED_MS)
  bench.shim.on('removed')
  await vi.waitFor(() => expect(heard).toEqual([['Leader'], []]), NOTICED_MS)
  bench.shim.off('removed')
  await vi.waitFor(() => expect(heard).toEqual([['Leader'], [], ['Leader']]), NOTICED_MS)
})

test('one look that throws is not taken for a pull', async () => {
  const heard = watch()
  await vi.waitFor(() => expect(heard).toEqual([['Leader']]), NOTICED_MS)
  // SoftHSM shows two slots: one look at both throws.
  bench.shim.on('unsettled', 2)
  await vi.waitFor(() => expect(bench.shim.content('unsettled')).toBe('0'), NOTICED_MS)
  await delay(1_200)
  expect(heard).toEqual([['Leader']])
})

test('a change of the PIN’s state is told too', async () => {
  const states: string[] = []
  stops.push(bench.client.watch((tokens) => states.push(tokens[0]?.pin ?? 'none')))
  await vi.waitFor(() => expect(states).toEqual(['ready']), NOTICED_MS)
  bench.shim.on('pin-tries', 1)
  await vi.waitFor(() => expect(states).toEqual(['ready', 'last-try']), NOTICED_MS)
})

test('whoever comes later hears what the others know, and who has left hears nothing more', async () => {
  const first = watch()
  await vi.waitFor(() => expect(first).toHaveLength(1), NOTICED_MS)
  const second = watch()
  await vi.waitFor(() => expect(second).toEqual([['Leader']]), NOTICED_MS)
  stops.shift()?.()
  bench.shim.on('removed')
  await vi.waitFor(() => expect(second).toEqual([['Leader'], []]), NOTICED_MS)
  expect(first).toHaveLength(1)
})

test('while a token signs slowly it is not polled, and stays in the list', async () => {
  const heard = watch()
  await vi.waitFor(() => expect(heard).toHaveLength(1), NOTICED_MS)
  const session = valueOf(await bench.client.openSession(await bench.tokenId('Leader'), pinBytes()))
  bench.shim.on('slow-sign', 1_000)
  const certificate = bench.certificate('Leader', 'leader')
  valueOf(await session.sign({ certificate, data: Uint8Array.of(1), hash: 'sha256' }))
  await session.end()
  expect(heard).toEqual([['Leader']])
})

test('a driver that crashes while it is watched loses its tokens from the list, and is not started over and over', async () => {
  const heard = watch()
  await vi.waitFor(() => expect(heard).toEqual([['Leader']]), NOTICED_MS)
  const before = bench.started.length
  bench.shim.on('crash-slots')
  await vi.waitFor(() => expect(heard).toEqual([['Leader'], []]), NOTICED_MS)
  await delay(1_500)
  expect(bench.started.length).toBe(before)
})
