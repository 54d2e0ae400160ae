// Checks a device's signature on an act: ECDSA P-256 with SHA-256 over the canonical JSON, r and s of 32 bytes each (IEEE P1363).
import { createHash, createPublicKey, verify } from 'node:crypto'
import { bytesToSign, type Act } from '../../shared/ledger/act.ts'
import type { PublicKey } from '../../shared/org/acts.ts'

/** @returns false for a wrong signature and for a key that is no point of the curve */
export function signedBy(act: Act, publicKey: PublicKey): boolean {
  try {
    const key = createPublicKey({ key: publicKey, format: 'jwk' })
    return verify(
      'sha256',
      bytesToSign(act),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(act.signature, 'base64url'),
    )
  } catch {
    return false
  }
}

/** SHA-256 in hexadecimal of what was signed: the same act sent again has the same digest, another act under its id has not. */
export function digestOf(act: Act): string {
  return createHash('sha256').update(bytesToSign(act)).digest('hex')
}
