// Every way in which a CMS signature can be wrong gives the code of its own, and a right one gives none.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashIdentifier, hashNow, signatureIdentifier } from './algorithms.ts'
import { parseCertificate } from './certificate.ts'
import { readSignedData } from './cms-read.ts'
import { CMS_REASONS, provesContent, type CmsReason } from './cms-reasons.ts'
import { signingCertificateV2 } from './cms-signing-certificate.ts'
import { verifySignedData, verifySigner } from './cms-verify.ts'
import {
  attribute,
  bytesOf,
  makeCertificate,
  makeCms,
  nameOf,
  standardAttributes,
  type CmsParts,
  type TestKey,
} from './cms.fixture.ts'
import type { HashName, SignatureAlgorithm } from './crypto.ts'
import {
  derContext,
  derContextPrimitive,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTagged,
  derUtcTime,
} from './der.ts'
import { ATTRIBUTE, CONTENT_TYPE, DIGEST, SIGNATURE } from './oids.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const document = bytesOf('document')
const digestOf = (hash: HashName) => platform.digest(hash, [document])

function testKey(pair: { publicKey: KeyObject; privateKey: KeyObject }, algorithm: SignatureAlgorithm): TestKey {
  const hash = algorithm.kind === 'ed25519' ? null : algorithm.hash
  const padding = algorithm.kind === 'rsa-pss' ? { padding: 6, saltLength: algorithm.saltLength } : {}
  return {
    spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
    algorithm,
    sign: (data) => new Uint8Array(sign(hash, data, { key: pair.privateKey, dsaEncoding: 'der', ...padding })),
  }
}

const ec = (namedCurve: string, hash: HashName) =>
  testKey(generateKeyPairSync('ec', { namedCurve }), { kind: 'ecdsa', hash })

let key: TestKey
let other: TestKey
let certificate: Uint8Array
/** The same holder's name and number with another key, and the same key under another number. */
let impostor: Uint8Array
let renewed: Uint8Array

beforeAll(() => {
  key = ec('P-256', 'sha256')
  other = ec('P-256', 'sha256')
  certificate = makeCertificate({ subject: 'Leader', key })
  impostor = makeCertificate({ subject: 'Impostor', key: other })
  renewed = makeCertificate({ subject: 'Leader', key, serial: 8 })
})

async function reasonsOf(parts: Partial<CmsParts>): Promise<CmsReason[]> {
  const content = readSignedData(makeCms({ certificate, key, ...parts }))
  if ('fault' in content) return [content.fault]
  const { reasons } = await verifySignedData(content, digestOf, platform)
  return [...reasons].sort()
}

const certificateOf = (der: Uint8Array) => parseCertificate(der)!
const attributesWith = (oid: string, ...values: readonly Uint8Array[]) => [
  ...standardAttributes({ certificate, key }).filter((one) => !hasOid(one, oid)),
  ...(values.length === 0 ? [] : [attribute(oid, ...values)]),
]
const hasOid = (one: Uint8Array, oid: string) =>
  Buffer.from(one)
    .subarray(0, 24)
    .includes(Buffer.from(derOid(oid)))

