// Algorithms and keys of a CMS signature: they fit together, weak ones are called weak, and forged padding proves nothing.
import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashIdentifier, hashNow, signatureIdentifier } from './algorithms.ts'
import { readSignedData } from './cms-read.ts'
import type { CmsReason } from './cms-reasons.ts'
import { verifySignedData } from './cms-verify.ts'
import {
  attribute,
  bytesOf,
  makeCertificate,
  makeCms,
  standardAttributes,
  type CmsParts,
  testKey,
  type TestKey,
} from './cms.fixture.ts'
import type { HashName } from './crypto.ts'
import { derContext, derNull, derOctetString, derOid, derSequence, derTagged } from './der.ts'
import { ATTRIBUTE, DIGEST, SIGNATURE } from './oids.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const document = bytesOf('document')
const digestOf = (hash: HashName) => platform.digest(hash, [document])

const ec = (namedCurve: string, hash: HashName) =>
  testKey(sign, generateKeyPairSync('ec', { namedCurve }), { kind: 'ecdsa', hash })

let key: TestKey
let certificate: Uint8Array

beforeAll(() => {
  key = ec('P-256', 'sha256')
  certificate = makeCertificate({ subject: 'Leader', key })
})

async function reasonsOf(parts: Partial<CmsParts>): Promise<CmsReason[]> {
  const content = readSignedData(makeCms({ certificate, key, ...parts }))
  if ('fault' in content) return [content.fault]
  const { reasons } = await verifySignedData(content, digestOf, platform)
  return [...reasons].sort()
}

const attributesWith = (oid: string, ...values: readonly Uint8Array[]) => [
  ...standardAttributes({ certificate, key }).filter((one) => !hasOid(one, oid)),
  ...(values.length === 0 ? [] : [attribute(oid, ...values)]),
]
const hasOid = (one: Uint8Array, oid: string) =>
  Buffer.from(one)
    .subarray(0, 24)
    .includes(Buffer.from(derOid(oid)))

