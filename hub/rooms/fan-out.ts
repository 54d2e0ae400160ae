// Sends a room's changes to its readers: everything that gathered in one write each.
import type { Connection } from './connection.ts'

interface Pending {
  readonly frames: Buffer
  readonly from: Connection | null
}

export class FanOut {
  readonly #readers: () => Iterable<Connection>
  #pending: Pending[] = []

  constructor(readers: () => Iterable<Connection>) {
    this.#readers = readers
  }

  /** @param from the connection that sent the change and must not get it back */
  push(frames: Buffer, from: Connection | null): void {
    this.#pending.push({ frames, from })
  }

  flush(): void {
    const pending = this.#pending
    if (pending.length === 0) return
    this.#pending = []
    const all = concat(pending)
    const senders = new Set(pending.map((p) => p.from))
    for (const reader of this.#readers()) {
      if (!reader.live) continue
      if (!senders.has(reader)) {
        reader.write(all)
        continue
      }
      const others = pending.filter((p) => p.from !== reader)
      if (others.length > 0) reader.write(concat(others))
    }
  }
}

function concat(pending: readonly Pending[]): Buffer {
  const [first] = pending
  return pending.length === 1 && first !== undefined ? first.frames : Buffer.concat(pending.map((p) => p.frames))
}
