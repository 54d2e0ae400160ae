// Leading the session: opened with a quorum by the chair, moved through the agenda, closed for good.
import { describe, expect, it } from 'vitest'
import { STRANGER } from '../org/org.fixture.ts'
import type { MeetingAct } from './acts.ts'
import { decideMeeting } from './decide.ts'
import { lead } from './decide-session.ts'
import {
  act,
  after,
  cast,
  CHAIR,
  CHAIR_FIRST,
  checkIn,
  closeVote,
  contextOf,
  creation,
  describing,
  DRAFT,
  INVITEE,
  itemId,
  motionId,
  opened,
  POLICE,
  proposing,
  PUBLISHED,
  REASON,
  refusal,
  SECRETARY,
  STAND_IN,
  voting,
} from './meeting.fixture.ts'

const opening = (actor = CHAIR) => act(actor, 'meeting.open', {})
const closing = (actor = CHAIR) => act(actor, 'meeting.close', {})
const going = (n: number | string, actor = CHAIR) => act(actor, 'meeting.goToItem', { itemId: itemId(n) })
const withdrawing = (n: number) => act(SECRETARY, 'meeting.withdrawMotion', { motionId: motionId(n) })
const allowing = (personId: string, allowed = true) => act(SECRETARY, 'meeting.allowWriter', { personId, allowed })
const present = (n: number) => after(PUBLISHED, CHAIR_FIRST.slice(0, n).map(checkIn))

describe('opening', () => {
  it('with ten of fifteen members present the session is held, with nine it is not (Law 77/2015/QH13 art. 113)', () => {
    expect(refusal(present(9), opening())).toBe('quorum-not-met')
    expect(after(present(10), [opening()]).status).toBe('open')
  })

  it('invitees and stand-ins in the room make no quorum', () => {
    const nineAndGuests = after(present(9), [checkIn(INVITEE), checkIn(STAND_IN)])
    expect(refusal(nineAndGuests, opening())).toBe('quorum-not-met')
  })

  it('is the chair’s, of a published meeting, once', () => {
    expect(refusal(present(15), opening(SECRETARY))).toBe('forbidden')
    expect(refusal(present(15), opening(POLICE))).toBe('forbidden')
    expect(refusal(DRAFT, opening())).toBe('meeting-not-published')
    expect(refusal(opened(), opening())).toBe('meeting-not-published')
  })

  it('begins with the first item of the agenda; an agenda that is empty by then has none', () => {
    expect(opened().currentItemId).toBe(itemId(1))
    const empty = after({ ...present(15), items: {} }, [opening()])
    expect(empty).toMatchObject({ status: 'open', currentItemId: null })
  })

  it('needs a rule set that is known', () => {
    expect(refusal({ ...present(15), ruleSetId: 'gone' }, opening())).toBe('rule-set-unknown')
  })

  it('a working meeting opens without a quorum', () => {
    const working = after({ ...PUBLISHED, ruleSetId: 'working-opinion' }, [opening()])
    expect(working.status).toBe('open')
  })
})

describe('moving through the agenda', () => {
  it('organisers move an open meeting to any item, and once there nothing happens', () => {
    const state = after(opened(), [going('2.1', SECRETARY)])
    expect(state.currentItemId).toBe(itemId('2.1'))
    expect(decideMeeting(state, going('2.1'), contextOf())).toEqual({ ok: true, value: [] })
  })

  it('not a meeting that is not open, not to an item that is not there, not by a member', () => {
    expect(refusal(PUBLISHED, going(1))).toBe('meeting-not-open')
    expect(refusal(opened(), going(9))).toBe('item-not-found')
    expect(refusal(opened(), going(1, POLICE))).toBe('forbidden')
  })
})

