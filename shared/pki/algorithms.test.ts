// Identifiers of algorithms and keys: what is written reads back the same, and what is not exactly right is refused.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  hashForKey,
  hashIdentifier,
  hashNow,
  hashOf,
  keyFits,
  pssOf,
  pssParameters,
  publicKeyKind,
  signatureAlgorithmOf,
  signatureIdentifier,
  type PublicKeyKind,
} from './algorithms.ts'
import { readAlgorithm } from './certificate.ts'
import { HASH_NAMES, type SignatureAlgorithm } from './crypto.ts'
import { derBitString, derContext, derInteger, derNull, derOid, derSequence, derTagged } from './der.ts'
import { readElement } from './der-reader.ts'
import { CURVE, DIGEST, SIGNATURE } from './oids.ts'

const read = (der: Uint8Array) => readAlgorithm(readElement(der))
const hex = (der: Uint8Array) => Buffer.from(der).toString('hex')
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ format: 'der', type: 'spki' }))

describe('hashes', () => {
  it('are named without parameters, read with NULL too, and computed', () => {
    for (const hash of HASH_NAMES) {
      expect(hashOf(read(hashIdentifier(hash)))).toBe(hash)
      expect(hashOf({ oid: DIGEST[hash], parameters: derNull() })).toBe(hash)
      expect(hashOf({ oid: DIGEST[hash], parameters: derInteger(1) })).toBe(null)
      expect(hashNow(hash, Uint8Array.of(1)).length).toBe(
        { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }[hash],
      )
    }
    expect(hashOf({ oid: DIGEST.md5, parameters: null })).toBe(null)
  })
})

describe('signature algorithms', () => {
  const hashes = ['sha224', 'sha256', 'sha384', 'sha512', 'sha1'] as const
  const all: SignatureAlgorithm[] = [
    ...hashes.map((hash) => ({ kind: 'rsa-pkcs1', hash }) as const),
    ...hashes.map((hash) => ({ kind: 'ecdsa', hash }) as const),
    ...hashes.flatMap((hash) => [20, 32, 64].map((saltLength) => ({ kind: 'rsa-pss', hash, saltLength }) as const)),
    ...(['sha1', 'sha224', 'sha256'] as const).map((hash) => ({ kind: 'dsa', hash }) as const),
    { kind: 'ed25519' },
  ]

  it('read back as they were written', () => {
    for (const algorithm of all) expect(signatureAlgorithmOf(read(signatureIdentifier(algorithm)))).toEqual(algorithm)
    expect(() => signatureIdentifier({ kind: 'dsa', hash: 'sha512' })).toThrow(RangeError)
  })

  it('are written to the byte as others do: PSS with SHA-256 and 32 bytes of salt', () => {
    expect(hex(signatureIdentifier({ kind: 'rsa-pss', hash: 'sha256', saltLength: 32 }))).toBe(
      '304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120',
    )
    expect(hex(signatureIdentifier({ kind: 'ecdsa', hash: 'sha256' }))).toBe('300a06082a8648ce3d040302')
    expect(hex(signatureIdentifier({ kind: 'ed25519' }))).toBe('300506032b6570')
    expect(hex(pssParameters('sha1', 20))).toBe('3000')
  })

  it('that only name the kind of key take the hash of the signer', () => {
    const plain = { oid: SIGNATURE.rsaEncryption, parameters: derNull() }
    expect(signatureAlgorithmOf(plain, 'sha384')).toEqual({ kind: 'rsa-pkcs1', hash: 'sha384' })
    expect(signatureAlgorithmOf(plain)).toBe(null)
    expect(signatureAlgorithmOf({ oid: SIGNATURE.ecPublicKey, parameters: derOid(CURVE['P-256']) }, 'sha256')).toEqual({
      kind: 'ecdsa',
      hash: 'sha256',
    })
    expect(signatureAlgorithmOf({ oid: SIGNATURE.dsa, parameters: null }, 'sha1')).toEqual({
      kind: 'dsa',
      hash: 'sha1',
    })
  })

  it('have no parameters but those they are allowed', () => {
    expect(signatureAlgorithmOf({ oid: SIGNATURE.ecdsaWithSha256, parameters: derInteger(1) })).toBe(null)
    expect(signatureAlgorithmOf({ oid: SIGNATURE.ed25519, parameters: derNull() })).toBe(null)
    expect(signatureAlgorithmOf({ oid: SIGNATURE.rsassaPss, parameters: null })).toBe(null)
    expect(signatureAlgorithmOf({ oid: '1.2.3', parameters: null })).toBe(null)
  })

  it('PSS is refused with another trailer, another mask, two hashes, or absurd salt', () => {
    const sha256 = hashIdentifier('sha256')
    const mgf = (inner: Uint8Array) => derContext(1, derSequence(derOid(SIGNATURE.mgf1), inner))
    const parameters = (...fields: readonly Uint8Array[]) => pssOf(derSequence(...fields))
    const right = [derContext(0, sha256), mgf(sha256)]
    expect(parameters(...right, derContext(2, derInteger(32)), derContext(3, derInteger(1)))).toMatchObject({
      saltLength: 32,
    })
    expect(parameters()).toEqual({ kind: 'rsa-pss', hash: 'sha1', saltLength: 20 })
    expect(parameters(...right, derContext(3, derInteger(2)))).toBe(null)
    expect(parameters(derContext(0, sha256), mgf(hashIdentifier('sha1')))).toBe(null)
    expect(parameters(derContext(0, sha256))).toBe(null)
    expect(parameters(derContext(0, sha256), derContext(1, derSequence(derOid('1.2.3'), sha256)))).toBe(null)
    expect(parameters(derContext(0, sha256), derContext(1, derSequence(derOid(SIGNATURE.mgf1))))).toBe(null)
    expect(parameters(derContext(0, derSequence(derOid(DIGEST.md5))))).toBe(null)
    expect(parameters(...right, derContext(2, derInteger(5000)))).toBe(null)
    expect(parameters(derNull())).toBe(null)
    expect(pssOf(derNull())).toBe(null)
  })
})

