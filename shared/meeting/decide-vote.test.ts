// The vote: personal, one ballot a member, changeable until the hub closes it, then counted for good.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterOrg, COMMUNE, NOW, orgAct, STRANGER } from '../org/org.fixture.ts'
import { sampleId } from '../sample/commune.ts'
import { vote } from './decide-vote.ts'
import {
  act,
  after,
  cast,
  CHAIR,
  CHAIR_FIRST,
  checkIn,
  closeVote,
  contextOf,
  DRAFT,
  INVITEE,
  MEMBERS,
  motionId,
  opened,
  openVote,
  POLICE,
  proposing,
  PUBLISHED,
  refusal,
  SECRETARY,
  STAND_IN,
  voting,
} from './meeting.fixture.ts'
import type { Meeting } from './state.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

const ready = (actor: string) => act(actor, 'meeting.declareReady', { motionId: motionId(1) })
const leaving = (personId: string) => act(SECRETARY, 'meeting.markPresence', { personId, presence: 'left' })
const motionOf = (state: Meeting) => state.motions[motionId(1)]!
const endedSeat = afterOrg(
  COMMUNE,
  orgAct('org.endPosition', { positionId: sampleId('position/congan/0'), until: '2026-11-23' }),
)

describe('declaring ready', () => {
  const proposed = after(opened(), [proposing(1)])

  it('is for members with a vote, before the vote is open', () => {
    expect(motionOf(after(proposed, [ready(POLICE)])).ready).toEqual({ [POLICE]: NOW })
    for (const id of [INVITEE, STAND_IN, SECRETARY]) expect(refusal(proposed, ready(id))).toBe('not-entitled-to-vote')
    expect(refusal(voting(), ready(POLICE))).toBe('motion-not-proposed')
  })
})

describe('opening a vote', () => {
  const proposed = after(opened(), [proposing(1)])

  it('names the electors, and issues a ballot to each who is in the room', () => {
    const state = voting('committee-session', 10)
    expect(Object.keys(motionOf(state).electors).sort()).toEqual(MEMBERS)
    expect(Object.keys(motionOf(state).issued).sort()).toEqual(CHAIR_FIRST.slice(0, 10).toSorted())
    expect(motionOf(state)).toMatchObject({ status: 'open', openedAt: NOW, ballots: {} })
  })

  it('is the chair’s, in an open meeting, on a motion that is proposed', () => {
    expect(refusal(proposed, openVote(1, SECRETARY))).toBe('forbidden')
    expect(refusal(after(PUBLISHED, [proposing(1)]), openVote(1))).toBe('meeting-not-open')
    expect(refusal(after(DRAFT, [proposing(1)]), openVote(1))).toBe('meeting-not-open')
    expect(refusal(voting(), openVote(1))).toBe('motion-not-proposed')
    expect(refusal(after(voting(), [closeVote(1)]), openVote(1))).toBe('vote-closed')
    const withdrawn = after(proposed, [act(SECRETARY, 'meeting.withdrawMotion', { motionId: motionId(1) })])
    expect(refusal(withdrawn, openVote(1))).toBe('motion-not-proposed')
  })

  it('one vote runs at a time', () => {
    const two = after(voting(), [proposing(2)])
    expect(refusal(two, openVote(2))).toBe('vote-still-open')
    expect(refusal(after(two, [closeVote(1)]), openVote(2))).toBeNull()
  })

  it('needs the quorum in the room at that moment: of ten, one who left leaves nine of fifteen', () => {
    const ten = after(opened(10), [proposing(1)])
    expect(refusal(ten, openVote(1))).toBeNull()
    expect(refusal(after(ten, [leaving(CHAIR_FIRST[9]!)]), openVote(1))).toBe('quorum-not-met')
  })

  it('leaves out whose seat ended by that day, in the electors and in the quorum', () => {
    const state = after(proposed, [openVote(1)], contextOf(NOW, endedSeat))
    expect(Object.keys(motionOf(state).electors)).toHaveLength(14)
    expect(motionOf(state).electors[POLICE]).toBeUndefined()
  })

  it('needs the rule set of the motion', () => {
    const motion = { ...motionOf(proposed), ruleSetVersion: 99 }
    const strange = { ...proposed, motions: { [motion.id]: motion } }
    expect(refusal(strange, openVote(1))).toBe('rule-set-unknown')
  })
})

