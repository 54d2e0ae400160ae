// Who sees a meeting, who organises it, who writes its conclusions.
import { describe, expect, it } from 'vitest'
import { isChair, isOrganiser, isSecretary, mayRead, mayWriteConclusions } from './access.ts'
import {
  act,
  ADMIN,
  after,
  CHAIR,
  CLERK,
  creation,
  describing,
  DRAFT,
  INVITEE,
  opened,
  POLICE,
  PUBLISHED,
  REASON,
  SECRETARY,
  STAND_IN,
} from './meeting.fixture.ts'

const PEOPLE = { CHAIR, SECRETARY, POLICE, INVITEE, STAND_IN, CLERK, ADMIN }
const who = (may: (personId: string) => boolean) =>
  Object.entries(PEOPLE).flatMap(([name, id]) => (may(id) ? [name] : []))
const EVERYONE_INVITED = ['CHAIR', 'SECRETARY', 'POLICE', 'INVITEE', 'STAND_IN']

describe('organisers', () => {
  it('are the chair, the secretaries and who created the meeting', () => {
    expect(who((id) => isOrganiser(DRAFT, id))).toEqual(['CHAIR', 'SECRETARY'])
    expect(who((id) => isChair(DRAFT, id))).toEqual(['CHAIR'])
    expect(who((id) => isSecretary(DRAFT, id))).toEqual(['SECRETARY'])
    const handedOver = after(DRAFT, [describing({ secretaryIds: [CLERK], chairId: POLICE })])
    expect(who((id) => isOrganiser(handedOver, id))).toEqual(['SECRETARY', 'POLICE', 'CLERK'])
  })
})

describe('reading', () => {
  it('a draft is seen by its organisers alone, whatever the position of others', () => {
    expect(who((id) => mayRead(DRAFT, id))).toEqual(['CHAIR', 'SECRETARY'])
  })

  it('a published meeting is seen by everyone who takes part, by no other, administrators included', () => {
    expect(who((id) => mayRead(PUBLISHED, id))).toEqual(EVERYONE_INVITED)
    expect(who((id) => mayRead(opened(), id))).toEqual(EVERYONE_INVITED)
  })

  it('everyone re-reads a closed or cancelled meeting; a draft that was cancelled stays with its organisers', () => {
    const cancel = act(CHAIR, 'meeting.cancel', { reason: REASON })
    expect(who((id) => mayRead(after(opened(), [act(CHAIR, 'meeting.close', {})]), id))).toEqual(EVERYONE_INVITED)
    expect(who((id) => mayRead(after(PUBLISHED, [cancel]), id))).toEqual(EVERYONE_INVITED)
    expect(who((id) => mayRead(after(DRAFT, [cancel]), id))).toEqual(['CHAIR', 'SECRETARY'])
  })

  it('who was uninvited sees it no longer', () => {
    const without = after(PUBLISHED, [act(CHAIR, 'meeting.uninvite', { personId: INVITEE, reason: REASON })])
    expect(mayRead(without, INVITEE)).toBe(false)
  })
})

describe('writing the conclusions', () => {
  const allowed = after(opened(), [act(CHAIR, 'meeting.allowWriter', { personId: POLICE, allowed: true })])

  it('is for chair, secretaries and whom they allowed', () => {
    expect(who((id) => mayWriteConclusions(opened(), id))).toEqual(['CHAIR', 'SECRETARY'])
    expect(who((id) => mayWriteConclusions(allowed, id))).toEqual(['CHAIR', 'SECRETARY', 'POLICE'])
  })

  it('is not for who only created the meeting', () => {
    const byChair = after(null, [creation({ chairId: POLICE }, CHAIR)])
    expect(mayWriteConclusions({ ...byChair, status: 'open' }, CHAIR)).toBe(false)
  })

  it('only while the meeting is open', () => {
    const closed = after(allowed, [act(CHAIR, 'meeting.close', {})])
    for (const state of [DRAFT, PUBLISHED, closed]) expect(who((id) => mayWriteConclusions(state, id))).toEqual([])
  })
})
