// Quorum and verdict: whole numbers and exact fractions only, so that anyone can check the arithmetic on paper.
import type { Fraction, RuleSet } from './rule-sets.ts'

export type Choice = RuleSet['options'][number]

/** Smallest whole number of people that makes `share` of `of` (at least, or more than when `strict`). */
export function needed(share: Fraction, of: number, strict: boolean): number {
  const product = share.numerator * of
  return strict ? Math.floor(product / share.denominator) + 1 : Math.ceil(product / share.denominator)
}

export interface Quorum {
  readonly present: number
  readonly members: number
  readonly needed: number
  readonly met: boolean
}

/** At least the rule's share of all members must be present; a rule set without quorum is met by anyone. */
export function quorum(rules: RuleSet, present: number, members: number): Quorum {
  const least = rules.quorum === null ? 0 : needed(rules.quorum, members, false)
  return { present, members, needed: least, met: present >= least }
}

export interface Counts {
  /** All members who have a vote. */
  readonly members: number
  readonly present: number
  readonly issued: number
  readonly collected: number
  readonly choices: Readonly<Record<Choice, number>>
  readonly chairChoice: Choice | null
}

/** The verdict and the comparison that gave it: `left` > or ≥ `right`, both whole numbers. */
export interface Verdict {
  readonly outcome: 'adopted' | 'not-adopted'
  readonly by: 'threshold' | 'tie'
  readonly count: number
  readonly base: number
  readonly threshold: Fraction & { readonly strict: boolean }
  readonly needed: number
  /** count × threshold.denominator */
  readonly left: number
  /** base × threshold.numerator */
  readonly right: number
  readonly chairChoice: Choice | null
}

/**
 * The rule of the rule set, read over the counts. The threshold decides; where as many are for as against and the rule set
 * says so, the side of the chair decides instead (Law 77/2015/QH13 art. 117). A chair who took no side decides nothing.
 */
export function verdict(rules: RuleSet, counts: Counts): Verdict {
  const { threshold } = rules
  const base = rules.denominator === 'all-members' ? counts.members : counts.present
  const count = counts.choices.for
  const left = count * threshold.denominator
  const right = base * threshold.numerator
  const reached = threshold.strict ? left > right : left >= right
  const tied =
    rules.tie === 'chair-side' &&
    count === counts.choices.against &&
    count > 0 &&
    counts.chairChoice !== null &&
    counts.chairChoice !== 'abstain'
  const adopted = tied ? counts.chairChoice === 'for' : reached
  return {
    outcome: adopted ? 'adopted' : 'not-adopted',
    by: tied ? 'tie' : 'threshold',
    count,
    base,
    threshold,
    needed: needed(threshold, base, threshold.strict),
    left,
    right,
    chairChoice: counts.chairChoice,
  }
}
