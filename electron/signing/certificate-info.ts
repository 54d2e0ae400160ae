// A certificate on a token as people choose it: whose it is, who issued it, how long it is valid, and why it may not sign.
import { X509Certificate } from 'node:crypto'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import { keyUsage } from '../../shared/pki/extensions.ts'
import { commonName, displayName, organization } from '../../shared/pki/names.ts'
import type { RawCertificate } from './protocol.ts'

export type CertificateObstacle =
  | 'unreadable'
  | 'expired'
  | 'not-yet-valid'
  /** keyUsage is there and holds neither digitalSignature nor nonRepudiation. */
  | 'not-for-signing'
  | 'no-private-key'
  | 'key-mismatch'

export interface CertificateInfo {
  readonly subject: string
  readonly commonName: string | null
  readonly organization: string | null
  readonly issuer: string
  /** As people know the issuer: its common name, or the whole where it has none. */
  readonly issuerName: string
  /** Lower-case hex. */
  readonly serialNumber: string
  /** ms since 1970 */
  readonly notBefore: number
  readonly notAfter: number
  readonly key: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'other'
}

export interface TokenCertificate {
  readonly der: Uint8Array
  /** CKA_LABEL: what the issuer called it. */
  readonly label: string
  /** null when it cannot be read. */
  readonly info: CertificateInfo | null
  /** Empty: it can sign. Revocation and trust are not looked at here. */
  readonly obstacles: readonly CertificateObstacle[]
  /** Valid now, but not for 30 days more: after renewal the serial number differs, so people must be told in time. */
  readonly expiresSoon: boolean
  /** Seen only after login on most tokens. */
  readonly hasKey: 'yes' | 'no' | 'unknown'
}

const SOON_MS = 30 * 24 * 60 * 60 * 1000

/** @param now ms since 1970 */
export function describeCertificate(raw: RawCertificate, now: number): TokenCertificate {
  const { der, label, key } = raw
  const hasKey = key === 'present' ? 'yes' : key === 'unknown' ? 'unknown' : 'no'
  const certificate = parseCertificate(der)
  const keyType = keyTypeOf(der)
  if (certificate === null || keyType === null) {
    return { der, label, info: null, obstacles: ['unreadable'], expiresSoon: false, hasKey }
  }
  const { subject, issuer, serialNumber, notBefore, notAfter } = certificate
  const usage = keyUsage(certificate)
  const signs =
    usage === null || (usage !== 'unreadable' && (usage.has('digitalSignature') || usage.has('nonRepudiation')))
  const obstacles: readonly (CertificateObstacle | false)[] = [
    now > notAfter && 'expired',
    now < notBefore && 'not-yet-valid',
    !signs && 'not-for-signing',
    key === 'missing' && 'no-private-key',
    key === 'mismatch' && 'key-mismatch',
  ]
  return {
    der,
    label,
    info: {
      subject: displayName(subject),
      commonName: commonName(subject),
      organization: organization(subject),
      issuer: displayName(issuer),
      issuerName: commonName(issuer) ?? displayName(issuer),
      serialNumber,
      notBefore,
      notAfter,
      key: keyType,
    },
    obstacles: obstacles.filter((obstacle) => obstacle !== false),
    expiresSoon: now <= notAfter && notAfter - now < SOON_MS,
    hasKey,
  }
}

function keyTypeOf(der: Uint8Array): CertificateInfo['key'] | null {
  try {
    const type = new X509Certificate(der).publicKey.asymmetricKeyType
    return type === 'rsa' || type === 'rsa-pss' || type === 'ec' || type === 'ed25519' ? type : 'other'
  } catch {
    return null
  }
}
