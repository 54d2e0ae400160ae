// A ballot on its way: waiting, recorded, changed, refused; and who has none.
import { describe, expect, it } from 'vitest'
import type { WaitingAct } from '../../../client/contract.ts'
import { ballotView, entitlement } from './ballot.ts'
import { member, motion } from './sample-board.ts'

const cast = (choice: string, motionId = 'x'): WaitingAct => ({
  id: `${motionId}-${choice}`,
  type: 'meeting.castBallot',
  body: { meetingId: 'm', motionId, choice },
  time: '2026-11-23T02:41:00.000Z',
})
const recorded = { choice: 'for', at: '2026-11-23T02:41:07.000Z' } as const

describe('ballotView', () => {
  it('is empty at first', () => {
    expect(ballotView('x', null, [], [])).toEqual({ stand: { state: 'none' }, refused: null })
    expect(ballotView('x', null, [cast('for', 'other')], [])).toEqual({ stand: { state: 'none' }, refused: null })
  })
  it('waits with the newest answer and remembers the one the hub holds', () => {
    expect(ballotView('x', recorded, [cast('against'), cast('abstain')], []).stand).toEqual({
      state: 'waiting',
      choice: 'abstain',
      before: recorded,
    })
  })
  it('is recorded with the time of the hub', () => {
    expect(ballotView('x', recorded, [], []).stand).toEqual({ state: 'recorded', choice: 'for', at: recorded.at })
  })
  it('says why the last answer was not taken, while the recorded one holds', () => {
    const refusal = { ...cast('against'), code: 'vote-closed' } as const
    expect(ballotView('x', recorded, [], [refusal])).toEqual({
      stand: { state: 'recorded', choice: 'for', at: recorded.at },
      refused: 'vote-closed',
    })
    expect(ballotView('x', recorded, [cast('for')], [refusal]).refused).toBeNull()
  })
})

describe('entitlement', () => {
  const electors = { p1: true, p2: true } as const
  const open = motion('x', 'a', { status: 'open', electors, issued: { p1: true } })
  it.each([
    ['entitled', member('p1', { presence: 'present' })],
    ['not-checked-in', member('p2')],
    ['not-checked-in', member('p1', { presence: 'left' })],
    ['no-seat', member('p3')],
    ['invitee', member('p1', { capacity: 'invitee' })],
    ['stand-in', member('p1', { capacity: 'stand-in' })],
    ['not-participant', undefined],
  ] as const)('%s', (expected, person) => {
    expect(entitlement(open, person)).toBe(expected)
  })
})
