// A board: official state that the hub alone writes, as the view of accepted acts. Whatever a client sends to it is refused by name.
import * as Y from 'yjs'
import { BOARD_ROOT, mirror, type Plain } from '../../shared/board/mirror.ts'
import type { Room } from '../../shared/hub/rooms.ts'
import type { Clock } from '../clock.ts'
import type { Connection } from './connection.ts'
import { LiveRoom } from './live-room.ts'

type View = { readonly [key: string]: Plain }

/** The update that says nothing: no structs, no deletes. */
const EMPTY_UPDATE_BYTES = 2

export class BoardRoom extends LiveRoom {
  #view: View = {}
  readonly #makeView: () => object

  /** @param epoch a number no earlier loading of this room had: a board is written anew from the ledger each time */
  constructor(name: string, room: Room, epoch: number, clock: Clock, makeView: () => object) {
    super(name, room, new Y.Doc(), epoch, clock)
    this.#makeView = makeView
    this.refresh()
  }

  /** Brings the board to the newest view; sends what changed, if anything did. */
  refresh(): void {
    // Views are plain JSON by construction (tests hold them against JSON); their interfaces have no index signature.
    const next = this.#makeView() as View
    if (next === this.#view) return
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    this.doc.on('update', collect)
    this.doc.transact(() => mirror(this.doc.getMap(BOARD_ROOT), this.#view, next))
    this.doc.off('update', collect)
    this.#view = next
    for (const update of updates) this.relay(update, null)
    this.pace.soon()
  }

  receiveUpdate(from: Connection, update: Uint8Array, isStep2: boolean): void {
    // A client that answers a state vector with nothing is polite, not an intruder.
    if (isStep2 && update.length <= EMPTY_UPDATE_BYTES) return
    from.refuse('board-read-only', 'reset')
  }

  bind(from: Connection): void {
    from.refuse('board-read-only', 'none')
  }

  /** Only the hub's present client id writes a board; anything else is a copy of an earlier loading, or somebody's own invention. */
  protected isForeign(vector: ReadonlyMap<number, number>): boolean {
    return [...vector.keys()].some((client) => client !== this.doc.clientID)
  }
}
