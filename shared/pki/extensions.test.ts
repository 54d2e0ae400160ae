// Extensions of certificates: absent, readable and unreadable are three things.
import { describe, expect, it } from 'vitest'
import type { Certificate } from './certificate.ts'
import {
  derBoolean,
  derContext,
  derContextPrimitive,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derSetOf,
  derTagged,
} from './der.ts'
import * as extensions from './extensions.ts'
import { bytesOf } from './cms.fixture.ts'
import { dn, generalName } from './path.fixture.ts'
import { parseName } from './names.ts'

const { EXTENSION } = extensions

/** As much of a certificate as a reader of extensions looks at. */
function withValue(oid: string, value: Uint8Array): Certificate {
  const name = parseName(dn('CN=A'))!
  const algorithm = { oid: '1.2.3', parameters: null }
  const none = new Uint8Array()
  return {
    ...{ raw: none, tbs: none, version: 3, serialNumber: '1', signatureAlgorithm: algorithm, signature: none },
    ...{ tbsSignatureAlgorithm: algorithm, issuer: name, subject: name, notBefore: 0, notAfter: 0, spki: none },
    ...{ publicKeyAlgorithm: algorithm, publicKey: none },
    extensions: new Map([[oid, { critical: false, value }]]),
  }
}

const bits = (unused: number, ...bytes: readonly number[]) => derTagged(0x03, Uint8Array.from([unused, ...bytes]))
const NONE = withValue('1.2.3', derNull())

const READABLE: readonly (readonly [keyof typeof EXTENSION, Uint8Array, unknown])[] = [
  ['basicConstraints', derSequence(), { ca: false, pathLength: null }],
  ['basicConstraints', derSequence(derBoolean(true), derInteger(2)), { ca: true, pathLength: 2 }],
  ['keyUsage', bits(1, 0x06), new Set(['keyCertSign', 'cRLSign'])],
  ['keyUsage', bits(7, 0, 0x80), new Set(['decipherOnly'])],
  ['extendedKeyUsage', derSequence(derOid('1.3.6.1.5.5.7.3.8')), new Set(['1.3.6.1.5.5.7.3.8'])],
  ['subjectKeyIdentifier', derOctetString(Uint8Array.of(1, 2)), Uint8Array.of(1, 2)],
  ['authorityKeyIdentifier', derSequence(), { keyIdentifier: null, issuer: null, serialNumber: null }],
  [
    'certificatePolicies',
    derSequence(derSequence(derOid('1.2.3'), derSequence()), derSequence(derOid('1.2.4'))),
    ['1.2.3', '1.2.4'],
  ],
  [
    'policyMappings',
    derSequence(derSequence(derOid('1.2.3'), derOid('1.2.4'))),
    [{ issuerPolicy: '1.2.3', subjectPolicy: '1.2.4' }],
  ],
  [
    'policyConstraints',
    derSequence(derContextPrimitive(0, Uint8Array.of(1))),
    { requireExplicitPolicy: 1, inhibitPolicyMapping: null },
  ],
  [
    'policyConstraints',
    derSequence(derContextPrimitive(1, Uint8Array.of(0))),
    { requireExplicitPolicy: null, inhibitPolicyMapping: 0 },
  ],
  ['inhibitAnyPolicy', derInteger(3), 3],
  [
    'nameConstraints',
    derSequence(derContext(0, derSequence(generalName.dns('vn')))),
    { permitted: [{ kind: 'dns', text: 'vn' }], excluded: [] },
  ],
  ['subjectAltName', derSequence(generalName.email('a@b.vn')), [{ kind: 'email', text: 'a@b.vn' }]],
  ['issuerAltName', derSequence(generalName.uri('http://b.vn')), [{ kind: 'uri', text: 'http://b.vn' }]],
  ['qcStatements', derSequence(derSequence(derOid('0.4.0.1862.1.1'))), new Set(['0.4.0.1862.1.1'])],
  ['ocspNoCheck', derNull(), true],
  [
    'freshestCrl',
    derSequence(derSequence(derContext(2, generalName.dns('c.vn')))),
    [{ name: null, reasons: null, crlIssuer: [{ kind: 'dns', text: 'c.vn' }] }],
  ],
]

