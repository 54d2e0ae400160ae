// What is asked about a chain's revocation and what comes back: evidence for the archive, and a code for every source that failed.
import type { Certificate } from '../../shared/pki/certificate.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import type { EvidenceCache } from './evidence-cache.ts'
import type { HttpFault, HttpLimits, HttpLine } from './http-types.ts'

export const SOURCE_CODES = [
  // the line
  /** No connection. */
  'unreachable',
  /** Somebody is there who gives no answer: an error, a redirection too many, an end in the middle. */
  'refused',
  'slow',
  'too-big',
  'aborted',
  // what came
  'malformed',
  /** The responder answers that it cannot answer: try later, internal error, unauthorised. */
  'no-answer',
  'wrong-nonce',
  'stale',
  /** From a time that this machine's clock has not reached. */
  'future',
  /** Of another issuer, another certificate, or a scope that leaves this one out. */
  'not-about-it',
  /** Not signed by the issuer or by whom the issuer let sign. */
  'untrusted',
  /** An OCSP responder that does not know the certificate. */
  'unknown',
] as const
export type SourceCode = (typeof SOURCE_CODES)[number]

export interface SourceFailure {
  readonly source: 'ocsp' | 'crl'
  readonly url: string
  readonly code: SourceCode
}

/** A right answer about one certificate. */
export interface Evidence {
  readonly source: 'ocsp' | 'crl'
  readonly status: 'good' | 'revoked'
  /** DER of the OCSPResponse or the CertificateList. */
  readonly raw: Uint8Array
  /** ms since 1970 */
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly revokedAt: number | null
  /** The responder's certificate, where it is not the issuer itself. */
  readonly delegate: Certificate | null
}

export interface CertificateRevocation {
  readonly certificate: Certificate
  /** `not-needed`: an anchor, or a responder that its issuer exempts (RFC 6960 §4.2.2.2.1). */
  readonly status: 'good' | 'revoked' | 'unknown' | 'not-needed'
  readonly evidence: Evidence | null
  readonly cached: boolean
  /** Empty with status `unknown`: the certificate names nobody to ask. */
  readonly failures: readonly SourceFailure[]
}

export interface RevocationOutcome {
  /** Every certificate is good or needs nothing: enough for B-LT. */
  readonly complete: boolean
  /** Those of the chain in its order, then responders that had to be asked about. */
  readonly certificates: readonly CertificateRevocation[]
  /** DER, each once, for the DSS. */
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

export interface RevocationSurroundings {
  readonly line: HttpLine
  readonly crypto: PkiCrypto
  readonly cache: EvidenceCache
  /** ms since 1970 */
  readonly now: () => number
  /** Asked before the addresses that certificates name. */
  readonly ocspUrls?: readonly string[]
  /** ms since 1970: what was kept from before this is asked for again; for a signature, its proven time. */
  readonly since?: number
  readonly limits?: HttpLimits
}

/** OCSP answers and certificates have some kB; a list may have megabytes, see `MAX_CRL_BYTES`. */
export const OCSP_LIMITS: HttpLimits = { connectMs: 5_000, totalMs: 10_000, maxBytes: 256 * 1024 }
export const CRL_LIMITS: HttpLimits = { connectMs: 5_000, totalMs: 60_000, maxBytes: 32 * 1024 * 1024 }
/** Clocks of authorities and of offices differ by minutes. */
export const SKEW_MS = 5 * 60_000
/** Certificates name one or two addresses; whoever writes hundreds wants us to call them. */
export const MAX_URLS = 3

export function codeOfHttp(fault: HttpFault): SourceCode {
  switch (fault) {
    case 'slow':
    case 'too-big':
    case 'aborted':
      return fault
    case 'unreachable':
    case 'proxy-refused':
      return 'unreachable'
    case 'bad-address':
    case 'http-status':
    case 'bad-redirect':
    case 'broken-answer':
      return 'refused'
  }
}
