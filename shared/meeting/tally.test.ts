// From the ballots to the counts that the rule reads: nobody is counted twice, nobody without a vote is counted.
import { expect, it } from 'vitest'
import {
  after,
  cast,
  CHAIR,
  CHAIR_FIRST,
  checkIn,
  INVITEE,
  MEMBERS,
  motionId,
  opened,
  POLICE,
  PUBLISHED,
  voting,
} from './meeting.fixture.ts'
import { countMotion, presentAmong, voters } from './tally.ts'

it('voters are the members of the body, without invitees and stand-ins', () => {
  expect(voters(PUBLISHED).toSorted()).toEqual(MEMBERS)
})

it('present are the voters in the room', () => {
  const arrived = after(opened(11), [checkIn(INVITEE)])
  expect(presentAmong(PUBLISHED, voters(PUBLISHED))).toBe(0)
  expect(presentAmong(arrived, voters(arrived))).toBe(11)
})

it('a motion nobody answered has empty counts', () => {
  const state = voting('committee-session', 10)
  expect(countMotion(state, state.motions[motionId(1)]!)).toEqual({
    members: 15,
    present: 10,
    issued: 10,
    collected: 0,
    choices: { for: 0, against: 0, abstain: 0 },
    chairChoice: null,
  })
})

it('each person counts once with the last choice, and the chair’s side is known', () => {
  const two = CHAIR_FIRST.find((id) => id !== CHAIR && id !== POLICE)!
  const state = after(voting(), [
    cast(CHAIR, 'for'),
    cast(POLICE, 'for'),
    cast(POLICE, 'abstain'),
    cast(two, 'against'),
  ])
  expect(countMotion(state, state.motions[motionId(1)]!)).toMatchObject({
    collected: 3,
    choices: { for: 1, against: 1, abstain: 1 },
    chairChoice: 'for',
  })
})
