// What each audience sees of a meeting: participants no reasons of absence, no loaded papers, no ballots before the close; unchanged parts stay the same.
import { describe, expect, it } from 'vitest'
import {
  act,
  after,
  attaching,
  cast,
  CHAIR,
  checkIn,
  closeVote,
  DRAFT,
  INVITEE,
  itemId,
  motionId,
  opened,
  POLICE,
  proposing,
  PUBLISHED,
  REASON,
  SECRETARY,
  voting,
} from './meeting.fixture.ts'
import { fingerprintOf } from './papers.ts'
import type { Meeting } from './state.ts'
import { deskEntry, viewMeeting, type MeetingBoard } from './view.ts'

const AUDIENCES = ['participants', 'organisers'] as const
const MINE = 'Đi công tác tại Đà Nẵng'
const absent = after(PUBLISHED, [
  act(POLICE, 'meeting.reportAbsence', { reason: MINE }),
  act(CHAIR, 'meeting.reportPapersReady', { fingerprint: fingerprintOf(PUBLISHED.papers) }),
])
const motionSeen = (state: Meeting, audience: (typeof AUDIENCES)[number] = 'participants') =>
  viewMeeting(state, audience).motions[motionId(1)]!

describe('reasons of absence and loaded papers', () => {
  it('are seen by the organisers', () => {
    const { participants } = viewMeeting(absent, 'organisers')
    expect(participants[POLICE]?.answerReason).toBe(MINE)
    expect(participants[CHAIR]?.papersReady).toBe(fingerprintOf(PUBLISHED.papers))
  })

  it('are nobody else’s business: participants see the answer alone', () => {
    const board = viewMeeting(absent, 'participants')
    expect(board.participants[POLICE]).toMatchObject({ answer: 'absent', answerReason: null })
    for (const seen of Object.values(board.participants))
      expect(seen).toMatchObject({ answerReason: null, papersReady: null })
    expect(JSON.stringify(board)).not.toContain(MINE)
  })
})

describe('ballots', () => {
  const running = after(voting(), [cast(CHAIR, 'for'), cast(POLICE, 'against')])

  it.each(AUDIENCES)('while the vote runs %s see who answered, not what, and no sums', (audience) => {
    const seen = motionSeen(running, audience)
    expect(seen).toMatchObject({
      answered: { [CHAIR]: true, [POLICE]: true },
      ballots: null,
      running: null,
      result: null,
    })
    expect(JSON.stringify(viewMeeting(running, audience))).not.toMatch(/"(choice|for|against)"/)
  })

  it.each(AUDIENCES)('after the close %s see each ballot and the result', (audience) => {
    const closed = after(running, [closeVote(1)])
    const seen = motionSeen(closed, audience)
    expect(seen.ballots).toBe(closed.motions[motionId(1)]!.ballots)
    expect(seen.running).toBeNull()
    expect(seen.result?.counts.collected).toBe(2)
  })

  it('sums are shown while the vote runs only where the rule set shows them', () => {
    const working = after(voting('working-opinion'), [cast(CHAIR, 'for'), cast(POLICE, 'against')])
    expect(motionSeen(working)).toMatchObject({ running: { for: 1, against: 1, abstain: 0 }, ballots: null })
    expect(motionSeen(after(working, [closeVote(1)])).running).toBeNull()
    expect(motionSeen(after(opened(), [proposing(1, 'working-opinion')])).running).toBeNull()
    const gone = { ...working, motions: { [motionId(1)]: { ...working.motions[motionId(1)]!, ruleSetId: 'gone' } } }
    expect(motionSeen(gone).running).toBeNull()
  })
})

describe('the head of a meeting', () => {
  it('names the set of papers by its fingerprint, and holds no table', () => {
    const { meeting } = viewMeeting(PUBLISHED, 'participants')
    expect(meeting).toMatchObject({
      id: PUBLISHED.id,
      status: 'published',
      papersFingerprint: fingerprintOf(PUBLISHED.papers),
    })
    for (const table of ['items', 'papers', 'participants', 'motions', 'writers', 'changes'])
      expect(meeting).not.toHaveProperty(table)
  })

  it('changes are numbered from 0 in the order in which they came', () => {
    const twice = after(PUBLISHED, [attaching(2, { reason: REASON }), attaching(3, { reason: REASON })])
    const { changes } = viewMeeting(twice, 'participants')
    expect(Object.keys(changes)).toEqual(['0', '1'])
    expect(changes['1']).toBe(twice.changes[1])
  })
})

