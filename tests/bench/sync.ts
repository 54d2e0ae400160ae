// `npm run bench:sync`: every kind of server under the same loads, one after the other, beside the practical limit of one Node process; then what only our hub does.
// Arguments choose parts (guard, join, fan-out, presence, kill, meeting, paper); without any, all run.
// BENCH_SECONDS (default 3) is one measurement, BENCH_REPEATS (default 3) how many of which the median is taken.

import { numberFromEnvironment } from '../attacks/random.ts'
import { Goals } from './goals.ts'
import { killPart } from './kill.ts'
import { meetingPart } from './meeting.ts'
import { paperPart } from './paper.ts'
import { printGuard } from './sync-guard.ts'
import { fanOutPart, joinPart, presencePart } from './sync-parts.ts'

const goals = new Goals()
const run = {
  seconds: numberFromEnvironment('BENCH_SECONDS', 3),
  repeats: Math.max(1, numberFromEnvironment('BENCH_REPEATS', 3)),
  goals,
}

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  guard: printGuard,
  join: () => joinPart(run),
  'fan-out': () => fanOutPart(run),
  presence: () => presencePart(run),
  kill: () => killPart(run),
  meeting: meetingPart,
  paper: paperPart,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in parts))
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)

// The provider from npm reports our own message types there, each time.
console.error = () => undefined
console.log(`medians of ${run.repeats} × ${run.seconds} s`)
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part()
goals.print()
