// What boards and texts have in common: a document, its readers, presence, and how someone joins.
import * as Y from 'yjs'
import { CLOSE, type RoomRights } from '../../shared/hub/wire.ts'
import type { Room } from '../../shared/hub/rooms.ts'
import { isoNow, type Clock } from '../clock.ts'
import type { Connection } from './connection.ts'
import { FanOut } from './fan-out.ts'
import { frame, messageOf } from './frames.ts'
import { JoinCache } from './join-cache.ts'
import { Pace } from './pace.ts'
import { Presence } from './presence.ts'

export abstract class LiveRoom {
  readonly name: string
  readonly room: Room
  readonly doc: Y.Doc
  readonly epoch: number
  readonly connections = new Set<Connection>()
  readonly presence: Presence
  protected readonly clock: Clock
  protected readonly pace = new Pace(() => this.work())
  readonly #fanOut = new FanOut(() => this.connections)
  readonly #joins: JoinCache

  constructor(name: string, room: Room, doc: Y.Doc, epoch: number, clock: Clock) {
    this.name = name
    this.room = room
    this.doc = doc
    this.epoch = epoch
    this.clock = clock
    this.presence = new Presence(() => this.connections, clock)
    this.#joins = new JoinCache(doc)
  }

  abstract receiveUpdate(from: Connection, update: Uint8Array, isStep2: boolean): void
  abstract bind(from: Connection, clientId: number): void
  /** Must this copy be thrown away before it can be brought up to date? */
  protected abstract isForeign(stateVector: ReadonlyMap<number, number>): boolean

  join(connection: Connection, mayWrite: boolean): void {
    this.connections.add(connection)
    connection.tellRights(this.rights(mayWrite))
  }

  /** Answers a state vector with what is missing; from then on the connection gets every change. */
  synchronise(connection: Connection, stateVector: Uint8Array): void {
    const vector = Y.decodeStateVector(stateVector)
    if (this.isForeign(vector)) {
      connection.refuse('room-reset', 'reset')
      connection.close(CLOSE.epochOld, 'epoch')
      return
    }
    if (vector.size === 0) connection.write(this.#joins.frames())
    else connection.send(messageOf.missing(Y.encodeStateAsUpdate(this.doc, stateVector)))
    connection.live = true
    this.presence.greet(connection)
  }

  leave(connection: Connection): void {
    this.connections.delete(connection)
    this.presence.leave(connection)
  }

  /** One batch, when the pace of the room lets it. */
  protected work(): Promise<void> {
    this.#fanOut.flush()
    return Promise.resolve()
  }

  /** Takes a change that is durable into the batch that goes round next. */
  protected relay(update: Uint8Array, from: Connection | null): void {
    const framed = frame(messageOf.update(update))
    this.#joins.add(framed)
    this.#fanOut.push(framed, from)
  }

  rights(write: boolean): RoomRights {
    return { epoch: this.epoch, write, now: isoNow(this.clock) }
  }

  dispose(): void {
    this.pace.now()
    this.presence.dispose()
    this.doc.destroy()
  }
}
