// AlgorithmIdentifier of signatures and hashes, to and from what the platform's mathematics is asked for.
import { sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { readAlgorithm, type AlgorithmIdentifier } from './certificate.ts'
import type { HashName, SignatureAlgorithm } from './crypto.ts'
import { derContext, derInteger, derNull, derOid, derSequence } from './der.ts'
import {
  contextConstructed,
  DerFault,
  FieldReader,
  orNull,
  readBitStringBytes,
  readCount,
  readElement,
  readIntegerHex,
  readOid,
  TAG,
} from './der-reader.ts'
import { CURVE, DIGEST, SIGNATURE } from './oids.ts'

const HASH_OF_OID: ReadonlyMap<string, HashName> = new Map([
  [DIGEST.sha1, 'sha1'],
  [DIGEST.sha224, 'sha224'],
  [DIGEST.sha256, 'sha256'],
  [DIGEST.sha384, 'sha384'],
  [DIGEST.sha512, 'sha512'],
])

/** Signature algorithms whose identifier says everything. */
const SIGNATURES: readonly (readonly [string, SignatureAlgorithm])[] = [
  [SIGNATURE.sha1WithRsa, { kind: 'rsa-pkcs1', hash: 'sha1' }],
  [SIGNATURE.sha224WithRsa, { kind: 'rsa-pkcs1', hash: 'sha224' }],
  [SIGNATURE.sha256WithRsa, { kind: 'rsa-pkcs1', hash: 'sha256' }],
  [SIGNATURE.sha384WithRsa, { kind: 'rsa-pkcs1', hash: 'sha384' }],
  [SIGNATURE.sha512WithRsa, { kind: 'rsa-pkcs1', hash: 'sha512' }],
  [SIGNATURE.ecdsaWithSha1, { kind: 'ecdsa', hash: 'sha1' }],
  [SIGNATURE.ecdsaWithSha224, { kind: 'ecdsa', hash: 'sha224' }],
  [SIGNATURE.ecdsaWithSha256, { kind: 'ecdsa', hash: 'sha256' }],
  [SIGNATURE.ecdsaWithSha384, { kind: 'ecdsa', hash: 'sha384' }],
  [SIGNATURE.ecdsaWithSha512, { kind: 'ecdsa', hash: 'sha512' }],
  [SIGNATURE.dsaWithSha1, { kind: 'dsa', hash: 'sha1' }],
  [SIGNATURE.dsaWithSha224, { kind: 'dsa', hash: 'sha224' }],
  [SIGNATURE.dsaWithSha256, { kind: 'dsa', hash: 'sha256' }],
]

/** Identifiers of keys that CMS also uses for signatures; the hash is then that of the SignerInfo (RFC 3370 §3, RFC 5754 §3). */
const KEY_KINDS = new Map<string, 'rsa-pkcs1' | 'ecdsa' | 'dsa'>([
  [SIGNATURE.rsaEncryption, 'rsa-pkcs1'],
  [SIGNATURE.ecPublicKey, 'ecdsa'],
  [SIGNATURE.dsa, 'dsa'],
])

/** More salt than the longest modulus in use has bytes is nonsense. */
const MAX_SALT_BYTES = 2048

/** NULL where nothing could stand has no meaning, and products mix the two up (RFC 4055 §2.1). */
const withoutParameters = ({ parameters }: AlgorithmIdentifier): boolean =>
  parameters === null || (parameters.length === 2 && parameters[0] === TAG.null)

/** The hash that an AlgorithmIdentifier names; null for one that we do not compute (MD5 and older among them). */
export function hashOf(identifier: AlgorithmIdentifier): HashName | null {
  return withoutParameters(identifier) ? (HASH_OF_OID.get(identifier.oid) ?? null) : null
}

/** AlgorithmIdentifier of a hash, without parameters (RFC 5754 §2). */
export function hashIdentifier(hash: HashName): Uint8Array {
  return derSequence(derOid(DIGEST[hash]))
}

/** For certificates and names, which are small and whose hashes are needed at once; documents go through `PkiCrypto`. */
export function hashNow(hash: HashName, bytes: Uint8Array): Uint8Array {
  switch (hash) {
    case 'sha1':
      return sha1(bytes)
    case 'sha224':
      return sha224(bytes)
    case 'sha256':
      return sha256(bytes)
    case 'sha384':
      return sha384(bytes)
    case 'sha512':
      return sha512(bytes)
  }
}

/**
 * What a signature's AlgorithmIdentifier asks for.
 * @param hash the SignerInfo's digest algorithm, for identifiers of CMS that only name the kind of key; null elsewhere
 * @returns null for what we do not know or do not accept
 */
export function signatureAlgorithmOf(
  identifier: AlgorithmIdentifier,
  hash: HashName | null = null,
): SignatureAlgorithm | null {
  if (identifier.oid === SIGNATURE.rsassaPss) return pssOf(identifier.parameters)
  // RFC 8410 §3: there must be no parameters, not even NULL.
  if (identifier.oid === SIGNATURE.ed25519) return identifier.parameters === null ? { kind: 'ed25519' } : null
  const kind = KEY_KINDS.get(identifier.oid)
  if (kind !== undefined && hash !== null) return { kind, hash }
  if (!withoutParameters(identifier)) return null
  return SIGNATURES.find(([oid]) => oid === identifier.oid)?.[1] ?? null
}

/**
 * RSASSA-PSS-params (RFC 4055 §3.1).
 * @returns null for no parameters, a trailer other than 1, a mask that is not MGF1 and one with another hash
 */
export function pssOf(parameters: Uint8Array | null): SignatureAlgorithm | null {
  if (parameters === null) return null
  return orNull(() => {
    const fields = new FieldReader(readElement(parameters))
    const hash = readHash(fields.optional(contextConstructed(0))?.content)
    const mask = readMaskHash(fields.optional(contextConstructed(1))?.content)
    const salt = fields.optional(contextConstructed(2))
    const trailer = fields.optional(contextConstructed(3))
    fields.end()
    const saltLength = salt === null ? 20 : readCount(readElement(salt.content, TAG.integer))
    if (mask !== hash || saltLength > MAX_SALT_BYTES) return null
    if (trailer !== null && readCount(readElement(trailer.content, TAG.integer)) !== 1) return null
    return { kind: 'rsa-pss', hash, saltLength }
  })
}

/** The defaults of 1998: SHA-1 where nothing stands. */
function readHash(der: Uint8Array | undefined): HashName {
  if (der === undefined) return 'sha1'
  const hash = hashOf(readAlgorithm(readElement(der)))
  if (hash === null) throw new DerFault('hash')
  return hash
}

function readMaskHash(der: Uint8Array | undefined): HashName {
  if (der === undefined) return 'sha1'
  const { oid, parameters } = readAlgorithm(readElement(der))
  if (oid !== SIGNATURE.mgf1 || parameters === null) throw new DerFault('mask')
  return readHash(parameters)
}

/**
 * AlgorithmIdentifier of a signature as CMS and certificates carry it, DER.
 * @throws RangeError for DSA with a hash that has no identifier, a mistake of the caller
 */
export function signatureIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  switch (algorithm.kind) {
    case 'rsa-pss':
      return derSequence(derOid(SIGNATURE.rsassaPss), pssParameters(algorithm.hash, algorithm.saltLength))
    case 'ed25519':
      return derSequence(derOid(SIGNATURE.ed25519))
    case 'rsa-pkcs1':
    case 'ecdsa':
    case 'dsa': {
      const found = SIGNATURES.find(([, one]) => one.kind === algorithm.kind && one.hash === algorithm.hash)
      if (found === undefined) throw new RangeError('no identifier')
      return algorithm.kind === 'rsa-pkcs1' ? derSequence(derOid(found[0]), derNull()) : derSequence(derOid(found[0]))
    }
  }
}

