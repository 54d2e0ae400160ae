// Challenges for logging in with a signing device: random, short-lived, each good for one try.
import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.ts'

/** Finding the token, reading the window and typing a PIN. */
const LIFETIME_MS = 3 * 60_000
/** What one office needs at once many times over; more is somebody filling the memory. */
const MAX_OPEN = 2000

export class Challenges {
  readonly #clock: Clock
  /** In the order of issue, and so of expiry. */
  readonly #expiry = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @returns null when too many are open */
  issue(): { readonly challenge: string; readonly expiresAt: string } | null {
    const now = this.#clock.now()
    for (const [challenge, expiresAt] of this.#expiry) {
      if (expiresAt > now) break
      this.#expiry.delete(challenge)
    }
    if (this.#expiry.size >= MAX_OPEN) return null
    const challenge = randomBytes(32).toString('base64url')
    this.#expiry.set(challenge, now + LIFETIME_MS)
    return { challenge, expiresAt: new Date(now + LIFETIME_MS).toISOString() }
  }

  /** Uses a challenge up, whatever comes of it. @returns whether it was open */
  take(challenge: string): boolean {
    const expiresAt = this.#expiry.get(challenge)
    this.#expiry.delete(challenge)
    return expiresAt !== undefined && expiresAt > this.#clock.now()
  }
}
