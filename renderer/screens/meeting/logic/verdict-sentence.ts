// The verdict with its arithmetic: which sentences of the namespace `vote` say it, and with which numbers.
import type { RuleSet } from '../../../../shared/meeting/rule-sets.ts'
import type { Choice, Counts, Verdict } from '../../../../shared/meeting/rules.ts'

type MeaningKey =
  | 'meaning.half.reached.all'
  | 'meaning.half.missed.all'
  | 'meaning.half.reached.present'
  | 'meaning.half.missed.present'
  | 'meaning.more.reached.all'
  | 'meaning.more.missed.all'
  | 'meaning.more.reached.present'
  | 'meaning.more.missed.present'
  | 'meaning.least.reached.all'
  | 'meaning.least.missed.all'
  | 'meaning.least.reached.present'
  | 'meaning.least.missed.present'
type TieKey = 'tie.for' | 'tie.against' | 'tie.chairTookNoSide' | null

interface Arithmetic {
  readonly count: number
  readonly base: number
  readonly numerator: number
  readonly denominator: number
  readonly left: number
  readonly right: number
  readonly sign: '>' | '≥' | '≤' | '<' | '='
  readonly needed: number
}

interface VerdictSentence {
  readonly outcome: 'outcome.adopted' | 'outcome.not-adopted'
  readonly numbers: Arithmetic
  readonly meaning: MeaningKey
  /** Why the chair's side decided, or why it could not; null where the rule was not touched. */
  readonly tie: TieKey
}

/** The comparison sign that is true of the two sides: a strict rule shows `>` or what failed it, another `≥` or `<`. */
function trueSign(left: number, right: number, strict: boolean): Arithmetic['sign'] {
  if (strict) return left > right ? '>' : left === right ? '=' : '<'
  return left >= right ? '≥' : '<'
}

export function verdictSentence(rules: RuleSet, counts: Counts, verdict: Verdict): VerdictSentence {
  const { threshold, left, right } = verdict
  const reached = threshold.strict ? left > right : left >= right
  const half = threshold.strict && threshold.numerator * 2 === threshold.denominator
  const kind = half ? 'half' : threshold.strict ? 'more' : 'least'
  const base = rules.denominator === 'all-members' ? 'all' : 'present'
  return {
    outcome: `outcome.${verdict.outcome}`,
    numbers: {
      count: verdict.count,
      base: verdict.base,
      numerator: threshold.numerator,
      denominator: threshold.denominator,
      left,
      right,
      sign: trueSign(left, right, threshold.strict),
      needed: verdict.needed,
    },
    meaning: `meaning.${kind}.${reached ? 'reached' : 'missed'}.${base}`,
    tie: tieKey(rules, counts, verdict),
  }
}

function tieKey(rules: RuleSet, counts: Counts, verdict: Verdict): TieKey {
  const even = counts.choices.for === counts.choices.against && counts.choices.for > 0
  if (rules.tie !== 'chair-side' || !even) return null
  if (verdict.by === 'tie') return sideOf(verdict.chairChoice)
  return 'tie.chairTookNoSide'
}

function sideOf(choice: Choice | null): TieKey {
  return choice === 'for' ? 'tie.for' : choice === 'against' ? 'tie.against' : 'tie.chairTookNoSide'
}
