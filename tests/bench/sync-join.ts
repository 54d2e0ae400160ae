// What it costs when everyone opens the same room at once, as at the start of a meeting.

import { ServerProcess } from './server-process.ts'
import { SyncClient } from './sync-client.ts'
import type { Kind } from './sync-kinds.ts'
import { quantile, wait } from './table.ts'

export interface JoinResult {
  /** ms of the server's processor per joiner. */
  readonly cpuPerJoiner: number
  /** ms until half of them, and until all of them, had the whole document. */
  readonly p50: number
  readonly all: number
  /** What each of them received. */
  readonly kilobytes: number
  /** Memory of the server afterwards. */
  readonly megabytes: number
}

/** The rubbish of loading the room is collected by then. */
const SETTLE_MS = 1500

/** @param bytes size of the document, see documents.ts */
export async function measureJoinStorm(kind: Kind, joiners: number, bytes: number): Promise<JoinResult> {
  await using server = await ServerProcess.start(kind.name, bytes)
  using stack = new DisposableStack()
  const addresses: string[] = []
  for (let id = 0; id <= joiners; id++) addresses.push(await server.address(id))
  const [first = '', ...others] = addresses
  const early = stack.use(await SyncClient.join(kind, first, 0))
  await wait(SETTLE_MS)
  const before = await server.usage()
  const start = performance.now()
  const times = await Promise.all(
    others.map(async (address, n) => {
      stack.use(await SyncClient.join(kind, address, n + 1))
      return performance.now() - start
    }),
  )
  const after = await server.usage()
  return {
    cpuPerJoiner: (after.cpu - before.cpu) / 1000 / joiners,
    p50: quantile(times, 0.5),
    all: Math.max(...times),
    kilobytes: early.joinedBytes / 1000,
    megabytes: after.rss / 1e6,
  }
}
