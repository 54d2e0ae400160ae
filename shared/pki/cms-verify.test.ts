// Every way in which a CMS signature can be wrong gives the code of its own, and a right one gives none.
import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashNow } from './algorithms.ts'
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
  testKey,
  type TestKey,
} from './cms.fixture.ts'
import type { HashName } from './crypto.ts'
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
import { ATTRIBUTE, CONTENT_TYPE, DIGEST } from './oids.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const document = bytesOf('document')
const digestOf = (hash: HashName) => platform.digest(hash, [document])

const ec = (namedCurve: string, hash: HashName) =>
  testKey(sign, generateKeyPairSync('ec', { namedCurve }), { kind: 'ecdsa', hash })

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
      ['sha256', testKey(sign, rsa, { kind: 'rsa-pkcs1', hash: 'sha256' })],
      ['sha512', testKey(sign, rsa, { kind: 'rsa-pss', hash: 'sha512', saltLength: 64 })],
      ['sha384', ec('P-384', 'sha384')],
      ['sha512', ec('P-521', 'sha512')],
      ['sha512', testKey(sign, generateKeyPairSync('ed25519'), { kind: 'ed25519' })],
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

describe('CMS_REASONS', () => {
  it('lets weak and odd signatures count, and nothing that is invalid', () => {
    expect(provesContent(['hash-weak', 'ess-missing', 'encoding-ber'])).toBe(true)
    for (const [reason, weight] of Object.entries(CMS_REASONS)) {
      expect([reason, provesContent([reason as CmsReason])]).toEqual([reason, weight !== 'invalid'])
    }
  })
})
