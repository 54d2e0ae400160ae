// A board on this device: opens from the replica at once, follows the hub while somebody looks at it, and starts anew when the hub did.
import * as Y from 'yjs'
import { liveView, type LiveView } from '../../shared/board/live-view.ts'
import type { RoomRights } from '../../shared/hub/wire.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { RoomStore } from '../replica/room-store.ts'
import { createValue, type Watchable } from '../replica/value.ts'
import { createInOrder } from './in-order.ts'
import { openRoomSocket, type RoomSocket, type RoomSocketSurroundings } from './room-socket.ts'

export interface OpenRoom {
  poke(): void
  suspend(): void
  /** Resolves when everything that arrived is written. */
  close(): Promise<void>
}

export interface BoardRoom<T> extends OpenRoom {
  /** Null until the first copy is on this device. */
  readonly view: Watchable<T | null>
  /** Null while this person may read the room, as far as the hub has said. */
  readonly denied: Watchable<RefusalCode | null>
  /** Another one with every epoch: presence belongs to one document. */
  readonly socket: Watchable<RoomSocket | null>
}

interface Copy<T> {
  readonly doc: Y.Doc
  readonly view: LiveView<T>
}

/** @param presence whether this person is seen in the room while it is open */
export function openBoardRoom<T>(
  name: string,
  presence: boolean,
  store: RoomStore,
  surroundings: RoomSocketSurroundings,
): BoardRoom<T> {
  const shown = createValue<T | null>(null)
  const denied = createValue<RefusalCode | null>(null)
  const current = createValue<RoomSocket | null>(null)
  let epoch: number | null = null
  /** The epoch that the replica opens with. */
  let storedEpoch: number | null = null
  let closed = false
  let copy = newCopy<T>()
  /** What is on the screen while the next epoch arrives. */
  let outgoing: Copy<T> | null = null
  const writes = createInOrder()

  const show = () => {
    // A board of a new epoch arrives in one piece, so the old one stays until then and nothing flickers.
    if (outgoing === null) shown.set(copy.view.current())
  }
  const follow = () => {
    const { doc, view } = copy
    view.subscribe(show)
    const socket = openRoomSocket(name, doc, presence, surroundings, {
      onRights,
      onSynced: () => {
        denied.set(null)
        outgoing = dropped(outgoing)
        show()
        if (epoch !== null && epoch !== storedEpoch) keepRow(epoch)
      },
      onOnline: () => undefined,
      onDenied: (code) => {
        denied.set(code)
        if (epoch === null && shown.current() === null) return
        // Who may not read a room any more keeps no copy of it, on the screen or on the disk.
        writes.add(() => store.forget(name))
        socket.close()
        outgoing = dropped(outgoing)
        dropped(copy)
        restart(null)
        show()
      },
    })
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      const of = epoch
      if (origin === socket.provider && of !== null) writes.add(() => store.confirm(name, of, update))
    })
    current.set(socket)
  }
  const keepRow = (of: number) => {
    storedEpoch = of
    writes.add(() => store.enter({ id: name, epoch: of, write: false }))
  }
  const restart = (next: number | null) => {
    epoch = next
    if (next === null) storedEpoch = null
    copy = newCopy<T>()
    follow()
  }
  const onRights = (rights: RoomRights): boolean => {
    if (epoch === null || epoch === rights.epoch) {
      epoch = rights.epoch
      return true
    }
    outgoing ??= copy
    queueMicrotask(() => {
      if (!closed) restart(rights.epoch)
    })
    return false
  }

  const load = async () => {
    const loaded = await store.load(name)
    if (closed) return
    if (loaded.ok && loaded.value.row !== null) {
      epoch = storedEpoch = loaded.value.row.epoch
      for (const update of loaded.value.confirmed) Y.applyUpdate(copy.doc, update, store)
      show()
    }
    follow()
  }
  void load()

  return {
    view: shown,
    denied,
    socket: current,
    poke: () => current.current()?.poke(),
    suspend: () => current.current()?.suspend(),
    close: async () => {
      closed = true
      current.current()?.close()
      dropped(outgoing)
      dropped(copy)
      await writes.settled()
    },
  }
}

function newCopy<T>(): Copy<T> {
  const doc = new Y.Doc()
  return { doc, view: liveView<T>(doc) }
}

function dropped<T>(copy: Copy<T> | null): null {
  copy?.view.destroy()
  copy?.doc.destroy()
  return null
}
