// How long a room gathers before it works: not at all when it is quiet, up to 10 ms when its batches cost much.

/** After a batch the room rests so many times as long as the batch took: it takes at most a fifth of the processor, and what comes meanwhile shares one commit and one write to each reader. */
const REST = 4

/** In a small room the commit is the dear part: who types at the same time shares it. Whoever types alone, every 4 ms at the fastest, does not wait where the disk takes a commit within 1 ms; where it is slower the whole hub stands still for each commit, and fewer are better. */
const SHORTEST_REST_MS = 3

/** Longer is felt while typing. */
const LONGEST_REST_MS = 10

export class Pace {
  readonly #work: () => Promise<void>
  #restsUntil = 0
  #scheduled: NodeJS.Timeout | NodeJS.Immediate | null = null
  #working = false
  #again = false

  /** @param work takes all that has gathered; must not throw */
  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  /** There is something to do: once, however often this is called until it is done. */
  soon(): void {
    if (this.#working) this.#again = true
    else if (this.#scheduled === null) this.#schedule()
  }

  /** What has gathered is done without a rest. */
  now(): void {
    if (this.#scheduled === null) return
    clearTimeout(this.#scheduled as NodeJS.Timeout)
    clearImmediate(this.#scheduled as NodeJS.Immediate)
    void this.#run()
  }

  #schedule(): void {
    const rest = this.#restsUntil - performance.now()
    this.#scheduled = rest > 0 ? setTimeout(() => void this.#run(), rest) : setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    this.#scheduled = null
    this.#working = true
    const began = performance.now()
    await this.#work()
    const ended = performance.now()
    this.#restsUntil = ended + Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, (ended - began) * REST))
    this.#working = false
    if (!this.#again) return
    this.#again = false
    this.#schedule()
  }
}
