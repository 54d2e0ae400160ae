// What we write is what PAdES asks for, and what others wrote in BER comes out in DER with what is signed untouched.
import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashNow } from './algorithms.ts'
import { addTimestamp, buildSignedData, signedAttributes } from './cms-build.ts'
import { cmsLength, definiteCms } from './cms-encoding.ts'
import { embeddedEvidence } from './cms-evidence.ts'
import { readSignedData, type SignedDataContent } from './cms-read.ts'
import { verifySignedData } from './cms-verify.ts'
import {
  attribute,
  bytesOf,
  makeCertificate,
  makeCms,
  makeToken,
  type CmsParts,
  testKey,
  type TestKey,
} from './cms.fixture.ts'
import { checkDer, derContext, derInteger, derNull, derOctetString, derOid, derSequence, derTagged } from './der.ts'
import { ATTRIBUTE, OCSP, SIGNATURE } from './oids.ts'
import { wrapBasicResponse } from './ocsp-response.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const document = bytesOf('document')
const digest = hashNow('sha256', document)

let key: TestKey
let certificate: Uint8Array
let token: Uint8Array

beforeAll(() => {
  key = testKey(sign, generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kind: 'ecdsa', hash: 'sha256' })
  certificate = makeCertificate({ subject: 'Leader', key })
  token = makeToken({ certificate, key }, { stamped: document })
})

function contentOf(cms: Uint8Array): SignedDataContent {
  const content = readSignedData(cms)
  if ('fault' in content) throw new Error(content.fault)
  return content
}
const reasonsOf = async (cms: Uint8Array) =>
  (await verifySignedData(contentOf(cms), (hash) => platform.digest(hash, [document]), platform)).reasons

describe('signed attributes', () => {
  it('are content-type, message-digest and signing-certificate-v2, sorted, without a signing time', () => {
    const attributes = signedAttributes({ digest, digestAlgorithm: 'sha256', certificate })
    expect(checkDer(attributes)).toMatchObject({ fault: null, ber: null })
    const cms = makeCms({ certificate, key })
    expect(attributes).toEqual(contentOf(cms).signer.signedAttributes?.signed)
    expect(
      contentOf(cms)
        .signer.signedAttributes?.attributes.map(({ oid }) => oid)
        .sort(),
    ).toEqual([ATTRIBUTE.signingCertificateV2, ATTRIBUTE.contentType, ATTRIBUTE.messageDigest])
    expect(() => signedAttributes({ digest, digestAlgorithm: 'sha256', certificate: digest })).toThrow(RangeError)
  })
})

describe('buildSignedData', () => {
  const build = (part: Partial<Parameters<typeof buildSignedData>[0]> = {}) => {
    const attributes = signedAttributes({ digest, digestAlgorithm: 'sha256', certificate })
    return buildSignedData({
      certificate,
      chain: [],
      digestAlgorithm: 'sha256',
      signedAttributes: attributes,
      signatureAlgorithm: key.algorithm,
      signature: key.sign(attributes),
      timestampToken: null,
      ...part,
    })
  }

  it('holds each certificate once, in the order of DER', async () => {
    const [small, large] = [
      makeCertificate({ subject: 'A', key }),
      makeCertificate({ subject: 'A much longer name', key }),
    ]
    const cms = build({ chain: [large, certificate, small, small] })
    expect(checkDer(cms)).toMatchObject({ fault: null, ber: null })
    expect(contentOf(cms).certificates.map(({ raw }) => raw)).toEqual([small, certificate, large])
    expect(contentOf(cms)).toMatchObject({ version: 1, content: null, signer: { version: 1, unsignedAttributes: [] } })
    expect(await reasonsOf(cms)).toEqual([])
  })

  it('calls PKCS #1 rsaEncryption, which every verifier must know', () => {
    const cms = build({ signatureAlgorithm: { kind: 'rsa-pkcs1', hash: 'sha256' } })
    expect(contentOf(cms).signer.signatureAlgorithm).toEqual({ oid: SIGNATURE.rsaEncryption, parameters: derNull() })
  })

  it('takes a timestamp at once or later, with the same bytes', () => {
    const signature = key.sign(document)
    expect(addTimestamp(build({ signature }), token)).toEqual(build({ signature, timestampToken: token }))
  })

  it('keeps one hash for digest and signature', () => {
    expect(() => build({ digestAlgorithm: 'sha512' })).toThrow(RangeError)
    expect(() => build({ signatureAlgorithm: { kind: 'ed25519' } })).toThrow(RangeError)
    expect(() => build({ certificate: derNull() })).toThrow(RangeError)
  })
})

