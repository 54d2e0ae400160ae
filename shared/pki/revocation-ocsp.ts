// Whether a certificate was revoked at a time, by the OCSP responses at hand (RFC 6960 §3.2, §4.2.2).
import type { Certificate, Extension } from './certificate.ts'
import { answersFor } from './ocsp-match.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from './ocsp-response.ts'
import { OCSP } from './oids.ts'
import type { RevocationEvidence, RevocationProblem } from './path-types.ts'
import { furthest, isCurrent, type EvidenceTimes, type RevocationStatus } from './revocation.ts'

/** Whether a response is signed by the issuer or by whom the issuer appointed, judged at the time of this answer. */
export type AuthenticResponse = (response: BasicOcspResponse, answer: SingleResponse) => Promise<boolean>

/** Without nextUpdate newer information is always to be had (§4.2.2.1): such an answer stands for the day on which it was given. */
export const FRESH_MS = 24 * 60 * 60 * 1000

/** Extensions of responses that are known: the nonce is the asker's affair, archive cutoff (§4.4.4) and CRL references (§4.4.2) change no status. */
const UNDERSTOOD: ReadonlySet<string> = new Set([OCSP.nonce, '1.3.6.1.5.5.7.48.1.3', '1.3.6.1.5.5.7.48.1.6'])

/**
 * The status of one certificate. One authentic answer that it is revoked outweighs every other; of the others the newest
 * counts. That a responder knows nothing of the certificate is no evidence.
 */
export async function statusFromResponses(
  certificate: Certificate,
  issuer: Certificate,
  responses: readonly OcspResponse[],
  times: EvidenceTimes,
  authentic: AuthenticResponse,
): Promise<RevocationStatus> {
  let newest: RevocationEvidence | null = null
  let problem: RevocationProblem = 'none'
  for (const { raw, basic } of responses) {
    if (basic === null) continue
    for (const answer of answersFor(basic, certificate, issuer)) {
      const fault = await answerProblem(basic, answer, certificate, times, authentic)
      if (fault !== null) {
        problem = furthest(problem, fault)
        continue
      }
      const evidence = evidenceOf(certificate, answer, raw, times.at)
      if (evidence.status === 'revoked') return { status: 'revoked', evidence: [evidence] }
      if (newest === null || newest.thisUpdate < evidence.thisUpdate) newest = evidence
    }
  }
  return newest === null ? { status: 'unknown', problem } : { status: 'good', evidence: [newest] }
}

async function answerProblem(
  basic: BasicOcspResponse,
  answer: SingleResponse,
  certificate: Certificate,
  times: EvidenceTimes,
  authentic: AuthenticResponse,
): Promise<RevocationProblem | null> {
  if (answer.status.kind === 'unknown') return 'unusable'
  if (hasUnknownCritical(basic.extensions) || hasUnknownCritical(answer.extensions)) return 'unusable'
  const { thisUpdate, nextUpdate } = answer
  if (!isCurrent(thisUpdate, nextUpdate ?? thisUpdate + FRESH_MS, certificate, times)) return 'stale'
  return (await authentic(basic, answer)) ? null : 'signer'
}

function hasUnknownCritical(extensions: ReadonlyMap<string, Extension>): boolean {
  return [...extensions].some(([oid, extension]) => extension.critical && !UNDERSTOOD.has(oid))
}

function evidenceOf(certificate: Certificate, answer: SingleResponse, raw: Uint8Array, at: number): RevocationEvidence {
  const { status, thisUpdate, nextUpdate } = answer
  const revoked = status.kind === 'revoked' ? status : null
  return {
    certificate,
    source: 'ocsp',
    status: revoked !== null && (thisUpdate <= at || revoked.time <= at) ? 'revoked' : 'good',
    thisUpdate,
    nextUpdate,
    revokedAt: revoked?.time ?? null,
    reason: revoked?.reason ?? null,
    raw: [raw],
  }
}