/** DER leaves out what equals the default; the hashes in here carry NULL (RFC 4055 §2.1, §3.1). */
export function pssParameters(hash: HashName, saltLength: number): Uint8Array {
  const identifier = derSequence(derOid(DIGEST[hash]), derNull())
  const standard = hash === 'sha1'
  return derSequence(
    ...(standard ? [] : [derContext(0, identifier), derContext(1, derSequence(derOid(SIGNATURE.mgf1), identifier))]),
    ...(saltLength === 20 ? [] : [derContext(2, derInteger(saltLength))]),
  )
}

export type CurveName = keyof typeof CURVE

export type PublicKeyKind =
  /** `pss`: what a key that is only for RSASSA-PSS is bound to (RFC 4055 §1.2), or 'any'; null for a key without that bond. */
  | {
      readonly kind: 'rsa'
      readonly bits: number
      /** Hex. */
      readonly exponent: string
      readonly pss: SignatureAlgorithm | 'any' | null
    }
  /** `curve` is null for one that we do not know, and for parameters written out. */
  | { readonly kind: 'ec'; readonly curve: CurveName | null }
  | { readonly kind: 'dsa' }
  | { readonly kind: 'ed25519' }

/** Kind and size of a key from the DER of its SubjectPublicKeyInfo; null for what is none of those. */
export function publicKeyKind(spki: Uint8Array): PublicKeyKind | null {
  return orNull(() => {
    const fields = new FieldReader(readElement(spki))
    const { oid, parameters } = readAlgorithm(fields.take(TAG.sequence))
    const key = readBitStringBytes(fields.take(TAG.bitString))
    fields.end()
    switch (oid) {
      case SIGNATURE.rsaEncryption:
        return { kind: 'rsa', ...readRsaKey(key), pss: null }
      case SIGNATURE.rsassaPss: {
        const pss = parameters === null ? 'any' : pssOf(parameters)
        return pss === null ? null : { kind: 'rsa', ...readRsaKey(key), pss }
      }
      case SIGNATURE.ecPublicKey:
        return { kind: 'ec', curve: readCurve(parameters) }
      case SIGNATURE.dsa:
        return { kind: 'dsa' }
      case SIGNATURE.ed25519:
        return parameters === null && key.length === 32 ? { kind: 'ed25519' } : null
      default:
        return null
    }
  })
}