describe('a signature that is right', () => {
  it('has nothing against it, and says who signed and how', async () => {
    const content = readSignedData(makeCms({ certificate, key }))
    if ('fault' in content) throw new Error(content.fault)
    const verified = await verifySignedData(content, digestOf, platform)
    expect(verified.reasons).toEqual([])
    expect(provesContent(verified.reasons)).toBe(true)
    expect(verified.signer?.raw).toEqual(certificate)
    expect(verified).toMatchObject({
      hash: 'sha256',
      algorithm: { kind: 'ecdsa', hash: 'sha256' },
      key: { kind: 'ec', curve: 'P-256' },
      signingTime: null,
    })
  })

  it('may be made with any key that PAdES knows', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys: readonly (readonly [HashName, TestKey])[] = [
      ['sha256', testKey(rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })],
      ['sha512', testKey(rsa, { kind: 'rsa-pss', hash: 'sha512', saltLength: 64 })],
      ['sha384', ec('P-384', 'sha384')],
      ['sha512', ec('P-521', 'sha512')],
      ['sha512', testKey(generateKeyPairSync('ed25519'), { kind: 'ed25519' })],
    ]
    for (const [hash, one] of keys) {
      const own = makeCertificate({ subject: 'Any', key: one })
      expect([one.algorithm.kind, await reasonsOf({ key: one, certificate: own, hash })]).toEqual([
        one.algorithm.kind,
        [],
      ])
    }
  })

  it('may name its certificate by key identifier', async () => {
    const keyIdentifier = Uint8Array.of(1, 2, 3)
    const own = makeCertificate({ subject: 'Leader', key, keyIdentifier })
    const identifier = derContextPrimitive(0, keyIdentifier)
    expect(await reasonsOf({ certificate: own, identifier, signerVersion: 3 })).toEqual([])
    expect(
      await reasonsOf({ certificate: own, identifier: derContextPrimitive(0, Uint8Array.of(9)), signerVersion: 3 }),
    ).toEqual(['signer-certificate-missing'])
    expect(await reasonsOf({ identifier, signerVersion: 3 })).toEqual(['signer-certificate-missing'])
  })

  it('may claim a signing time, as products before PAdES do', async () => {
    const time = Date.UTC(2026, 10, 22, 12, 0, 0)
    const content = readSignedData(
      makeCms({ certificate, key, moreAttributes: [attribute(ATTRIBUTE.signingTime, derUtcTime(time))] }),
    )
    if ('fault' in content) throw new Error(content.fault)
    expect(await verifySignedData(content, digestOf, platform)).toMatchObject({ reasons: [], signingTime: time })
  })
})