/** The same element with an indefinite length. */
const open = (tag: number, ...parts: readonly Uint8Array[]) =>
  Uint8Array.from([tag, 0x80, ...parts.flatMap((part) => [...part]), 0, 0])
const inside = (der: Uint8Array) => der.subarray((der[1] ?? 0) < 0x80 ? 2 : 2 + ((der[1] ?? 0) & 0x7f))

describe('CMS in BER', () => {
  it('reads the same as in DER, and is written in DER with a timestamp', async () => {
    const cms = makeCms({ certificate, key })
    const wrapped = inside(inside(cms).subarray(11))
    const ber = open(0x30, inside(cms).subarray(0, 11), open(0xa0, open(0x30, inside(wrapped))))
    expect(definiteCms(ber)).toMatchObject({ bytes: cms })
    expect(cmsLength(Uint8Array.from([...ber, 0, 0, 0]))).toBe(ber.length)
    expect(cmsLength(ber.subarray(0, 50))).toBe(null)
    expect(await reasonsOf(ber)).toEqual(['encoding-ber'])
    expect(contentOf(ber)).toEqual({ ...contentOf(cms), findings: ['encoding-ber'] })
    expect(addTimestamp(ber, token)).toEqual(addTimestamp(cms, token))
  })

  it('puts strings in pieces together', () => {
    const piece = (text: string) => derOctetString(bytesOf(text))
    const pieces = derTagged(0x24, piece('ab'), open(0x24, piece('c'), piece('')), piece('d'))
    const whole = definiteCms(derSequence(pieces, derNull()))
    expect(whole).toEqual({ bytes: derSequence(piece('abcd'), derNull()), rewritten: [{ start: 2, end: 8 }] })
  })

  it('refuses pieces that are no strings', () => {
    expect(definiteCms(derTagged(0x24, derNull()))).toEqual({ fault: 'string-in-pieces' })
    expect(readSignedData(derTagged(0x24, derNull()))).toEqual({ fault: 'not-cms' })
  })

  it('is read with more parts than a call may have arguments', () => {
    const nulls = new Uint8Array(600_000).map((_, i) => (i % 2 === 0 ? 5 : 0))
    const ber = Buffer.concat([Uint8Array.of(0x30, 0x80), nulls, Uint8Array.of(0, 0)])
    expect(definiteCms(ber)).toMatchObject({ rewritten: [{ start: 0, end: 600_005 }] })
  })

  it('says where it changed the encoding, and leaves the rest as it was', () => {
    const kept = derSequence(derInteger(5))
    expect(definiteCms(derSequence(kept, open(0x31, kept), kept))).toEqual({
      bytes: derSequence(kept, derTagged(0x31, kept), kept),
      rewritten: [{ start: 7, end: 14 }],
    })
    expect(definiteCms(kept)).toEqual({ bytes: kept, rewritten: [] })
    expect(definiteCms(kept.subarray(0, 3))).toEqual({ fault: 'truncated' })
  })

  it('is not believed where the signed attributes are in it, and gets no timestamp', async () => {
    const cms = makeCms({ certificate, key })
    const { signed } = contentOf(cms).signer.signedAttributes!
    // The attributes stand with a context tag; nothing else of the message is opened.
    const at = Buffer.from(cms).indexOf(Buffer.from(signed.subarray(1))) - 1
    const rest = at + signed.length
    const attributes = open(0xa0, inside(signed))
    const ber = reopened(cms, at, rest, attributes)
    expect(await reasonsOf(ber)).toEqual(['encoding-ber', 'signed-attributes-not-der'])
    expect(addTimestamp(ber, token)).toBe(null)
  })
})

