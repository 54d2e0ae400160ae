// Collects revocation evidence for a whole chain: OCSP first, lists next, what is kept before what must be fetched.
import type { Certificate } from '../../shared/pki/certificate.ts'
import type { DistributionPoint } from '../../shared/pki/distribution-points.ts'
import { authorityInfoAccess, crlDistributionPoints, ocspNoCheck } from '../../shared/pki/extensions.ts'
import { sameName } from '../../shared/pki/names.ts'
import { fetchCrl, judgeCrl } from './crl-evidence.ts'
import { askOcsp, judgeOcsp } from './ocsp-evidence.ts'
import { shownAddress } from './http-types.ts'
import {
  CRL_LIMITS,
  MAX_URLS,
  OCSP_LIMITS,
  type CertificateRevocation,
  type Evidence,
  type RevocationOutcome,
  type RevocationSurroundings,
  type SourceCode,
  type SourceFailure,
} from './revocation-types.ts'

/** Without nextUpdate nothing says how long an answer may be kept. */
const KEEP_WITHOUT_NEXT_UPDATE_MS = 10 * 60_000

/**
 * Asks about every certificate below the anchor. The addresses stand in the certificates, so the chain must already have
 * led to an anchor: otherwise whoever made up a certificate decides whom this machine calls. Never rejects.
 * @param chain target first, anchor last, as `validatePath` gives it
 */
export async function collectRevocation(
  chain: readonly Certificate[],
  surroundings: RevocationSurroundings,
): Promise<RevocationOutcome> {
  const collector = new Collector(surroundings)
  const own = await Promise.all(
    chain.map((certificate, index) => collector.about(certificate, chain[index + 1] ?? null)),
  )
  const certificates = [...own, ...(await collector.aboutResponders(own, chain))]
  const evidence = certificates.flatMap((one) => (one.evidence === null ? [] : [one.evidence]))
  const complete = certificates.every(({ status }) => status === 'good' || status === 'not-needed')
  return { complete, certificates, ocsps: rawOf(evidence, 'ocsp'), crls: rawOf(evidence, 'crl') }
}

function rawOf(evidence: readonly Evidence[], source: Evidence['source']): readonly Uint8Array[] {
  const byContent = new Map<string, Uint8Array>()
  for (const { source: from, raw } of evidence)
    if (from === source) byContent.set(Buffer.from(raw).toString('base64'), raw)
  return [...byContent.values()]
}

interface Attempt {
  readonly evidence: Evidence
  readonly cached: boolean
}

/** One collection: what was fetched and who was not there is remembered while it lasts. */
class Collector {
  readonly #with: RevocationSurroundings
  readonly #now: number
  readonly #lists = new Map<string, Promise<Uint8Array | SourceCode>>()
  readonly #silent = new Set<string>()

  constructor(surroundings: RevocationSurroundings) {
    this.#with = surroundings
    this.#now = surroundings.now()
  }

