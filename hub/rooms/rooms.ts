// All rooms that are open now: loaded when the first person comes, brought up to date after each commit, unloaded when they have been empty for a while.
import { assertNever } from '../../shared/assert-never.ts'
import { ORG_STREAM } from '../../shared/domain.ts'
import { isText, parseRoom, roomAccess, type Room, type RoomAccess } from '../../shared/hub/rooms.ts'
import { CLOSE } from '../../shared/hub/wire.ts'
import { mayRead } from '../../shared/meeting/access.ts'
import { deskEntry, viewMeeting, type DeskBoard, type DeskEntry } from '../../shared/meeting/view.ts'
import type { Meeting } from '../../shared/meeting/state.ts'
import { viewAdministration, viewDirectory } from '../../shared/org/view.ts'
import type { DomainState } from '../acts/domain-state.ts'
import { isoNow, type Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'
import { BoardRoom } from './board-room.ts'
import type { Connection, Holder } from './connection.ts'
import { nextEpoch } from './text-epoch.ts'
import { TextRoom } from './text-room.ts'

type OpenRoom = BoardRoom | TextRoom

/** An empty room is kept this long, so that a short break of the line costs no reload. */
const LINGER_MS = 60_000

export interface RoomsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly state: () => DomainState
  readonly onFault: (error: unknown) => void
}

export class Rooms {
  readonly #options: RoomsOptions
  readonly #open = new Map<string, OpenRoom>()
  readonly #opening = new Map<string, Promise<OpenRoom>>()
  readonly #lingering = new Map<string, NodeJS.Timeout>()
  readonly #deskEntries = new Map<string, DeskEntries>()
  /** Grows with every loading of a board, also across restarts: the clock never stands at an earlier millisecond for long. */
  #lastEpoch = 0

  constructor(options: RoomsOptions) {
    this.#options = options
  }