describe('motions', () => {
  it('are put once, on an item, under a rule set whose version they keep', () => {
    const state = after(DRAFT, [proposing(1), proposing(2, 'council-two-thirds')])
    expect(state.motions[motionId(2)]).toMatchObject({ order: 1, status: 'proposed', ruleSetVersion: 1, result: null })
    expect(refusal(state, proposing(1))).toBe('already-exists')
    expect(refusal(state, proposing(3, 'mob-rule'))).toBe('rule-set-unknown')
    expect(refusal(state, proposing(3, 'committee-session', { itemId: itemId(9) }))).toBe('item-not-found')
    expect(refusal(PUBLISHED, { ...proposing(3), actor: POLICE })).toBe('forbidden')
  })

  it('are withdrawn while they are only proposed', () => {
    const state = after(opened(), [proposing(1), withdrawing(1)])
    expect(state.motions[motionId(1)]?.status).toBe('withdrawn')
    expect(refusal(state, withdrawing(1))).toBe('motion-not-proposed')
    expect(refusal(state, withdrawing(2))).toBe('motion-not-found')
    expect(refusal(voting(), withdrawing(1))).toBe('motion-not-proposed')
  })
})

describe('writers of the conclusions', () => {
  it('are allowed and no longer allowed, from among the participants', () => {
    const allowed = after(PUBLISHED, [allowing(POLICE)])
    expect(allowed.writers).toEqual({ [POLICE]: true })
    expect(after(allowed, [allowing(POLICE, false)]).writers).toEqual({})
    expect(refusal(PUBLISHED, allowing(STRANGER))).toBe('participant-not-found')
  })
})

describe('closing', () => {
  it('is the chair’s, of an open meeting without an open vote; no item runs on', () => {
    expect(refusal(opened(), closing(SECRETARY))).toBe('forbidden')
    expect(refusal(PUBLISHED, closing())).toBe('meeting-not-open')
    expect(refusal(voting(), closing())).toBe('vote-still-open')
    const closed = after(voting(), [closeVote(1), closing()])
    expect(closed).toMatchObject({ status: 'closed', currentItemId: null })
    expect(Object.values(closed.items).every((item) => item.runningSince === null)).toBe(true)
  })

  const everything: readonly MeetingAct[] = [
    describing({ reason: REASON }),
    act(SECRETARY, 'meeting.cancel', { reason: REASON }),
    act(POLICE, 'meeting.confirm', {}),
    checkIn(POLICE),
    opening(),
    going(2),
    proposing(2),
    allowing(POLICE),
    cast(POLICE, 'for'),
    closeVote(1),
    closing(),
  ]
  it.each(everything.map((each) => [each.type, each] as const))('is final: no %s afterwards', (_type, each) => {
    const closed = after(voting(), [closeVote(1), closing()])
    expect(refusal(closed, each)).toBe('meeting-closed')
    expect(refusal(after(PUBLISHED, [act(CHAIR, 'meeting.cancel', { reason: REASON })]), each)).toBe(
      'meeting-cancelled',
    )
  })
})

describe('who may know of a meeting', () => {
  it('for who may not see it, it does not exist: no refusal tells otherwise', () => {
    expect(refusal(null, opening())).toBe('not-found')
    expect(refusal(DRAFT, checkIn(POLICE))).toBe('not-found')
    expect(refusal(opened(), checkIn(STRANGER))).toBe('not-found')
    expect(refusal(after(PUBLISHED, [act(CHAIR, 'meeting.cancel', { reason: REASON })]), checkIn(STRANGER))).toBe(
      'not-found',
    )
  })

  it('a draft that was cancelled stays unknown to those who were never invited', () => {
    const cancelled = after(after(null, [creation()]), [act(SECRETARY, 'meeting.cancel', { reason: REASON })])
    expect(refusal(cancelled, checkIn(POLICE))).toBe('not-found')
    expect(refusal(cancelled, checkIn(SECRETARY))).toBe('meeting-cancelled')
  })
})

it('an act that no type names is a fault of the program, in every part', () => {
  const strange = { ...opening(), type: 'meeting.dance' } as unknown as Parameters<typeof lead>[1]
  expect(() => lead(PUBLISHED, strange, contextOf())).toThrow('meeting.dance')
  expect(() => decideMeeting(PUBLISHED, strange, contextOf())).toThrow('meeting.dance')
})
