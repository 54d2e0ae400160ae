// The sample commune stands on its own: shaped as the acts ask, closed in itself, the same on every machine.
import { describe, expect, it } from 'vitest'
import { ACTS } from '../domain.ts'
import { COMMUNE, FOUNDING, NOW } from '../org/org.fixture.ts'
import { isAdministrator, preparesFor, votingMembers } from '../org/rights.ts'
import { SAMPLE_ACCOUNTS } from './accounts.ts'
import { SAMPLE_COMMITTEE_ID, SAMPLE_COMMUNE, sampleId, samplePersonId } from './commune.ts'

describe('sample ids', () => {
  it('are the same on every machine and for every run', () => {
    expect(sampleId('unit/ubnd')).toBe(SAMPLE_COMMITTEE_ID)
    expect(sampleId('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(samplePersonId('chutich')).toBe(sampleId('person/chutich'))
  })

  it('are all different', () => {
    const { units, people, positions } = SAMPLE_COMMUNE
    const ids = [
      ...units.map(({ unitId }) => unitId),
      ...people.map(({ personId }) => personId),
      ...positions.map(({ positionId }) => positionId),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the sample commune', () => {
  it('has the shape of a founding', () => {
    expect(ACTS['org.found'].safeParse(FOUNDING.body).success).toBe(true)
  })

  it('names only units and people that it brings itself', () => {
    for (const unit of SAMPLE_COMMUNE.units)
      if (unit.parentId !== null) expect(COMMUNE.units[unit.parentId]?.id).toBe(unit.parentId)
    for (const { personId, unitId } of SAMPLE_COMMUNE.positions) {
      expect(COMMUNE.people[personId]?.id).toBe(personId)
      expect(COMMUNE.units[unitId]?.id).toBe(unitId)
    }
  })

  it('gives every account a person with a position, and every person an account', () => {
    for (const { username, name } of SAMPLE_ACCOUNTS) {
      const personId = samplePersonId(username)
      expect(COMMUNE.people[personId]?.name).toBe(name)
      expect(COMMUNE.accounts[personId]?.username).toBe(username)
      expect(SAMPLE_COMMUNE.positions.some((position) => position.personId === personId)).toBe(true)
    }
    expect(Object.keys(COMMUNE.people)).toHaveLength(SAMPLE_ACCOUNTS.length)
  })

  it('has fifteen members with a vote, one chair, a secretary, a clerk, two guests and one administrator', () => {
    const roles = SAMPLE_COMMUNE.positions.map(({ role }) => role)
    const count = (role: string) => roles.filter((each) => each === role).length
    expect(votingMembers(COMMUNE, SAMPLE_COMMITTEE_ID, NOW)).toHaveLength(15)
    expect(['chair', 'secretary', 'clerk', 'guest', 'administrator'].map(count)).toEqual([1, 1, 1, 2, 1])
    expect(isAdministrator(COMMUNE, samplePersonId('quantri'), NOW)).toBe(true)
    expect(preparesFor(COMMUNE, samplePersonId('thuky'), NOW)).toEqual([SAMPLE_COMMITTEE_ID])
  })
})
