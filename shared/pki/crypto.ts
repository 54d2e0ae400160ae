// The mathematics that public-key code needs, as an interface: hashes and signature checks come from the platform, decisions do not.

export const HASH_NAMES = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export type HashName = (typeof HASH_NAMES)[number]

/** How a signature was made. `pss` names its own hash and salt (RFC 4055 §3.1); the mask uses the same hash. */
export type SignatureAlgorithm =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashName }
  | { readonly kind: 'rsa-pss'; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: 'ecdsa'; readonly hash: HashName }
  | { readonly kind: 'dsa'; readonly hash: HashName }
  | { readonly kind: 'ed25519' }

export interface SignatureCheck {
  readonly algorithm: SignatureAlgorithm
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** As it stands in CMS and certificates: for ECDSA and DSA the DER of SEQUENCE { r, s }. */
  readonly signature: Uint8Array
  readonly data: Uint8Array
}

export interface PkiCrypto {
  /** The parts are hashed as if they stood one after the other. */
  digest(hash: HashName, parts: readonly Uint8Array[]): Promise<Uint8Array>
  /** False for a wrong signature, an unreadable key and an algorithm that the platform does not have. Never rejects. */
  verify(check: SignatureCheck): Promise<boolean>
}
