// Revocation along a chain: the status of every certificate below the trust anchor, and who may sign the lists that say so.
import { sameCertificate, type Certificate } from './certificate.ts'
import type { CertificateList } from './crl.ts'
import type { CandidateChain } from './path-build.ts'
import { mayUse } from './path-checks.ts'
import type { PathReason, PathReasonCode, PathRequest, RevocationEvidence, TrustAnchor } from './path-types.ts'
import { statusFromLists } from './revocation.ts'

/** Whether a certificate that signs evidence has a valid path of its own, to the same trust anchor. */
export type PathJudge = (signer: Certificate, at: number, anchor: TrustAnchor) => Promise<boolean>

export interface RevocationTools {
  /** What speaks against a signature by this key (DER of its SubjectPublicKeyInfo). */
  readonly signed: (
    list: CertificateList & { readonly data: Uint8Array },
    spki: Uint8Array,
  ) => Promise<PathReasonCode | null>
  readonly judge: PathJudge
}

interface RevocationAnswer {
  readonly reasons: readonly PathReason[]
  readonly evidence: readonly RevocationEvidence[]
}

/**
 * @param keys the working keys of the chain's certificates, the anchor's last
 * @param pending signers whose own paths are being judged further out, innermost last
 */
export async function revocationOf(
  chain: CandidateChain,
  keys: readonly Uint8Array[],
  request: PathRequest,
  pending: readonly Certificate[],
  tools: RevocationTools,
): Promise<RevocationAnswer> {
  const times = { at: request.at, until: request.evidenceUntil ?? request.at }
  const reasons: PathReason[] = []
  const evidence: RevocationEvidence[] = []
  for (const [index, certificate] of chain.certificates.entries()) {
    const authentic = (list: CertificateList, named: boolean): Promise<boolean> =>
      isAuthentic(list, { chain, keys, index, named, request, pending }, tools)
    const found = await statusFromLists(certificate, request.crls, times, authentic)
    if (found.status !== 'unknown') evidence.push(...found.evidence)
    if (found.status === 'revoked') reasons.push({ code: 'revoked', index })
    if (found.status === 'unknown' && request.revocation === 'require') {
      reasons.push({ code: 'revocation-unknown', index, problem: found.problem })
    }
  }
  return { reasons, evidence }
}

interface Circumstances {
  readonly chain: CandidateChain
  readonly keys: readonly Uint8Array[]
  /** Whom the list is asked about. */
  readonly index: number
  readonly named: boolean
  readonly request: PathRequest
  readonly pending: readonly Certificate[]
}

/**
 * §6.3.3 f and g: signed by a certificate of the list's issuer that may sign lists and that leads to the same trust anchor.
 * Certificates higher up in the chain and the anchor need no path of their own: the chain is it.
 */
async function isAuthentic(list: CertificateList, about: Circumstances, tools: RevocationTools): Promise<boolean> {
  const { chain, keys, index, request } = about
  const signedBy = async (signer: Certificate, key: Uint8Array): Promise<boolean> =>
    signer.subject.key === list.issuer.key &&
    mayUse(signer, 'cRLSign') &&
    (await tools.signed({ ...list, data: list.tbs }, key)) === null

  const above = [...chain.certificates, chain.anchor.certificate].entries()
  for (const [position, signer] of [...above].slice(index + 1)) {
    if (await signedBy(signer, keys[position] ?? signer.spki)) return true
  }
  const at = Math.max(request.at, list.thisUpdate)
  for (const signer of request.candidates) {
    if (!(await signedBy(signer, signer.spki))) continue
    if (about.pending.some((one) => sameCertificate(one, signer))) {
      // Asked about the signer itself: its issuer may have named it for its own lists; in other circles nobody vouches.
      if (about.named && index === 0 && about.pending.at(-1) === signer) return true
      continue
    }
    if (await tools.judge(signer, at, chain.anchor)) return true
  }
  return false
}
