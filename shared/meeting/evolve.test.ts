// evolve of a meeting: the clock of the agenda, ballots for late arrivals, sharing of what did not change, total on any event.
import { describe, expect, it } from 'vitest'
import { NOW, STRANGER } from '../org/org.fixture.ts'
import {
  act,
  after,
  cast,
  CHAIR,
  CHAIR_FIRST,
  closeVote,
  contextOf,
  DRAFT,
  INVITEE,
  itemId,
  motionId,
  opened,
  POLICE,
  PUBLISHED,
  putting,
  REASON,
  voting,
} from './meeting.fixture.ts'
import { evolveMeeting } from './evolve.ts'
import type { Meeting, MeetingEvent } from './state.ts'

const minute = (n: number) => `2026-11-23T02:${String(n).padStart(2, '0')}:00.000Z`
const going = (n: number | string) => act(CHAIR, 'meeting.goToItem', { itemId: itemId(n) })
const at = (state: Meeting, n: number, ...acts: Parameters<typeof after>[1]) => after(state, acts, contextOf(minute(n)))

describe('the clock of the agenda', () => {
  it('sums the stretches of an item, and runs for the current one only', () => {
    let state = at(opened(), 10, going(2))
    expect(state.items[itemId(1)]).toMatchObject({ spentMs: 10 * 60_000, runningSince: null })
    expect(state.items[itemId(2)]).toMatchObject({ spentMs: 0, runningSince: minute(10) })
    state = at(state, 15, going(1))
    state = at(state, 22, going('2.1'))
    expect(state.items[itemId(1)]).toMatchObject({ spentMs: 17 * 60_000, runningSince: null })
    state = at(state, 30, act(CHAIR, 'meeting.close', {}))
    expect(Object.values(state.items).map((item) => item.spentMs / 60_000)).toEqual([17, 5, 8])
    expect(Object.values(state.items).every((item) => item.runningSince === null)).toBe(true)
  })

  it('is not disturbed by changing or moving the item meanwhile', () => {
    const changed = at(opened(), 5, putting(1, { minutes: 30, reason: REASON }))
    expect(at(changed, 10, going(2)).items[itemId(1)]).toMatchObject({ minutes: 30, spentMs: 10 * 60_000 })
  })

  it('never counts backwards when the time of the hub was set back', () => {
    const state = after(opened(), [going(2)], contextOf('2026-11-23T01:00:00.000Z'))
    expect(state.items[itemId(1)]?.spentMs).toBe(0)
  })

  it('begins anew when the current item is reached again', () => {
    const again = evolveMeeting(opened(), { type: 'itemReached', itemId: itemId(1) }, minute(7))
    expect(again.items[itemId(1)]).toMatchObject({ spentMs: 7 * 60_000, runningSince: minute(7) })
  })

  it('stops at an item that is not there, and goes on from one', () => {
    const nowhere = evolveMeeting(opened(), { type: 'itemReached', itemId: STRANGER }, minute(3))
    expect(nowhere.items[itemId(1)]?.runningSince).toBeNull()
    expect(evolveMeeting(nowhere, { type: 'itemReached', itemId: itemId(2) }, minute(4)).currentItemId).toBe(itemId(2))
    const stopped = { ...opened().items[itemId(1)]!, runningSince: null }
    const odd = { ...opened(), items: { [stopped.id]: stopped } }
    expect(evolveMeeting(odd, { type: 'itemReached', itemId: null }, minute(5)).items[itemId(1)]?.spentMs).toBe(0)
  })
})

describe('ballots for who arrives', () => {
  const running = voting('committee-session', 10)
  const arrives = (personId: string, presence: 'present' | 'excused') =>
    evolveMeeting(running, { type: 'presence', personId, presence }, minute(1)).motions[motionId(1)]!.issued

  it('go to electors who are present, to nobody else', () => {
    const late = CHAIR_FIRST[10]!
    expect(arrives(late, 'present')[late]).toBe(true)
    expect(arrives(late, 'excused')[late]).toBeUndefined()
    expect(arrives(INVITEE, 'present')[INVITEE]).toBeUndefined()
  })

  it('stay valid for who voted and left', () => {
    const voted = after(running, [cast(CHAIR, 'for')])
    const left = evolveMeeting(voted, { type: 'presence', personId: CHAIR, presence: 'left' }, minute(1))
    const closed = after(left, [closeVote(1)])
    expect(closed.motions[motionId(1)]?.result?.counts).toMatchObject({ issued: 10, collected: 1 })
  })
})

describe('sharing', () => {
  it('a ballot leaves everything but its motion as the same object', () => {
    const before = voting()
    const next = after(before, [cast(CHAIR, 'for')])
    for (const part of ['items', 'papers', 'participants', 'writers', 'changes', 'secretaryIds'] as const)
      expect(next[part]).toBe(before[part])
    expect(next.motions).not.toBe(before.motions)
  })

  it('a confirmation leaves every other participant as the same object', () => {
    const next = after(PUBLISHED, [act(POLICE, 'meeting.confirm', {})])
    for (const [id, row] of Object.entries(PUBLISHED.participants))
      if (id === POLICE) expect(next.participants[id]).not.toBe(row)
      else expect(next.participants[id]).toBe(row)
  })
})

describe('any event on any meeting', () => {
  const unknown: readonly MeetingEvent[] = [
    { type: 'answered', personId: STRANGER, answer: 'confirmed', reason: null },
    { type: 'papersReady', personId: STRANGER, fingerprint: 'f'.repeat(64) },
    { type: 'presence', personId: STRANGER, presence: 'present' },
    { type: 'motionWithdrawn', motionId: STRANGER },
    { type: 'readyDeclared', motionId: STRANGER, personId: CHAIR },
    { type: 'voteOpened', motionId: STRANGER, electors: [CHAIR] },
    { type: 'ballotCast', motionId: STRANGER, personId: CHAIR, choice: 'for' },
  ]
  it.each(unknown.map((event) => [event.type, event] as const))('%s of an unknown row changes nothing', (_t, event) => {
    expect(evolveMeeting(PUBLISHED, event, NOW)).toBe(PUBLISHED)
  })

  it('places of unknown items and removals of unknown rows leave the rest as it is', () => {
    const placed = evolveMeeting(
      DRAFT,
      { type: 'itemsPlaced', places: { [STRANGER]: { parentId: null, order: 0 } } },
      NOW,
    )
    expect(placed).toEqual(DRAFT)
    for (const event of [
      { type: 'itemRemoved', itemId: STRANGER },
      { type: 'paperWithdrawn', paperId: STRANGER },
      { type: 'uninvited', personId: STRANGER },
      { type: 'writerAllowed', personId: STRANGER, allowed: false },
    ] as const)
      expect(evolveMeeting(DRAFT, event, NOW)).toEqual(DRAFT)
  })

  it('no event comes before the meeting was created, and none that no type names', () => {
    expect(() => evolveMeeting(null, { type: 'published' }, NOW)).toThrow('published')
    expect(() => evolveMeeting(DRAFT, { type: 'danced' } as unknown as MeetingEvent, NOW)).toThrow('danced')
  })

  it('a state is plain JSON', () => {
    const state = after(voting(), [cast(CHAIR, 'for'), cast(POLICE, 'against'), closeVote(1)])
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
  })
})