describe('public keys', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  const pss = generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
    // The types want a text here, Node a number.
    ...({ saltLength: 32 } as object),
  }).publicKey
  const withAlgorithm = (...fields: readonly Uint8Array[]) =>
    derSequence(derSequence(...fields), derBitString(rsa.export({ format: 'der', type: 'pkcs1' })))

  it('are told apart, with their size', () => {
    expect(publicKeyKind(spkiOf(rsa))).toEqual({ kind: 'rsa', bits: 2048, exponent: '10001', pss: null })
    expect(publicKeyKind(spkiOf(pss))).toMatchObject({ pss: { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 } })
    expect(publicKeyKind(withAlgorithm(derOid(SIGNATURE.rsassaPss)))).toMatchObject({ pss: 'any' })
    expect(publicKeyKind(withAlgorithm(derOid(SIGNATURE.rsassaPss), derNull()))).toBe(null)
    for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: curve })
      expect(publicKeyKind(spkiOf(publicKey))).toEqual({ kind: 'ec', curve })
    }
    const { publicKey: koblitz } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    expect(publicKeyKind(spkiOf(koblitz))).toEqual({ kind: 'ec', curve: null })
    const { publicKey: written } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
    expect(publicKeyKind(spkiOf(written))).toEqual({ kind: 'ec', curve: null })
    expect(publicKeyKind(spkiOf(generateKeyPairSync('ed25519').publicKey))).toEqual({ kind: 'ed25519' })
    expect(publicKeyKind(spkiOf(generateKeyPairSync('x25519').publicKey))).toBe(null)
    expect(publicKeyKind(withAlgorithm(derOid(SIGNATURE.dsa)))).toEqual({ kind: 'dsa' })
    expect(publicKeyKind(withAlgorithm(derOid(SIGNATURE.ed25519)))).toBe(null)
    expect(publicKeyKind(derNull())).toBe(null)
  })

  it('have moduli whose bits are counted, not their bytes, and that are not negative', () => {
    const key = (modulus: Uint8Array, exponent = derInteger(3)) =>
      publicKeyKind(
        derSequence(derSequence(derOid(SIGNATURE.rsaEncryption)), derBitString(derSequence(modulus, exponent))),
      )
    expect(key(derInteger(0x1ffn))).toMatchObject({ bits: 9 })
    expect(key(derInteger(0x80n))).toMatchObject({ bits: 8 })
    expect(key(derTagged(0x02, Uint8Array.of(0xff)))).toBe(null)
    expect(key(derInteger(0x80n), derTagged(0x02, Uint8Array.of(0xfd)))).toBe(null)
  })

  it('fit to what they can have signed', () => {
    const kinds: Record<string, PublicKeyKind> = {
      rsa: publicKeyKind(spkiOf(rsa))!,
      pss: publicKeyKind(spkiOf(pss))!,
      anyPss: publicKeyKind(withAlgorithm(derOid(SIGNATURE.rsassaPss)))!,
      ec: { kind: 'ec', curve: 'P-256' },
      dsa: { kind: 'dsa' },
      ed25519: { kind: 'ed25519' },
    }
    const fitting = (algorithm: SignatureAlgorithm) =>
      Object.keys(kinds).filter((name) => keyFits(kinds[name]!, algorithm))
    expect(fitting({ kind: 'rsa-pkcs1', hash: 'sha256' })).toEqual(['rsa'])
    expect(fitting({ kind: 'rsa-pss', hash: 'sha256', saltLength: 32 })).toEqual(['rsa', 'pss', 'anyPss'])
    expect(fitting({ kind: 'rsa-pss', hash: 'sha256', saltLength: 20 })).toEqual(['rsa', 'anyPss'])
    expect(fitting({ kind: 'rsa-pss', hash: 'sha512', saltLength: 64 })).toEqual(['rsa', 'anyPss'])
    expect(fitting({ kind: 'ecdsa', hash: 'sha256' })).toEqual(['ec'])
    expect(fitting({ kind: 'dsa', hash: 'sha256' })).toEqual(['dsa'])
    expect(fitting({ kind: 'ed25519' })).toEqual(['ed25519'])
  })

  it('say the hash to sign with', () => {
    expect(hashForKey(publicKeyKind(spkiOf(rsa))!)).toBe('sha256')
    expect(hashForKey({ kind: 'ec', curve: 'P-256' })).toBe('sha256')
    expect(hashForKey({ kind: 'ec', curve: 'P-384' })).toBe('sha384')
    expect(hashForKey({ kind: 'ec', curve: 'P-521' })).toBe('sha512')
    expect(hashForKey({ kind: 'ed25519' })).toBe('sha512')
  })
})