describe('casting a ballot (Law 77/2015/QH13 art. 117: the vote is personal)', () => {
  const running = voting('committee-session', 10)
  const outside = CHAIR_FIRST[10]!

  it.each(['for', 'against', 'abstain'])('a member in the room votes %s', (choice) => {
    expect(motionOf(after(running, [cast(CHAIR, choice)])).ballots).toEqual({ [CHAIR]: { choice, at: NOW } })
  })

  it('neither an invitee nor a stand-in nor the secretary has a vote, also when checked in', () => {
    const full = after(running, [checkIn(INVITEE), checkIn(STAND_IN)])
    for (const id of [INVITEE, STAND_IN, SECRETARY]) expect(refusal(full, cast(id, 'for'))).toBe('not-entitled-to-vote')
  })

  it('whose position has ended has no vote any more, also with a ballot in hand', () => {
    expect(refusal(voting(), cast(POLICE, 'for'), contextOf(NOW, endedSeat))).toBe('position-ended')
  })

  it('who has not checked in cannot vote', () => {
    expect(refusal(running, cast(outside, 'for'))).toBe('not-checked-in')
  })

  it('who arrives late gets a ballot while the vote runs', () => {
    const late = after(running, [checkIn(outside), cast(outside, 'against')])
    expect(motionOf(late).issued[outside]).toBe(true)
    expect(motionOf(late).ballots[outside]?.choice).toBe('against')
  })

  it('only the options of the rule set are choices', () => {
    for (const choice of ['FOR', 'yes', 'constructor', '0'])
      expect(refusal(running, cast(CHAIR, choice))).toBe('choice-unknown')
    const strange = { ...running, motions: { [motionId(1)]: { ...motionOf(running), ruleSetId: 'gone' } } }
    expect(refusal(strange, cast(CHAIR, 'for'))).toBe('choice-unknown')
  })

  it('only while the vote is open', () => {
    expect(refusal(after(opened(), [proposing(1)]), cast(CHAIR, 'for'))).toBe('vote-not-open')
    expect(refusal(after(running, [closeVote(1)]), cast(CHAIR, 'for'))).toBe('vote-closed')
    expect(refusal(running, cast(CHAIR, 'for', 2))).toBe('motion-not-found')
    expect(refusal(running, cast(STRANGER, 'for'))).toBe('not-found')
  })

  it('may be changed until the close, and only the last counts', () => {
    const wavering = ['for', 'against', 'abstain', 'against'].map((choice) => cast(CHAIR, choice))
    const closed = motionOf(after(running, [...wavering, closeVote(1)]))
    expect(closed.result?.counts).toMatchObject({
      collected: 1,
      choices: { for: 0, against: 1, abstain: 0 },
      chairChoice: 'against',
    })
  })
})

describe('closing a vote', () => {
  it('counts members, ballots issued and collected and each option, and gives the verdict with its arithmetic', () => {
    const ballots = CHAIR_FIRST.slice(0, 9).map((id, i) => cast(id, i < 8 ? 'for' : 'against'))
    const state = after(voting('committee-session', 12), [...ballots, leaving(CHAIR_FIRST[8]!), closeVote(1)])
    expect(motionOf(state)).toMatchObject({ status: 'closed', closedAt: NOW })
    expect(motionOf(state).result).toEqual({
      counts: {
        members: 15,
        present: 12,
        issued: 12,
        collected: 9,
        choices: { for: 8, against: 1, abstain: 0 },
        chairChoice: 'for',
      },
      verdict: {
        outcome: 'adopted',
        by: 'threshold',
        count: 8,
        base: 15,
        threshold: { numerator: 1, denominator: 2, strict: true },
        needed: 8,
        left: 16,
        right: 15,
        chairChoice: 'for',
      },
    })
  })

  it('a tie of 7 to 7 goes with the side of the chair', () => {
    const tie = (chairSide: string, otherSide: string) => {
      const sides = CHAIR_FIRST.slice(0, 14).map((id, i) => cast(id, i < 7 ? chairSide : otherSide))
      return motionOf(after(voting(), [...sides, closeVote(1)])).result?.verdict
    }
    expect(tie('for', 'against')).toMatchObject({ outcome: 'adopted', by: 'tie', chairChoice: 'for' })
    expect(tie('against', 'for')).toMatchObject({ outcome: 'not-adopted', by: 'tie', chairChoice: 'against' })
  })

  it('is the chair’s, of a vote that is open, and final', () => {
    expect(refusal(voting(), closeVote(1, SECRETARY))).toBe('forbidden')
    expect(refusal(voting(), closeVote(1, POLICE))).toBe('forbidden')
    expect(refusal(after(opened(), [proposing(1)]), closeVote(1))).toBe('vote-not-open')
    expect(refusal(opened(), closeVote(1))).toBe('motion-not-found')
    expect(refusal(after(voting(), [closeVote(1)]), closeVote(1))).toBe('vote-closed')
  })

  it('needs the rule set of the motion', () => {
    const strange = { ...voting(), motions: { [motionId(1)]: { ...motionOf(voting()), ruleSetId: 'gone' } } }
    expect(refusal(strange, closeVote(1))).toBe('rule-set-unknown')
  })

  it('whoever arrives after the close changes nothing in the result', () => {
    const closed = after(voting('committee-session', 10), [closeVote(1)])
    expect(motionOf(after(closed, [checkIn(CHAIR_FIRST[10]!)]))).toBe(motionOf(closed))
  })
})

it(`the result does not depend on the order in which the ballots come (SEED=${SEED})`, { timeout: 60_000 }, () => {
  const choices = fc.array(fc.constantFrom('for', 'against', 'abstain', null), { minLength: 15, maxLength: 15 })
  const shuffled = choices.chain((all) => {
    const ballots = CHAIR_FIRST.flatMap((id, i) => (all[i] === null ? [] : [cast(id, all[i]!)]))
    return fc.tuple(
      fc.constant(ballots),
      fc.shuffledSubarray(ballots, { minLength: ballots.length, maxLength: ballots.length }),
    )
  })
  const running = voting()
  fc.assert(
    fc.property(shuffled, ([one, other]) => {
      const result = (ballots: typeof one) => motionOf(after(running, [...ballots, closeVote(1)])).result
      expect(result(one)).toEqual(result(other))
    }),
    { seed: SEED, numRuns: 150 },
  )
})

it('an act that no type names is a fault of the program', () => {
  const strange = { ...closeVote(1), type: 'meeting.dance' } as unknown as Parameters<typeof vote>[1]
  expect(() => vote(voting(), strange, contextOf())).toThrow('meeting.dance')
})
