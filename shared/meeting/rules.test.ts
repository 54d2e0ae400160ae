// Quorum and verdict on the boundaries, and as properties over all counts: whole numbers, exact fractions.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ruleSet, RULE_SETS, type Fraction, type RuleSet } from './rule-sets.ts'
import { needed, quorum, verdict, type Choice, type Counts } from './rules.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const HALF: Fraction = { numerator: 1, denominator: 2 }
const TWO_THIRDS: Fraction = { numerator: 2, denominator: 3 }

function rulesOf(id: string): RuleSet {
  return ruleSet(id)!
}

function counts(members: number, inFavour: number, against: number, chairChoice: Choice | null = null): Counts {
  const collected = inFavour + against
  const choices = { for: inFavour, against, abstain: 0 }
  return { members, present: members, issued: members, collected, choices, chairChoice }
}

describe('how many are needed', () => {
  it.each([
    [15, 8],
    [14, 8],
    [1, 1],
    [2, 2],
    [0, 1],
  ])('more than half of %i are %i', (of, least) => {
    expect(needed(HALF, of, true)).toBe(least)
  })

  it.each([
    [15, 10],
    [16, 11],
    [17, 12],
    [1, 1],
    [0, 0],
  ])('at least two thirds of %i are %i', (of, least) => {
    expect(needed(TWO_THIRDS, of, false)).toBe(least)
  })
})

describe('quorum (Law 77/2015/QH13 art. 113: at least two thirds of the members)', () => {
  const committee = rulesOf('committee-session')

  it('of fifteen members is ten: nine are not enough', () => {
    expect(quorum(committee, 10, 15)).toEqual({ present: 10, members: 15, needed: 10, met: true })
    expect(quorum(committee, 9, 15)).toEqual({ present: 9, members: 15, needed: 10, met: false })
  })

  it('is met by anyone where the rule set asks for none', () => {
    expect(quorum(rulesOf('working-opinion'), 0, 15)).toEqual({ present: 0, members: 15, needed: 0, met: true })
  })
})

describe('verdict of a committee (art. 117: more than half of all members)', () => {
  const committee = rulesOf('committee-session')

  it('8 of 15 are adopted, 7 of 15 are not, and the arithmetic says why', () => {
    expect(verdict(committee, counts(15, 8, 7))).toEqual({
      outcome: 'adopted',
      by: 'threshold',
      count: 8,
      base: 15,
      threshold: { ...HALF, strict: true },
      needed: 8,
      left: 16,
      right: 15,
      chairChoice: null,
    })
    expect(verdict(committee, counts(15, 7, 8))).toMatchObject({ outcome: 'not-adopted', left: 14, right: 15 })
  })

  it('counts against all members, whoever is in the room: 7 for of 10 present of 15 are not enough', () => {
    const ten: Counts = { ...counts(15, 7, 3), present: 10, issued: 10 }
    expect(verdict(committee, ten)).toMatchObject({ outcome: 'not-adopted', base: 15, needed: 8 })
  })

  it.each([
    ['for', 'adopted', 'tie'],
    ['against', 'not-adopted', 'tie'],
    ['abstain', 'not-adopted', 'threshold'],
    [null, 'not-adopted', 'threshold'],
  ] as const)('7 to 7 of 14 with the chair %s: %s by %s', (chairChoice, outcome, by) => {
    expect(verdict(committee, counts(14, 7, 7, chairChoice))).toMatchObject({ outcome, by, chairChoice })
  })

  it('no tie without a vote for: nobody for and nobody against is not adopted', () => {
    expect(verdict(committee, counts(15, 0, 0, 'for'))).toMatchObject({ outcome: 'not-adopted', by: 'threshold' })
  })

  it('the chair decides nothing where one side has more', () => {
    expect(verdict(committee, counts(14, 6, 7, 'for'))).toMatchObject({ outcome: 'not-adopted', by: 'threshold' })
  })
})

