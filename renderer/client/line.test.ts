// @vitest-environment node
// Three states of the line and the difference of the clocks, with time and hub in the test's hands.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchLine, type LineWatch } from './line.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-22T08:00:00.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp(behind = 0) {
  const hub = { up: true, asked: 0 }
  const network = new EventTarget()
  const line: LineWatch = watchLine({
    now: () => Date.now(),
    random: () => 0.5,
    network,
    probe: () => {
      hub.asked += 1
      return Promise.resolve(hub.up ? { hubTime: Date.now() - behind } : null)
    },
  })
  return { hub, line, network }
}

it('is online when the hub answers, reconnects for ten seconds, and then says that it is offline', async () => {
  const { hub, line } = setUp()
  await line.probe()
  expect(line.state.current()).toBe('online')
  hub.up = false
  line.report(false)
  expect(line.state.current()).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(9000)
  expect(line.state.current()).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(9000)
  expect(line.state.current()).toBe('offline')
  hub.up = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(line.state.current()).toBe('online')
  line.close()
  const asked = hub.asked
  await vi.advanceTimersByTimeAsync(120_000)
  expect(hub.asked).toBe(asked)
})

it('asks the hub when the system says that the network went, and believes the hub', async () => {
  const { hub, line, network } = setUp()
  await line.probe()
  network.dispatchEvent(new Event('offline'))
  await vi.advanceTimersByTimeAsync(0)
  expect(hub.asked).toBe(2)
  expect(line.state.current()).toBe('online')
  line.close()
})

it('knows the time of the hub on a device whose clock is an hour ahead', async () => {
  const { line } = setUp(3_600_000)
  expect(line.offset.current()).toBeNull()
  await line.probe()
  expect(line.offset.current()).toBe(3_600_000)
  expect(new Date(line.hubNow()).toISOString()).toBe('2026-11-22T07:00:00.000Z')
  line.close()
})
