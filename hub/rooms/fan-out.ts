// Sends a room's changes to its readers: everything of one tick in one write each. At once when quiet, every 10 ms under load.
import type { Connection } from './connection.ts'

/** Under load a tick of 10 ms costs a third of the processor time per delivered update (measured, README "Measured"). */
const BUSY_TICK_MS = 10

interface Pending {
  readonly frames: Buffer
  readonly from: Connection | null
}

export class FanOut {
  readonly #readers: () => Iterable<Connection>
  #pending: Pending[] = []
  #scheduled: NodeJS.Timeout | NodeJS.Immediate | null = null
  #lastFlush = 0

  constructor(readers: () => Iterable<Connection>) {
    this.#readers = readers
  }

  /** @param from the connection that sent the change and must not get it back */
  push(frames: Buffer, from: Connection | null): void {
    this.#pending.push({ frames, from })
    if (this.#scheduled !== null) return
    const quiet = performance.now() - this.#lastFlush > BUSY_TICK_MS
    this.#scheduled = quiet ? setImmediate(() => this.#flush()) : setTimeout(() => this.#flush(), BUSY_TICK_MS)
  }

  #flush(): void {
    const pending = this.#pending
    this.#pending = []
    this.#scheduled = null
    this.#lastFlush = performance.now()
    const all = Buffer.concat(pending.map((p) => p.frames))
    const senders = new Set(pending.map((p) => p.from))
    for (const reader of this.#readers()) {
      if (!reader.live) continue
      if (!senders.has(reader)) {
        reader.write(all)
        continue
      }
      const others = pending.filter((p) => p.from !== reader)
      if (others.length > 0) reader.write(Buffer.concat(others.map((p) => p.frames)))
    }
  }
}
