// Whether a signature counts by its algorithm and its key, whoever made it.
import { keyFits, publicKeyKind, signatureAlgorithmOf } from './algorithms.ts'
import type { AlgorithmIdentifier } from './certificate.ts'
import type { HashName } from './crypto.ts'

/** What is weaker is refused, whatever it says. */
export interface AlgorithmPolicy {
  readonly hashes: ReadonlySet<HashName>
  readonly minRsaBits: number
  readonly dsa: boolean
}

/** ETSI TS 119 312: SHA-256 and better, RSA from 2048 bits, no DSA. */
export const DEFAULT_ALGORITHMS: AlgorithmPolicy = {
  hashes: new Set<HashName>(['sha256', 'sha384', 'sha512']),
  minRsaBits: 2048,
  dsa: false,
}

export type AlgorithmFault = 'algorithm-unsupported' | 'algorithm-weak' | 'key-weak'

/** Larger keys are nobody's, and checking with them is slow. */
const MAX_RSA_BITS = 16_384

/**
 * What speaks against a signature by this algorithm and key; null: nothing. Curves other than P-256, P-384 and P-521 and
 * parameters written out (RFC 5480 §2.1.1 forbids them; CVE-2020-0601) are unsupported.
 * @param spki DER of the signer's SubjectPublicKeyInfo
 */
export function algorithmFault(
  identifier: AlgorithmIdentifier,
  spki: Uint8Array,
  policy: AlgorithmPolicy,
): AlgorithmFault | null {
  const algorithm = signatureAlgorithmOf(identifier)
  const key = publicKeyKind(spki)
  if (algorithm === null || key === null || !keyFits(key, algorithm)) return 'algorithm-unsupported'
  if (algorithm.kind !== 'ed25519' && !policy.hashes.has(algorithm.hash)) return 'algorithm-weak'
  switch (key.kind) {
    case 'rsa':
      // With the exponent 1 a signature is its own message.
      return key.bits < policy.minRsaBits || key.bits > MAX_RSA_BITS || key.exponent === '1' ? 'key-weak' : null
    case 'ec':
      return key.curve === null ? 'algorithm-unsupported' : null
    case 'dsa':
      return policy.dsa ? null : 'key-weak'
    case 'ed25519':
      return null
  }
}
