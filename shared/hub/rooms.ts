// The rooms of the hub: their names, what each holds, and who may read or write it. One place, asked at every door.
import { mayRead, mayWriteConclusions, isOrganiser } from '../meeting/access.ts'
import type { Meeting } from '../meeting/state.ts'
import { isAdministrator } from '../org/rights.ts'
import type { OrgState } from '../org/state.ts'

export type Room =
  | { readonly kind: 'directory' }
  | { readonly kind: 'administration' }
  | { readonly kind: 'desk'; readonly personId: string }
  | { readonly kind: 'meeting'; readonly meetingId: string; readonly part: 'board' | 'organisers' | 'conclusions' }

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const DESK = new RegExp(`^desk/(${UUID})$`)
const MEETING = new RegExp(`^meeting/(${UUID})/(board|organisers|conclusions)$`)

/** @returns null for a name that no room has */
export function parseRoom(name: string): Room | null {
  if (name === 'org/directory') return { kind: 'directory' }
  if (name === 'org/administration') return { kind: 'administration' }
  const desk = DESK.exec(name)
  if (desk?.[1] !== undefined) return { kind: 'desk', personId: desk[1] }
  const meeting = MEETING.exec(name)
  if (meeting?.[1] === undefined) return null
  return { kind: 'meeting', meetingId: meeting[1], part: meeting[2] as 'board' | 'organisers' | 'conclusions' }
}

export const roomName = {
  directory: () => 'org/directory',
  administration: () => 'org/administration',
  desk: (personId: string) => `desk/${personId}`,
  meeting: (meetingId: string, part: 'board' | 'organisers' | 'conclusions') => `meeting/${meetingId}/${part}`,
} as const

/** The root type of every shared text: a fragment of rich text as Tiptap writes it. */
export const TEXT_ROOT = 'text'

export function isText(room: Room): boolean {
  return room.kind === 'meeting' && room.part === 'conclusions'
}

export interface RoomAccess {
  readonly read: boolean
  readonly write: boolean
}

const NONE: RoomAccess = { read: false, write: false }

/** @param meeting the meeting of the room, null when the room belongs to none or it does not exist */
export function roomAccess(
  room: Room,
  personId: string,
  org: OrgState,
  meeting: Meeting | null,
  now: string,
): RoomAccess {
  switch (room.kind) {
    case 'directory':
      return { read: true, write: false }
    case 'administration':
      return { read: isAdministrator(org, personId, now), write: false }
    case 'desk':
      return { read: room.personId === personId, write: false }
    case 'meeting': {
      if (meeting === null || !mayRead(meeting, personId)) return NONE
      if (room.part === 'board') return { read: true, write: false }
      if (room.part === 'organisers') return { read: isOrganiser(meeting, personId), write: false }
      return { read: true, write: mayWriteConclusions(meeting, personId) }
    }
  }
}
