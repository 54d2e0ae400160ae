// Revocation lists: read to the byte, and whom each of them speaks about.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TestKey } from './cms.fixture.ts'
import { continues, coveredReasons, impliedPoint } from './crl-scope.ts'
import { parseCertificateList, type CertificateList } from './crl.ts'
import { entryKey } from './crl-entries.ts'
import {
  derBitString,
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOid,
  derSequence,
  derTagged,
  derUtcTime,
} from './der.ts'
import { ALL_REASONS, type DistributionPoint } from './distribution-points.ts'
import type { GeneralName } from './general-names.ts'
import { parseName } from './names.ts'
import {
  basicExt,
  DAY,
  dn,
  ext,
  generalName,
  holder,
  invalidityExt,
  list,
  listDer,
  NOW,
  reasonExt,
  type Holder,
} from './path.fixture.ts'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key: TestKey = {
  spki: new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  algorithm: { kind: 'ecdsa', hash: 'sha256' },
  sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
}
const ca: Holder = holder({ subject: 'CN=CA', key, extensions: [basicExt(true)] })
const user = holder({ subject: 'CN=A', key, issuer: ca, serial: 5 })
const nameOf = (text: string) => parseName(dn(text))!

const issuerExt = (...names: readonly Uint8Array[]) => ext('2.5.29.29', derSequence(...names), true)
const scopeExt = (...fields: readonly Uint8Array[]) => ext('2.5.29.28', derSequence(...fields), true)
const flag = (number: number) => derContextPrimitive(number, Uint8Array.of(0xff))
const INDIRECT = scopeExt(flag(4))

describe('a list', () => {
  it('says who issued it, when, and who is on it', () => {
    const read = list({
      issuer: ca,
      entries: [
        { serial: 5, revokedAt: NOW - DAY, extensions: [reasonExt(1), invalidityExt(NOW - 3 * DAY)] },
        { serial: 6 },
      ],
      extensions: [ext('2.5.29.20', derInteger(17))],
    })
    expect(read).toMatchObject({
      thisUpdate: NOW - DAY,
      nextUpdate: NOW + DAY,
      crlNumber: 17n,
      baseCrlNumber: null,
      unknownCritical: false,
    })
    expect(read.issuer.key).toBe(nameOf('CN=CA').key)
    expect(read.entries.get(entryKey(nameOf('CN=ca'), '5'))).toEqual({
      serialNumber: '5',
      revokedAt: NOW - DAY,
      reason: 'keyCompromise',
      invalidAt: NOW - 3 * DAY,
    })
    expect(read.entries.get(entryKey(nameOf('CN=CA'), '6'))).toMatchObject({ reason: null, invalidAt: null })
    const twice = [5, 6].map((serial) => ({ serial, extensions: [reasonExt(4)] }))
    const reasons = [...list({ issuer: ca, entries: twice }).entries.values()].map(({ reason }) => reason)
    expect(reasons).toEqual(['superseded', 'superseded'])
  })

  it('may be empty, and without an end', () => {
    expect(list({ issuer: ca, nextUpdate: null })).toMatchObject({
      nextUpdate: null,
      crlNumber: null,
      entries: new Map(),
    })
  })

  it('that is a delta names the list it starts from', () => {
    const extensions = [ext('2.5.29.20', derInteger(9)), ext('2.5.29.27', derInteger(7), true)]
    expect(list({ issuer: ca, extensions })).toMatchObject({ crlNumber: 9n, baseCrlNumber: 7n })
  })

  it('that is indirect has entries of other issuers, each going on until the next is named', () => {
    const other = issuerExt(generalName.directory('CN=B'))
    const entries = [{ serial: 1 }, { serial: 2, extensions: [other] }, { serial: 3 }]
    const read = list({ issuer: ca, entries, extensions: [INDIRECT] })
    expect([...read.entries.keys()]).toEqual([
      entryKey(nameOf('CN=CA'), '1'),
      entryKey(nameOf('CN=B'), '2'),
      entryKey(nameOf('CN=B'), '3'),
    ])
  })

  it.each([
    ['its own', { extensions: [ext('1.2.3', derNull(), true)] }],
    ['an entry', { entries: [{ serial: 1, extensions: [ext('1.2.3', derNull(), true)] }, { serial: 2 }] }],
  ])('notes an unknown critical extension of %s', (_whose, plan) => {
    expect(list({ issuer: ca, ...plan }).unknownCritical).toBe(true)
  })

  it('takes no notice of unknown extensions that are not critical, nor of where newer lists are', () => {
    const freshest = ext('2.5.29.46', derSequence(derSequence(derContext(2, generalName.directory('CN=CA')))))
    const plan = {
      entries: [{ serial: 1, extensions: [ext('1.2.3', derNull())] }],
      extensions: [ext('1.2.3', derNull()), freshest],
    }
    expect(list({ issuer: ca, ...plan }).unknownCritical).toBe(false)
  })
})

