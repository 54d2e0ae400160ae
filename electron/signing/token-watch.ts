// Notices tokens that are plugged in and pulled: polls each driver, and believes an absence only when it is seen twice.
import { setTimeout as delay } from 'node:timers/promises'
import type { SlotReport, TokenReport } from './protocol.ts'

export const WATCH = {
  /** Between the end of one poll and the next; with two misses a pull is told within 1.5 s. */
  intervalMs: 400,
  /** C_GetSlotInfo throws, and presence flickers, while a card is being powered (research 4.2). */
  misses: 2,
} as const

/** What a driver is believed to show: by slot, with how often in a row it was not seen there. */
export type WatchedSlots = ReadonlyMap<
  string,
  { readonly description: string; readonly token: TokenReport; readonly misses: number }
>

export const NOTHING_WATCHED: WatchedSlots = new Map()

/**
 * A token that appears is believed at once, since it answered with its name; one that is gone, or whose slot throws, at the second time.
 * @param reports null when the driver did not answer at all
 */
export function settleSlots(before: WatchedSlots, reports: readonly SlotReport[] | null): WatchedSlots {
  const seen = (reports ?? []).flatMap((report) => (report.state === 'token' ? [report] : []))
  const after = new Map(seen.map(({ slot, description, token }) => [slot, { description, token, misses: 0 }]))
  for (const [slot, watched] of before) {
    const moved = seen.some(({ token }) => sameToken(token, watched.token))
    const misses = watched.misses + 1
    if (!after.has(slot) && !moved && misses < WATCH.misses) after.set(slot, { ...watched, misses })
  }
  return after
}

function sameToken(one: TokenReport, other: TokenReport): boolean {
  return one.name.serial === other.name.serial && one.name.label === other.name.label
}

export function watchedTokens(slots: WatchedSlots): readonly { readonly slot: string; readonly token: TokenReport }[] {
  return [...slots.values()].map(({ description, token }) => ({ slot: description, token }))
}

/** Calls `turn`, waits, and calls it again until it is stopped; a turn never overlaps the next. @returns stops it */
export function repeatUntilStopped(turn: () => Promise<void>): () => void {
  const stop = new AbortController()
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await turn()
      await delay(WATCH.intervalMs, undefined, { signal: stop.signal, ref: false })
    }
  }
  run().catch(() => undefined)
  return () => stop.abort()
}