const UNREADABLE: readonly (readonly [keyof typeof EXTENSION, string, Uint8Array])[] = [
  ['basicConstraints', 'more than two fields', derSequence(derBoolean(true), derInteger(1), derInteger(1))],
  ['basicConstraints', 'a negative length', derSequence(derBoolean(true), derTagged(0x02, Uint8Array.of(0xff)))],
  ['keyUsage', 'another type', derOctetString(Uint8Array.of(0))],
  ['extendedKeyUsage', 'no purpose', derSequence()],
  ['extendedKeyUsage', 'something else than purposes', derSequence(derInteger(1))],
  ['subjectKeyIdentifier', 'another type', derInteger(1)],
  ['certificatePolicies', 'a policy twice', derSequence(derSequence(derOid('1.2.3')), derSequence(derOid('1.2.3')))],
  [
    'certificatePolicies',
    'more policies than anyone has',
    derSequence(...Array.from({ length: 1025 }, (_, i) => derSequence(derOid(`1.2.${i}`)))),
  ],
  ['policyMappings', 'half a mapping', derSequence(derSequence(derOid('1.2.3')))],
  ['policyConstraints', 'nothing', derSequence()],
  ['inhibitAnyPolicy', 'another type', derNull()],
  ['nameConstraints', 'nothing', derSequence()],
  ['nameConstraints', 'an empty list', derSequence(derContext(0))],
  [
    'nameConstraints',
    'a minimum',
    derSequence(derContext(0, derSequence(generalName.dns('vn'), derContextPrimitive(0, Uint8Array.of(1))))),
  ],
  ['subjectAltName', 'no name', derSequence()],
  ['subjectAltName', 'a set', derSetOf([generalName.dns('vn')])],
  ['subjectAltName', 'an unknown kind of name', derSequence(derContextPrimitive(9, Uint8Array.of(1)))],
  ['subjectAltName', 'letters that no address has', derSequence(derContextPrimitive(1, Uint8Array.of(0xe0)))],
  [
    'subjectAltName',
    'more names than anyone has',
    derSequence(...Array.from({ length: 1025 }, () => generalName.dns('vn'))),
  ],
  ['crlDistributionPoints', 'no point', derSequence()],
  [
    'crlDistributionPoints',
    'a point of reasons only',
    derSequence(derSequence(derContextPrimitive(1, Uint8Array.of(1, 0x40)))),
  ],
  ['crlDistributionPoints', 'an unknown kind of name', derSequence(derSequence(derContext(0, derContext(2))))],
  ['ocspNoCheck', 'a value', derInteger(1)],
  ['qcStatements', 'no statement', derSequence()],
]

const NAMES = Object.keys(EXTENSION) as (keyof typeof EXTENSION)[]

describe('an extension', () => {
  it.each(NAMES)('%s that is absent reads as null', (name) => {
    expect(extensions[name](NONE)).toBeNull()
  })

  it.each(NAMES)('%s of random bytes reads as unreadable', (name) => {
    const broken = withValue(EXTENSION[name], Uint8Array.of(0x30, 0x05))
    expect(extensions[name](broken)).toBe('unreadable')
    expect(extensions.unreadableExtensions(broken)).toEqual([EXTENSION[name]])
  })

  it.each(READABLE)('%s %# is read', (name, value, expected) => {
    expect(extensions[name](withValue(EXTENSION[name], value))).toEqual(expected)
  })

  it.each(UNREADABLE)('%s with %s is unreadable', (name, _what, value) => {
    expect(extensions[name](withValue(EXTENSION[name], value))).toBe('unreadable')
  })

  it('of another kind concerns nobody here', () => {
    expect(extensions.unreadableExtensions(withValue('1.2.3', Uint8Array.of(0xff)))).toEqual([])
    expect(extensions.UNDERSTOOD.has('1.2.3')).toBe(false)
    expect([...extensions.UNDERSTOOD].toSorted()).toEqual(Object.values(EXTENSION).toSorted())
  })
})

