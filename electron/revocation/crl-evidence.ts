// Fetches a revocation list, and judges whether it speaks about this certificate now (RFC 5280 §6.3).
import type { Certificate } from '../../shared/pki/certificate.ts'
import { parseCertificateList, type CertificateList } from '../../shared/pki/crl.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import { sameName } from '../../shared/pki/names.ts'
import type { RevocationProblem } from '../../shared/pki/path-types.ts'
import { statusFromLists } from '../../shared/pki/revocation.ts'
import { isSignedBy } from './certificate-signature.ts'
import { httpGet } from './http-exchange.ts'
import type { HttpLimits, HttpLine } from './http-types.ts'
import { codeOfHttp, SKEW_MS, type Evidence, type SourceCode } from './revocation-types.ts'

export interface CrlQuestion {
  readonly target: Certificate
  readonly issuer: Certificate
  /** ms since 1970 */
  readonly now: number
  readonly crypto: PkiCrypto
}

/** Lists come under many names of types (RFC 5280 only recommends one), so the content alone decides. */
export async function fetchCrl(url: string, limits: HttpLimits, line: HttpLine): Promise<Uint8Array | SourceCode> {
  const result = await httpGet(url, 'application/pkix-crl, */*', limits, line)
  return result.ok ? derOfCrl(result.body) : codeOfHttp(result.fault)
}

const PEM_CRL = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/

/** Some authorities publish PEM, against RFC 5280 §4.2.1.13. */
function derOfCrl(body: Uint8Array): Uint8Array {
  if (body[0] !== '-'.charCodeAt(0)) return body
  const base64 = PEM_CRL.exec(Buffer.from(body).toString('latin1'))?.[1]
  return base64 === undefined ? body : new Uint8Array(Buffer.from(base64, 'base64'))
}

/** Lists that someone other than the issuer signs are left to the path validator, which can judge that other one. */
export async function judgeCrl(
  der: Uint8Array,
  { target, issuer, now, crypto }: CrlQuestion,
): Promise<Evidence | SourceCode> {
  const list = parseCertificateList(der)
  if (list === null) return 'malformed'
  if (!sameName(list.issuer, issuer.subject)) return 'not-about-it'
  if (list.thisUpdate > now + SKEW_MS) return 'future'
  const authentic = (one: CertificateList) => isSignedBy(one, issuer, crypto)
  const answer = await statusFromLists(target, [list], { at: now, until: now + SKEW_MS }, authentic)
  if (answer.status === 'unknown') return CODE_OF_PROBLEM[answer.problem]
  const revokedAt = answer.evidence.find((one) => one.revokedAt !== null)?.revokedAt ?? null
  const { raw, thisUpdate, nextUpdate } = list
  return { source: 'crl', status: answer.status, raw, thisUpdate, nextUpdate, revokedAt, delegate: null }
}

const CODE_OF_PROBLEM: Readonly<Record<RevocationProblem, SourceCode>> = {
  none: 'not-about-it',
  unusable: 'not-about-it',
  incomplete: 'not-about-it',
  stale: 'stale',
  signer: 'untrusted',
}
