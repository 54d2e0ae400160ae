// Whether a certificate's or a list's signature was made by an issuer's key: the one check that every download passes first.
import { signatureAlgorithmOf } from '../../shared/pki/algorithms.ts'
import type { AlgorithmIdentifier, Certificate } from '../../shared/pki/certificate.ts'
import type { PkiCrypto } from '../../shared/pki/crypto.ts'
import { sameName } from '../../shared/pki/names.ts'

export interface SignedObject {
  readonly tbs: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** Never rejects. */
export async function isSignedBy(object: SignedObject, issuer: Certificate, crypto: PkiCrypto): Promise<boolean> {
  const algorithm = signatureAlgorithmOf(object.signatureAlgorithm)
  if (algorithm === null) return false
  return crypto.verify({ algorithm, spki: issuer.spki, signature: object.signature, data: object.tbs })
}

/** By name and by key. */
export async function isIssuedBy(certificate: Certificate, issuer: Certificate, crypto: PkiCrypto): Promise<boolean> {
  return sameName(certificate.issuer, issuer.subject) && (await isSignedBy(certificate, issuer, crypto))
}