describe('names of all kinds', () => {
  it('are told apart', () => {
    const all = derSequence(
      generalName.other(),
      generalName.email('a@b.vn'),
      generalName.dns('b.vn'),
      derContext(3, derNull()),
      generalName.directory('CN=A'),
      derContext(5, derNull()),
      generalName.uri('https://b.vn'),
      generalName.ip(127, 0, 0, 1),
      derContextPrimitive(8, derOid('1.2.3').subarray(2)),
    )
    const names = extensions.subjectAltName(withValue(EXTENSION.subjectAltName, all))
    expect(Array.isArray(names) && names.map((name: { kind: string }) => name.kind)).toEqual([
      'other',
      'email',
      'dns',
      'x400',
      'directory',
      'edi',
      'uri',
      'ip',
      'registered-id',
    ])
  })

  it('of an authority are read from its key identifier', () => {
    const value = derSequence(
      derContextPrimitive(0, Uint8Array.of(9)),
      derContext(1, generalName.directory('CN=A')),
      derContextPrimitive(2, Uint8Array.of(5)),
    )
    const read = extensions.authorityKeyIdentifier(withValue(EXTENSION.authorityKeyIdentifier, value))
    expect(read).toMatchObject({
      keyIdentifier: Uint8Array.of(9),
      serialNumber: '5',
      issuer: [{ key: parseName(dn('CN=A'))!.key }],
    })
  })

  it('of access are web addresses only, by method', () => {
    const access = (method: string, location: Uint8Array) => derSequence(derOid(method), location)
    const value = derSequence(
      access('1.3.6.1.5.5.7.48.1', generalName.uri('http://ocsp.vn')),
      access('1.3.6.1.5.5.7.48.1', generalName.uri('ldap://ocsp.vn')),
      access('1.3.6.1.5.5.7.48.1', generalName.dns('ocsp.vn')),
      access('1.3.6.1.5.5.7.48.2', generalName.uri('HTTPS://ca.vn/ca.cer')),
    )
    expect(extensions.authorityInfoAccess(withValue(EXTENSION.authorityInfoAccess, value))).toEqual({
      ocsp: ['http://ocsp.vn'],
      caIssuers: ['HTTPS://ca.vn/ca.cer'],
    })
  })
})

describe('distribution points', () => {
  const read = (...points: readonly Uint8Array[]) =>
    extensions.crlDistributionPoints(withValue(EXTENSION.crlDistributionPoints, derSequence(...points)))

  it('have full names, names relative to the issuer, reasons and issuers', () => {
    const full = derContext(0, derContext(0, derContextPrimitive(6, bytesOf('http://c.vn/1.crl'))))
    const relative = derContext(0, derContext(1, derSequence(derOid('2.5.4.3'), derTagged(0x0c, bytesOf('1')))))
    const points = read(
      derSequence(full),
      derSequence(relative, derContextPrimitive(1, Uint8Array.of(5, 0x60))),
      derSequence(derContext(2, generalName.directory('CN=L'))),
    )
    expect(points).toMatchObject([
      { name: { kind: 'full', names: [{ kind: 'uri', text: 'http://c.vn/1.crl' }] }, reasons: null, crlIssuer: null },
      {
        name: { kind: 'relative', rdn: [{ text: '1' }] },
        reasons: new Set(['keyCompromise', 'cACompromise']),
        crlIssuer: null,
      },
      { name: null, crlIssuer: [{ kind: 'directory' }] },
    ])
  })
})
