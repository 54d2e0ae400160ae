// Guessing made slow: after some wrong passwords each next try for this name has to wait, longer each time, never for ever.
import type { Clock } from '../clock.ts'

const FREE_TRIES = 5
const FIRST_DELAY_MS = 10_000
const LONGEST_DELAY_MS = 15 * 60_000
/** A name that nobody tried for this long starts anew. */
const FORGET_MS = 24 * 3_600_000

interface Failures {
  count: number
  lastAt: number
}

/** In memory: a restart of the hub gives a guesser five tries more, and an honest person out of a lock. */
export class Lockout {
  readonly #clock: Clock
  readonly #failures = new Map<string, Failures>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds until the next try; 0 when it may be made now. */
  waitMs(username: string): number {
    const failures = this.#failures.get(username)
    if (failures === undefined || failures.count < FREE_TRIES) return 0
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures.count - FREE_TRIES))
    return Math.max(0, failures.lastAt + delay - this.#clock.now())
  }

  failed(username: string): void {
    const now = this.#clock.now()
    for (const [name, old] of this.#failures) if (old.lastAt + FORGET_MS < now) this.#failures.delete(name)
    const failures = this.#failures.get(username) ?? { count: 0, lastAt: now }
    this.#failures.set(username, { count: failures.count + 1, lastAt: now })
  }

  succeeded(username: string): void {
    this.#failures.delete(username)
  }
}