  access(name: string, personId: string): { readonly room: Room; readonly access: RoomAccess } | null {
    const room = parseRoom(name)
    if (room === null) return null
    const { org, meetings } = this.#options.state()
    const meeting = room.kind === 'meeting' ? (meetings.get(room.meetingId) ?? null) : null
    return { room, access: roomAccess(room, personId, org, meeting, isoNow(this.#options.clock)) }
  }

  /** Opens a room that `access` allowed to read. */
  async enter(name: string, room: Room, connection: Connection): Promise<OpenRoom> {
    const open = await this.#load(name, room)
    clearTimeout(this.#lingering.get(name))
    this.#lingering.delete(name)
    const access = this.access(name, connection.holder.personId)?.access
    open.join(connection, access?.write ?? false)
    return open
  }

  leave(room: OpenRoom, connection: Connection): void {
    room.leave(connection)
    if (room.connections.size > 0 || this.#lingering.has(room.name)) return
    const timer = setTimeout(() => this.#unload(room), LINGER_MS)
    timer.unref()
    this.#lingering.set(room.name, timer)
  }

  /** After a durable batch: boards show it, and everyone's rights are asked again. */
  onCommitted(streams: ReadonlySet<string>): void {
    for (const open of this.#open.values()) {
      if (open instanceof BoardRoom && touches(open.room, streams)) open.refresh()
    }
    this.checkRights(streams.has(ORG_STREAM) ? null : streams)
  }

  /** Tells who gained or lost the right to write, and closes the sockets of who may no longer read. @param streams null: all rooms */
  checkRights(streams: ReadonlySet<string> | null): void {
    for (const open of this.#open.values()) {
      if (streams !== null && !touches(open.room, streams)) continue
      for (const connection of open.connections) {
        const access = this.access(open.name, connection.holder.personId)?.access
        if (access?.read !== true || !this.#mayStay(connection.holder))
          connection.close(CLOSE.rightsWithdrawn, 'rights')
        else if (access.write !== connection.mayWrite) connection.tellRights(open.rights(access.write))
      }
    }
  }

  /** An account that ended and a device that was revoked lose their sockets at once, not at the next request. */
  #mayStay({ personId, deviceId }: Holder): boolean {
    const { accounts, devices } = this.#options.state().org
    return accounts[personId]?.ended === false && (devices[deviceId]?.revokedAt ?? null) === null
  }

  /** Closes every socket of a session that ended. */
  endSession(sessionId: string): void {
    for (const open of this.#open.values()) {
      for (const connection of open.connections) {
        if (connection.holder.sessionId === sessionId) connection.close(CLOSE.rightsWithdrawn, 'session')
      }
    }
  }

  /** The plain content of every open board, for the test that a rebuilt board equals the live one. */
  boards(): ReadonlyMap<string, unknown> {
    const boards = [...this.#open.values()].filter((open) => open instanceof BoardRoom)
    return new Map(boards.map((open) => [open.name, open.doc.getMap('board').toJSON()]))
  }

  /** What a board of this room must show, made from the state alone. */
  viewOf(room: Room): object {
    const { org, meetings } = this.#options.state()
    switch (room.kind) {
      case 'directory':
        return viewDirectory(org)
      case 'administration':
        return viewAdministration(org)
      case 'desk':
        return this.#desk(room.personId, meetings)
      case 'meeting': {
        const meeting = meetings.get(room.meetingId)
        if (meeting === undefined) return {}
        return viewMeeting(meeting, room.part === 'organisers' ? 'organisers' : 'participants')
      }
      default:
        return assertNever(room)
    }
  }

  #desk(personId: string, meetings: ReadonlyMap<string, Meeting>): DeskBoard {
    const entries = this.#deskEntries.get(personId) ?? new DeskEntries(personId)
    this.#deskEntries.set(personId, entries)
    return entries.of(meetings)
  }

  async #load(name: string, room: Room): Promise<OpenRoom> {
    const open = this.#open.get(name)
    if (open !== undefined) return open
    const opening = this.#opening.get(name) ?? this.#make(name, room)
    this.#opening.set(name, opening)
    try {
      const made = await opening
      this.#open.set(name, made)
      return made
    } finally {
      this.#opening.delete(name)
    }
  }

  async #make(name: string, room: Room): Promise<OpenRoom> {
    const { store, clock } = this.#options
    if (!isText(room)) {
      this.#lastEpoch = Math.max(this.#lastEpoch + 1, clock.now())
      return new BoardRoom(name, room, this.#lastEpoch, clock, () => this.viewOf(room))
    }
    let stored = await store.text(name)
    const rewritten = stored === null ? null : nextEpoch(stored)
    if (stored !== null && rewritten !== null) {
      await store.saveTextSnapshot(name, stored.epoch + 1, 0, rewritten)
      stored = await store.text(name)
    }
    return new TextRoom(name, room, stored, store, clock, (broken, error) => {
      this.#options.onFault(error)
      this.#unload(broken)
    })
  }

  #unload(room: OpenRoom): void {
    clearTimeout(this.#lingering.get(room.name))
    this.#lingering.delete(room.name)
    if (this.#open.get(room.name) === room) this.#open.delete(room.name)
    for (const connection of room.connections) connection.close(CLOSE.later, 'unloaded')
    if (room.room.kind === 'desk') this.#deskEntries.delete(room.room.personId)
    room.dispose()
  }

  close(): void {
    for (const room of [...this.#open.values()]) this.#unload(room)
  }
}

/** One person's desk lines, made anew only for meetings that changed. */
class DeskEntries {
  readonly #personId: string
  #made = new Map<string, { readonly meeting: Meeting; readonly entry: DeskEntry }>()
  #board: DeskBoard = { meetings: {} }

  constructor(personId: string) {
    this.#personId = personId
  }

  of(meetings: ReadonlyMap<string, Meeting>): DeskBoard {
    const next = new Map<string, { readonly meeting: Meeting; readonly entry: DeskEntry }>()
    let changed = false
    for (const [id, meeting] of meetings) {
      if (!mayRead(meeting, this.#personId)) continue
      const known = this.#made.get(id)
      if (known?.meeting === meeting) {
        next.set(id, known)
        continue
      }
      changed = true
      next.set(id, { meeting, entry: deskEntry(meeting, this.#personId) })
    }
    if (!changed && next.size === this.#made.size) return this.#board
    this.#made = next
    this.#board = { meetings: Object.fromEntries([...next].map(([id, { entry }]) => [id, entry])) }
    return this.#board
  }
}

function touches(room: Room, streams: ReadonlySet<string>): boolean {
  switch (room.kind) {
    case 'directory':
    case 'administration':
      return streams.has(ORG_STREAM)
    case 'desk':
      return [...streams].some((stream) => stream !== ORG_STREAM)
    case 'meeting':
      return streams.has(`meeting/${room.meetingId}`)
    default:
      return assertNever(room)
  }
}