describe('no list is', () => {
  const parse = (plan: Omit<Parameters<typeof listDer>[0], 'issuer'>) =>
    parseCertificateList(listDer({ issuer: ca, ...plan }))

  it.each([
    [
      'one that names issuers without being indirect',
      { entries: [{ serial: 1, extensions: [issuerExt(generalName.directory('CN=B'))] }] },
    ],
    [
      'an indirect one that names two at once',
      {
        extensions: [INDIRECT],
        entries: [{ serial: 1, extensions: [issuerExt(generalName.directory('CN=B'), generalName.directory('CN=C'))] }],
      },
    ],
    [
      'an indirect one that names no directory',
      { extensions: [INDIRECT], entries: [{ serial: 1, extensions: [issuerExt(generalName.dns('b.vn'))] }] },
    ],
    ['one with a reason that does not exist', { entries: [{ serial: 1, extensions: [reasonExt(7)] }] }],
    ['one with a reason beyond all', { entries: [{ serial: 1, extensions: [reasonExt(11)] }] }],
    ['one with a number for a reason', { entries: [{ serial: 1, extensions: [ext('2.5.29.21', derInteger(1))] }] }],
    ['one with a negative number', { extensions: [ext('2.5.29.20', derTagged(0x02, Uint8Array.of(0xff)))] }],
    ['one whose number is none', { extensions: [ext('2.5.29.20', derNull())] }],
    ['one with a broken scope', { extensions: [scopeExt(derNull())] }],
  ])('%s', (_what, plan) => {
    expect(parse(plan)).toBeNull()
  })

  const algorithm = derSequence(derOid('1.2.840.10045.4.3.2'))
  const body = (...fields: readonly Uint8Array[]) =>
    parseCertificateList(derSequence(derSequence(...fields), algorithm, derBitString(Uint8Array.of(1))))

  it('one of another version, with another algorithm inside, or with extensions before the second version', () => {
    const rest = [algorithm, dn('CN=CA'), derUtcTime(NOW)]
    expect(body(...rest)).not.toBeNull()
    expect(body(derInteger(2), ...rest)).toBeNull()
    expect(body(derInteger(1), derSequence(derOid('1.2.840.10045.4.3.3')), dn('CN=CA'), derUtcTime(NOW))).toBeNull()
    expect(body(...rest, derContext(0, derSequence(ext('1.2.3', derNull()))))).toBeNull()
    expect(body(...rest, derGeneralizedTime(NOW), derNull())).toBeNull()
  })

  it('what is cut off or larger than 32 MB', () => {
    expect(parseCertificateList(listDer({ issuer: ca }).subarray(0, -1))).toBeNull()
    expect(parseCertificateList(new Uint8Array(32 * 1024 * 1024 + 1))).toBeNull()
  })
})

