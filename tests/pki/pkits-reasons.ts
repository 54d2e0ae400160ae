// Why each invalid case of PKITS must be refused: a refusal for another reason would be luck.
import type { PathReasonCode } from '../../shared/pki/path.ts'

type Expected = PathReasonCode | 'not-a-certificate'

/** By section; a chapter stands for all of its sections that are not listed. */
const REASONS: Readonly<Record<string, Expected>> = {
  // The signature of the authority's certificate is broken in its DER already: nobody is left who issued the target.
  '4.1.2': 'no-chain',
  '4.1.3': 'signature-invalid',
  '4.1.6': 'not-a-certificate',
  '4.2': 'expired',
  '4.2.1': 'not-yet-valid',
  '4.2.2': 'not-yet-valid',
  '4.3': 'no-chain',
  '4.4': 'revocation-unknown',
  '4.4.2': 'revoked',
  '4.4.3': 'revoked',
  '4.4.15': 'revoked',
  '4.4.18': 'revoked',
  '4.4.20': 'revoked',
  '4.5': 'revoked',
  // A key for lists only has signed a certificate.
  '4.5.8': 'key-cert-sign-missing',
  '4.6': 'path-too-long',
  '4.6.1': 'not-a-ca',
  '4.6.2': 'not-a-ca',
  '4.6.3': 'not-a-ca',
  '4.7': 'key-cert-sign-missing',
  '4.7.4': 'revocation-unknown',
  '4.7.5': 'revocation-unknown',
  '4.8': 'policy',
  '4.9': 'policy',
  '4.10': 'policy',
  '4.11': 'policy',
  '4.12': 'policy',
  '4.13': 'name-constraint',
  '4.14': 'revoked',
  '4.14.3': 'revocation-unknown',
  '4.14.8': 'revocation-unknown',
  '4.14.9': 'revocation-unknown',
  '4.14.11': 'revocation-unknown',
  '4.14.12': 'revocation-unknown',
  '4.14.14': 'revocation-unknown',
  '4.14.17': 'revocation-unknown',
  '4.14.26': 'revocation-unknown',
  '4.14.27': 'revocation-unknown',
  '4.14.35': 'revocation-unknown',
  '4.15': 'revoked',
  '4.15.1': 'revocation-unknown',
  '4.15.10': 'revocation-unknown',
  '4.16': 'unknown-critical-extension',
}

export function expectedReason(section: string): Expected | undefined {
  return REASONS[section] ?? REASONS[section.split('.').slice(0, 2).join('.')]
}