describe('what is signed', () => {
  it('is no signature at all when it cannot be read', async () => {
    expect(readSignedData(bytesOf('%PDF'))).toEqual({ fault: 'not-cms' })
    expect(readSignedData(new Uint8Array(0))).toEqual({ fault: 'not-cms' })
    expect(readSignedData(new Uint8Array(16 * 1024 * 1024 + 1))).toEqual({ fault: 'too-large' })
    expect(readSignedData(derSequence(derNull()))).toEqual({ fault: 'not-cms' })
    expect(readSignedData(derSequence(derOid(CONTENT_TYPE.data)))).toEqual({ fault: 'not-signed-data' })
    const cms = makeCms({ certificate, key })
    for (const cut of [1, 10, cms.length - 1])
      expect(readSignedData(cms.subarray(0, cut))).toEqual({ fault: 'not-cms' })
  })

  it('is not changed by reading, not even in memory that Node shares between buffers', () => {
    const cms = Buffer.from(makeCms({ certificate, key }))
    const before = cms.toString('hex')
    expect('fault' in readSignedData(cms)).toBe(false)
    expect(cms.toString('hex')).toBe(before)
  })

  it('has exactly one signer', async () => {
    expect(await reasonsOf({ signers: 2 })).toEqual(['several-signers'])
    expect(await reasonsOf({ signers: 0 })).toEqual(['no-signer'])
  })

  it('does not stand inside a detached signature', async () => {
    expect(await reasonsOf({ content: document })).toEqual(['content-attached'])
  })

  it('stands inside where it is expected there', async () => {
    const content = readSignedData(makeCms({ certificate, key }))
    if ('fault' in content) throw new Error(content.fault)
    const expected = { contentType: CONTENT_TYPE.data, attached: true, digest: digestOf }
    expect((await verifySigner(content, expected, platform)).reasons).toEqual(['content-missing'])
  })

  it('is not signed without signed attributes', async () => {
    expect(await reasonsOf({ attributes: null })).toEqual(['signed-attributes-missing'])
  })

  it('is what the message digest says', async () => {
    expect(await reasonsOf({ document: bytesOf('another') })).toEqual(['message-digest-mismatch'])
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.messageDigest) })).toEqual(['message-digest-missing'])
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.messageDigest, derNull()) })).toEqual([
      'attribute-malformed',
    ])
  })

  it('is of the type that both places name', async () => {
    expect(await reasonsOf({ contentType: CONTENT_TYPE.tstInfo })).toEqual(['content-type-unexpected'])
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.contentType) })).toEqual(['content-type-missing'])
    const wrong = derOid(CONTENT_TYPE.tstInfo)
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.contentType, wrong) })).toEqual([
      'content-type-mismatch',
    ])
  })

  it('has few attributes', async () => {
    const many = Array.from({ length: 1022 }, () => attribute('1.2.3', derNull()))
    expect(await reasonsOf({ moreAttributes: many })).toEqual(['not-cms'])
    expect(await reasonsOf({ moreAttributes: many.slice(1) })).toEqual([])
  })

  it('has each attribute once, with one value', async () => {
    const digest = derOctetString(hashNow('sha256', document))
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.messageDigest, digest, digest) })).toEqual([
      'attribute-repeated',
    ])
    expect(await reasonsOf({ moreAttributes: [attribute(ATTRIBUTE.messageDigest, digest)] })).toEqual([
      'attribute-repeated',
    ])
    const free = attribute('1.2.3', derNull(), derNull())
    expect(await reasonsOf({ moreAttributes: [free, free] })).toEqual([])
    expect(await reasonsOf({ moreAttributes: [attribute(ATTRIBUTE.signingTime)] })).toContain('attribute-repeated')
  })

  it('has its attributes in the order of DER; what is signed in another order is checked as it stands', async () => {
    expect(await reasonsOf({ unsorted: true })).toEqual(['signed-attributes-unsorted'])
    const sorted = standardAttributes({ certificate, key })
    const signature = key.sign(derTagged(0x31, ...sorted.sort((a, b) => Buffer.compare(a, b))))
    expect(await reasonsOf({ unsorted: true, signature })).toEqual(['signature-invalid', 'signed-attributes-unsorted'])
  })

  it('is signed: one bit more or less is not', async () => {
    const signature = key.sign(bytesOf('something else'))
    expect(await reasonsOf({ signature })).toEqual(['signature-invalid'])
    expect(await reasonsOf({ signature: new Uint8Array(0) })).toEqual(['signature-invalid'])
  })
})

