// The sentences of the verdict, against verdicts that the real rule gives.
import { describe, expect, it } from 'vitest'
import { ruleSet, type RuleSet } from '../../../../shared/meeting/rule-sets.ts'
import { verdict, type Counts } from '../../../../shared/meeting/rules.ts'
import { verdictSentence } from './verdict-sentence.ts'

function counts(yes: number, no: number, abstain: number, chairChoice: Counts['chairChoice'] = null): Counts {
  const choices = { for: yes, against: no, abstain }
  return { members: 15, present: 14, issued: 14, collected: yes + no + abstain, choices, chairChoice }
}

function say(id: string, given: Counts) {
  const rules = ruleSet(id) as RuleSet
  return verdictSentence(rules, given, verdict(rules, given))
}

describe('verdictSentence', () => {
  it('more than half of all members', () => {
    const said = say('committee-session', counts(8, 4, 1))
    expect(said).toMatchObject({ outcome: 'outcome.adopted', meaning: 'meaning.half.reached.all', tie: null })
    expect(said.numbers).toEqual({
      count: 8,
      base: 15,
      numerator: 1,
      denominator: 2,
      left: 16,
      right: 15,
      sign: '>',
      needed: 8,
    })
  })
  it('one short of it', () => {
    const said = say('committee-session', counts(7, 4, 1))
    expect(said).toMatchObject({ outcome: 'outcome.not-adopted', meaning: 'meaning.half.missed.all' })
    expect(said.numbers.sign).toBe('<')
  })
  it('exactly half is not more than half, and the sign says so', () => {
    const said = say('working-opinion', counts(7, 3, 2))
    expect(said).toMatchObject({ outcome: 'outcome.not-adopted', meaning: 'meaning.half.missed.present' })
    expect(said.numbers.sign).toBe('=')
  })
  it('at least two thirds, reached exactly', () => {
    const said = say('council-two-thirds', counts(10, 4, 0))
    expect(said).toMatchObject({ outcome: 'outcome.adopted', meaning: 'meaning.least.reached.all' })
    expect(said.numbers).toMatchObject({ left: 30, right: 30, sign: '≥', needed: 10 })
  })
  it("a tie is decided by the chair's side, whichever it is", () => {
    expect(say('committee-session', counts(7, 7, 0, 'for'))).toMatchObject({
      outcome: 'outcome.adopted',
      tie: 'tie.for',
    })
    expect(say('committee-session', counts(7, 7, 0, 'against'))).toMatchObject({
      outcome: 'outcome.not-adopted',
      tie: 'tie.against',
    })
  })
  it('a chair who took no side decides nothing, and the sentence says why', () => {
    expect(say('committee-session', counts(6, 6, 2, 'abstain'))).toMatchObject({
      outcome: 'outcome.not-adopted',
      tie: 'tie.chairTookNoSide',
    })
  })
  it('no tie where nobody voted, nor under rules without one', () => {
    expect(say('committee-session', counts(0, 0, 9, 'for')).tie).toBeNull()
    expect(say('council-resolution', counts(7, 7, 0, 'for')).tie).toBeNull()
  })
})
