// Rule sets are data with a version: a new vote takes the newest, a motion keeps the one it was put under.
import { describe, expect, it } from 'vitest'
import { after, CHAIR_FIRST, cast, closeVote, opened, openVote, proposing } from './meeting.fixture.ts'
import { motionId } from './meeting.fixture.ts'
import { ruleSet, RULE_SETS, ruleSetVersion, type RuleSet } from './rule-sets.ts'

describe('rule sets', () => {
  it('are found by id, and by the very version of a motion', () => {
    for (const rules of RULE_SETS) {
      expect(ruleSetVersion(rules.id, rules.version)).toBe(rules)
      expect(ruleSet(rules.id)!.version).toBeGreaterThanOrEqual(rules.version)
    }
  })

  it('unknown ids and versions are unknown, names that every object has included', () => {
    for (const id of ['', 'quorum', 'constructor', '__proto__']) expect(ruleSet(id)).toBeNull()
    expect(ruleSetVersion('committee-session', 99)).toBeNull()
    expect(ruleSetVersion('nothing', 1)).toBeNull()
  })

  it('have each id and version once, whole positive fractions of at most one, and say where the rule stands', () => {
    const names = RULE_SETS.map((rules) => `${rules.id} ${rules.version}`)
    expect(new Set(names).size).toBe(names.length)
    for (const { source, threshold, quorum } of RULE_SETS) {
      expect(source.length).toBeGreaterThan(10)
      for (const part of quorum === null ? [threshold] : [threshold, quorum]) {
        expect(Number.isInteger(part.numerator) && Number.isInteger(part.denominator)).toBe(true)
        expect(part.numerator > 0 && part.numerator <= part.denominator).toBe(true)
      }
    }
  })

  it('a motion is counted under the version it was put under, also when a newer one came meanwhile', () => {
    const table = RULE_SETS as RuleSet[]
    const known = table.length
    const seven = CHAIR_FIRST.slice(0, 7)
    const old = after(opened(), [proposing(1), openVote(1), ...seven.map((id) => cast(id, 'for'))])
    const third = { numerator: 1, denominator: 3, strict: true }
    // An older entry behind a newer one shows that the version decides, not the place in the table.
    table.push({ ...ruleSet('committee-session')!, version: 3, threshold: third })
    table.push({ ...ruleSet('committee-session')!, version: 2 })
    try {
      expect(ruleSet('committee-session')!.version).toBe(3)
      const both = after(old, [closeVote(1), proposing(2), openVote(2), ...seven.map((id) => cast(id, 'for', 2))])
      const closed = after(both, [closeVote(2)])
      expect(closed.motions[motionId(1)]).toMatchObject({
        ruleSetVersion: 1,
        result: { verdict: { outcome: 'not-adopted' } },
      })
      expect(closed.motions[motionId(2)]).toMatchObject({
        ruleSetVersion: 3,
        result: { verdict: { outcome: 'adopted' } },
      })
    } finally {
      table.length = known
    }
  })
})
