// A token bucket per key: so many at once, so many a second on average. Old buckets are forgotten, so memory stays bounded.
import type { Clock } from './clock.ts'

interface Bucket {
  tokens: number
  at: number
}

/** Above this many keys, full buckets (which say nothing) are dropped. */
const SWEEP_AT = 10_000

export class RateLimit {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, burst: number, perSecond: number) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** Takes one token; false when there is none. */
  take(key: string): boolean {
    const now = this.#clock.now()
    if (this.#buckets.size > SWEEP_AT) this.#sweep(now)
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: now }
    bucket.tokens = this.#refilled(bucket, now)
    bucket.at = now
    this.#buckets.set(key, bucket)
    if (bucket.tokens < 1) return false
    bucket.tokens -= 1
    return true
  }

  #refilled(bucket: Bucket, now: number): number {
    return Math.min(this.#burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond)
  }

  #sweep(now: number): void {
    for (const [key, bucket] of this.#buckets) if (this.#refilled(bucket, now) >= this.#burst) this.#buckets.delete(key)
  }
}
