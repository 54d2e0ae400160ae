// The rooms on this device: what the hub has confirmed, one row an update, and what was written here and not confirmed yet.
import * as Y from 'yjs'
import type { Result } from '../../shared/refusal.ts'
import type { ConfirmedRow, QuarantineRow, Replica, RoomRow, UnacknowledgedRow } from './database.ts'

/** So many rows are folded into one: opening a room then reads at most this many, and folding is rare enough not to be felt. */
export const COMPACT_ROWS = 200

export interface LoadedRoom {
  /** Null when this device never had the room. */
  readonly row: RoomRow | null
  readonly confirmed: readonly Uint8Array[]
  readonly unacknowledged: readonly { readonly n: number; readonly epoch: number; readonly update: Uint8Array }[]
}

export interface RoomStore {
  load(room: string): Promise<Result<LoadedRoom>>
  /** Keeps an update from the hub; folds the rows when there are many. */
  confirm(room: string, epoch: number, update: Uint8Array): Promise<Result<null>>
  /** Makes this the room's epoch and forgets what was kept of every other. */
  enter(row: RoomRow): Promise<Result<null>>
  /** Forgets the confirmed copy: the hub says that this person may not read the room any more. */
  forget(room: string): Promise<Result<null>>
  /** Keeps a local change of a text. @returns its number */
  keep(room: string, epoch: number, update: Uint8Array): Promise<Result<number>>
  /** The hub has made these durable: they join the confirmed rows. */
  acknowledge(
    room: string,
    epoch: number,
    rows: readonly { readonly n: number; readonly update: Uint8Array }[],
  ): Promise<Result<null>>
  /** After a refusal: the old changes go, what could be kept comes in their place, the rest is in quarantine; all or nothing. @returns the new numbers */
  replace(
    room: string,
    epoch: number,
    old: readonly number[],
    next: readonly Uint8Array[],
    quarantined: QuarantineRow | null,
  ): Promise<Result<readonly number[]>>
}

export function createRoomStore({ strict, relaxed, cipher, guard }: Replica): RoomStore {
  const confirmedPlace = (room: string) => `confirmed/${room}`
  const keptPlace = (room: string) => `unacknowledged/${room}`
  const rowsOf = (room: string, epoch: number) => relaxed.confirmed.where('[room+epoch]').equals([room, epoch])

  /** Rows that do not open are left out: the hub sends again what is missing. */
  const openAll = async (rows: readonly { readonly bytes: Uint8Array }[], place: string) =>
    Promise.all(rows.map((row) => cipher.open(row.bytes, place)))

  const compactWhenMany = async (room: string, epoch: number) => {
    if ((await rowsOf(room, epoch).count()) < COMPACT_ROWS) return
    // Sealing is no work for a transaction (it would end while we wait), so rows that arrive meanwhile stay: only what was read is replaced.
    const rows: ConfirmedRow[] = await rowsOf(room, epoch).toArray()
    const updates = (await openAll(rows, confirmedPlace(room))).filter((update) => update !== null)
    const doc = new Y.Doc()
    for (const update of updates) Y.applyUpdate(doc, update)
    const bytes = await cipher.seal(Y.encodeStateAsUpdate(doc), confirmedPlace(room))
    doc.destroy()
    await relaxed.transaction('rw', relaxed.confirmed, async () => {
      await relaxed.confirmed.bulkDelete(rows.map((row) => row.seq))
      await relaxed.confirmed.add({ room, epoch, bytes })
    })
  }

  return {
    load: (room) =>
      guard.run(async () => {
        const row = (await strict.room.get(room)) ?? null
        const confirmed =
          row === null ? [] : await openAll(await rowsOf(room, row.epoch).sortBy('seq'), confirmedPlace(room))
        const kept: UnacknowledgedRow[] = await strict.unacknowledged.where('room').equals(room).sortBy('n')
        const updates = await openAll(kept, keptPlace(room))
        const unacknowledged = kept.flatMap(({ n, epoch }, i) => {
          const update = updates[i] ?? null
          return update === null ? [] : [{ n, epoch, update }]
        })
        return { row, confirmed: confirmed.filter((update) => update !== null), unacknowledged }
      }),
    confirm: (room, epoch, update) =>
      guard.run(async () => {
        const bytes = await cipher.seal(update, confirmedPlace(room))
        await relaxed.confirmed.add({ room, epoch, bytes })
        await compactWhenMany(room, epoch)
        return null
      }),
    enter: (row) =>
      guard.run(() =>
        strict.transaction('rw', [strict.room, strict.confirmed], async () => {
          await strict.room.put(row)
          await strict.confirmed
            .where('room')
            .equals(row.id)
            .and((other) => other.epoch !== row.epoch)
            .delete()
          return null
        }),
      ),
    forget: (room) =>
      guard.run(() =>
        strict.transaction('rw', [strict.room, strict.confirmed], async () => {
          await strict.room.delete(room)
          await strict.confirmed.where('room').equals(room).delete()
          return null
        }),
      ),
    keep: (room, epoch, update) =>
      guard.run(async () =>
        strict.unacknowledged.add({ room, epoch, bytes: await cipher.seal(update, keptPlace(room)) }),
      ),
    acknowledge: (room, epoch, rows) =>
      guard.run(async () => {
        const sealed = await Promise.all(rows.map((row) => cipher.seal(row.update, confirmedPlace(room))))
        await strict.transaction('rw', [strict.confirmed, strict.unacknowledged], async () => {
          await strict.confirmed.bulkAdd(sealed.map((bytes) => ({ room, epoch, bytes })))
          await strict.unacknowledged.bulkDelete(rows.map((row) => row.n))
        })
        await compactWhenMany(room, epoch)
        return null
      }),
    replace: (room, epoch, old, next, quarantined) =>
      guard.run(async () => {
        const sealed = await Promise.all(next.map((update) => cipher.seal(update, keptPlace(room))))
        return strict.transaction('rw', [strict.unacknowledged, strict.quarantine], async () => {
          await strict.unacknowledged.bulkDelete([...old])
          if (quarantined !== null) await strict.quarantine.put(quarantined)
          return strict.unacknowledged.bulkAdd(
            sealed.map((bytes) => ({ room, epoch, bytes })),
            { allKeys: true },
          )
        })
      }),
  }
}
