// How a transfer behaves on a bad line: a few requests at a time, pauses that grow, and an end when nothing moves any more.
import { assertNever } from '../../../shared/assert-never.ts'
import type { RefusalCode, Result } from '../../../shared/refusal.ts'

/** Rounds without a single new part before a transfer gives up: with the pauses below, about two minutes. */
export const FRUITLESS_ROUNDS = 16

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 15_000

/** Time and chance of this device; tests hand in their own. */
export interface Pacing {
  /** Resolves after `ms` milliseconds. @throws the reason of `signal` once that is aborted */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 up to but not including 1. */
  readonly random: () => number
}

export const devicePacing: Pacing = {
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const end = () => {
        clearTimeout(timer)
        reject(signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'))
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', end)
        resolve()
      }, ms)
      signal.addEventListener('abort', end, { once: true })
    }),
  random: () => Math.random(),
}

/** Doubling, with half of it by chance: 500 devices that lost the same line must not come back in the same moment. */
export function pauseMs(fruitlessRounds: number, random: () => number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** fruitlessRounds)
  return full / 2 + (full / 2) * random()
}

/** Troubles that pass: the line, a hub that restarts, bytes that were damaged on the way, a part that was cleared away meanwhile. */
export function mayPass(code: RefusalCode): boolean {
  return ['hub-unavailable', 'rate-limited', 'part-missing', 'part-hash-mismatch'].includes(code)
}

/** What one round of a transfer came to. */
export type Round<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  /** Broke off after `moved` new parts. */
  | { readonly kind: 'broken'; readonly code: RefusalCode; readonly moved: number }

/** Repeats `round` until it is done, refused for good, or moves nothing any more; then the last code. */
export async function persist<T>(
  round: () => Promise<Round<T>>,
  pacing: Pacing,
  signal: AbortSignal,
): Promise<Result<T>> {
  let fruitless = 0
  for (;;) {
    const outcome = await round()
    switch (outcome.kind) {
      case 'done':
        return { ok: true, value: outcome.value }
      case 'refused':
        return { ok: false, code: outcome.code }
      case 'broken':
        fruitless = outcome.moved > 0 ? 0 : fruitless + 1
        if (fruitless > FRUITLESS_ROUNDS) return { ok: false, code: outcome.code }
        await pacing.wait(pauseMs(fruitless, pacing.random), signal)
        break
      default:
        return assertNever(outcome)
    }
  }
}

/**
 * Runs `work` over `items`, `width` at a time; after the first failure no new one is started.
 * @throws what `work` threw, after all that were started have ended
 */
export async function eachInParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<Result<null>>,
): Promise<{ readonly moved: number; readonly failure: RefusalCode | null }> {
  const queue = [...items]
  let moved = 0
  let failure: RefusalCode | null = null

  async function worker(): Promise<void> {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        const result = await work(item)
        if (result.ok) {
          moved += 1
          continue
        }
        // What will not pass is what the person must hear of, whichever failed first.
        if (failure === null || mayPass(failure)) failure = result.code
        queue.length = 0
      } catch (error) {
        queue.length = 0
        throw error
      }
    }
  }

  const ended = await Promise.allSettled(Array.from({ length: width }, worker))
  const thrown = ended.find((each) => each.status === 'rejected')
  if (thrown !== undefined) throw thrown.reason
  return { moved, failure }
}

/** Lets at most `places` run at once; the others wait in the order they came. */
export function createGate(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = places
  return async (work) => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free += 1
      else next()
    }
  }
}