describe('a list answers for a certificate', () => {
  const point = (part: Partial<DistributionPoint>): DistributionPoint => ({
    name: null,
    reasons: null,
    crlIssuer: null,
    ...part,
  })
  const uri = (text: string): GeneralName => ({ kind: 'uri', text })
  const full = (...names: readonly GeneralName[]) => point({ name: { kind: 'full', names } })
  const fullName = (...names: readonly Uint8Array[]) => derContext(0, derContext(0, ...names))
  const reasonsOf = (extensions: readonly Uint8Array[], at: DistributionPoint, who = user, by = ca) =>
    coveredReasons(list({ issuer: by, extensions }), who.certificate, at)

  it('of its own issuer, for all reasons, when it says nothing about its scope', () => {
    expect(reasonsOf([], impliedPoint(user.certificate))).toEqual(ALL_REASONS)
    const stranger = holder({ subject: 'CN=B', key })
    expect(reasonsOf([], impliedPoint(user.certificate), user, stranger)).toBeNull()
  })

  it('that looks for it where the list says it stands', () => {
    const scope = [scopeExt(fullName(generalName.uri('http://c.vn/1')))]
    expect(reasonsOf(scope, full(uri('http://c.vn/2'), uri('http://c.vn/1')))).toEqual(ALL_REASONS)
    expect(reasonsOf(scope, full(uri('http://c.vn/2')))).toBeNull()
    expect(reasonsOf(scope, impliedPoint(user.certificate))).toBeNull()
  })

  it.each<[string, Uint8Array, GeneralName]>([
    ['a mail address', generalName.email('a@b.vn'), { kind: 'email', text: 'a@b.vn' }],
    ['a host', generalName.dns('b.vn'), { kind: 'dns', text: 'b.vn' }],
    ['an address', generalName.ip(127, 0, 0, 1), { kind: 'ip', bytes: Uint8Array.of(127, 0, 0, 1) }],
    ['a number', derContextPrimitive(8, derOid('1.2.3').subarray(2)), { kind: 'registered-id', oid: '1.2.3' }],
    ['a name of another kind', generalName.other(), { kind: 'other', raw: generalName.other() }],
    ['a directory', generalName.directory('CN=L'), { kind: 'directory', name: nameOf('CN=l') }],
  ])('by %s as well', (_what, der, name) => {
    expect(reasonsOf([scopeExt(fullName(der))], full(name))).toEqual(ALL_REASONS)
    expect(reasonsOf([scopeExt(fullName(der))], full(uri('http://c.vn')))).toBeNull()
  })

  it('under a name relative to its issuer', () => {
    const rdn = derSequence(derOid('2.5.4.3'), derTagged(0x0c, Uint8Array.of(0x31)))
    const relative: DistributionPoint = point({ name: { kind: 'relative', rdn: nameOf('CN=1').rdns[0]! } })
    expect(reasonsOf([scopeExt(derContext(0, derContext(1, rdn)))], relative)).toEqual(ALL_REASONS)
    const spelled = [
      scopeExt(fullName(derContext(4, derSequence(...[dn('CN=CA'), dn('CN=1')].map((name) => name.subarray(2)))))),
    ]
    expect(reasonsOf(spelled, relative)).toEqual(ALL_REASONS)
  })

  it('of users, of authorities, or of attribute certificates only', () => {
    const at = impliedPoint(user.certificate)
    const authority = holder({ subject: 'CN=S', key, issuer: ca, extensions: [basicExt(true)] })
    expect([reasonsOf([scopeExt(flag(1))], at), reasonsOf([scopeExt(flag(1))], at, authority)]).toEqual([
      ALL_REASONS,
      null,
    ])
    expect([reasonsOf([scopeExt(flag(2))], at), reasonsOf([scopeExt(flag(2))], at, authority)]).toEqual([
      null,
      ALL_REASONS,
    ])
    expect(reasonsOf([scopeExt(flag(5))], at)).toBeNull()
  })

  it('for the reasons that both the list and the point are limited to', () => {
    const some = [scopeExt(derContextPrimitive(3, Uint8Array.of(5, 0x60)))]
    expect(reasonsOf(some, impliedPoint(user.certificate))).toEqual(new Set(['keyCompromise', 'cACompromise']))
    expect(
      reasonsOf(some, { ...impliedPoint(user.certificate), reasons: new Set(['keyCompromise', 'superseded']) }),
    ).toEqual(new Set(['keyCompromise']))
    expect(reasonsOf([], { ...impliedPoint(user.certificate), reasons: new Set(['superseded']) })).toEqual(
      new Set(['superseded']),
    )
  })

  it('of another issuer only when the certificate names that one and the list is indirect', () => {
    const lister = holder({ subject: 'CN=L', key })
    const named = point({ crlIssuer: [{ kind: 'directory', name: nameOf('CN=L') }] })
    expect(reasonsOf([INDIRECT], named, user, lister)).toEqual(ALL_REASONS)
    expect(reasonsOf([], named, user, lister)).toBeNull()
    expect(reasonsOf([INDIRECT], named, user, holder({ subject: 'CN=M', key }))).toBeNull()
    const placed = [scopeExt(fullName(generalName.directory('CN=L')), flag(4))]
    expect(reasonsOf(placed, named, user, lister)).toEqual(ALL_REASONS)
    expect(
      reasonsOf(placed, { ...named, name: { kind: 'full', names: [uri('http://c.vn')] } }, user, lister),
    ).toBeNull()
  })
})

describe('a delta list continues a complete one', () => {
  const number = (value: number) => ext('2.5.29.20', derInteger(value))
  const base = (value: number) => ext('2.5.29.27', derInteger(value), true)
  const authority = (value: number) => ext('2.5.29.35', derSequence(derContextPrimitive(0, Uint8Array.of(value))))
  const make = (...extensions: readonly Uint8Array[]): CertificateList => list({ issuer: ca, extensions })

  it.each<[boolean, string, CertificateList, CertificateList]>([
    [true, 'next in number', make(number(9), base(7)), make(number(8))],
    [true, 'from the same list on', make(number(9), base(8), authority(1)), make(number(8), authority(1))],
    [false, 'with a gap between', make(number(9), base(9)), make(number(8))],
    [false, 'not newer', make(number(8), base(7)), make(number(8))],
    [false, 'without a number', make(base(7)), make(number(8))],
    [false, 'to one without a number', make(number(9), base(7)), make()],
    [false, 'that is none', make(number(9)), make(number(8))],
    [false, 'of another key', make(number(9), base(7), authority(1)), make(number(8), authority(2))],
    [false, 'of a key that is not named', make(number(9), base(7), authority(1)), make(number(8))],
    [false, 'of another scope', make(number(9), base(7), scopeExt(flag(1))), make(number(8))],
    [false, 'of another issuer', list({ issuer: user, extensions: [number(9), base(7)] }), make(number(8))],
  ])('%s: %s', (expected, _how, delta, complete) => {
    expect(continues(delta, complete)).toBe(expected)
  })

  it('whose authority key is named by issuer and number has no key identifier', () => {
    const value = derSequence(derContext(1, generalName.directory('CN=CA')), derContextPrimitive(2, Uint8Array.of(1)))
    expect(make(ext('2.5.29.35', value)).authorityKeyIdentifier).toBeNull()
  })
})
