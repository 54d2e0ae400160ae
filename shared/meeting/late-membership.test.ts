// Seats that begin or end between the creation of a meeting and its vote: the body of the day decides, not the list of the day before.
import { expect, it } from 'vitest'
import { afterOrg, COMMUNE, NOW, orgAct } from '../org/org.fixture.ts'
import { sampleId, SAMPLE_COMMITTEE_ID } from '../sample/commune.ts'
import { decideMeeting } from './decide.ts'
import {
  act,
  after,
  cast,
  CLERK,
  contextOf,
  creation,
  itemId,
  motionId,
  moving,
  POLICE,
  putting,
  refusal,
  SECRETARY,
  voting,
} from './meeting.fixture.ts'

const seat = orgAct('org.givePosition', {
  positionId: sampleId('position/vanthu/new'),
  personId: CLERK,
  unitId: SAMPLE_COMMITTEE_ID,
  title: 'Ủy viên UBND',
  role: 'member',
  from: '2026-01-01',
})

it('who joined the body after the meeting was created takes part from the publication', () => {
  const draft = after(null, [creation(), putting('a')])
  const decision = decideMeeting(draft, act(SECRETARY, 'meeting.publish', {}), contextOf(NOW, afterOrg(COMMUNE, seat)))
  expect(decision).toMatchObject({
    ok: true,
    value: [{ type: 'invited', personId: CLERK, capacity: 'member' }, { type: 'published' }],
  })
})

it('who left the room during the vote keeps the ballot that was cast and cannot change it', () => {
  const left = after(voting(), [
    cast(POLICE, 'for'),
    act(SECRETARY, 'meeting.markPresence', { personId: POLICE, presence: 'left' }),
  ])
  expect(refusal(left, cast(POLICE, 'against'))).toBe('not-checked-in')
  expect(left.motions[motionId(1)]?.ballots[POLICE]?.choice).toBe('for')
})

it('a move before something that is not there is refused, a move before itself changes nothing', () => {
  const draft = after(null, [creation(), putting('a'), putting('b')])
  expect(refusal(draft, moving(itemId('a'), { parentId: null, beforeId: itemId('z') }))).toBe('item-not-found')
  expect(decideMeeting(draft, moving(itemId('a'), { parentId: null, beforeId: itemId('a') }), contextOf())).toEqual({
    ok: true,
    value: [],
  })
})
