// Candidate chains from a certificate up to trust anchors (RFC 4158), the likely ones first, within limits that hostile certificates cannot move.
import { sameBytes, type Certificate } from './certificate.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from './extensions.ts'
import type { TrustAnchor } from './path-types.ts'

export interface CandidateChain {
  /** Target first; the trust anchor is not among them. */
  readonly certificates: readonly Certificate[]
  readonly anchor: TrustAnchor
}

/** Certificates between target and anchor, both counted: public hierarchies have three or four, bridges some more. */
export const MAX_CHAIN_LENGTH = 16
/** Certificates looked at in one search. */
export const MAX_SEARCH_STEPS = 2000

/** Whether the issuer's key may have signed the certificate; may answer true where it cannot tell. */
export type Linked = (certificate: Certificate, issuer: Certificate) => Promise<boolean>

export interface ChainSearch {
  readonly chains: AsyncGenerator<CandidateChain, void, undefined>
  /** Whether a limit cut the search short; final when the generator is done. */
  readonly cut: () => boolean
}

/** The shortest chains first, so that detours cannot hide them; among equals those with matching key identifiers. */
export function searchChains(
  target: Certificate,
  candidates: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  linked: Linked,
): ChainSearch {
  const bySubject = new Map<string, Certificate[]>()
  for (const candidate of candidates) {
    // A trust anchor is taken as such, not as one more certificate below itself.
    if (anchors.some((anchor) => sameEntity(anchor.certificate, candidate))) continue
    const { key } = candidate.subject
    const namesakes = bySubject.get(key)
    if (namesakes === undefined) bySubject.set(key, [candidate])
    else namesakes.push(candidate)
  }
  let steps = 0
  let cut = false

  /** Certificates of the tip's issuer that are not in the chain yet; none once a limit is reached. */
  async function issuersOf(chain: readonly Certificate[], tip: Certificate): Promise<readonly Certificate[]> {
    const issuers: Certificate[] = []
    for (const issuer of likelyFirst(tip, bySubject.get(tip.issuer.key) ?? [])) {
      // The same name with the same key a second time is a circle; with another key it is a change of keys.
      if (chain.some((member) => sameEntity(member, issuer))) continue
      steps += 1
      if (steps > MAX_SEARCH_STEPS || chain.length >= MAX_CHAIN_LENGTH) {
        cut = true
        break
      }
      if (await linked(tip, issuer)) issuers.push(issuer)
    }
    return issuers
  }

  async function* byLength(): AsyncGenerator<CandidateChain, void, undefined> {
    const open: (readonly [readonly Certificate[], Certificate])[] = [[[target], target]]
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const [chain, tip] = next
      for (const anchor of anchors) {
        if (anchor.certificate.subject.key !== tip.issuer.key) continue
        if (await linked(tip, anchor.certificate)) yield { certificates: chain, anchor }
      }
      for (const issuer of await issuersOf(chain, tip)) open.push([[...chain, issuer], issuer])
    }
  }

  return { chains: byLength(), cut: () => cut }
}

function sameEntity(one: Certificate, other: Certificate): boolean {
  return one.subject.key === other.subject.key && sameBytes(one.spki, other.spki)
}

function likelyFirst(certificate: Certificate, issuers: readonly Certificate[]): readonly Certificate[] {
  const authority = authorityKeyIdentifier(certificate)
  const wanted = authority === null || authority === 'unreadable' ? null : authority.keyIdentifier
  if (wanted === null) return issuers
  const hits = (issuer: Certificate): boolean => {
    const own = subjectKeyIdentifier(issuer)
    return own !== null && own !== 'unreadable' && sameBytes(own, wanted)
  }
  return [...issuers.filter(hits), ...issuers.filter((issuer) => !hits(issuer))]
}
