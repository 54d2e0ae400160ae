// The certificates that stand for people: reading what the administrator binds, and finding whose one is.
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { fromBase64 } from '../text/base64.ts'
import { parseCertificate, type Certificate } from '../pki/certificate.ts'
import { displayName } from '../pki/names.ts'
import type { BoundCertificate, OrgState } from './state.ts'

/** What the administrator sees of a binding. Times are UTC, ISO 8601. */
export interface CertificateBinding extends Omit<BoundCertificate, 'certificate'> {
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly notBefore: string
  readonly notAfter: string
}

/** @param text DER as base64 @returns null when it is no certificate */
export function certificateOf(text: string): Certificate | null {
  const der = fromBase64(text)
  return der === null ? null : parseCertificate(der)
}

/** SHA-256 of the DER, hexadecimal. @param text DER as base64 */
export function fingerprintOf(text: string): string {
  return bytesToHex(sha256(fromBase64(text) ?? new Uint8Array()))
}

export function bindingView({ certificate, ...binding }: BoundCertificate): CertificateBinding {
  const parsed = certificateOf(certificate)
  // What was bound was read then; a reader that has become stricter since shows the rest all the same.
  const iso = (time: number | undefined) => (time === undefined ? '' : new Date(time).toISOString())
  return {
    ...binding,
    subject: parsed === null ? '' : displayName(parsed.subject),
    issuer: parsed === null ? '' : displayName(parsed.issuer),
    serialNumber: parsed?.serialNumber ?? '',
    notBefore: iso(parsed?.notBefore),
    notAfter: iso(parsed?.notAfter),
  }
}

/** The binding of a certificate at this moment; null when nobody is bound to it, or no longer. */
export function bindingOf(org: OrgState, fingerprint: string): BoundCertificate | null {
  const bound = org.certificates[fingerprint]
  return bound?.endedAt === null ? bound : null
}
