// Whether a signature verifies with its certificate's public key: what does not, never leaves the signing side.
import { constants, verify, type KeyObject } from 'node:crypto'
import type { SignatureAlgorithm } from '../../shared/pki/crypto.ts'

/** @returns false for a wrong signature and for one that the platform cannot read. Never throws. */
export function signatureVerifies(
  key: KeyObject,
  algorithm: SignatureAlgorithm,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    switch (algorithm.kind) {
      case 'rsa-pkcs1':
        return verify(algorithm.hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
      case 'rsa-pss': {
        const { saltLength } = algorithm
        return verify(algorithm.hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
      }
      case 'ecdsa':
        return verify(algorithm.hash, data, { key, dsaEncoding: 'der' }, signature)
      case 'ed25519':
        return verify(null, data, key, signature)
      case 'dsa':
        return false
    }
  } catch {
    return false
  }
}
