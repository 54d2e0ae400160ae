// When a revision existed, proven by timestamps: those inside signatures and those over the whole document, each judged at the time that the next one proves.
import type { Certificate } from '../pki/certificate.ts'
import type { PkiCrypto } from '../pki/crypto.ts'
import { validatePath } from '../pki/path.ts'
import type { PathResult, TrustAnchor } from '../pki/path-types.ts'
import { provesTime, type TimestampVerification } from '../pki/timestamp.ts'
import type { Evidence } from './evidence.ts'
import type { Reason } from './reason.ts'

export interface TimeProof {
  /** ms since 1970. */
  readonly time: number
  readonly status: 'valid' | 'invalid' | 'indeterminate'
  readonly authority: Certificate | null
  readonly path: PathResult | null
  readonly reasons: readonly Reason[]
}

export interface TrustQuestion {
  readonly anchors: readonly TrustAnchor[]
  readonly evidence: Evidence
  /** ms since 1970: until when evidence counts. */
  readonly until: number
  readonly crypto: PkiCrypto
}

/**
 * Judges one timestamp.
 * @param at the time at which its authority's certificate must have held: the earliest later proof, or now (EN 319 102-1, 5.4)
 */
export async function judgeTimestamp(
  verification: TimestampVerification,
  at: number,
  { anchors, evidence, until, crypto }: TrustQuestion,
): Promise<TimeProof | null> {
  const { token, signer, reasons } = verification
  if (token === null) return null
  const own = reasons.map((reason): Reason => `timestamp.${reason}`)
  if (signer === null || !provesTime(reasons))
    return { time: token.time, status: 'invalid', authority: signer, path: null, reasons: own }
  const path = await validatePath(
    {
      target: signer,
      candidates: [...token.cms.certificates, ...evidence.certificates],
      anchors,
      crls: evidence.crls,
      ocsp: evidence.ocsps,
      // A token cannot have been made before the certificate that signs it, nor after the moment from which it is looked at.
      at: Math.max(at, token.time),
      // Fresh answers of a responder whose clock is ahead count as well.
      evidenceUntil: until + CLOCK_TOLERANCE_MS,
      revocation: 'if-known',
      purpose: 'timestamping',
    },
    crypto,
  )
  const isFuture = token.time > until + CLOCK_TOLERANCE_MS
  const found = path.reasons.map(({ code }): Reason => `timestamp.${code}`)
  return {
    time: token.time,
    status: isFuture ? 'invalid' : statusOf(path),
    authority: signer,
    path,
    reasons: [...own, ...found, ...(isFuture ? ['timestamp.from-the-future' as const] : [])],
  }
}

/** The clock of this machine may be behind: as much as is allowed when a timestamp is fetched. */
export const CLOCK_TOLERANCE_MS = 10 * 60_000

/** A certificate that has run out by now proves nothing more, but nothing against the token either. */
function statusOf(path: PathResult): TimeProof['status'] {
  return isOnlyExpired(path) ? 'indeterminate' : path.status
}

/** Nothing else is wrong; that nobody answers for a certificate that has run out is to be expected. */
export function isOnlyExpired({ reasons }: PathResult): boolean {
  const codes = reasons.map(({ code }) => code)
  return codes.includes('expired') && codes.every((code) => code === 'expired' || code === 'revocation-unknown')
}
