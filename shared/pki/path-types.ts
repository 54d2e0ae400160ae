// What a question about a certification path is made of, and its answer.
import type { AlgorithmPolicy } from './algorithm-policy.ts'
import type { Certificate } from './certificate.ts'
import type { CertificateList } from './crl.ts'
import type { OcspResponse } from './ocsp-response.ts'

export type AnchorUse = 'signing' | 'timestamping'

export interface TrustAnchor {
  /** Only its name, its key and what it imposes on paths count (RFC 5280 §6.1.1 d, RFC 5937); its own dates and signature do not. */
  readonly certificate: Certificate
  /** Absent: every use. */
  readonly use?: readonly AnchorUse[]
  /** ms since 1970: the span in which paths may end here; absent: open. */
  readonly validFrom?: number
  readonly validUntil?: number
}

export type PathPurpose = 'signing' | 'timestamping' | 'ocsp' | 'crl' | 'any'

/** The user's side of policies (RFC 5280 §6.1.1 c, e–g). */
export interface PolicyRequest {
  /** Policies that are acceptable; empty: any. */
  readonly initial: readonly string[]
  readonly explicit: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAny: boolean
}

export interface PathRequest {
  readonly target: Certificate
  /** Certificates that may help; none of them is trusted. */
  readonly candidates: readonly Certificate[]
  readonly anchors: readonly TrustAnchor[]
  readonly crls: readonly CertificateList[]
  readonly ocsp: readonly OcspResponse[]
  /** ms since 1970: validity and revocation are judged at this time. */
  readonly at: number
  /**
   * ms since 1970, default `at`: evidence may come from after `at` up to here. For a signature that is proven to have
   * existed at `at`, a later list says whether the certificate had been revoked by then. What was fetched just now can be
   * of a clock that is ahead: allow for that here.
   */
  readonly evidenceUntil?: number
  readonly revocation: 'require' | 'if-known' | 'off'
  readonly policies?: PolicyRequest
  readonly purpose: PathPurpose
  readonly algorithms?: AlgorithmPolicy
}

export type PathReasonCode =
  /** No chain of names and signatures leads to a trust anchor. */
  | 'no-chain'
  /** A limit of the search was reached before an answer was found. */
  | 'too-complex'
  | 'anchor-out-of-use'
  | 'signature-invalid'
  | 'algorithm-unsupported'
  | 'algorithm-weak'
  | 'key-weak'
  | 'not-yet-valid'
  | 'expired'
  | 'unknown-critical-extension'
  | 'extension-unreadable'
  | 'not-a-ca'
  | 'path-too-long'
  | 'key-cert-sign-missing'
  | 'name-constraint'
  | 'policy'
  | 'key-usage'
  | 'extended-key-usage'
  | 'revoked'
  | 'revocation-unknown'

export interface PathReason {
  readonly code: PathReasonCode
  /** Position in `chain`, 0 being the target; null where it concerns no single one. */
  readonly index: number | null
  /** Why nothing is known, with `revocation-unknown`. */
  readonly problem?: RevocationProblem
}

/** The furthest that evidence came: nothing at all, out of date, of another scope, not signed by who may sign it. */
export type RevocationProblem = 'none' | 'stale' | 'unusable' | 'signer' | 'incomplete'

export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  null,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const
export type RevocationReason = NonNullable<(typeof REVOCATION_REASONS)[number]>

export interface RevocationEvidence {
  readonly certificate: Certificate
  readonly source: 'crl' | 'ocsp'
  /** At `at`; a certificate that was revoked later is good, with `revokedAt` set. */
  readonly status: 'good' | 'revoked'
  readonly thisUpdate: number
  readonly nextUpdate: number | null
  readonly revokedAt: number | null
  readonly reason: RevocationReason | null
  /** DER of the response, or of the list and the delta list to it, as an archive wants them. */
  readonly raw: readonly Uint8Array[]
}

export interface PathResult {
  /** `indeterminate`: what is missing could still make it valid. */
  readonly status: 'valid' | 'invalid' | 'indeterminate'
  /** Target first, trust anchor last; only the target where there is no chain. */
  readonly chain: readonly Certificate[]
  readonly anchor: TrustAnchor | null
  readonly reasons: readonly PathReason[]
  readonly revocation: readonly RevocationEvidence[]
}
