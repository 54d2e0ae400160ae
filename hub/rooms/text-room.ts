// A shared text: everyone with the right writes in it; every update passes the inspector, becomes durable, is acknowledged, and then goes round.
import * as Y from 'yjs'
import { CLOSE, LIMITS } from '../../shared/hub/wire.ts'
import { TEXT_ROOT, type Room } from '../../shared/hub/rooms.ts'
import { isoNow, type Clock } from '../clock.ts'
import { StorageFull, type Store, type StoredText, type TextUpdate } from '../store/store.ts'
import type { Connection } from './connection.ts'
import { messageOf } from './frames.ts'
import { Inspector, type Applied } from './inspector/inspector.ts'
import { adviceFor, Rejected } from './inspector/rejection.ts'
import { LiveRoom } from './live-room.ts'

/** So many stored updates are folded into a snapshot. */
const SNAPSHOT_EVERY = 500

interface Queued {
  readonly from: Connection
  /** Null for an update that said nothing new: it is acknowledged in its turn, behind the ones before it. */
  readonly row: TextUpdate | null
}

export class TextRoom extends LiveRoom {
  readonly #store: Store
  readonly #inspector: Inspector
  readonly #onFault: (room: TextRoom, error: unknown) => void
  #seq: number
  #sinceSnapshot: number
  #queue: Queued[] = []
  #newBindings: number[] = []
  /** Unloaded, perhaps because the store failed and the document is ahead of it: sockets that are closing may still bring something. */
  #closed = false

