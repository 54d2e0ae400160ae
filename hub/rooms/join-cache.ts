// What a newcomer gets: a framed snapshot and the framed changes since, made once for all who join.
import * as Y from 'yjs'
import { frame, messageOf } from './frames.ts'

const MIN_TAIL_BYTES = 64 << 10

export class JoinCache {
  readonly #doc: Y.Doc
  #snapshot: Buffer | null = null
  #tail: Buffer[] = []
  #tailBytes = 0

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** The whole room as frames: a step 2 and the updates after it. */
  frames(): Buffer {
    const tooLong = this.#tailBytes > Math.max(MIN_TAIL_BYTES, (this.#snapshot?.length ?? 0) / 8)
    if (this.#snapshot === null || tooLong) {
      this.#snapshot = frame(messageOf.missing(Y.encodeStateAsUpdate(this.#doc)))
      this.#tail = []
      this.#tailBytes = 0
    }
    return this.#tail.length === 0 ? this.#snapshot : Buffer.concat([this.#snapshot, ...this.#tail])
  }

  /** Remembers a change that was just sent to everyone. */
  add(framedUpdate: Buffer): void {
    if (this.#snapshot === null) return
    this.#tail.push(framedUpdate)
    this.#tailBytes += framedUpdate.length
  }
}
