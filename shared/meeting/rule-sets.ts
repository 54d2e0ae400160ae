// Voting rules as data with a version: who is counted, how many are enough, who decides a tie. A motion keeps the version it was voted under.

export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

export interface RuleSet {
  readonly id: string
  readonly version: number
  /** The options in the order of the screen; the first is the one that the threshold counts. */
  readonly options: readonly ['for', 'against', 'abstain']
  /** Part of all members who must be present; null: no quorum. */
  readonly quorum: Fraction | null
  /** What a count is compared with. */
  readonly denominator: 'all-members' | 'present-members'
  /** `strict`: more than the fraction; otherwise at least. */
  readonly threshold: Fraction & { readonly strict: boolean }
  /** `chair-side`: with as many for as against, the side the chair voted for decides. */
  readonly tie: 'chair-side' | 'none'
  /** May participants see counts while the vote runs? */
  readonly showRunningCounts: boolean
  /** Where the rule stands. */
  readonly source: string
}

const TWO_THIRDS: Fraction = { numerator: 2, denominator: 3 }
const HALF: Fraction = { numerator: 1, denominator: 2 }
const OPTIONS = ['for', 'against', 'abstain'] as const

export const RULE_SETS: readonly RuleSet[] = [
  {
    id: 'committee-session',
    version: 1,
    options: OPTIONS,
    quorum: TWO_THIRDS,
    denominator: 'all-members',
    threshold: { ...HALF, strict: true },
    tie: 'chair-side',
    showRunningCounts: false,
    source: 'Luật Tổ chức chính quyền địa phương 77/2015/QH13, điều 114–117; 72/2025/QH15',
  },
  {
    id: 'council-resolution',
    version: 1,
    options: OPTIONS,
    quorum: TWO_THIRDS,
    denominator: 'all-members',
    threshold: { ...HALF, strict: true },
    tie: 'none',
    showRunningCounts: false,
    source: 'Luật Tổ chức chính quyền địa phương 72/2025/QH15',
  },
  {
    id: 'council-two-thirds',
    version: 1,
    options: OPTIONS,
    quorum: TWO_THIRDS,
    denominator: 'all-members',
    threshold: { ...TWO_THIRDS, strict: false },
    tie: 'none',
    showRunningCounts: false,
    source: 'Luật Tổ chức chính quyền địa phương 72/2025/QH15',
  },
  {
    id: 'working-opinion',
    version: 1,
    options: OPTIONS,
    quorum: null,
    denominator: 'present-members',
    threshold: { ...HALF, strict: true },
    tie: 'chair-side',
    showRunningCounts: true,
    source: 'Quy chế làm việc của cơ quan',
  },
]

/** The newest version of a rule set; null when no rule set has this id. */
export function ruleSet(id: string): RuleSet | null {
  return RULE_SETS.filter((rules) => rules.id === id).sort((a, b) => b.version - a.version)[0] ?? null
}

/** The very version a motion was voted under. */
export function ruleSetVersion(id: string, version: number): RuleSet | null {
  return RULE_SETS.find((rules) => rules.id === id && rules.version === version) ?? null
}
