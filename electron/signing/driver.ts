// One driver of this machine on the application's side: its link, what it last showed, and how long it rests after a fault.
import type { ModuleCandidate } from './module-table.ts'
import { createProcessLink, type ProcessLink } from './process-link.ts'
import type { SlotReport } from './protocol.ts'
import type { SpawnSigning } from './signing-child.ts'
import { done, fault, type SigningFaultCode, type SigningResult } from './signing-fault.ts'
import { NOTHING_WATCHED, type WatchedSlots } from './token-watch.ts'

/** Generous: real tokens take 0.2 to 1.5 s, one poll of OpenSC took 2.3 s. What takes longer than this hangs. All in ms. */
export const CALL_LIMITS = {
  load: 15_000,
  tokens: 10_000,
  certificates: 30_000,
  login: 30_000,
  /** Somebody types on the device. */
  pinPad: 120_000,
  sign: 60_000,
  end: 5_000,
  close: 2_000,
} as const

export type CallLimits = Readonly<Record<keyof typeof CALL_LIMITS, number>>

/** A driver that crashes at every poll is not started two times a second. */
const REST = { firstMs: 5_000, longestMs: 60_000 } as const

export interface Driver {
  readonly candidate: ModuleCandidate
  readonly link: ProcessLink
  readonly limits: CallLimits
  watched: WatchedSlots
  lastSlots: readonly SlotReport[] | null
  faultsInARow: number
  /** Monotonic ms; Infinity: what does not load is tried again only when somebody asks for the list of drivers. */
  restsUntil: number
}

export function createDriver(candidate: ModuleCandidate, spawn: SpawnSigning, limits: CallLimits): Driver {
  return {
    candidate,
    link: createProcessLink(candidate.path, spawn, limits.load),
    limits,
    watched: NOTHING_WATCHED,
    lastSlots: null,
    faultsInARow: 0,
    restsUntil: 0,
  }
}

/** Looks at the slots now, or gives what was seen last while the driver is busy signing or waiting for a PIN. */
export async function pollDriver(driver: Driver): Promise<SigningResult<readonly SlotReport[]>> {
  if (driver.link.pending > 0 && driver.lastSlots !== null) return done(driver.lastSlots)
  if (performance.now() < driver.restsUntil) return fault('driver-crashed')
  const answer = await driver.link.call<'tokens'>({ type: 'tokens' }, { limitMs: driver.limits.tokens, lane: 'tokens' })
  if (!answer.ok) {
    noteFault(driver, answer.fault.code)
    return answer
  }
  driver.lastSlots = answer.value
  driver.faultsInARow = 0
  return done(answer.value)
}

/** Forgets the rest: somebody asked. */
export async function probeDriver(driver: Driver): Promise<SigningResult<{ readonly description: string }>> {
  driver.restsUntil = 0
  const loaded = await driver.link.load()
  if (!loaded.ok) noteFault(driver, loaded.fault.code)
  return loaded
}

function noteFault(driver: Driver, code: SigningFaultCode): void {
  driver.lastSlots = null
  driver.faultsInARow += 1
  const comesBack = code === 'driver-crashed' || code === 'driver-hung' || code === 'failed'
  const rest = Math.min(REST.firstMs * 2 ** (driver.faultsInARow - 1), REST.longestMs)
  driver.restsUntil = comesBack ? performance.now() + rest : Infinity
}