describe('with what it is made', () => {
  it('one hash serves digest and signature, and is listed', async () => {
    const attributes = [
      ...attributesWith(ATTRIBUTE.messageDigest),
      attribute(ATTRIBUTE.messageDigest, derOctetString(hashNow('sha512', document))),
    ]
    expect(await reasonsOf({ attributes, digestIdentifier: hashIdentifier('sha512') })).toEqual([
      'digest-algorithm-mismatch',
    ])
    expect(await reasonsOf({ listedDigests: [hashIdentifier('sha384')] })).toEqual(['digest-algorithm-unlisted'])
  })

  it('weak hashes are called weak, whether they can still be computed or not', async () => {
    const sha1 = ec('P-256', 'sha1')
    const own = makeCertificate({ subject: 'Old', key: sha1 })
    expect(await reasonsOf({ key: sha1, certificate: own, hash: 'sha1' })).toEqual(['hash-weak'])
    const md5 = derSequence(derOid(DIGEST.md5), derNull())
    expect(await reasonsOf({ digestIdentifier: md5 })).toEqual(['digest-algorithm-unknown', 'hash-weak'])
    const odd = derSequence(derOid('1.2.3.4'))
    expect(await reasonsOf({ digestIdentifier: odd })).toEqual(['digest-algorithm-unknown'])
  })

  it('a signature algorithm that nobody knows is no reason to believe', async () => {
    expect(await reasonsOf({ signatureAlgorithm: derSequence(derOid('1.2.3.4')) })).toEqual([
      'signature-algorithm-unknown',
    ])
    const mixed = derSequence(
      derOid(SIGNATURE.rsassaPss),
      derSequence(
        derContext(0, derSequence(derOid(DIGEST.sha256))),
        derContext(1, derSequence(derOid(SIGNATURE.mgf1), derSequence(derOid(DIGEST.sha1)))),
      ),
    )
    expect(await reasonsOf({ signatureAlgorithm: mixed })).toEqual(['signature-algorithm-unknown'])
  })

  it('key and algorithm belong together', async () => {
    const signatureAlgorithm = signatureIdentifier({ kind: 'rsa-pkcs1', hash: 'sha256' })
    expect(await reasonsOf({ signatureAlgorithm })).toEqual(['key-mismatch', 'signature-invalid'])
    const strange: TestKey = {
      ...key,
      spki: derSequence(derSequence(derOid('1.2.3')), derTagged(3, Uint8Array.of(0, 1))),
    }
    const own = makeCertificate({ subject: 'Strange', key: strange, issuerKey: key })
    expect(await reasonsOf({ certificate: own })).toEqual(['key-unknown', 'signature-invalid'])
  })

  it('a curve that nobody knows is no key, and DSA is weak', async () => {
    const koblitz = ec('secp256k1', 'sha256')
    const own = makeCertificate({ subject: 'Koblitz', key: koblitz })
    expect(await reasonsOf({ key: koblitz, certificate: own })).toEqual(['key-unknown', 'signature-invalid'])
    const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 })
    const old = testKey(sign, dsa, { kind: 'dsa', hash: 'sha256' })
    const dsaOwn = makeCertificate({ subject: 'Dsa', key: old })
    expect(await reasonsOf({ key: old, certificate: dsaOwn })).toEqual(['key-weak', 'signature-invalid'])
  })

  it('small RSA keys and exponents are weak', async () => {
    for (const [modulusLength, publicExponent] of [
      [1024, 0x10001],
      [2048, 3],
    ] as const) {
      const rsa = generateKeyPairSync('rsa', { modulusLength, publicExponent })
      const small = testKey(sign, rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })
      const own = makeCertificate({ subject: 'Small', key: small })
      expect(await reasonsOf({ key: small, certificate: own })).toEqual(['key-weak'])
    }
  })

  it('an RSA signature with garbage behind the digest is none, even with the exponent 3', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 3072, publicExponent: 3 })
    const small = testKey(sign, rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })
    const own = makeCertificate({ subject: 'Small', key: small })
    const attributes = standardAttributes({ certificate: own, key: small }).sort((a, b) => Buffer.compare(a, b))
    const signature = cubeRootForgery(derTagged(0x31, ...attributes), 3072)
    expect(await reasonsOf({ key: small, certificate: own, signature })).toEqual(['key-weak', 'signature-invalid'])
  })

  it('CMSAlgorithmProtection, where it stands, says the same algorithms', async () => {
    const protection = (digest: Uint8Array, signature: Uint8Array) => [
      attribute(ATTRIBUTE.cmsAlgorithmProtection, derSequence(digest, derContext(1, signature))),
    ]
    const ecdsa = derOid(SIGNATURE.ecdsaWithSha256)
    expect(await reasonsOf({ moreAttributes: protection(hashIdentifier('sha256'), ecdsa) })).toEqual([])
    expect(await reasonsOf({ moreAttributes: protection(hashIdentifier('sha512'), ecdsa) })).toEqual([
      'algorithm-protection-mismatch',
    ])
    expect(
      await reasonsOf({ moreAttributes: protection(hashIdentifier('sha256'), derOid(SIGNATURE.ecdsaWithSha512)) }),
    ).toEqual(['algorithm-protection-mismatch'])
    const mac = attribute(ATTRIBUTE.cmsAlgorithmProtection, derSequence(hashIdentifier('sha256'), derContext(2, ecdsa)))
    expect(await reasonsOf({ moreAttributes: [mac] })).toEqual(['attribute-malformed'])
  })

  it('odd version numbers are noted', async () => {
    expect(await reasonsOf({ signerVersion: 3 })).toEqual(['version-unexpected'])
  })
})

/** Bleichenbacher 2006: a number whose cube begins like a padded digest, with what the cube root could not hit as garbage behind. */
function cubeRootForgery(data: Uint8Array, bits: number): Uint8Array {
  const info = derSequence(derSequence(derOid(DIGEST.sha256), derNull()), derOctetString(hashNow('sha256', data)))
  const start = Buffer.concat([Buffer.from('0001ffffffffffffffff00', 'hex'), info])
  const target = BigInt(`0x${start.toString('hex').padEnd(bits / 4, 'f')}`)
  let [low, high] = [0n, 1n << BigInt(Math.ceil(bits / 3) + 1)]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle ** 3n <= target) low = middle
    else high = middle
  }
  const cube = (low ** 3n).toString(16).padStart(bits / 4, '0')
  if (!cube.startsWith(start.toString('hex'))) throw new Error('the forgery failed')
  return Buffer.from(low.toString(16).padStart(bits / 4, '0'), 'hex')
}
