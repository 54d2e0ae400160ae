// Certificates: read to the byte, and refused for everything that a lenient reader would guess at.
import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseCertificate, sameAlgorithm, sameCertificate, isSelfIssued } from './certificate.ts'
import type { TestKey } from './cms.fixture.ts'
import {
  derBitString,
  derBoolean,
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
import { certificateDer, dn, ext, NOW } from './path.fixture.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key: TestKey = {
  spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  algorithm: { kind: 'ecdsa', hash: 'sha256' },
  sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
}
const ALGORITHM = derSequence(derOid('1.2.840.10045.4.3.2'))
const VALIDITY = derSequence(derUtcTime(NOW), derUtcTime(NOW + 1000))

interface Parts {
  readonly version?: Uint8Array | null
  readonly serial?: Uint8Array
  readonly inner?: Uint8Array
  readonly issuer?: Uint8Array
  readonly validity?: Uint8Array
  readonly spki?: Uint8Array
  readonly rest?: readonly Uint8Array[]
  readonly after?: readonly Uint8Array[]
}

function parse(parts: Parts) {
  const { version = derContext(0, derInteger(2)), serial = derInteger(1), inner = ALGORITHM } = parts
  const { issuer = dn('CN=CA'), validity = VALIDITY, spki = key.spki, rest = [], after = [] } = parts
  const head = version === null ? [] : [version]
  const tbs = derSequence(...head, serial, inner, issuer, validity, dn('CN=A'), spki, ...rest)
  return parseCertificate(derSequence(tbs, ALGORITHM, derBitString(Uint8Array.of(1)), ...after))
}

const extensions = (...list: readonly Uint8Array[]) => derContext(3, derSequence(...list))

describe('a certificate', () => {
  it('is read into the parts that openssl sees, too', () => {
    const der = certificateDer({
      subject: 'O=Xã,CN=Ưởng',
      key,
      serial: 0x1234,
      extensions: [ext('1.2.3', derNull(), true)],
    })
    const certificate = parseCertificate(der)!
    const reference = new X509Certificate(der)
    expect(certificate.raw).toEqual(der)
    expect(certificate.serialNumber).toBe(reference.serialNumber.toLowerCase())
    expect(certificate.notBefore).toBe(Date.parse(reference.validFrom))
    expect(certificate.notAfter).toBe(Date.parse(reference.validTo))
    expect(certificate.spki).toEqual(new Uint8Array(reference.publicKey.export({ format: 'der', type: 'spki' })))
    expect(certificate.spki.subarray(-certificate.publicKey.length)).toEqual(certificate.publicKey)
    expect(certificate.version).toBe(3)
    expect(certificate.extensions).toEqual(new Map([['1.2.3', { critical: true, value: derNull() }]]))
    expect(isSelfIssued(certificate)).toBe(true)
  })

  it('has the exact bytes that its signature is about', () => {
    const { tbs, signature } = parseCertificate(certificateDer({ subject: 'CN=A', key }))!
    expect(key.spki.length).toBeGreaterThan(0)
    const forged = parseCertificate(certificateDer({ subject: 'CN=B', key }))!
    expect(tbs).not.toEqual(forged.tbs)
    expect(signature.length).toBeGreaterThan(60)
  })

  it('of the first version has no version field and no extensions', () => {
    expect(parse({ version: null })?.version).toBe(1)
    expect(parse({ version: null, rest: [extensions(ext('1.2.3', derNull()))] })).toBeNull()
    expect(parse({ version: null, rest: [derContextPrimitive(1, Uint8Array.of(0, 1))] })).toBeNull()
  })

  it('of the second version may have unique identifiers', () => {
    const rest = [derContextPrimitive(1, Uint8Array.of(0, 1)), derContextPrimitive(2, Uint8Array.of(0, 1))]
    expect(parse({ version: derContext(0, derInteger(1)), rest })?.version).toBe(2)
  })

  it('may say that an extension is not critical, though that needs no words', () => {
    const spelled = derSequence(derOid('1.2.3'), derBoolean(false), derOctetString(derNull()))
    expect(parse({ rest: [extensions(spelled)] })?.extensions.get('1.2.3')?.critical).toBe(false)
  })

  it('is the same as another only to the byte', () => {
    const [one, other] = [1, 2].map((serial) => parse({ serial: derInteger(serial) })!)
    expect([sameCertificate(one!, one!), sameCertificate(one!, other!)]).toEqual([true, false])
  })

  it('names one algorithm twice; NULL and nothing are the same there', () => {
    const withNull = derSequence(derOid('1.2.840.10045.4.3.2'), derNull())
    expect(parse({ inner: withNull })).not.toBeNull()
    expect(sameAlgorithm({ oid: '1.2.3', parameters: null }, { oid: '1.2.3', parameters: Uint8Array.of(4, 0) })).toBe(
      false,
    )
  })
})