function readRsaKey(der: Uint8Array): { readonly bits: number; readonly exponent: string } {
  const fields = new FieldReader(readElement(der))
  const modulus = readIntegerHex(fields.take(TAG.integer))
  const exponent = readIntegerHex(fields.take(TAG.integer))
  fields.end()
  if (modulus.startsWith('-') || exponent.startsWith('-')) throw new DerFault('negative key')
  const leadingBits = Number.parseInt(modulus.slice(0, 1), 16).toString(2).length
  return { bits: (modulus.length - 1) * 4 + leadingBits, exponent }
}

function readCurve(parameters: Uint8Array | null): CurveName | null {
  if (parameters?.[0] !== TAG.oid) return null
  const oid = readOid(readElement(parameters))
  const names: readonly CurveName[] = ['P-256', 'P-384', 'P-521']
  return names.find((name) => CURVE[name] === oid) ?? null
}

/** Whether a key can have made such a signature: its kind fits, and a key for RSASSA-PSS only is used as it demands. */
export function keyFits(key: PublicKeyKind, algorithm: SignatureAlgorithm): boolean {
  switch (algorithm.kind) {
    case 'rsa-pkcs1':
      return key.kind === 'rsa' && key.pss === null
    case 'rsa-pss': {
      if (key.kind !== 'rsa') return false
      if (key.pss === null || key.pss === 'any') return true
      // RFC 4055 §3.3: the same hash, and at least the salt that the key demands.
      return key.pss.kind === 'rsa-pss' && key.pss.hash === algorithm.hash && key.pss.saltLength <= algorithm.saltLength
    }
    case 'ecdsa':
      return key.kind === 'ec'
    case 'dsa':
    case 'ed25519':
      return key.kind === algorithm.kind
  }
}

/** The hash to sign with: as strong as the key, SHA-512 where Ed25519 leaves no choice (RFC 8419 §3). */
export function hashForKey(key: PublicKeyKind): HashName {
  if (key.kind === 'ed25519') return 'sha512'
  if (key.kind === 'ec' && key.curve === 'P-384') return 'sha384'
  if (key.kind === 'ec' && key.curve === 'P-521') return 'sha512'
  return 'sha256'
}
