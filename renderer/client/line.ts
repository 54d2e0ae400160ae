// The line to the hub: is it there, and how far is this device's clock from the hub's. Asks by itself while the hub is silent.
import { createValue, type Watchable } from '../replica/value.ts'
import type { Line } from './contract.ts'

/** A change of Wi-Fi takes some seconds; nobody needs to hear of that. After this the screen says "Ngoại tuyến". */
const OFFLINE_AFTER_MS = 10_000
/** While the hub is silent: soon, then less often, so that a whole commune does not knock at once when power returns. */
const PROBE_MS = [500, 1000, 2000, 4000, 8000] as const
/** While all is well: for the clock, and to notice a hub that went away while no socket was open. */
const QUIET_PROBE_MS = 30_000

export type LineState = Line['state']

/** What `GET /api/hello` told: the hub's time in ms, or null when the hub was not reached. */
export type Probe = () => Promise<{ readonly hubTime: number } | null>

export interface LineWatch {
  readonly state: Watchable<LineState>
  /** Device minus hub, ms; null before the hub was reached once. */
  readonly offset: Watchable<number | null>
  /** The hub's time as far as this device can tell, ms. */
  readonly hubNow: () => number
  /** Somebody got an answer (true) or failed to get one (false). */
  report(reached: boolean): void
  /** The hub said its time just now. */
  readonly noteHubTime: (hubTime: number) => void
  /** Ask now; a socket was closed, or the system says that the network changed. */
  probe(): Promise<void>
  close(): void
}

export interface LineOptions {
  readonly probe: Probe
  readonly now: () => number
  /** A number from 0 to 1. */
  readonly random: () => number
  /** The offset of an earlier start, so that acts done offline carry the right time. */
  readonly knownOffset?: number | null
  /** Says `online` and `offline` when the system thinks so: the window. */
  readonly network: EventTarget | null
}

export function watchLine({ probe: ask, now, random, network, knownOffset = null }: LineOptions): LineWatch {
  const state = createValue<LineState>('reconnecting')
  const offset = createValue<number | null>(knownOffset)
  let silentSince: number | null = now()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let asking: Promise<void> | null = null
  let closed = false

  const judge = () => {
    if (silentSince === null) state.set('online')
    else state.set(now() - silentSince < OFFLINE_AFTER_MS && state.current() !== 'offline' ? 'reconnecting' : 'offline')
  }
  const report = (reached: boolean) => {
    if (closed) return
    if (reached) {
      silentSince = null
      failures = 0
    } else {
      silentSince ??= now()
      failures += 1
    }
    judge()
    schedule()
  }
  const delay = () => {
    if (silentSince === null) return QUIET_PROBE_MS
    const step = PROBE_MS[Math.min(failures, PROBE_MS.length - 1)] ?? QUIET_PROBE_MS
    return step * (0.75 + random() / 2)
  }
  const schedule = () => {
    if (timer !== null) clearTimeout(timer)
    timer = closed ? null : setTimeout(() => void probe(), delay())
  }
  const noteHubTime = (hubTime: number) => offset.set(now() - hubTime)
  const probe = (): Promise<void> => {
    asking ??= (async () => {
      const sent = now()
      const answer = await ask()
      const received = now()
      if (answer !== null) {
        // Half of the round trip each way; an answer that took long says little about the clock, so a better one is kept.
        const measured = (sent + received) / 2 - answer.hubTime
        if (received - sent < 2000 || offset.current() === null) offset.set(measured)
      }
      report(answer !== null)
      asking = null
    })()
    return asking
  }
  const onNetworkChange = () => void probe()
  // "offline" is only a hint: the hub may be on this very machine. So it is asked, not believed.
  network?.addEventListener('online', onNetworkChange)
  network?.addEventListener('offline', onNetworkChange)
  schedule()

  return {
    state,
    offset,
    hubNow: () => now() - (offset.current() ?? 0),
    report,
    noteHubTime,
    probe,
    close: () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
      network?.removeEventListener('online', onNetworkChange)
      network?.removeEventListener('offline', onNetworkChange)
    },
  }
}
