// Whether a certificate was revoked at a time, by the revocation lists at hand (RFC 5280 §6.3).
import type { Certificate } from './certificate.ts'
import { continues, coveredReasons, impliedPoint } from './crl-scope.ts'
import type { CertificateList } from './crl.ts'
import { entryKey, type CrlEntry } from './crl-entries.ts'
import { ALL_REASONS, type ReasonFlag } from './distribution-points.ts'
import { crlDistributionPoints } from './extensions.ts'
import type { RevocationEvidence, RevocationProblem } from './path-types.ts'

export interface EvidenceTimes {
  /** ms since 1970: the status at this time is asked for. */
  readonly at: number
  /** Evidence from after `at` up to here may answer, too. */
  readonly until: number
}

export type RevocationStatus =
  | { readonly status: 'good' | 'revoked'; readonly evidence: readonly RevocationEvidence[] }
  | { readonly status: 'unknown'; readonly problem: RevocationProblem }

/** Whether a list is signed by someone who may speak for its issuer. `named`: the certificate itself names that issuer for its lists. */
export type Authentic = (list: CertificateList, named: boolean) => Promise<boolean>

/** How far evidence came before it failed, to tell the most telling reason. */
const PROBLEMS: readonly RevocationProblem[] = ['none', 'unusable', 'stale', 'signer', 'incomplete']

/**
 * The status of one certificate from lists that may be anyone's. Newer lists are asked before older ones. `revoked`: from
 * the date of revocation on or, if earlier, the date on which the key was lost (§5.3.2).
 */
export async function statusFromLists(
  certificate: Certificate,
  lists: readonly CertificateList[],
  times: EvidenceTimes,
  authentic: Authentic,
): Promise<RevocationStatus> {
  const points = crlDistributionPoints(certificate)
  const own = points === null || points === 'unreadable' ? [] : points
  const newestFirst = lists.toSorted((one, other) => other.thisUpdate - one.thisUpdate)
  const evidence: RevocationEvidence[] = []
  const covered = new Set<ReasonFlag>()
  let problem: RevocationProblem = 'none'

  for (const point of [...own, impliedPoint(certificate)]) {
    for (const list of newestFirst.filter((one) => one.baseCrlNumber === null)) {
      const reasons = coveredReasons(list, certificate, point)
      if (reasons === null || [...reasons].every((reason) => covered.has(reason))) continue
      const answer = await askList(list, point.crlIssuer !== null)
      if (typeof answer === 'string') {
        problem = furthest(problem, answer)
        continue
      }
      evidence.push(answer)
      if (answer.status === 'revoked') return { status: 'revoked', evidence }
      for (const reason of reasons) covered.add(reason)
      problem = 'incomplete'
    }
  }
  return covered.size === ALL_REASONS.size ? { status: 'good', evidence } : { status: 'unknown', problem }

  async function askList(list: CertificateList, named: boolean): Promise<RevocationEvidence | RevocationProblem> {
    const usable = (one: CertificateList): Promise<RevocationProblem | null> =>
      listProblem(one, certificate, times, () => authentic(one, named))
    const delta = await firstUsable(newestFirst, list, usable)
    // A delta list brings the complete one up to date (§5.2.4); everything else must be in order in itself.
    const fault = await usable(list)
    if (fault !== null && !(fault === 'stale' && delta !== null && (await authentic(list, named)))) return fault
    return evidenceOf(certificate, list, delta, times.at)
  }
}

async function firstUsable(
  lists: readonly CertificateList[],
  complete: CertificateList,
  usable: (list: CertificateList) => Promise<RevocationProblem | null>,
): Promise<CertificateList | null> {
  for (const list of lists) if (continues(list, complete) && (await usable(list)) === null) return list
  return null
}

async function listProblem(
  list: CertificateList,
  certificate: Certificate,
  times: EvidenceTimes,
  authentic: () => Promise<boolean>,
): Promise<RevocationProblem | null> {
  if (list.unknownCritical) return 'unusable'
  if (!isCurrent(list.thisUpdate, list.nextUpdate, certificate, times)) return 'stale'
  return (await authentic()) ? null : 'signer'
}

/**
 * Whether evidence speaks about the time that is asked for: it was current then, or it is from later, up to `until`. After
 * a certificate ran out its issuer may drop it from lists, so that what is later than that says nothing.
 */
export function isCurrent(
  thisUpdate: number,
  nextUpdate: number | null,
  certificate: Certificate,
  { at, until }: EvidenceTimes,
): boolean {
  if (thisUpdate > at) return thisUpdate <= until && thisUpdate <= certificate.notAfter
  return nextUpdate !== null && nextUpdate >= at
}

function evidenceOf(
  certificate: Certificate,
  list: CertificateList,
  delta: CertificateList | null,
  at: number,
): RevocationEvidence {
  const key = entryKey(certificate.issuer, certificate.serialNumber)
  const changed = delta?.entries.get(key)
  const entry = changed?.reason === 'removeFromCRL' ? undefined : (changed ?? list.entries.get(key))
  const { thisUpdate, nextUpdate } = delta ?? list
  return {
    certificate,
    source: 'crl',
    status: entry !== undefined && (thisUpdate <= at || revokedFrom(entry) <= at) ? 'revoked' : 'good',
    thisUpdate,
    nextUpdate,
    revokedAt: entry?.revokedAt ?? null,
    reason: entry?.reason ?? null,
    raw: delta === null ? [list.raw] : [list.raw, delta.raw],
  }
}

function revokedFrom({ revokedAt, invalidAt }: CrlEntry): number {
  return Math.min(revokedAt, invalidAt ?? revokedAt)
}

/** The more telling of two problems. */
export function furthest(one: RevocationProblem, other: RevocationProblem): RevocationProblem {
  return PROBLEMS.indexOf(one) < PROBLEMS.indexOf(other) ? other : one
}
