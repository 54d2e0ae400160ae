// The rooms that screens look at: shared by all who look, closed a little after the last one looks away, paused while the line is down.
import type { AdministrationBoard, DirectoryBoard } from '../../shared/org/view.ts'
import type { DeskBoard, MeetingBoard } from '../../shared/meeting/view.ts'
import { roomName } from '../../shared/hub/rooms.ts'
import { refuse } from '../../shared/refusal.ts'
import type { RoomStore } from '../replica/room-store.ts'
import { openBoardRoom, type BoardRoom, type OpenRoom } from './board-room.ts'
import type { LineWatch } from './line.ts'
import { openTextRoom, type TextRoom, type TextRoomSurroundings } from './text-room.ts'

/** Going to the next screen and back must not cost a new connection; 32 rooms a session are the hub's limit. */
const LINGER_MS = 20_000

/** A room somebody looks at, until `release`. */
export interface Held<R> {
  readonly room: R
  release(): void
}

export interface Rooms {
  readonly directory: () => Held<BoardRoom<DirectoryBoard>>
  readonly administration: () => Held<BoardRoom<AdministrationBoard>>
  readonly desk: () => Held<BoardRoom<DeskBoard>>
  meeting(meetingId: string, part: 'board' | 'organisers'): Held<BoardRoom<MeetingBoard>>
  conclusions(meetingId: string): Held<TextRoom>
  close(): Promise<void>
}

export interface RoomsOptions {
  readonly personId: string
  readonly store: RoomStore
  readonly line: LineWatch
  readonly surroundings: TextRoomSurroundings
  readonly lingerMs?: number
}

interface Entry {
  readonly room: OpenRoom
  holders: number
  timer: ReturnType<typeof setTimeout> | null
}

export function createRooms({ personId, store, line, surroundings, lingerMs = LINGER_MS }: RoomsOptions): Rooms {
  const entries = new Map<string, Entry>()
  const closing = new Set<Promise<void>>()
  // While the line is down nobody knocks for a ticket: the line itself asks, and says when it is back.
  const around: TextRoomSurroundings = {
    ...surroundings,
    ticket: (room) =>
      line.state.current() === 'offline' ? Promise.resolve(refuse('hub-unavailable')) : surroundings.ticket(room),
  }
  let lastState = line.state.current()
  const stopWatching = line.state.subscribe(() => {
    const state = line.state.current()
    for (const { room } of entries.values()) {
      if (state === 'online' && lastState !== 'online') room.poke()
      if (state === 'offline') room.suspend()
    }
    lastState = state
  })

  const shut = (name: string, { room }: Entry) => {
    entries.delete(name)
    const closed = room.close().finally(() => closing.delete(closed))
    closing.add(closed)
  }
  const hold = <R extends OpenRoom>(name: string, open: () => R): Held<R> => {
    const known = entries.get(name)
    const entry = known ?? { room: open(), holders: 0, timer: null }
    entries.set(name, entry)
    if (entry.timer !== null) clearTimeout(entry.timer)
    entry.timer = null
    entry.holders += 1
    let held = true
    const release = () => {
      if (!held) return
      held = false
      entry.holders -= 1
      if (entry.holders > 0 || entries.get(name) !== entry) return
      entry.timer = setTimeout(() => shut(name, entry), lingerMs)
    }
    // One name is always opened as one kind of room, by the functions below.
    return { room: entry.room as R, release }
  }
  const board = <T>(name: string, presence: boolean) =>
    hold(name, () => openBoardRoom<T>(name, presence, store, around))

  return {
    directory: () => board<DirectoryBoard>(roomName.directory(), false),
    administration: () => board<AdministrationBoard>(roomName.administration(), false),
    desk: () => board<DeskBoard>(roomName.desk(personId), false),
    // Everyone is seen in the participants' room, organisers too.
    meeting: (meetingId, part) => board<MeetingBoard>(roomName.meeting(meetingId, part), part === 'board'),
    conclusions: (meetingId) => {
      const name = roomName.meeting(meetingId, 'conclusions')
      return hold(name, () => openTextRoom(name, store, around))
    },
    close: async () => {
      stopWatching()
      for (const [name, entry] of [...entries]) {
        if (entry.timer !== null) clearTimeout(entry.timer)
        shut(name, entry)
      }
      await Promise.all(closing)
    },
  }
}