describe('whose it is', () => {
  it('says the certificate, which comes along', async () => {
    expect(await reasonsOf({ certificates: [] })).toEqual(['signer-certificate-missing'])
    expect(await reasonsOf({ certificates: null })).toEqual(['signer-certificate-missing'])
    expect(await reasonsOf({ certificates: Array.from({ length: 257 }, () => derNull()) })).toEqual(['not-cms'])
    expect(await reasonsOf({ certificates: [renewed] })).toEqual(['signer-certificate-missing'])
    expect(await reasonsOf({ certificates: [derContext(1, derNull()), renewed, certificate] })).toEqual([])
  })

  it('tells a certificate with the same name and number by the signing-certificate attribute', async () => {
    expect(await reasonsOf({ certificates: [impostor, certificate] })).toEqual([])
    expect(await reasonsOf({ certificates: [certificate, certificate] })).toEqual([])
    expect(await reasonsOf({ certificates: [impostor] })).toEqual(['certificate-swapped', 'signature-invalid'])
    const attributes = attributesWith(ATTRIBUTE.signingCertificateV2)
    expect(await reasonsOf({ attributes, certificates: [certificate, impostor] })).toEqual([
      'ess-missing',
      'signer-certificate-ambiguous',
    ])
  })

  it('cannot be given to another certificate with the same key', async () => {
    const identifier = derSequence(nameOf('Test CA'), derInteger(8))
    expect(await reasonsOf({ identifier, certificates: [renewed, certificate] })).toEqual(['certificate-swapped'])
    // Without the attribute nothing protects from that, and the caller hears of it.
    const attributes = attributesWith(ATTRIBUTE.signingCertificateV2)
    expect(await reasonsOf({ attributes, identifier, certificates: [renewed] })).toEqual(['ess-missing'])
  })

  it('reads issuer and number in the attribute too', async () => {
    const hash = derOctetString(hashNow('sha256', certificate))
    const claim = (...names: readonly Uint8Array[]) => {
      const issuerSerial = derSequence(derSequence(...names), derInteger(7))
      return attributesWith(
        ATTRIBUTE.signingCertificateV2,
        derSequence(derSequence(derSequence(hash, issuerSerial)), derSequence()),
      )
    }
    const issuer = derContext(4, nameOf('Test CA'))
    expect(await reasonsOf({ attributes: claim(issuer) })).toEqual([])
    expect(await reasonsOf({ attributes: claim(derContext(4, nameOf('Other CA'))) })).toEqual(['ess-issuer-mismatch'])
    expect(await reasonsOf({ attributes: claim(issuer, issuer) })).toEqual(['ess-issuer-mismatch'])
    expect(await reasonsOf({ attributes: claim(derContextPrimitive(2, bytesOf('dns'))) })).toEqual([
      'ess-issuer-mismatch',
    ])
    expect(await reasonsOf({ attributes: claim(derNull()) })).toEqual(['attribute-malformed'])
    const short = derSequence(derSequence(derSequence(hash)))
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.signingCertificateV2, short) })).toEqual([])
  })

  it('knows the attribute with other hashes and of before 2007', async () => {
    const v2 = signingCertificateV2(certificateOf(certificate), 'sha512')
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.signingCertificateV2, v2) })).toEqual([])
    const unknown = derSequence(
      derSequence(derSequence(derSequence(derOid(DIGEST.md5)), derOctetString(new Uint8Array(16)))),
    )
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.signingCertificateV2, unknown) })).toEqual([
      'ess-hash-unknown',
    ])
    const v1 = derSequence(derSequence(derSequence(derOctetString(hashNow('sha1', certificate)))))
    const old = [...attributesWith(ATTRIBUTE.signingCertificateV2), attribute(ATTRIBUTE.signingCertificate, v1)]
    expect(await reasonsOf({ attributes: old })).toEqual(['ess-hash-weak'])
    expect(await reasonsOf({ attributes: attributesWith(ATTRIBUTE.signingCertificateV2, derNull()) })).toEqual([
      'attribute-malformed',
    ])
    const valueless = [...attributesWith(ATTRIBUTE.signingCertificateV2), attribute(ATTRIBUTE.signingCertificateV2)]
    expect(await reasonsOf({ attributes: valueless })).toEqual(['attribute-malformed', 'attribute-repeated'])
  })
})

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
    const old = testKey(dsa, { kind: 'dsa', hash: 'sha256' })
    const dsaOwn = makeCertificate({ subject: 'Dsa', key: old })
    expect(await reasonsOf({ key: old, certificate: dsaOwn })).toEqual(['key-weak', 'signature-invalid'])
  })

  it('small RSA keys and exponents are weak', async () => {
    for (const [modulusLength, publicExponent] of [
      [1024, 0x10001],
      [2048, 3],
    ] as const) {
      const rsa = generateKeyPairSync('rsa', { modulusLength, publicExponent })
      const small = testKey(rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })
      const own = makeCertificate({ subject: 'Small', key: small })
      expect(await reasonsOf({ key: small, certificate: own })).toEqual(['key-weak'])
    }
  })

  it('an RSA signature with garbage behind the digest is none, even with the exponent 3', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 3072, publicExponent: 3 })
    const small = testKey(rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })
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

describe('CMS_REASONS', () => {
  it('lets weak and odd signatures count, and nothing that is invalid', () => {
    expect(provesContent(['hash-weak', 'ess-missing', 'encoding-ber'])).toBe(true)
    for (const [reason, weight] of Object.entries(CMS_REASONS)) {
      expect([reason, provesContent([reason as CmsReason])]).toEqual([reason, weight !== 'invalid'])
    }
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
