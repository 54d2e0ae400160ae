// Revocation along a chain: the status of every certificate below the trust anchor, and who may sign the evidence for it.
import { sameBytes, sameCertificate, type AlgorithmIdentifier, type Certificate } from './certificate.ts'
import type { CertificateList } from './crl.ts'
import { ocspNoCheck } from './extensions.ts'
import { isResponder } from './ocsp-match.ts'
import type { BasicOcspResponse, SingleResponse } from './ocsp-response.ts'
import { mayUse } from './path-checks.ts'
import type { PathReason, PathReasonCode, PathRequest, PathResult, RevocationEvidence } from './path-types.ts'
import { furthest, statusFromLists, type RevocationStatus } from './revocation.ts'
import { statusFromResponses } from './revocation-ocsp.ts'
import type { ChainLink } from './working-key.ts'

export interface SignedBytes {
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly data: Uint8Array
}

export interface RevocationTools {
  /** What speaks against a signature by this key (DER of its SubjectPublicKeyInfo); null: nothing. */
  readonly signed: (signed: SignedBytes, spki: Uint8Array) => Promise<PathReasonCode | null>
  /** The path of a signer of evidence, to the same trust anchor; null when this is nested too deeply. */
  readonly judge: (
    signer: Certificate,
    purpose: 'crl' | 'ocsp',
    at: number,
    more: readonly Certificate[],
  ) => Promise<PathResult | null>
}

/** A chain that is judged, and what is around it. */
export interface ChainInQuestion {
  /** Target first. */
  readonly links: readonly ChainLink[]
  readonly request: PathRequest
  /** Signers whose own paths are being judged further out, innermost last. */
  readonly pending: readonly Certificate[]
}

interface RevocationAnswer {
  readonly reasons: readonly PathReason[]
  readonly evidence: readonly RevocationEvidence[]
}

/** What is known about each certificate of the chain; both kinds of evidence are heard, and one `revoked` is enough. */
export async function revocationOf(question: ChainInQuestion, tools: RevocationTools): Promise<RevocationAnswer> {
  const { links, request } = question
  const reasons: PathReason[] = []
  const evidence: RevocationEvidence[] = []
  for (const [index, link] of links.entries()) {
    // RFC 6960 §4.2.2.2.1: the issuer vouches for such a responder as long as its certificate runs.
    if (index === 0 && request.purpose === 'ocsp' && ocspNoCheck(link.certificate) === true) continue
    const found = await statusOf(link, question, tools)
    if (found.status !== 'unknown') evidence.push(...found.evidence)
    if (found.status === 'revoked') reasons.push({ code: 'revoked', index })
    if (found.status === 'unknown' && request.revocation === 'require') {
      reasons.push({ code: 'revocation-unknown', index, problem: found.problem })
    }
  }
  return { reasons, evidence }
}

async function statusOf(link: ChainLink, question: ChainInQuestion, tools: RevocationTools): Promise<RevocationStatus> {
  const { request } = question
  const { certificate, issuer } = link
  const times = { at: request.at, until: request.evidenceUntil ?? request.at }
  const lists = await statusFromLists(certificate, request.crls, times, (list, named) =>
    isAuthenticList(list, named, link, question, tools),
  )
  const responses = await statusFromResponses(certificate, issuer, request.ocsp, times, (response, answer) =>
    isAuthenticResponse(response, answer, link, question, tools),
  )
  return joined(lists, responses)
}

function joined(one: RevocationStatus, other: RevocationStatus): RevocationStatus {
  if (one.status === 'unknown') {
    return other.status === 'unknown' ? { status: 'unknown', problem: furthest(one.problem, other.problem) } : other
  }
  if (other.status === 'unknown') return one
  const status = one.status === 'revoked' || other.status === 'revoked' ? 'revoked' : 'good'
  return { status, evidence: [...one.evidence, ...other.evidence] }
}

/**
 * RFC 5280 §6.3.3 f and g: signed by a certificate of the list's issuer that may sign lists and leads to the same trust
 * anchor. Certificates higher up in the chain and the anchor need no path of their own: the chain is it.
 */
async function isAuthenticList(
  list: CertificateList,
  named: boolean,
  link: ChainLink,
  { links, request, pending }: ChainInQuestion,
  tools: RevocationTools,
): Promise<boolean> {
  const signedBy = async (signer: Certificate, key: Uint8Array): Promise<boolean> =>
    signer.subject.key === list.issuer.key &&
    mayUse(signer, 'cRLSign') &&
    (await tools.signed({ ...list, data: list.tbs }, key)) === null

  const index = links.indexOf(link)
  for (const { issuer, issuerKey } of links.slice(index)) if (await signedBy(issuer, issuerKey)) return true
  for (const signer of request.candidates) {
    if (!(await signedBy(signer, signer.spki))) continue
    if (pending.some((one) => sameCertificate(one, signer))) {
      // Asked about the signer itself: its issuer may have named it for its own lists; in other circles nobody vouches.
      const itself = pending.at(-1)
      if (named && index === 0 && itself !== undefined && sameCertificate(itself, signer)) return true
      continue
    }
    const path = await tools.judge(signer, 'crl', Math.max(request.at, list.thisUpdate), [])
    if (path?.status === 'valid') return true
  }
  return false
}

/**
 * RFC 6960 §4.2.2.2: signed by the issuer of the certificate, or by a responder that this very issuer certified for OCSP.
 * Responders that someone trusts apart from the issuer are none of ours.
 */
async function isAuthenticResponse(
  response: BasicOcspResponse,
  answer: SingleResponse,
  link: ChainLink,
  { request, pending }: ChainInQuestion,
  tools: RevocationTools,
): Promise<boolean> {
  const signed = { ...response, data: response.tbs }
  const { issuer, issuerKey } = link
  if (isResponder(response.responder, issuer) && (await tools.signed(signed, issuerKey)) === null) return true

  for (const signer of [...response.certificates, ...request.candidates]) {
    if (signer.issuer.key !== issuer.subject.key || !isResponder(response.responder, signer)) continue
    if (pending.some((one) => sameCertificate(one, signer))) continue
    if ((await tools.signed(signed, signer.spki)) !== null) continue
    const at = Math.max(request.at, answer.thisUpdate)
    const path = await tools.judge(signer, 'ocsp', at, response.certificates)
    const by = path?.chain[1]
    if (path?.status === 'valid' && by?.subject.key === issuer.subject.key && sameBytes(by.spki, issuer.spki))
      return true
  }
  return false
}
