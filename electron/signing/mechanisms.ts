// Which mechanism of a token signs with which key, in the order they are tried; the token's own list and the certificate decide.
import { createHash, type KeyObject } from 'node:crypto'
import type { Mechanism } from 'pkcs11js'
import type { HashName, SignatureAlgorithm } from '../../shared/pki/crypto.ts'
import { CKG, CKM } from './cryptoki.ts'
import { digestInfo, ecdsaDer } from './signature-encoding.ts'

/** What this application signs with; DSA is only ever verified. */
export type SigningAlgorithm = Exclude<SignatureAlgorithm, { readonly kind: 'dsa' }>

export type SigningHash = Extract<HashName, 'sha256' | 'sha384' | 'sha512'>

/** One way to get the signature: what goes into C_SignInit and C_Sign, and how its answer becomes what CMS carries. */
export interface SigningWay {
  readonly mechanism: Mechanism
  readonly algorithm: SigningAlgorithm
  readonly input: Buffer
  /** null: the token's answer has no possible length. */
  readonly finish: (answer: Buffer) => Buffer | null
}

export interface SigningWish {
  readonly key: KeyObject
  readonly data: Uint8Array
  readonly hash: SigningHash
  readonly prefer: 'pkcs1' | 'pss'
}

const COMBINED = {
  pkcs1: { sha256: CKM.SHA256_RSA_PKCS, sha384: CKM.SHA384_RSA_PKCS, sha512: CKM.SHA512_RSA_PKCS },
  pss: { sha256: CKM.SHA256_RSA_PKCS_PSS, sha384: CKM.SHA384_RSA_PKCS_PSS, sha512: CKM.SHA512_RSA_PKCS_PSS },
  ecdsa: { sha256: CKM.ECDSA_SHA256, sha384: CKM.ECDSA_SHA384, sha512: CKM.ECDSA_SHA512 },
} as const

const PSS_HASH = {
  sha256: { hashAlg: CKM.SHA256, mgf: CKG.MGF1_SHA256, saltLen: 32 },
  sha384: { hashAlg: CKM.SHA384, mgf: CKG.MGF1_SHA384, saltLen: 48 },
  sha512: { hashAlg: CKM.SHA512, mgf: CKG.MGF1_SHA512, saltLen: 64 },
} as const

/** CK_PARAMS_RSA_PSS of pkcs11js: tells it which structure `parameter` is. */
const PARAMS_RSA_PSS = 5

/**
 * Everything that could sign, best first; empty for a key that CMS cannot carry from here.
 * @param listed C_GetMechanismList; null or empty when the driver gives none: then all are tried
 */
export function signingWays(wish: SigningWish, listed: readonly number[] | null): readonly SigningWay[] {
  const ways = waysFor(wish)
  if (listed === null || listed.length === 0) return ways
  return ways.filter((way) => listed.includes(way.mechanism.mechanism))
}

function waysFor(wish: SigningWish): readonly SigningWay[] {
  const type = wish.key.asymmetricKeyType
  if (type === 'rsa') {
    return wish.prefer === 'pss' ? [...pssWays(wish), ...pkcs1Ways(wish)] : [...pkcs1Ways(wish), ...pssWays(wish)]
  }
  // The certificate itself allows PSS only (RFC 4055 §1.2).
  if (type === 'rsa-pss') return pssWays(wish)
  if (type === 'ec') return ecdsaWays(wish)
  return type === 'ed25519' ? [way(CKM.EDDSA, { kind: 'ed25519' }, Buffer.from(wish.data))] : []
}

function pkcs1Ways({ data, hash }: SigningWish): readonly SigningWay[] {
  const algorithm = { kind: 'rsa-pkcs1', hash } as const
  return [
    way(COMBINED.pkcs1[hash], algorithm, Buffer.from(data)),
    way(CKM.RSA_PKCS, algorithm, digestInfo(hash, digest(hash, data))),
  ]
}

function pssWays({ data, hash }: SigningWish): readonly SigningWay[] {
  const parameter = { type: PARAMS_RSA_PSS, ...PSS_HASH[hash] }
  const algorithm = { kind: 'rsa-pss', hash, saltLength: parameter.saltLen } as const
  return [
    way(COMBINED.pss[hash], algorithm, Buffer.from(data), parameter),
    way(CKM.RSA_PKCS_PSS, algorithm, digest(hash, data), parameter),
  ]
}

/** Raw first: many tokens, SoftHSM 2.6 among them, have no other. */
function ecdsaWays({ key, data, hash }: SigningWish): readonly SigningWay[] {
  const algorithm = { kind: 'ecdsa', hash } as const
  // Of a digest longer than the order only the leftmost bits count (FIPS 186-5 §6.4.1); some tokens refuse the longer input.
  const raw = digest(hash, data).subarray(0, fieldBytes(key))
  return [
    { ...way(CKM.ECDSA, algorithm, raw), finish: ecdsaDer },
    { ...way(COMBINED.ecdsa[hash], algorithm, Buffer.from(data)), finish: ecdsaDer },
  ]
}

const CURVE_BYTES: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 }

function fieldBytes(key: KeyObject): number {
  return CURVE_BYTES[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 66
}

function way(
  mechanism: number,
  algorithm: SigningAlgorithm,
  input: Buffer,
  parameter?: NonNullable<Mechanism['parameter']>,
): SigningWay {
  return {
    mechanism: { mechanism, ...(parameter === undefined ? {} : { parameter }) },
    algorithm,
    input,
    finish: (answer) => answer,
  }
}

function digest(hash: SigningHash, data: Uint8Array): Buffer {
  return createHash(hash).update(data).digest()
}