/** `der` with its bytes from `start` to `end` replaced, and every element around them opened. */
function reopened(der: Uint8Array, start: number, end: number, replacement: Uint8Array): Uint8Array {
  const rebuild = (from: number, to: number): Uint8Array[] => {
    const parts: Uint8Array[] = []
    for (let at = from; at < to;) {
      const size = der[at + 1]! < 0x80 ? 0 : der[at + 1]! & 0x7f
      const length =
        size === 0 ? der[at + 1]! : Number(`0x${Buffer.from(der.subarray(at + 2, at + 2 + size)).toString('hex')}`)
      const content = at + 2 + size
      const next = content + length
      if (at === start) parts.push(replacement)
      else if (at < start && next >= end) parts.push(open(der[at]!, ...rebuild(content, next)))
      else parts.push(der.subarray(at, next))
      at = next
    }
    return parts
  }
  return Buffer.concat(rebuild(0, der.length))
}

describe('what a signature brings along', () => {
  const evidenceOf = (parts: Partial<CmsParts>) => embeddedEvidence(contentOf(makeCms({ certificate, key, ...parts })))
  const crl = derSequence(derInteger(1))
  const ocsp = derSequence(derInteger(2))
  const listAt = (number: number, ...members: readonly Uint8Array[]) => derContext(number, derSequence(...members))

  it('is found beside the certificates', () => {
    const format = (oid: string) => derTagged(0xa1, derOid(oid), ocsp)
    const revocation = [crl, format(OCSP.revocationInfo), format('1.2.3'), derTagged(0xa1, derNull())]
    expect(evidenceOf({ revocation })).toMatchObject({ crls: [crl], ocsps: [ocsp] })
    expect(evidenceOf({ attributes: null, certificates: null })).toEqual({ crls: [], ocsps: [], certificates: [] })
    expect(evidenceOf({})).toMatchObject({ crls: [], ocsps: [], certificates: [{ raw: certificate }] })
  })

  it('is found in the signed attribute of Adobe', () => {
    const archival = (value: Uint8Array) => ({
      moreAttributes: [attribute(ATTRIBUTE.adobeRevocationInfoArchival, value)],
    })
    const value = derSequence(listAt(0, crl, crl), listAt(1, ocsp))
    expect(evidenceOf(archival(value))).toMatchObject({ crls: [crl, crl], ocsps: [ocsp] })
    expect(evidenceOf(archival(derSequence(listAt(1, ocsp))))).toMatchObject({ crls: [], ocsps: [ocsp] })
    expect(evidenceOf(archival(derNull()))).toMatchObject({ crls: [], ocsps: [] })
    expect(evidenceOf(archival(derSequence(derContext(0, derNull()))))).toMatchObject({ crls: [], ocsps: [] })
  })

  it('is found in the unsigned attributes of CAdES', () => {
    const other = makeCertificate({ subject: 'CA', key })
    const unsigned = [
      attribute(ATTRIBUTE.revocationValues, derSequence(listAt(0, crl), listAt(1, ocsp))),
      attribute(ATTRIBUTE.certificateValues, derSequence(other, derNull())),
    ]
    const evidence = evidenceOf({ unsigned })
    expect(evidence).toMatchObject({ crls: [crl], ocsps: [wrapBasicResponse(ocsp)] })
    expect(evidence.certificates.map(({ raw }) => raw)).toEqual([certificate, other])
  })

  it('is not taken without end', () => {
    const crls = derSequence(
      derContext(
        0,
        derTagged(
          0x30,
          new Uint8Array(400_000).map((_, i) => (i % 2 === 0 ? 5 : 0)),
        ),
      ),
    )
    const unsigned = [attribute(ATTRIBUTE.revocationValues, crls)]
    expect(evidenceOf({ unsigned }).crls).toHaveLength(256)
  })
})