describe('verdict of a council', () => {
  it('knows no deciding side of the chair: 7 to 7 of 14 are not adopted', () => {
    const result = verdict(rulesOf('council-resolution'), counts(14, 7, 7, 'for'))
    expect(result).toMatchObject({ outcome: 'not-adopted', by: 'threshold', left: 14, right: 14 })
  })

  it('at least two thirds of 15 are 10: reached exactly is enough, 9 are not', () => {
    const rules = rulesOf('council-two-thirds')
    expect(verdict(rules, counts(15, 10, 5))).toMatchObject({ outcome: 'adopted', left: 30, right: 30, needed: 10 })
    expect(verdict(rules, counts(15, 9, 6))).toMatchObject({ outcome: 'not-adopted', left: 27, right: 30 })
  })
})

describe('verdict of a working meeting', () => {
  it('counts against who is present: 3 of 5 are adopted though the body has 15', () => {
    const five: Counts = { ...counts(15, 3, 2), present: 5, issued: 5 }
    expect(verdict(rulesOf('working-opinion'), five)).toMatchObject({ outcome: 'adopted', base: 5, needed: 3 })
  })
})

describe(`properties of the arithmetic (SEED=${SEED})`, { timeout: 60_000 }, () => {
  const anyRules = fc.constantFrom(...RULE_SETS)
  const anyCounts = fc
    .tuple(fc.nat(200), fc.nat(200), fc.nat(200), fc.nat(200), fc.nat(200))
    .chain(([inFavour, against, abstain, silent, absent]) => {
      const sides: readonly (Choice | null)[] = [
        ...(inFavour > 0 ? (['for'] as const) : []),
        ...(against > 0 ? (['against'] as const) : []),
        ...(abstain > 0 ? (['abstain'] as const) : []),
        null,
      ]
      const collected = inFavour + against + abstain
      const issued = collected + silent
      return fc.constantFrom(...sides).map((chairChoice): Counts => ({
        members: issued + absent,
        present: issued,
        issued,
        collected,
        choices: { for: inFavour, against, abstain },
        chairChoice,
      }))
    })
  const runs = { seed: SEED, numRuns: 1000 }

  it('by the threshold, adopted means left > right where it is strict and left ≥ right where not', () => {
    fc.assert(
      fc.property(anyRules, anyCounts, (rules, given) => {
        const result = verdict(rules, given)
        expect([result.left, result.right]).toEqual([
          result.count * rules.threshold.denominator,
          result.base * rules.threshold.numerator,
        ])
        if (result.by !== 'threshold') return
        const above = rules.threshold.strict ? result.left > result.right : result.left >= result.right
        expect(result.outcome === 'adopted').toBe(above)
        expect(result.outcome === 'adopted').toBe(result.count >= result.needed)
      }),
      runs,
    )
  })

  it('below the threshold nothing is adopted, except by a tie that the chair voted for', () => {
    fc.assert(
      fc.property(anyRules, anyCounts, (rules, given) => {
        const result = verdict(rules, given)
        if (result.outcome !== 'adopted' || result.count >= result.needed) return
        expect(result.by).toBe('tie')
        expect(rules.tie).toBe('chair-side')
        expect(given.choices.for).toBe(given.choices.against)
        expect(given.chairChoice).toBe('for')
      }),
      runs,
    )
  })

  it('one more vote for never turns an adopted motion down by the threshold', () => {
    fc.assert(
      fc.property(anyRules, anyCounts, (rules, given) => {
        const before = verdict(rules, given)
        if (before.outcome !== 'adopted' || before.by !== 'threshold') return
        const more = { ...given, choices: { ...given.choices, for: given.choices.for + 1 } }
        const result = verdict(rules, more)
        if (result.by === 'threshold') expect(result.outcome).toBe('adopted')
      }),
      runs,
    )
  })

  it('the needed number is the smallest that reaches the share', () => {
    const share = fc.constantFrom(HALF, TWO_THIRDS, { numerator: 3, denominator: 4 }, { numerator: 1, denominator: 1 })
    fc.assert(
      fc.property(share, fc.nat(10_000), fc.boolean(), (part, of, strict) => {
        const reaches = (n: number) =>
          strict ? n * part.denominator > of * part.numerator : n * part.denominator >= of * part.numerator
        const least = needed(part, of, strict)
        expect(reaches(least)).toBe(true)
        expect(reaches(least - 1)).toBe(false)
      }),
      runs,
    )
  })
})
