// The parts of the sync benchmark in which all kinds of servers stand side by side: their loads, tables, ratios and goals.

import type { Goals } from './goals.ts'
import { type FanOutLoad, type FanOutResult, measureFanOut } from './sync-fan-out.ts'
import { measureJoinStorm } from './sync-join.ts'
import { type Kind, KINDS, LIMIT, OURS, PEERS, Y_WEBSOCKET_SERVER } from './sync-kinds.ts'
import { median, printTable } from './table.ts'

export interface BenchRun {
  readonly seconds: number
  readonly repeats: number
  readonly goals: Goals
}

const JOINERS = 50
const JOIN_SIZES = [140_000, 1_500_000]
/** Below that a room is so small that the cost of making an edit durable is not spread over many. */
const GOALS_FROM_CLIENTS = 200

const QUIET = { presencePerSecond: 0 }
const LOADS: readonly FanOutLoad[] = [
  { clients: 50, writers: 50, editsPerSecond: 10, ...QUIET },
  { clients: 200, writers: 100, editsPerSecond: 2, ...QUIET },
  { clients: 500, writers: 100, editsPerSecond: 1, ...QUIET },
]
const PRESENCE_LOADS: readonly FanOutLoad[] = [
  { clients: 50, writers: 20, editsPerSecond: 1, presencePerSecond: 1 },
  { clients: 200, writers: 20, editsPerSecond: 1, presencePerSecond: 1 },
  { clients: 500, writers: 20, editsPerSecond: 1, presencePerSecond: 0.2 },
]

type Results<T> = ReadonlyMap<string, readonly T[]>

/** Interleaved, so that a disturbance of the machine hits all kinds alike. */
async function paired<T>(repeats: number, measure: (kind: Kind) => Promise<T>): Promise<Results<T>> {
  const results = new Map<string, T[]>(KINDS.map((kind) => [kind.name, []]))
  for (let n = 0; n < repeats; n++) for (const kind of KINDS) results.get(kind.name)?.push(await measure(kind))
  return results
}

/** The median of a figure for one kind. */
function middle<T>(results: Results<T>, kind: string, figure: (result: T) => number): number {
  return median((results.get(kind) ?? []).map(figure))
}

function better<T>(results: Results<T>, figure: (result: T) => number): number {
  return Math.min(...PEERS.map((peer) => middle(results, peer, figure)))
}

export async function joinPart({ repeats, goals }: BenchRun): Promise<void> {
  for (const bytes of JOIN_SIZES) {
    const results = await paired(repeats, (kind) => measureJoinStorm(kind, JOINERS, bytes))
    const size = `${(bytes / 1e6).toFixed(2)} MB`
    printTable(
      `${JOINERS} join at once, ${size}`,
      ['server', 'ms CPU per joiner', 'p50 ms', 'all ms', 'kB received', 'RSS MB'],
      KINDS.map(({ name }) => [
        name,
        middle(results, name, (run) => run.cpuPerJoiner),
        middle(results, name, (run) => run.p50),
        middle(results, name, (run) => run.all),
        middle(results, name, (run) => run.kilobytes),
        middle(results, name, (run) => run.megabytes),
      ]),
    )
    if (bytes < 1e6) continue
    goals.atMost(
      `CPU per joiner, ${size}`,
      middle(results, OURS, (run) => run.cpuPerJoiner),
      1,
      'ms',
    )
    goals.atMost(
      `${JOINERS} joiners complete, ${size}`,
      middle(results, OURS, (run) => run.all),
      500,
      'ms',
    )
  }
}

const cpuPerDelivered = (run: FanOutResult) => run.cpuPerDelivered
const cpuShare = (run: FanOutResult) => run.cpuShare

export async function fanOutPart({ seconds, repeats, goals }: BenchRun): Promise<void> {
  for (const load of LOADS) {
    const results = await paired(repeats, (kind) => measureFanOut(kind, load, seconds))
    printFanOut(load, results, 'µs CPU per delivered', cpuPerDelivered)
    if (load.clients < GOALS_FROM_CLIENTS) continue
    const ours = middle(results, OURS, cpuPerDelivered)
    const where = `per delivered update, ${load.clients} clients`
    goals.atMost(`${where}: part of the better peer`, ours / better(results, cpuPerDelivered), 0.75)
    goals.atMost(`${where}: part of the limit`, ours / middle(results, LIMIT, cpuPerDelivered), 1.3)
    if (load.clients !== GOALS_FROM_CLIENTS)
      goals.atMost(
        'memory, 500 clients',
        middle(results, OURS, (run) => run.megabytes),
        100,
        'MB',
      )
    else {
      goals.atMost(
        'propagation p50, 200 clients',
        middle(results, OURS, (run) => run.p50),
        1.5,
        'ms',
      )
      goals.atMost(
        'propagation p99, 200 clients',
        middle(results, OURS, (run) => run.p99),
        4,
        'ms',
      )
    }
  }
}

export async function presencePart({ seconds, repeats, goals }: BenchRun): Promise<void> {
  for (const load of PRESENCE_LOADS) {
    const results = await paired(repeats, (kind) => measureFanOut(kind, load, seconds))
    printFanOut(load, results, '% of one CPU', (run) => 100 * run.cpuShare)
    const part = middle(results, OURS, cpuShare) / middle(results, Y_WEBSOCKET_SERVER, cpuShare)
    goals.atMost(`with awareness, ${load.clients} clients: part of ${Y_WEBSOCKET_SERVER}`, part, 0.25)
  }
}

function printFanOut(
  load: FanOutLoad,
  results: Results<FanOutResult>,
  head: string,
  figure: (run: FanOutResult) => number,
): void {
  const presence = load.presencePerSecond === 0 ? '' : `, awareness ${load.presencePerSecond} Hz`
  const limit = middle(results, LIMIT, figure)
  const peer = better(results, figure)
  printTable(
    `${load.clients} clients, ${load.writers * load.editsPerSecond} edits/s${presence}`,
    ['server', head, `to ${LIMIT}`, 'to better peer', 'p50 ms', 'p99 ms', 'delivered %', 'messages out/s', 'RSS MB'],
    KINDS.map(({ name }) => {
      const own = middle(results, name, figure)
      return [
        name,
        own,
        own / limit,
        own / peer,
        middle(results, name, (run) => run.p50),
        middle(results, name, (run) => run.p99),
        100 * middle(results, name, (run) => run.share),
        middle(results, name, (run) => run.messagesPerSecond),
        middle(results, name, (run) => run.megabytes),
      ]
    }),
  )
}
