// Asks an OCSP responder, and judges whether what it says can be believed about this certificate now (RFC 6960 §3.2).
import { randomBytes } from 'node:crypto'
import type { Certificate } from '../../shared/pki/certificate.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import { extendedKeyUsage, KEY_PURPOSE } from '../../shared/pki/extensions.ts'
import { answersFor, echoesNonce, responderCandidates, verifyOcspSignature } from '../../shared/pki/ocsp-match.ts'
import { ocspRequest } from '../../shared/pki/ocsp-request.ts'
import { parseOcspResponse, type BasicOcspResponse } from '../../shared/pki/ocsp-response.ts'
import { isIssuedBy } from './certificate-signature.ts'
import { httpPost } from './http-exchange.ts'
import type { HttpLimits, HttpLine } from './http-types.ts'
import { codeOfHttp, SKEW_MS, type Evidence, type SourceCode } from './revocation-types.ts'

const TYPES = { sent: 'application/ocsp-request', accepted: 'application/ocsp-response' } as const
/** RFC 8954 §2.1 recommends 32; responders before it take up to 16 without trouble. */
const NONCE_BYTES = 16
/** An answer without nextUpdate says that newer ones are always to be had (RFC 6960 §4.2.2.1): an old one is none. */
const WITHOUT_NEXT_UPDATE_MS = 60 * 60_000

export interface OcspQuestion {
  readonly target: Certificate
  readonly issuer: Certificate
  /** ms since 1970 */
  readonly now: number
  readonly crypto: PkiCrypto
}

export async function askOcsp(
  url: string,
  question: OcspQuestion,
  limits: HttpLimits,
  line: HttpLine,
): Promise<Evidence | SourceCode> {
  const nonce = new Uint8Array(randomBytes(NONCE_BYTES))
  const result = await httpPost(url, ocspRequest(question.target, question.issuer, nonce), TYPES, limits, line)
  if (!result.ok) return codeOfHttp(result.fault)
  // RFC 6960 appendix A.2 demands the type; what comes under another is a log-in page.
  if (result.contentType !== TYPES.accepted) return 'malformed'
  return judgeOcsp(result.body, question, nonce)
}

/**
 * @param nonce null for an answer that was kept
 * An answer without a nonce is believed while it is current: many responders only serve prepared answers (RFC 5019).
 */
export async function judgeOcsp(
  der: Uint8Array,
  { target, issuer, now, crypto }: OcspQuestion,
  nonce: Uint8Array | null,
): Promise<Evidence | SourceCode> {
  const response = parseOcspResponse(der)
  if (response === null) return 'malformed'
  const { basic } = response
  if (basic === null) return 'no-answer'
  if (nonce !== null && basic.nonce !== null && !echoesNonce(basic, nonce)) return 'wrong-nonce'
  const [single] = answersFor(basic, target, issuer)
  if (single === undefined) return 'not-about-it'
  const signer = await signerOf(basic, issuer, crypto)
  if (signer === null) return 'untrusted'
  const { thisUpdate, nextUpdate, status } = single
  if (thisUpdate > now + SKEW_MS) return 'future'
  if ((nextUpdate ?? thisUpdate + WITHOUT_NEXT_UPDATE_MS) < now - SKEW_MS) return 'stale'
  if (status.kind === 'unknown') return 'unknown'
  const revokedAt = status.kind === 'revoked' ? status.time : null
  const delegate = signer === issuer ? null : signer
  return { source: 'ocsp', status: status.kind, raw: response.raw, thisUpdate, nextUpdate, revokedAt, delegate }
}

/** The issuer itself, or whom it let sign: its certificate comes from the issuer, for this purpose, and was valid then (RFC 6960 §4.2.2.2). */
async function signerOf(basic: BasicOcspResponse, issuer: Certificate, crypto: PkiCrypto): Promise<Certificate | null> {
  for (const candidate of responderCandidates(basic, issuer)) {
    if (candidate !== issuer && !(await isDelegate(candidate, issuer, basic.producedAt, crypto))) continue
    if (await verifyOcspSignature(basic, candidate, crypto)) return candidate
  }
  return null
}

async function isDelegate(
  candidate: Certificate,
  issuer: Certificate,
  at: number,
  crypto: PkiCrypto,
): Promise<boolean> {
  const purposes = extendedKeyUsage(candidate)
  if (purposes === null || purposes === 'unreadable' || !purposes.has(KEY_PURPOSE.ocspSigning)) return false
  if (at < candidate.notBefore || at > candidate.notAfter) return false
  return isIssuedBy(candidate, issuer, crypto)
}