describe('unchanged parts are the same objects after an unrelated event', () => {
  const before = after(voting(), [proposing(2)])
  const same = (audience: (typeof AUDIENCES)[number], next: Meeting, parts: readonly (keyof MeetingBoard)[]) => {
    const [one, other] = [viewMeeting(before, audience), viewMeeting(next, audience)]
    for (const part of parts) expect(other[part], part).toBe(one[part])
    return [one, other] as const
  }

  it.each(AUDIENCES)('a ballot: everything but its motion, for %s', (audience) => {
    const next = after(before, [cast(CHAIR, 'for')])
    const [one, other] = same(audience, next, ['items', 'papers', 'participants', 'writers', 'changes'])
    expect(other.motions[motionId(2)]).toBe(one.motions[motionId(2)])
    expect(other.motions[motionId(1)]).not.toBe(one.motions[motionId(1)])
  })

  it.each(AUDIENCES)('a check-in: everything but that participant, for %s', (audience) => {
    const next = after(before, [checkIn(INVITEE)])
    const [one, other] = same(audience, next, ['items', 'papers', 'writers', 'changes'])
    for (const id of Object.keys(one.participants))
      if (id !== INVITEE) expect(other.participants[id]).toBe(one.participants[id])
    for (const id of Object.keys(one.motions)) expect(other.motions[id]).toBe(one.motions[id])
  })

  it('the same state gives the same head', () => {
    expect(viewMeeting(before, 'organisers').meeting).toBe(viewMeeting(before, 'participants').meeting)
  })
})

describe('the line on a person’s desk', () => {
  it('shows a member what concerns this member: answer, presence, papers, the open vote, the own ballots alone', () => {
    const state = after(voting(), [cast(CHAIR, 'for'), cast(POLICE, 'against'), attaching(2, { reason: REASON })])
    expect(deskEntry(state, POLICE)).toEqual({
      id: state.id,
      bodyId: state.bodyId,
      title: state.title,
      kind: 'ordinary',
      startsAt: state.startsAt,
      plannedMinutes: 120,
      room: state.room,
      status: 'open',
      chairId: CHAIR,
      capacity: 'member',
      organiser: false,
      answer: 'none',
      presence: 'present',
      itemCount: 3,
      paperCount: 2,
      papersReady: false,
      changeCount: 1,
      openMotionId: motionId(1),
      mayWriteConclusions: false,
      ballots: { [motionId(1)]: state.motions[motionId(1)]!.ballots[POLICE] },
    })
  })

  it('of an organiser who does not take part has no capacity, and no ballots', () => {
    expect(deskEntry(opened(), SECRETARY)).toMatchObject({
      capacity: null,
      organiser: true,
      answer: 'none',
      presence: 'none',
      papersReady: false,
      openMotionId: null,
      mayWriteConclusions: true,
      ballots: {},
    })
  })

  it('of a member who has not answered has no ballot, whatever the others cast', () => {
    expect(deskEntry(after(voting(), [cast(CHAIR, 'for')]), POLICE).ballots).toEqual({})
  })

  it('“Đã tải đủ” holds for the very set that was loaded, and falls when the set changes', () => {
    expect(deskEntry(absent, CHAIR).papersReady).toBe(true)
    const more = after(absent, [attaching(2, { reason: REASON })])
    expect(deskEntry(more, CHAIR).papersReady).toBe(false)
    const back = after(more, [
      act(SECRETARY, 'meeting.withdrawPaper', { paperId: Object.keys(more.papers)[1]!, reason: REASON }),
    ])
    expect(deskEntry(back, CHAIR).papersReady).toBe(true)
  })

  it('counts the whole agenda of a draft', () => {
    expect(deskEntry(DRAFT, SECRETARY)).toMatchObject({ status: 'draft', itemCount: 3, paperCount: 1, changeCount: 0 })
    expect(DRAFT.items[itemId('2.1')]?.parentId).toBe(itemId(2))
  })
})