  /** @param onFault called when the store failed: the document is ahead of it, so the room must be unloaded and loaded again */
  constructor(
    name: string,
    room: Room,
    stored: StoredText | null,
    store: Store,
    clock: Clock,
    onFault: (room: TextRoom, error: unknown) => void,
  ) {
    super(name, room, loadDocument(stored), stored?.epoch ?? 1, clock)
    this.#store = store
    this.#onFault = onFault
    this.#seq = stored?.seq ?? 0
    this.#sinceSnapshot = stored?.updates.length ?? 0
    // Rights are asked per connection before an update gets here; inside the text there is one rule: its one root.
    this.#inspector = new Inspector(this.doc, {
      allow: () => true,
      roots: new Set([TEXT_ROOT]),
      // A first synchronisation may bring a week of offline work; live updates are held to their own limit below.
      maxBytes: LIMITS.frameBytes,
      bindings: stored?.bindings ?? [],
    })
  }

  override synchronise(connection: Connection, stateVector: Uint8Array): void {
    // What others wrote stands in the document already: it is made durable before anyone new sees it.
    this.pace.now()
    super.synchronise(connection, stateVector)
    if (connection.live) connection.send(messageOf.vector(Y.encodeStateVector(this.doc)))
  }

  bind(from: Connection, clientId: number): void {
    try {
      if (this.#inspector.bind(clientId, from.holder.personId)) this.#newBindings.push(clientId)
    } catch (error) {
      this.#refuse(from, error)
    }
  }

  receiveUpdate(from: Connection, update: Uint8Array, isStep2: boolean): void {
    if (this.#closed) return
    if (!from.mayWrite) {
      if (!this.#isNews(update)) return
      from.refuse('text-read-only', 'reset')
      return
    }
    if (!isStep2 && update.length > LIMITS.updateBytes) {
      from.refuse('update-refused', 'reset')
      return
    }
    if (isStep2) from.caughtUp = true
    this.#take(from, update)
    if (isStep2) for (const held of from.held.splice(0)) this.#take(from, held)
  }

  /** A reader who answers with what everyone has, or with Yjs' own clean-up of formatting marks, is no intruder. */
  #isNews(update: Uint8Array): boolean {
    try {
      return !this.#inspector.inspect(update, '').noop
    } catch (error) {
      return !(error instanceof Rejected && error.benign)
    }
  }

  #take(from: Connection, update: Uint8Array): void {
    try {
      const { out } = this.#apply(from, update)
      this.#enqueue(from, out === null ? null : this.#rowOf(from, out))
    } catch (error) {
      if (this.#hold(from, update, error)) return
      this.#refuse(from, error)
    }
  }

  /** y-websocket's own provider does not announce its client id: its first update does, for whoever is first. Known ids are never rebound. */
  #apply(from: Connection, update: Uint8Array): Applied {
    const { personId } = from.holder
    try {
      return this.#inspector.apply(update, personId)
    } catch (error) {
      if (!(error instanceof Rejected) || error.code !== 'client-id-unbound') throw error
    }
    for (const client of Y.parseUpdateMeta(update).to.keys()) {
      if (Y.getState(this.doc.store, client) === 0 && this.#inspector.bind(client, personId))
        this.#newBindings.push(client)
    }
    return this.#inspector.apply(update, personId)
  }

  /** Edits typed before the first synchronisation arrive ahead of the offline part they build on: they wait for it, within limits. */
  #hold(from: Connection, update: Uint8Array, error: unknown): boolean {
    if (from.caughtUp || !(error instanceof Rejected) || adviceFor(error.code) !== 'resync') return false
    if (from.heldBytes + update.length > LIMITS.heldBytes) return false
    from.held.push(update)
    from.heldBytes += update.length
    return true
  }

  #refuse(from: Connection, error: unknown): void {
    if (!(error instanceof Rejected)) {
      this.#onFault(this, error)
      return
    }
    if (error.benign) return
    const advice = adviceFor(error.code, from.resynced)
    if (advice === 'resync') {
      from.resynced = true
      from.send(messageOf.vector(Y.encodeStateVector(this.doc)))
    }
    from.refuse('update-refused', advice)
  }

  #rowOf(from: Connection, update: Uint8Array): TextUpdate {
    this.#seq += 1
    const { personId } = from.holder
    const binds = this.#newBindings.splice(0)
    return { room: this.name, epoch: this.epoch, seq: this.#seq, at: isoNow(this.clock), personId, update, binds }
  }

  #enqueue(from: Connection, row: TextUpdate | null): void {
    this.#queue.push({ from, row })
    this.pace.soon()
  }

  /** One commit for all that gathered; then it is acknowledged, and goes round in one write to each reader. */
  protected override async work(): Promise<void> {
    const batch = this.#queue
    this.#queue = []
    const rows = batch.flatMap(({ row }) => (row === null ? [] : [row]))
    try {
      if (rows.length > 0) await this.#store.appendText(rows)
      const counts = new Map<Connection, number>()
      for (const { from, row } of batch) {
        if (row !== null) this.relay(row.update, from)
        counts.set(from, (counts.get(from) ?? 0) + 1)
      }
      for (const [from, count] of counts) this.#acknowledge(from, count)
      await super.work()
      this.#sinceSnapshot += rows.length
      if (this.#sinceSnapshot >= SNAPSHOT_EVERY) await this.#snapshot()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#closed = true
    this.#queue = []
    const code = error instanceof StorageFull ? 'storage-full' : 'hub-unavailable'
    for (const connection of this.connections) {
      connection.refuse(code, 'none')
      connection.close(CLOSE.later, code)
    }
    this.#onFault(this, error)
  }

  async #snapshot(): Promise<void> {
    await this.#store.saveTextSnapshot(this.name, this.epoch, this.#seq, Y.encodeStateAsUpdate(this.doc))
    this.#sinceSnapshot = 0
  }

  #acknowledge(connection: Connection, count: number): void {
    connection.acknowledged += count
    connection.send(messageOf.acknowledged(connection.acknowledged))
  }

  override dispose(): void {
    super.dispose()
    this.#closed = true
  }

  /** An epoch that began anew knows none of the old client ids: such a copy cannot be merged, only replaced. */
  protected isForeign(vector: ReadonlyMap<number, number>): boolean {
    return (
      this.epoch > 1 && vector.size > 0 && ![...vector.keys()].some((client) => Y.getState(this.doc.store, client) > 0)
    )
  }
}

function loadDocument(stored: StoredText | null): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment(TEXT_ROOT)
  if (stored === null) return doc
  if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot)
  for (const update of stored.updates) Y.applyUpdate(doc, update)
  return doc
}
