// A shared text on this device: everyone with the right writes, without a line too; what the hub refuses is written anew or kept aside.
import * as Y from 'yjs'
import type { RetryAdvice, RoomRights } from '../../shared/hub/wire.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { Quarantine } from '../replica/quarantine.ts'
import type { RoomStore } from '../replica/room-store.ts'
import { createValue, type Watchable } from '../replica/value.ts'
import type { OpenRoom } from './board-room.ts'
import type { OpenText } from './contract.ts'
import { createInOrder } from './in-order.ts'
import { openRoomSocket, type RoomSocket, type RoomSocketSurroundings } from './room-socket.ts'
import { applyStored, emptyText, isBlank, sameText, STORED, textMirror } from './text-copy.ts'
import { recover } from './text-recovery.ts'
import { trackUnacknowledged, type Unacknowledged } from './unacknowledged.ts'

export interface TextRoom extends OpenRoom {
  /** Null until the replica was read, or while this person may not read the text. */
  readonly text: Watchable<OpenText | null>
}

export interface TextRoomSurroundings extends RoomSocketSurroundings {
  readonly quarantine: Quarantine
  /** ms */
  readonly hubNow: () => number
}

/** The copy that people still look at while the hub's own arrives, and why it has to go. */
interface Outgoing {
  readonly old: Y.Doc
  readonly unacknowledged: Unacknowledged
  readonly code: RefusalCode
  /** The hub refused one of the changes; otherwise the whole copy became useless. */
  readonly blame: boolean
  /** No id of the old copy has a meaning in the new one. */
  readonly foreign: boolean
}

export function openTextRoom(name: string, store: RoomStore, surroundings: TextRoomSurroundings): TextRoom {
  const text = createValue<OpenText | null>(null)
  const mirror = textMirror()
  const writes = createInOrder()
  let epoch = 1
  let write = false
  let synced = false
  /** The hub, or the replica, has said what this person may do here. */
  let known = false
  let closed = false
  let doc = emptyText()
  /** Of `doc`: each copy counts its own changes, for the hub acknowledges by counting. */
  let unacknowledged = trackUnacknowledged(name, () => epoch, store)
  let outgoing: Outgoing | null = null
  let socket: RoomSocket | null = null
  let bound = new Set<number>()

  const show = () => {
    if (closed) return
    const shown = outgoing?.old ?? doc
    const mayWrite = write && outgoing === null
    // Readers get a detached copy: their editor may tidy up formatting, and none of that may reach the hub.
    const next: OpenText | null = known
      ? {
          doc: mirror.of(shown, mayWrite),
          mayWrite,
          synced: synced && outgoing === null,
          unsaved: unacknowledged.any.current() || outgoing?.unacknowledged.any.current() === true,
        }
      : null
    if (!sameText(text.current(), next)) text.set(next)
  }

  const bind = (update: Uint8Array) => {
    for (const clientId of Y.parseUpdateMeta(update).to.keys()) {
      if (bound.has(clientId)) continue
      bound.add(clientId)
      socket?.bind(clientId)
    }
  }
  const follow = () => {
    const own = doc
    const changes = unacknowledged
    changes.any.subscribe(show)
    // Before the provider's own listener: the hub must know the client id before it sees the update.
    own.on('update', (update: Uint8Array, origin: unknown) => {
      mirror.pass(own, update)
      if (origin === STORED) return
      if (own === doc && origin === socket?.provider) {
        const at = epoch
        writes.add(() => store.confirm(name, at, update))
        return
      }
      if (own === doc) bind(update)
      changes.add(update)
    })
    socket = openRoomSocket(name, own, false, surroundings, {
      onRights,
      onSynced: () => {
        synced = true
        if (outgoing === null) show()
        else void finish(outgoing)
      },
      onOnline: () => {
        bound = new Set()
        changes.restartCount()
        synced = false
        show()
      },
      onDenied,
      onAsked: () => {
        for (const { update } of changes.list()) bind(update)
      },
      onSending: (kind) => changes.sending(kind),
      onAcknowledged: (count) => changes.acknowledged(count),
      onRefused,
    })
  }
  const keepRow = () => {
    const row = { id: name, epoch, write }
    writes.add(() => store.enter(row))
  }
  const onRights = (rights: RoomRights): boolean => {
    const foreign = known && rights.epoch !== epoch && !isBlank(doc)
    const news = !known || write !== rights.write || epoch !== rights.epoch
    epoch = rights.epoch
    write = rights.write
    known = true
    if (foreign) startAnew('room-reset', { blame: false, foreign: true })
    else if (news) keepRow()
    show()
    return !foreign
  }
  const onRefused = (code: RefusalCode, advice: RetryAdvice) => {
    if (advice === 'resync') socket?.reconnect()
    else if (advice === 'reset') {
      // What came in one message goes again one by one; what is refused then is known.
      startAnew(code, { blame: code !== 'room-reset' && !unacknowledged.sentTogether(), foreign: false })
    }
  }
  const onDenied = (code: RefusalCode) => {
    const had = known
    known = false
    write = false
    if (!had) return
    // Who may not read a text any more keeps no copy of it, but what was written here is the person's own.
    writes.add(() => store.forget(name))
    startAnew(code, { blame: false, foreign: true })
    if (outgoing !== null) void finish(outgoing)
  }

  const startAnew = (code: RefusalCode, why: Pick<Outgoing, 'blame' | 'foreign'>) => {
    if (outgoing !== null) return
    outgoing = { old: doc, unacknowledged, code, ...why }
    socket?.close()
    doc = emptyText()
    unacknowledged = trackUnacknowledged(name, () => epoch, store)
    bound = new Set()
    show()
    queueMicrotask(() => {
      if (!closed) follow()
    })
  }
  const finish = async (state: Outgoing) => {
    await state.unacknowledged.written()
    const input = { ...state, room: name, epoch, fresh: doc, mayWrite: write && known, time: surroundings.hubNow() }
    const kept = await recover(input, state.unacknowledged.takeAll(), store, surroundings.quarantine)
    if (closed || outgoing !== state) return
    outgoing = null
    for (const { n, update } of kept) {
      bind(update)
      unacknowledged.restore(n, update)
      // The provider sends whatever does not come from itself.
      applyStored(doc, update)
    }
    state.old.destroy()
    if (known) keepRow()
    show()
  }

  const load = async () => {
    const loaded = await store.load(name)
    if (closed) return
    if (loaded.ok) {
      const { row, confirmed } = loaded.value
      if (row !== null) {
        epoch = row.epoch
        write = row.write
        known = true
      }
      for (const update of confirmed) applyStored(doc, update)
      for (const { n, update } of loaded.value.unacknowledged) {
        applyStored(doc, update)
        unacknowledged.restore(n, update)
      }
    }
    follow()
    show()
  }
  void load()

  return {
    text,
    poke: () => socket?.poke(),
    suspend: () => socket?.suspend(),
    close: async () => {
      closed = true
      socket?.close()
      mirror.close()
      await Promise.all([writes.settled(), unacknowledged.written(), outgoing?.unacknowledged.written()])
      doc.destroy()
      outgoing?.old.destroy()
    },
  }
}
