// Completes a chain whose intermediate certificates did not come with it, from where each certificate says its issuer is.
import type { Certificate } from '../../shared/pki/certificate.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import { authorityInfoAccess } from '../../shared/pki/extensions.ts'
import { isIssuedBy } from './certificate-signature.ts'
import { downloadedCertificates } from './downloaded-certificates.ts'
import { httpGet } from './http-exchange.ts'
import { shownAddress, type HttpLimits, type HttpLine } from './http-types.ts'
import { codeOfHttp, MAX_URLS, type SourceCode } from './revocation-types.ts'

export interface IssuerSurroundings {
  readonly line: HttpLine
  readonly crypto: PkiCrypto
  readonly limits?: HttpLimits
}

export interface IssuerDownload {
  /** What was missing, in the order of the chain. None of them is trusted by having been downloaded. */
  readonly found: readonly Certificate[]
  readonly failures: readonly { readonly url: string; readonly code: SourceCode }[]
}

export const ISSUER_LIMITS: HttpLimits = { connectMs: 5_000, totalMs: 10_000, maxBytes: 256 * 1024 }
/** National chains have two intermediates; what is longer is not completed but refused. */
const MAX_STEPS = 4

/**
 * Follows caIssuers (RFC 5280 §4.2.2.1) from the target up to an anchor. Only what signed the certificate below it is kept.
 * Never rejects.
 * @param known intermediates at hand, in any order
 */
export async function downloadIssuers(
  target: Certificate,
  known: readonly Certificate[],
  anchors: readonly Certificate[],
  surroundings: IssuerSurroundings,
): Promise<IssuerDownload> {
  const found: Certificate[] = []
  const failures: { url: string; code: SourceCode }[] = []
  let top = target
  for (let step = 0; step < MAX_STEPS; step++) {
    if ((await issuerAmong(anchors, top, surroundings.crypto)) !== null) break
    const atHand = await issuerAmong(known, top, surroundings.crypto)
    const issuer = atHand ?? (await download(top, surroundings, failures))
    if (issuer === null) break
    if (atHand === null) found.push(issuer)
    top = issuer
  }
  return { found, failures }
}

async function download(
  certificate: Certificate,
  { line, crypto, limits = ISSUER_LIMITS }: IssuerSurroundings,
  failures: { url: string; code: SourceCode }[],
): Promise<Certificate | null> {
  const access = authorityInfoAccess(certificate)
  const urls = access === null || access === 'unreadable' ? [] : access.caIssuers.slice(0, MAX_URLS)
  for (const url of urls) {
    const result = await httpGet(url, 'application/pkix-cert, application/pkcs7-mime, */*', limits, line)
    const candidates = result.ok ? downloadedCertificates(result.body) : []
    const issuer = await issuerAmong(candidates, certificate, crypto)
    if (issuer !== null) return issuer
    const code = !result.ok ? codeOfHttp(result.fault) : candidates.length === 0 ? 'malformed' : 'not-about-it'
    failures.push({ url: shownAddress(url), code })
  }
  return null
}

async function issuerAmong(
  candidates: readonly Certificate[],
  certificate: Certificate,
  crypto: PkiCrypto,
): Promise<Certificate | null> {
  for (const candidate of candidates) if (await isIssuedBy(certificate, candidate, crypto)) return candidate
  return null
}
