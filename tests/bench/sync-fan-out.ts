// How much processor time and delay one delivered edit costs: many people in one room, some of them writing, all of them showing that they are there or not.

import { ServerProcess } from './server-process.ts'
import { SyncClient } from './sync-client.ts'
import type { Kind } from './sync-kinds.ts'
import { quantile, wait } from './table.ts'

export interface FanOutLoad {
  readonly clients: number
  readonly writers: number
  /** Of each writer. */
  readonly editsPerSecond: number
  /** States of awareness of each client; 0: without awareness. */
  readonly presencePerSecond: number
}

export interface FanOutResult {
  /** µs of the server's processor per edit that reached another client. */
  readonly cpuPerDelivered: number
  /** Part of one processor that the server took. */
  readonly cpuShare: number
  readonly p50: number
  readonly p99: number
  /** Delivered, of all that had to be: 1 unless the server lost something or fell far behind. */
  readonly share: number
  readonly messagesPerSecond: number
  readonly megabytes: number
}

const SETTLE_MS = 800
/** Longest wait for what was written last: a load process that fell behind must not be taken for a slow server. */
const DRAIN_MS = 5000

/** Runs one server with this load. Latencies in ms; the load process shares the machine, so compare them within one run only. */
export async function measureFanOut(kind: Kind, load: FanOutLoad, seconds: number): Promise<FanOutResult> {
  await using server = await ServerProcess.start(kind.name, 0)
  using stack = new DisposableStack()
  const clients: SyncClient[] = []
  for (let id = 0; id < load.clients; id++)
    clients.push(stack.use(await SyncClient.join(kind, await server.address(id), id)))
  let edits = 0
  const stopWriting = staggered(clients.slice(0, load.writers), load.editsPerSecond, (client) => {
    edits += 1
    client.edit()
  })
  stack.defer(stopWriting)
  stack.defer(staggered(clients, load.presencePerSecond, (client) => client.showPresence()))

  // With awareness the first round of greetings has to be over.
  await wait(SETTLE_MS + (load.presencePerSecond > 0 ? 1000 / load.presencePerSecond : 0))
  const before = await server.usage()
  const messages = received(clients)
  const start = performance.now()
  edits = 0
  const ages: number[] = []
  for (const client of clients) {
    client.onEdit = (writtenAt, now) => {
      if (writtenAt >= start) ages.push(now - writtenAt)
    }
  }
  await wait(seconds * 1000)
  stopWriting()
  const expected = edits * (load.clients - 1)
  const deadline = performance.now() + DRAIN_MS
  while (ages.length < expected && performance.now() < deadline) await wait(20)
  const after = await server.usage()
  const lasted = (performance.now() - start) / 1000
  return {
    cpuPerDelivered: (after.cpu - before.cpu) / Math.max(1, ages.length),
    cpuShare: (after.cpu - before.cpu) / 1e6 / lasted,
    p50: quantile(ages, 0.5),
    p99: quantile(ages, 0.99),
    share: ages.length / Math.max(1, expected),
    messagesPerSecond: (received(clients) - messages) / lasted,
    megabytes: after.rss / 1e6,
  }
}

function received(clients: readonly SyncClient[]): number {
  return clients.reduce((sum, client) => sum + client.received, 0)
}

/** Does something with each client so many times a second, spread evenly, so that not all come at once. @returns how to stop it */
function staggered(clients: readonly SyncClient[], perSecond: number, work: (client: SyncClient) => void): () => void {
  if (perSecond === 0) return () => undefined
  const period = 1000 / perSecond
  const timers = clients.map((client, n) => {
    let timer = setTimeout(
      () => {
        work(client)
        timer = setInterval(() => work(client), period)
      },
      (period * n) / clients.length,
    )
    return () => clearInterval(timer)
  })
  return () => timers.forEach((stop) => stop())
}
