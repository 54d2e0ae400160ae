// Checks a device's signature on an act: ECDSA P-256 with SHA-256 over the canonical JSON, r and s of 32 bytes each (IEEE P1363).
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { bytesToSign, type Act } from '../../shared/ledger/act.ts'
import type { PublicKey } from '../../shared/org/acts.ts'

/** Reading a key costs as much as checking a signature with it. The ledger's state keeps one object for each device as long as it stands. */
const readKeys = new WeakMap<PublicKey, KeyObject>()

/** @throws for a key that is no point of the curve */
function keyObjectOf(publicKey: PublicKey): KeyObject {
  const known = readKeys.get(publicKey)
  if (known !== undefined) return known
  const key = createPublicKey({ key: publicKey, format: 'jwk' })
  readKeys.set(publicKey, key)
  return key
}

/** @returns false for a wrong signature and for a key that is no point of the curve */
export function signedBy(act: Act, publicKey: PublicKey): boolean {
  try {
    const key = keyObjectOf(publicKey)
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
