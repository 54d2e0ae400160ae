// How far the device's clock is off, in the words of the notice.

/** The hub refuses acts dated further ahead than this (`LIMITS.futureMs` of the wire). */
export const TOLERATED_MS = 5 * 60_000
const MINUTE_MS = 60_000

/** Whole minutes that the device is ahead (positive) or behind (negative); 0 while it is within what the hub tolerates. */
export function minutesOff(clockOffsetMs: number | null): number {
  if (clockOffsetMs === null || Math.abs(clockOffsetMs) <= TOLERATED_MS) return 0
  return Math.round(clockOffsetMs / MINUTE_MS)
}
