// The doors of the rooms: which names there are, and who reads and writes behind each.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  act,
  ADMIN,
  after,
  CHAIR,
  CLERK,
  DRAFT,
  INVITEE,
  MEETING_ID,
  opened,
  POLICE,
  PUBLISHED,
  REASON,
  SECRETARY,
  STAND_IN,
} from '../meeting/meeting.fixture.ts'
import type { Meeting } from '../meeting/state.ts'
import { COMMUNE, NOW, STRANGER } from '../org/org.fixture.ts'
import { isText, parseRoom, roomAccess, roomName, type Room } from './rooms.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const PARTS = ['board', 'organisers', 'conclusions'] as const
const PEOPLE = { CHAIR, SECRETARY, POLICE, INVITEE, STAND_IN, CLERK, ADMIN, STRANGER }

const rooms: readonly (readonly [string, Room])[] = [
  [roomName.directory(), { kind: 'directory' }],
  [roomName.administration(), { kind: 'administration' }],
  [roomName.desk(POLICE), { kind: 'desk', personId: POLICE }],
  ...PARTS.map(
    (part) => [roomName.meeting(MEETING_ID, part), { kind: 'meeting', meetingId: MEETING_ID, part }] as const,
  ),
]

describe('names', () => {
  it.each(rooms)('%s is the name of its room', (name, room) => {
    expect(parseRoom(name)).toEqual(room)
  })

  it.each([
    '',
    'org',
    'org/directory/',
    'ORG/directory',
    'desk/',
    `desk/${POLICE}/x`,
    `desk/${POLICE}\n`,
    `xdesk/${POLICE}`,
    `meeting/${MEETING_ID}`,
    `meeting/${MEETING_ID}/minutes`,
    `meeting/${MEETING_ID}/board/..`,
    'meeting/../board',
    'meeting/1/board',
  ])('%j is the name of none', (name) => {
    expect(parseRoom(name)).toBeNull()
  })

  it(`any text either is no name or is the very name of its room (SEED=${SEED})`, { timeout: 60_000 }, () => {
    const pieces = fc.constantFrom('org', 'directory', 'desk', 'meeting', 'board', '/', MEETING_ID, POLICE, '\n', '%2f')
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 6 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (name) => {
        const room = parseRoom(name)
        if (room === null) return
        const again = {
          directory: () => roomName.directory(),
          administration: () => roomName.administration(),
          desk: () => roomName.desk((room as { personId: string }).personId),
          meeting: () => roomName.meeting(MEETING_ID, (room as { part: 'board' }).part),
        }[room.kind]()
        expect(again).toBe(name)
      }),
      { seed: SEED, numRuns: 1000 },
    )
  })

  it('only the conclusions are a text that people write together; all else are boards', () => {
    expect(rooms.filter(([, room]) => isText(room)).map(([name]) => name)).toEqual([
      roomName.meeting(MEETING_ID, 'conclusions'),
    ])
  })
})

describe('doors', () => {
  const who = (room: Room, right: 'read' | 'write', meeting: Meeting | null = null) =>
    Object.entries(PEOPLE).flatMap(([name, id]) => (roomAccess(room, id, COMMUNE, meeting, NOW)[right] ? [name] : []))
  const part = (name: (typeof PARTS)[number]): Room => ({ kind: 'meeting', meetingId: MEETING_ID, part: name })

  it('the directory is read by everyone who came in', () => {
    expect(who({ kind: 'directory' }, 'read')).toEqual(Object.keys(PEOPLE))
  })

  it('the administration is read by administrators', () => {
    expect(who({ kind: 'administration' }, 'read')).toEqual(['ADMIN'])
  })

  it('a desk is read by its person alone, not by the administrator', () => {
    expect(who({ kind: 'desk', personId: POLICE }, 'read')).toEqual(['POLICE'])
  })

  it('a draft is read by its organisers; after publication its board by everyone invited', () => {
    expect(who(part('board'), 'read', DRAFT)).toEqual(['CHAIR', 'SECRETARY'])
    expect(who(part('board'), 'read', PUBLISHED)).toEqual(['CHAIR', 'SECRETARY', 'POLICE', 'INVITEE', 'STAND_IN'])
  })

  it('the board of the organisers is read by them alone, at any time', () => {
    for (const meeting of [DRAFT, PUBLISHED, opened()])
      expect(who(part('organisers'), 'read', meeting)).toEqual(['CHAIR', 'SECRETARY'])
  })

  it('conclusions are read by everyone invited, written while the meeting is open by who may', () => {
    const open = after(opened(), [act(CHAIR, 'meeting.allowWriter', { personId: INVITEE, allowed: true })])
    expect(who(part('conclusions'), 'read', open)).toEqual(['CHAIR', 'SECRETARY', 'POLICE', 'INVITEE', 'STAND_IN'])
    expect(who(part('conclusions'), 'write', open)).toEqual(['CHAIR', 'SECRETARY', 'INVITEE'])
    expect(who(part('conclusions'), 'write', PUBLISHED)).toEqual([])
    expect(who(part('conclusions'), 'write', after(open, [act(CHAIR, 'meeting.close', {})]))).toEqual([])
  })

  it('a draft that was cancelled is not shown to those who were never invited', () => {
    const cancelled = after(DRAFT, [act(CHAIR, 'meeting.cancel', { reason: REASON })])
    for (const name of PARTS) expect(who(part(name), 'read', cancelled)).toEqual(['CHAIR', 'SECRETARY'])
  })

  it('a meeting that does not exist has no door that opens', () => {
    for (const name of PARTS) expect(who(part(name), 'read', null)).toEqual([])
  })

  it('no board is written by anyone', () => {
    const open = opened()
    for (const [, room] of rooms) if (!isText(room)) expect(who(room, 'write', open)).toEqual([])
  })
})
