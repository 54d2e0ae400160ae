// The changes of a text that the hub has not made durable yet: kept on this device, counted on the wire, let go on acknowledgement.
import type { RoomStore } from '../replica/room-store.ts'
import { createValue, type Watchable } from '../replica/value.ts'
import type { SentSync } from './counting-socket.ts'
import { createInOrder } from './in-order.ts'

export interface Pending {
  /** Its number in the replica; resolves to null when the replica could not take it. */
  readonly n: Promise<number | null>
  readonly update: Uint8Array
}

export interface Unacknowledged {
  readonly any: Watchable<boolean>
  /** In the order of their making. */
  list(): readonly Pending[]
  /** What an earlier start of the application left. */
  restore(n: number, update: Uint8Array): void
  /** A local change was made just now. */
  add(update: Uint8Array): void
  /** The connection is new: counting starts again. */
  restartCount(): void
  sending(kind: SentSync): void
  acknowledged(count: number): void
  /** Several changes travelled in one message that is not acknowledged: a refusal then does not say which of them it means. */
  sentTogether(): boolean
  /** Takes everything out of the list, for `replace` in the replica. */
  takeAll(): readonly Pending[]
  /** Resolves when everything so far is written. */
  written(): Promise<void>
}

export function trackUnacknowledged(room: string, epoch: () => number, store: RoomStore): Unacknowledged {
  const any = createValue(false)
  let pending: readonly Pending[] = []
  /** What the messages sent on this connection hold, oldest first; the hub acknowledges them by number. */
  let sent: readonly (readonly Pending[])[] = []
  let acknowledgedSoFar = 0
  const writes = createInOrder()

  const set = (next: readonly Pending[]) => {
    pending = next
    any.set(next.length > 0)
  }
  const letGo = async (done: readonly Pending[]) => {
    const rows: { n: number; update: Uint8Array }[] = []
    for (const { n, update } of done) {
      const number = await n
      if (number !== null) rows.push({ n: number, update })
    }
    if (rows.length > 0) await store.acknowledge(room, epoch(), rows)
  }
  return {
    any,
    list: () => pending,
    restore: (n, update) => set([...pending, { n: Promise.resolve(n), update }]),
    add: (update) => {
      const kept = store.keep(room, epoch(), update).then((result) => (result.ok ? result.value : null))
      writes.add(() => kept)
      set([...pending, { n: kept, update }])
    },
    restartCount: () => {
      sent = []
      acknowledgedSoFar = 0
    },
    sending: (kind) => {
      // A step 2 holds everything that the hub lacks; an update holds the change that was made just now.
      sent = [...sent, kind === 'missing' ? pending : pending.slice(-1)]
    },
    acknowledged: (count) => {
      const done = new Set(sent.slice(0, Math.max(0, count - acknowledgedSoFar)).flat())
      sent = sent.slice(Math.max(0, count - acknowledgedSoFar))
      acknowledgedSoFar = count
      const gone = pending.filter((each) => done.has(each))
      if (gone.length === 0) return
      set(pending.filter((each) => !done.has(each)))
      writes.add(() => letGo(gone))
    },
    sentTogether: () => sent.some((message) => message.length > 1),
    takeAll: () => {
      const all = pending
      set([])
      sent = []
      return all
    },
    written: () => writes.settled(),
  }
}
