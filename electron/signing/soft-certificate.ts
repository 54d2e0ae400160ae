// A certificate with its key in a file (PKCS#12): read by node-forge, signed with by node:crypto. Reads only; decides nothing about trust.
import {
  constants,
  createPrivateKey,
  createPublicKey,
  pbkdf2Sync,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import forge from 'node-forge'
import type { SigningAlgorithm, SigningHash } from './mechanisms.ts'
import { TokenFault } from './pkcs11-errors.ts'
import { signatureVerifies } from './signature-check.ts'
import type { TokenSignature } from './token-signing.ts'

export const SOFT_LIMITS = {
  /** A key and its chain are some kilobytes. */
  fileBytes: 1024 * 1024,
  /** The file says how often the password is hashed: more than this only stops the program. OpenSSL writes 2,048, Windows 2,000 to 10,000. */
  iterations: 1_000_000,
  depth: 32,
  certificates: 32,
} as const

export interface SoftCertificate {
  readonly key: KeyObject
  /** DER; the key's own first, then what else the file holds. */
  readonly certificates: readonly Buffer[]
}

/**
 * Curves and Edwards keys come through too: forge does not understand them, but gives their ASN.1 back unchanged, and node:crypto reads it.
 * @param password its bytes are zeroed
 * @throws TokenFault `soft-unreadable`, `soft-password-wrong`, `soft-too-large`, `soft-too-many-iterations`, `key-missing`,
 * `certificate-not-found` (none for the key) or `unsupported` (a kind of key that the platform does not know)
 */
export function readSoftCertificate(file: Uint8Array, password: Uint8Array): SoftCertificate {
  try {
    if (file.length > SOFT_LIMITS.fileBytes) throw new TokenFault('soft-too-large')
    const bags = readBags(file, password)
    const key = readKey(bags)
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
    const certificates = bags.flatMap((bag) => certificateDer(bag) ?? []).slice(0, SOFT_LIMITS.certificates)
    const isOwn = (der: Buffer): boolean => spkiOf(der)?.equals(spki) ?? false
    const own = certificates.filter(isOwn)
    if (own.length === 0) throw new TokenFault('certificate-not-found')
    return { key, certificates: [...own, ...certificates.filter((der) => !isOwn(der))] }
  } finally {
    password.fill(0)
  }
}

/** The contract of a token: verified with the certificate's public key before it is given out. @throws TokenFault */
export function signSoftly(
  { key, certificates }: SoftCertificate,
  wish: {
    readonly certificate: Uint8Array
    readonly data: Uint8Array
    readonly hash: SigningHash
    readonly prefer: 'pkcs1' | 'pss'
  },
): TokenSignature {
  const certificate = certificates.find((der) => der.equals(wish.certificate))
  if (certificate === undefined) throw new TokenFault('certificate-not-found')
  const algorithm = algorithmFor(key, wish.hash, wish.prefer)
  const { publicKey } = new X509Certificate(certificate)
  const signature = signWith(key, algorithm, wish.data)
  if (!signatureVerifies(publicKey, algorithm, wish.data, signature)) throw new TokenFault('key-mismatch')
  return { algorithm, signature: Uint8Array.from(signature) }
}

function algorithmFor(key: KeyObject, hash: SigningHash, prefer: 'pkcs1' | 'pss'): SigningAlgorithm {
  const type = key.asymmetricKeyType
  if (type === 'rsa-pss' || (type === 'rsa' && prefer === 'pss')) {
    return { kind: 'rsa-pss', hash, saltLength: Number(hash.slice(3)) / 8 }
  }
  if (type === 'rsa') return { kind: 'rsa-pkcs1', hash }
  if (type === 'ec') return { kind: 'ecdsa', hash }
  if (type === 'ed25519') return { kind: 'ed25519' }
  throw new TokenFault('unsupported')
}

function signWith(key: KeyObject, algorithm: SigningAlgorithm, data: Uint8Array): Buffer {
  switch (algorithm.kind) {
    case 'rsa-pkcs1':
      return sign(algorithm.hash, data, { key, padding: constants.RSA_PKCS1_PADDING })
    case 'rsa-pss':
      return sign(algorithm.hash, data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: algorithm.saltLength,
      })
    case 'ecdsa':
      return sign(algorithm.hash, data, { key, dsaEncoding: 'der' })
    case 'ed25519':
      return sign(null, data, key)
  }
}