  async about(certificate: Certificate, issuer: Certificate | null, ocspToo = true): Promise<CertificateRevocation> {
    if (issuer === null) return { certificate, status: 'not-needed', evidence: null, cached: false, failures: [] }
    const failures: SourceFailure[] = []
    const found =
      (ocspToo ? await this.#byOcsp(certificate, issuer, failures) : null) ??
      (await this.#byCrl(certificate, issuer, failures))
    if (found === null) return { certificate, status: 'unknown', evidence: null, cached: false, failures }
    return { certificate, status: found.evidence.status, ...found, failures }
  }

  /** A responder without exemption can itself be revoked; it is asked about by list, so that no circle arises. */
  async aboutResponders(
    own: readonly CertificateRevocation[],
    chain: readonly Certificate[],
  ): Promise<readonly CertificateRevocation[]> {
    const responders = new Map<string, Certificate>()
    for (const { evidence } of own)
      if (evidence !== null && evidence.delegate !== null && ocspNoCheck(evidence.delegate) === null)
        responders.set(Buffer.from(evidence.delegate.raw).toString('base64'), evidence.delegate)
    return Promise.all(
      [...responders.values()].map((responder) => {
        const issuer = chain.find((one) => sameName(one.subject, responder.issuer)) ?? null
        return this.about(responder, issuer, false)
      }),
    )
  }

  async #byOcsp(target: Certificate, issuer: Certificate, failures: SourceFailure[]): Promise<Attempt | null> {
    const { line, cache, crypto, limits = OCSP_LIMITS } = this.#with
    const question = { target, issuer, now: this.#now, crypto }
    const key = `ocsp ${Buffer.from(target.raw).toString('base64')}`
    const kept = await this.#kept(key, (der) => judgeOcsp(der, question, null))
    if (kept !== null) return { evidence: kept, cached: true }
    const access = authorityInfoAccess(target)
    const own = access === null || access === 'unreadable' ? [] : access.ocsp.slice(0, MAX_URLS)
    for (const url of [...(this.#with.ocspUrls ?? []), ...own]) {
      const answer = await this.#unlessSilent(url, () => askOcsp(url, question, limits, line))
      if (typeof answer === 'string') failures.push({ source: 'ocsp', url: shownAddress(url), code: answer })
      else {
        await cache.put(key, answer.raw, this.#expiry(answer), this.#now)
        return { evidence: answer, cached: false }
      }
    }
    return null
  }

  async #byCrl(target: Certificate, issuer: Certificate, failures: SourceFailure[]): Promise<Attempt | null> {
    const { line, cache, crypto, limits = CRL_LIMITS } = this.#with
    const question = { target, issuer, now: this.#now, crypto }
    for (const url of listUrls(target)) {
      const key = `crl ${url}`
      const kept = await this.#kept(key, (der) => judgeCrl(der, question))
      if (kept !== null) return { evidence: kept, cached: true }
      const fetched = this.#lists.get(url) ?? this.#unlessSilent(url, () => fetchCrl(url, limits, line))
      this.#lists.set(url, fetched)
      const der = await fetched
      const answer = typeof der === 'string' ? der : await judgeCrl(der, question)
      if (typeof answer === 'string') failures.push({ source: 'crl', url: shownAddress(url), code: answer })
      else {
        await cache.put(key, answer.raw, this.#expiry(answer), this.#now)
        return { evidence: answer, cached: false }
      }
    }
    return null
  }

  #expiry({ nextUpdate }: Evidence): number {
    return nextUpdate ?? this.#now + KEEP_WITHOUT_NEXT_UPDATE_MS
  }

  async #kept(key: string, judge: (der: Uint8Array) => Promise<Evidence | SourceCode>): Promise<Evidence | null> {
    const der = await this.#with.cache.get(key, this.#now)
    const evidence = der === null ? null : await judge(der)
    if (evidence === null || typeof evidence === 'string') return null
    return evidence.thisUpdate >= (this.#with.since ?? 0) ? evidence : null
  }

  /** Whom no connection led to once is not tried again: without a line a long chain would take minutes to say so. */
  async #unlessSilent<T extends object>(url: string, ask: () => Promise<T | SourceCode>): Promise<T | SourceCode> {
    const origin = URL.parse(url)?.origin ?? url
    if (this.#silent.has(origin)) return 'unreachable'
    const answer = await ask()
    if (answer === 'unreachable') this.#silent.add(origin)
    return answer
  }
}

function listUrls(certificate: Certificate): readonly string[] {
  const points = crlDistributionPoints(certificate)
  if (points === null || points === 'unreadable') return []
  return points.flatMap(urlsOf).slice(0, MAX_URLS)
}

function urlsOf({ name }: DistributionPoint): readonly string[] {
  if (name?.kind !== 'full') return []
  return name.names.flatMap((one) => (one.kind === 'uri' && /^https?:/i.test(one.text) ? [one.text] : []))
}
