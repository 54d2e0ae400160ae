// How much processor time and delay one delivered edit costs: many people in one room, some of them writing.

import { ServerProcess } from './server-process.ts'
import { SyncClient } from './sync-client.ts'
import { quantile, wait } from './table.ts'

export interface FanOutLoad {
  readonly clients: number
  readonly writers: number
  /** Of each writer. */
  readonly editsPerSecond: number
  readonly seconds: number
}

export interface FanOutResult {
  /** µs of the server's processor per edit that reached another client. */
  readonly cpuPerDelivered: number
  readonly p50: number
  readonly p99: number
  /** Delivered, of all that had to be: 1 unless the server fell behind or lost something. */
  readonly share: number
  readonly megabytes: number
}

const SETTLE_MS = 800

/** Runs one server with this load. Latencies in ms; the load process shares the machine, so compare them within one run only. */
export async function measureFanOut(kind: string, load: FanOutLoad): Promise<FanOutResult> {
  await using server = await ServerProcess.start(kind, 0)
  using stack = new DisposableStack()
  const clients: SyncClient[] = []
  for (let id = 0; id < load.clients; id++) clients.push(stack.use(await SyncClient.join(await server.address(id), id)))
  const ages: number[] = []
  let edits = 0
  const timers = clients.slice(0, load.writers).map((client, n) => {
    const period = 1000 / load.editsPerSecond
    let timer = setTimeout(
      () => {
        const write = () => {
          edits += 1
          client.edit()
        }
        write()
        timer = setInterval(write, period)
      },
      (period * n) / load.writers,
    )
    return () => clearInterval(timer)
  })
  stack.defer(() => timers.forEach((stop) => stop()))

  await wait(SETTLE_MS)
  for (const client of clients) client.onEdit = (age) => ages.push(age)
  edits = 0
  const before = await server.usage()
  await wait(load.seconds * 1000)
  const written = edits
  const after = await server.usage()
  const delivered = ages.length
  for (const client of clients) client.onEdit = null
  return {
    cpuPerDelivered: (after.cpu - before.cpu) / Math.max(1, delivered),
    p50: quantile(ages, 0.5) / 1000,
    p99: quantile(ages, 0.99) / 1000,
    share: delivered / Math.max(1, written * (load.clients - 1)),
    megabytes: after.rss / 1e6,
  }
}