/**
 * PBKDF2 of forge drops the upper half of every letter outside Latin-1, so no file with a Vietnamese password and present-day encryption
 * would open. RFC 7292 wants UTF-16 for the MAC, which forge does right, and RFC 8018 practice is UTF-8 here. It also sees the counts
 * that are nested inside encrypted parts.
 */
function pbkdf2InUtf8(
  password: string,
  salt: string,
  count: number,
  bytes: number,
  digest: { readonly algorithm: string },
): string {
  if (count > SOFT_LIMITS.iterations) throw new TokenFault('soft-too-many-iterations')
  return pbkdf2Sync(password, Buffer.from(salt, 'latin1'), count, bytes, digest.algorithm).toString('latin1')
}

function readBags(file: Uint8Array, password: Uint8Array): readonly forge.pkcs12.Bag[] {
  const pfx = parse(binary(file))
  if (pfx === null) throw new TokenFault('soft-unreadable')
  if (mostIterations(pfx, 0) > SOFT_LIMITS.iterations) throw new TokenFault('soft-too-many-iterations')
  Object.assign(forge.pkcs5, { pbkdf2: pbkdf2InUtf8 })
  try {
    const text = Buffer.from(password.buffer, password.byteOffset, password.byteLength).toString('utf8')
    return forge.pkcs12.pkcs12FromAsn1(pfx, true, text).safeContents.flatMap((content) => content.safeBags)
  } catch (error) {
    if (error instanceof TokenFault) throw error
    // Forge has texts and no codes; a wrong password shows in the MAC, or, in a file without one, in what does not decrypt.
    const ofPassword = error instanceof Error && /password|decrypt/i.test(error.message)
    throw new TokenFault(ofPassword ? 'soft-password-wrong' : 'soft-unreadable')
  }
}

/** Iteration counts as far as they can be seen from outside; what is nested inside encrypted parts is ended by the caller's time limit. */
function mostIterations(node: forge.asn1.Asn1, depth: number): number {
  if (depth > SOFT_LIMITS.depth) throw new TokenFault('soft-unreadable')
  const { value } = node
  if (!Array.isArray(value)) {
    const inside = node.type === forge.asn1.Type.OCTETSTRING && value.startsWith('\x30') ? parse(value) : null
    return inside === null ? 0 : mostIterations(inside, depth + 1)
  }
  // MacData has its salt second, the parameters of PBKDF2 and of PKCS#12's own schemes have it first; the count is a number beside it.
  const counts = holdsSalt(value[0]) || holdsSalt(value[1]) ? value.map(countOf) : []
  return Math.max(0, ...counts, ...value.map((child) => mostIterations(child, depth + 1)))
}

function holdsSalt(node: forge.asn1.Asn1 | undefined): boolean {
  return node?.type === forge.asn1.Type.OCTETSTRING
}

function countOf(node: forge.asn1.Asn1): number {
  if (node.type !== forge.asn1.Type.INTEGER || typeof node.value !== 'string') return 0
  return node.value.length > 6
    ? Infinity
    : Number.parseInt(Buffer.from(node.value, 'latin1').toString('hex') || '0', 16)
}

function readKey(bags: readonly forge.pkcs12.Bag[]): KeyObject {
  const { keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids
  const bag = bags.find(({ type }) => type === keyBag || type === pkcs8ShroudedKeyBag)
  if (bag === undefined) throw new TokenFault('key-missing')
  const info = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1
  try {
    return createPrivateKey({ key: derOf(info), format: 'der', type: 'pkcs8' })
  } catch {
    throw new TokenFault('unsupported')
  }
}

function certificateDer(bag: forge.pkcs12.Bag): Buffer | null {
  if (bag.type !== forge.pki.oids.certBag) return null
  return derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1)
}

function spkiOf(der: Buffer): Buffer | null {
  try {
    return new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })
  } catch {
    return null
  }
}

function parse(bytes: string): forge.asn1.Asn1 | null {
  try {
    return forge.asn1.fromDer(bytes, true)
  } catch {
    return null
  }
}

const binary = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const derOf = (node: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(node).getBytes(), 'latin1')
