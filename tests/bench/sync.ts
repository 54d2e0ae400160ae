// The sync benchmark: every kind of server under the same loads, one after the other, beside the practical limit of one Node process.
// BENCH_SECONDS (default 3) is one measurement, BENCH_REPEATS (default 3) how many of which the median is taken.

import { numberFromEnvironment } from '../attacks/random.ts'
import { type FanOutLoad, measureFanOut } from './sync-fan-out.ts'
import { measureGuard } from './sync-guard.ts'
import { measureJoinStorm } from './sync-join.ts'
import { serversByKind } from './sync-server.ts'
import { median, printTable } from './table.ts'

/** The limit that ratios are taken to: they say the same on any machine, absolute figures do not. */
const REFERENCE = 'frame'
const JOINERS = 50
const JOIN_EDITS = 10_000
const GUARD_SIZES = [10_000, 100_000, 1_000_000]

const kinds = [...serversByKind().keys()]
const seconds = numberFromEnvironment('BENCH_SECONDS', 3)
const repeats = Math.max(1, numberFromEnvironment('BENCH_REPEATS', 3))

/** Interleaved, so that a disturbance of the machine hits all kinds alike. */
async function paired<T>(measure: (kind: string) => Promise<T>): Promise<ReadonlyMap<string, readonly T[]>> {
  const results = new Map<string, T[]>(kinds.map((kind) => [kind, []]))
  for (let n = 0; n < repeats; n++) for (const kind of kinds) results.get(kind)?.push(await measure(kind))
  return results
}

function middle<T>(results: readonly T[], figure: (result: T) => number): number {
  return median(results.map(figure))
}

async function fanOut(load: FanOutLoad): Promise<void> {
  const results = await paired((kind) => measureFanOut(kind, load))
  const reference = middle(results.get(REFERENCE) ?? [], (result) => result.cpuPerDelivered)
  const rows = kinds.map((kind) => {
    const runs = results.get(kind) ?? []
    const cpu = middle(runs, (run) => run.cpuPerDelivered)
    const figures = [
      middle(runs, (run) => run.p50),
      middle(runs, (run) => run.p99),
      100 * middle(runs, (run) => run.share),
      middle(runs, (run) => run.megabytes),
    ]
    return [kind, cpu, cpu / reference, ...figures]
  })
  const title = `${load.clients} clients, ${load.writers * load.editsPerSecond} edits/s`
  printTable(
    title,
    ['server', 'µs CPU per delivered', `ratio to ${REFERENCE}`, 'p50 ms', 'p99 ms', 'delivered %', 'RSS MB'],
    rows,
  )
}

async function joinStorm(): Promise<void> {
  const results = await paired((kind) => measureJoinStorm(kind, JOINERS, JOIN_EDITS))
  const rows = kinds.map((kind) => {
    const runs = results.get(kind) ?? []
    return [
      kind,
      middle(runs, (run) => run.cpuPerJoiner),
      middle(runs, (run) => run.p50),
      middle(runs, (run) => run.all),
    ]
  })
  printTable(`${JOINERS} join at once, ${JOIN_EDITS} edits`, ['server', 'ms CPU per joiner', 'p50 ms', 'all ms'], rows)
}

function guard(): void {
  const rows = GUARD_SIZES.flatMap(measureGuard).map(
    ({ kilobytes, structs, what, plain, inspect, inspectAndApply }) => [
      `${kilobytes} kB`,
      String(structs),
      what,
      plain,
      inspect,
      inspectAndApply,
      inspectAndApply - plain,
    ],
  )
  printTable(
    'guard, µs per small update',
    ['document', 'structs', 'update', 'plain', 'inspect', 'inspect+apply', 'difference'],
    rows,
  )
}

console.log(`medians of ${repeats} × ${seconds} s`)
guard()
await joinStorm()
await fanOut({ clients: 50, writers: 50, editsPerSecond: 10, seconds })
await fanOut({ clients: 200, writers: 100, editsPerSecond: 2, seconds })