describe('no certificate is', () => {
  it.each<[string, Parts]>([
    ['one of a later version', { version: derContext(0, derInteger(3)) }],
    ['one whose algorithms differ', { inner: derSequence(derOid('1.2.840.10045.4.3.3')) }],
    ['one with a serial number of more than 64 bytes', { serial: derTagged(0x02, new Uint8Array(65).fill(1)) }],
    ['one without an issuer', { issuer: dn('') }],
    ['one that is valid from one time only', { validity: derSequence(derUtcTime(NOW)) }],
    ['one with three times', { validity: derSequence(derUtcTime(NOW), derUtcTime(NOW), derUtcTime(NOW)) }],
    ['one with half a key', { spki: derSequence(ALGORITHM) }],
    ['one with a key and more', { spki: derSequence(ALGORITHM, derBitString(Uint8Array.of(1)), derNull()) }],
    [
      'one with an algorithm of three parts',
      { spki: derSequence(derSequence(derOid('1.2.3'), derNull(), derNull()), derBitString(Uint8Array.of(1))) },
    ],
    [
      'one with an extension that stands twice',
      { rest: [extensions(ext('1.2.3', derNull()), ext('1.2.3', derNull()))] },
    ],
    ['one with an empty list of extensions', { rest: [extensions()] }],
    ['one with a set of extensions', { rest: [derContext(3, derTagged(0x31, ext('1.2.3', derNull())))] }],
    [
      'one with more extensions than anyone has',
      { rest: [extensions(...Array.from({ length: 65 }, (_, i) => ext(`1.2.${i}`, derNull())))] },
    ],
    ['one with something after its extensions', { rest: [extensions(ext('1.2.3', derNull())), derNull()] }],
    ['one with something after its signature', { after: [derNull()] }],
  ])('%s', (_what, parts) => {
    expect(parse(parts)).toBeNull()
  })

  it('one with bytes after it, one that is cut off, and one of more than 64 kB', () => {
    const der = certificateDer({ subject: 'CN=A', key })
    expect(parseCertificate(Uint8Array.from([...der, 0]))).toBeNull()
    expect(parseCertificate(der.subarray(0, -1))).toBeNull()
    const large = certificateDer({
      subject: 'CN=A',
      key,
      extensions: [ext('1.2.3', derOctetString(new Uint8Array(66_000)))],
    })
    expect(parseCertificate(large)).toBeNull()
  })

  it('anything that one flipped byte makes of one, or it is read without a fault', () => {
    const der = certificateDer({ subject: 'CN=A', key, extensions: [ext('1.2.3', derNull())] })
    for (let at = 0; at < der.length; at++) {
      for (const bit of [1, 0x80]) {
        const changed = der.map((byte, index) => (index === at ? byte ^ bit : byte))
        const read = parseCertificate(changed)
        if (read !== null) expect(read.raw).toEqual(changed)
      }
    }
  })
})
