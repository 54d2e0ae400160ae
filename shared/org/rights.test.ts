// Rights come from positions on a day: who votes, who prepares, who administers, and that an ended seat gives nothing.
import { describe, expect, it } from 'vitest'
import { SAMPLE_COMMITTEE_ID, sampleId, samplePersonId } from '../sample/commune.ts'
import { ADMIN, afterOrg, COMMUNE, NOW, orgAct, STRANGER } from './org.fixture.ts'
import { isAdministrator, mayPrepareFor, positionsOf, preparesFor, voteHasEnded, votingMembers } from './rights.ts'
import { evolveOrg } from './evolve.ts'

const CHAIR = samplePersonId('chutich')
const SECRETARY = samplePersonId('thuky')
const POLICE = samplePersonId('congan')
const POLICE_SEAT = sampleId('position/congan/0')
const BEFORE_THE_COMMUNE = '2025-06-30T02:00:00.000Z'

describe('positions of a person', () => {
  it('are those that hold on the day of the moment', () => {
    expect(positionsOf(COMMUNE, SECRETARY, NOW).map((p) => p.title)).toEqual([
      'Thư ký UBND xã',
      'Chánh Văn phòng HĐND và UBND',
    ])
    expect(positionsOf(COMMUNE, SECRETARY, BEFORE_THE_COMMUNE)).toEqual([])
    expect(positionsOf(COMMUNE, STRANGER, NOW)).toEqual([])
  })

  it('give nothing in a unit that has ended, or that nobody knows', () => {
    const ended = evolveOrg(
      COMMUNE,
      { type: 'unitEnded', unitId: SAMPLE_COMMITTEE_ID, until: '2026-11-23', successorId: null },
      NOW,
    )
    expect(positionsOf(ended, CHAIR, NOW)).toEqual([])
    expect(positionsOf({ ...COMMUNE, units: {} }, CHAIR, NOW)).toEqual([])
  })
})

describe('administrating', () => {
  it('is the right of who holds an administrator position, and of nobody else, the chair included', () => {
    expect(isAdministrator(COMMUNE, ADMIN, NOW)).toBe(true)
    expect(isAdministrator(COMMUNE, CHAIR, NOW)).toBe(false)
    expect(isAdministrator(COMMUNE, ADMIN, BEFORE_THE_COMMUNE)).toBe(false)
  })
})

describe('preparing meetings of a body', () => {
  it('is the right of its chair and its secretary', () => {
    expect(mayPrepareFor(COMMUNE, CHAIR, SAMPLE_COMMITTEE_ID, NOW)).toBe(true)
    expect(mayPrepareFor(COMMUNE, SECRETARY, SAMPLE_COMMITTEE_ID, NOW)).toBe(true)
    expect(mayPrepareFor(COMMUNE, POLICE, SAMPLE_COMMITTEE_ID, NOW)).toBe(false)
    expect(mayPrepareFor(COMMUNE, ADMIN, SAMPLE_COMMITTEE_ID, NOW)).toBe(false)
  })

  it('does not reach another body than the one of the position', () => {
    expect(mayPrepareFor(COMMUNE, SECRETARY, sampleId('unit/van-phong'), NOW)).toBe(false)
  })

  it('lists each body once, even for who is chair and secretary of it', () => {
    const seat = { unitId: SAMPLE_COMMITTEE_ID, title: 'Quyền Chủ tịch', role: 'chair', from: '2026-01-01' } as const
    const both = afterOrg(
      COMMUNE,
      orgAct('org.givePosition', { positionId: sampleId('position/x'), personId: SECRETARY, ...seat }),
    )
    expect(preparesFor(both, SECRETARY, NOW)).toEqual([SAMPLE_COMMITTEE_ID])
    expect(preparesFor(COMMUNE, POLICE, NOW)).toEqual([])
  })
})

describe('voting members', () => {
  it('are chair, deputies and members of the body: fifteen in the sample, the secretary not among them', () => {
    const members = votingMembers(COMMUNE, SAMPLE_COMMITTEE_ID, NOW)
    expect(members).toHaveLength(15)
    expect(members).toContain(CHAIR)
    expect(members).toContain(samplePersonId('phochutich2'))
    expect(members).not.toContain(SECRETARY)
  })

  it('are listed alike on every device: sorted, each once', () => {
    const second = orgAct('org.givePosition', {
      positionId: sampleId('position/second'),
      personId: POLICE,
      unitId: SAMPLE_COMMITTEE_ID,
      title: 'Ủy viên',
      role: 'member',
      from: '2026-01-01',
    })
    const members = votingMembers(afterOrg(COMMUNE, second), SAMPLE_COMMITTEE_ID, NOW)
    expect(members).toEqual([...new Set(members)].sort())
    expect(members).toHaveLength(15)
  })

  it('lose their vote on the day on which their position ends, not before', () => {
    const ending = afterOrg(COMMUNE, orgAct('org.endPosition', { positionId: POLICE_SEAT, until: '2026-11-24' }))
    const on = (now: string) => [
      votingMembers(ending, SAMPLE_COMMITTEE_ID, now).includes(POLICE),
      voteHasEnded(ending, POLICE, SAMPLE_COMMITTEE_ID, now),
    ]
    expect(on('2026-11-23T16:59:59.999Z')).toEqual([true, false])
    expect(on('2026-11-23T17:00:00.000Z')).toEqual([false, true])
  })

  it('never had a vote that could end, when they sat without one', () => {
    expect(voteHasEnded(COMMUNE, SECRETARY, SAMPLE_COMMITTEE_ID, NOW)).toBe(false)
    expect(voteHasEnded(COMMUNE, STRANGER, SAMPLE_COMMITTEE_ID, NOW)).toBe(false)
  })

  it('keep their vote when one of two seats ends', () => {
    const second = orgAct('org.givePosition', {
      positionId: sampleId('position/second'),
      personId: POLICE,
      unitId: SAMPLE_COMMITTEE_ID,
      title: 'Phó Chủ tịch UBND xã',
      role: 'deputy-chair',
      from: '2026-01-01',
    })
    const promoted = afterOrg(
      afterOrg(COMMUNE, second),
      orgAct('org.endPosition', { positionId: POLICE_SEAT, until: '2026-01-01' }),
    )
    expect(votingMembers(promoted, SAMPLE_COMMITTEE_ID, NOW)).toContain(POLICE)
    expect(voteHasEnded(promoted, POLICE, SAMPLE_COMMITTEE_ID, NOW)).toBe(false)
  })
})
