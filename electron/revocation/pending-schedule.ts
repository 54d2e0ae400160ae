// When a file that waits for its timestamp and its revocation data is tried again: pure rules over one list.

export const UPGRADE_PROBLEMS = [
  // Time may mend these.
  'timestamp-failed',
  'revocation-incomplete',
  /** The file is open elsewhere, or its disk is full or away. */
  'file-busy',
  /** A defect of ours met with this file. */
  'internal',
  // Nothing mends these.
  'file-gone',
  /** Not the bytes any more that were signed here. */
  'file-changed',
  'certificate-revoked',
  /** Without a timestamp nothing proves that the signature is older than the end of its certificate. */
  'certificate-expired',
  'file-refused',
] as const
export type UpgradeProblem = (typeof UPGRADE_PROBLEMS)[number]

const FINAL: ReadonlySet<UpgradeProblem> = new Set<UpgradeProblem>([
  'file-gone',
  'file-changed',
  'certificate-revoked',
  'certificate-expired',
  'file-refused',
])

export interface PendingUpgrade {
  readonly id: string
  /** Where the signed file lies. */
  readonly file: string
  /** SHA-256 of the file as it was signed, lower-case hex. */
  readonly digest: string
  readonly state: 'waiting' | 'working' | 'done' | 'failed'
  /** The last problem; null before the first try and after success. */
  readonly problem: UpgradeProblem | null
  readonly attempts: number
  /** ms since 1970: not before this. Of a finished one: when it ended. */
  readonly at: number
  readonly addedAt: number
}

export type UpgradeList = readonly PendingUpgrade[]

const MINUTE = 60_000
/** Lines come back within minutes or in the evening; beyond that an hour more or less does not matter. */
const BACK_OFF_MS: readonly number[] = [1, 2, 5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE)
/** A commune's machines come back on line together: up to this part is added, so that they do not all call at once. */
const SPREAD = 0.25
/** What is finished stays to be seen for a week. */
const KEEP_FINISHED_MS = 7 * 24 * 60 * MINUTE

/** Adds a file, ready at once. A file that waits already is not added again. */
export function withAdded(
  list: UpgradeList,
  { id, file, digest }: Pick<PendingUpgrade, 'id' | 'file' | 'digest'>,
  now: number,
): UpgradeList {
  if (list.some((one) => one.file === file && one.digest === digest && !isFinished(one))) return list
  return [...list, { id, file, digest, state: 'waiting', problem: null, attempts: 0, at: now, addedAt: now }]
}

/** The next one that may be tried, the longest due first; null: none now. */
export function nextDue(list: UpgradeList, now: number): PendingUpgrade | null {
  const due = list.filter(({ state, at }) => state === 'waiting' && at <= now)
  return due.toSorted((one, other) => one.at - other.at)[0] ?? null
}

/** When to look again; null: nothing waits. */
export function nextTime(list: UpgradeList): number | null {
  const times = list.filter(({ state }) => state === 'waiting').map(({ at }) => at)
  return times.length === 0 ? null : Math.min(...times)
}

export function withStarted(list: UpgradeList, id: string): UpgradeList {
  return changed(list, id, (one) => ({ ...one, state: 'working', attempts: one.attempts + 1 }))
}

/** @param chance 0 up to 1 */
export function withEnded(
  list: UpgradeList,
  id: string,
  problem: UpgradeProblem | null,
  now: number,
  chance: number,
): UpgradeList {
  return changed(list, id, (one) => {
    if (problem === null) return { ...one, state: 'done', problem, at: now }
    if (FINAL.has(problem)) return { ...one, state: 'failed', problem, at: now }
    return { ...one, state: 'waiting', problem, at: now + backOff(one.attempts, chance) }
  })
}

function backOff(attempts: number, chance: number): number {
  const step = BACK_OFF_MS[Math.min(attempts, BACK_OFF_MS.length) - 1] ?? MINUTE
  return Math.round(step * (1 + SPREAD * chance))
}

/** The line is back: everything that waits is due, the steps of waiting begin again. */
export function withLineBack(list: UpgradeList, now: number): UpgradeList {
  return list.map((one) => (one.state === 'waiting' ? { ...one, attempts: 0, at: Math.min(one.at, now) } : one))
}

/**
 * After a start: what was being worked on when the process died waits again. The try counts, so that a file that kills the
 * process comes back ever later.
 */
export function afterStart(list: UpgradeList, now: number, chance: number): UpgradeList {
  return list
    .map((one): PendingUpgrade =>
      one.state === 'working' ? { ...one, state: 'waiting', at: now + backOff(one.attempts, chance) } : one,
    )
    .filter((one) => !isFinished(one) || one.at + KEEP_FINISHED_MS > now)
}

function isFinished({ state }: PendingUpgrade): boolean {
  return state === 'done' || state === 'failed'
}

function changed(list: UpgradeList, id: string, change: (one: PendingUpgrade) => PendingUpgrade): UpgradeList {
  return list.map((one) => (one.id === id ? change(one) : one))
}
