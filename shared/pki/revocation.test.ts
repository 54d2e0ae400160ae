// Revocation at a time: which evidence counts, whose word it is, and what later evidence says about earlier times.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TestKey } from './cms.fixture.ts'
import type { CertificateList } from './crl.ts'
import { derContext, derContextPrimitive, derInteger, derNull, derSequence } from './der.ts'
import { EXTENSION, KEY_PURPOSE } from './extensions.ts'
import {
  answer,
  basicExt,
  DAY,
  ext,
  generalName,
  holder,
  invalidityExt,
  list,
  listDer,
  NOW,
  purposeExt,
  reasonExt,
  REVOKED,
  UNKNOWN,
  usageExt,
  type AnswerPlan,
  type CertificatePlan,
  type Holder,
  type ListPlan,
} from './path.fixture.ts'
import { parseCertificateList } from './crl.ts'
import type { OcspResponse } from './ocsp-response.ts'
import { validatePath, type PathRequest, type PathResult } from './path.ts'
import { FRESH_MS } from './revocation-ocsp.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)

function newKey(): TestKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
  return {
    spki,
    algorithm: { kind: 'ecdsa', hash: 'sha256' },
    sign: (data) => new Uint8Array(sign('sha256', data, pair.privateKey)),
  }
}

const AUTHORITY = [basicExt(true), usageExt('keyCertSign', 'cRLSign')]
const [rootKey, leafKey, otherKey] = [newKey(), newKey(), newKey()]
const root = holder({ subject: 'CN=Root', key: rootKey, extensions: AUTHORITY })
const leaf = holder({
  subject: 'CN=Leader',
  key: leafKey,
  issuer: root,
  serial: 7,
  extensions: [usageExt('nonRepudiation')],
})

interface Given {
  readonly target?: Holder
  readonly crls?: readonly CertificateList[]
  readonly ocsp?: readonly OcspResponse[]
  readonly candidates?: readonly Holder[]
  readonly part?: Partial<PathRequest>
}

function ask({ target = leaf, crls = [], ocsp = [], candidates = [], part = {} }: Given): Promise<PathResult> {
  const request: PathRequest = {
    target: target.certificate,
    candidates: candidates.map(({ certificate }) => certificate),
    anchors: [{ certificate: root.certificate }],
    crls,
    ocsp,
    at: NOW,
    revocation: 'require',
    purpose: 'signing',
    ...part,
  }
  return validatePath(request, platform)
}
/** The status, and why nothing is known. */
async function verdict(given: Given): Promise<string> {
  const { status, reasons } = await ask(given)
  const [first] = reasons
  return first === undefined ? status : `${first.code}${first.problem === undefined ? '' : `: ${first.problem}`}`
}
const rootList = (part: Partial<ListPlan> = {}): CertificateList => list({ issuer: root, ...part })
const about = (part: Partial<AnswerPlan> = {}): OcspResponse =>
  answer({ signer: root, issuer: root, target: leaf, ...part })

describe('a revocation list', () => {
  it('that does not name the certificate proves it good, with its dates and bytes', async () => {
    const crl = rootList()
    const result = await ask({ crls: [crl] })
    expect(result.status).toBe('valid')
    expect(result.revocation).toEqual([
      {
        certificate: leaf.certificate,
        source: 'crl',
        status: 'good',
        thisUpdate: NOW - DAY,
        nextUpdate: NOW + DAY,
        revokedAt: null,
        reason: null,
        raw: [crl.raw],
      },
    ])
  })

  it('that names it proves it revoked, since when and why', async () => {
    const result = await ask({ crls: [rootList({ entries: [{ serial: 7, extensions: [reasonExt(1)] }] })] })
    expect([result.status, result.reasons]).toEqual(['invalid', [{ code: 'revoked', index: 0 }]])
    expect(result.revocation).toMatchObject([{ status: 'revoked', revokedAt: NOW - 2 * DAY, reason: 'keyCompromise' }])
  })

  it('is missing: nothing is known, which only matters where revocation is required', async () => {
    expect(await verdict({})).toBe('revocation-unknown: none')
    expect(await verdict({ part: { revocation: 'if-known' } })).toBe('valid')
    expect(await verdict({ part: { revocation: 'off' }, crls: [rootList({ entries: [{ serial: 7 }] })] })).toBe('valid')
    expect(await verdict({ part: { revocation: 'if-known' }, crls: [rootList({ entries: [{ serial: 7 }] })] })).toBe(
      'revoked',
    )
  })

  it('is worth nothing after its end, without one, and before its beginning', async () => {
    expect(await verdict({ crls: [rootList({ nextUpdate: NOW - 1000 })] })).toBe('revocation-unknown: stale')
    expect(await verdict({ crls: [rootList({ nextUpdate: null })] })).toBe('revocation-unknown: stale')
    expect(await verdict({ crls: [rootList({ thisUpdate: NOW + 1000 })] })).toBe('revocation-unknown: stale')
    expect(await verdict({ crls: [rootList({ nextUpdate: NOW })] })).toBe('valid')
    expect(await verdict({ crls: [rootList({ thisUpdate: NOW })] })).toBe('valid')
  })

  it('of others, with an unknown critical extension, or with a broken signature is no evidence', async () => {
    const forged = list({ issuer: { ...root, key: otherKey } })
    expect(await verdict({ crls: [forged] })).toBe('revocation-unknown: signer')
    expect(await verdict({ crls: [rootList({ extensions: [ext('1.2.3', derNull(), true)] })] })).toBe(
      'revocation-unknown: unusable',
    )
    const der = listDer({ issuer: root })
    const broken = parseCertificateList(der.with(der.length - 1, (der.at(-1) ?? 0) ^ 1))!
    expect(await verdict({ crls: [broken] })).toBe('revocation-unknown: signer')
    expect(await verdict({ crls: [forged, broken, rootList()] })).toBe('valid')
  })

  it('of only some reasons leaves the others open', async () => {
    const some = ext('2.5.29.28', derSequence(derContextPrimitive(3, Uint8Array.of(5, 0x60))), true)
    expect(await verdict({ crls: [rootList({ extensions: [some] })] })).toBe('revocation-unknown: incomplete')
  })

  it('that is newer is heard before an older one', async () => {
    const hold = rootList({ thisUpdate: NOW - 2 * DAY, entries: [{ serial: 7, extensions: [reasonExt(6)] }] })
    expect(await verdict({ crls: [hold, rootList()] })).toBe('valid')
    expect(await verdict({ crls: [hold] })).toBe('revoked')
  })
})

describe('evidence from after the time in question', () => {
  const later = { part: { evidenceUntil: NOW + 10 * DAY } }
  const at = (revokedAt: number, extensions?: readonly Uint8Array[]) =>
    rootList({
      thisUpdate: NOW + 5 * DAY,
      nextUpdate: NOW + 6 * DAY,
      entries: [{ serial: 7, revokedAt, ...(extensions && { extensions }) }],
    })

  it('proves that the certificate was good then, though it was revoked later', async () => {
    const result = await ask({ ...later, crls: [at(NOW + DAY)] })
    expect(result.status).toBe('valid')
    expect(result.revocation).toMatchObject([{ status: 'good', revokedAt: NOW + DAY }])
  })

  it('proves that it was revoked then', async () => {
    expect(await verdict({ ...later, crls: [at(NOW)] })).toBe('revoked')
  })

  it('proves it revoked from the day on which the key was lost', async () => {
    expect(await verdict({ ...later, crls: [at(NOW + DAY, [invalidityExt(NOW - DAY)])] })).toBe('revoked')
    expect(await verdict({ ...later, crls: [at(NOW + DAY, [invalidityExt(NOW + DAY)])] })).toBe('valid')
  })

  it('counts up to the time that is allowed, and while the certificate runs', async () => {
    const crl = rootList({ thisUpdate: NOW + 10 * DAY })
    expect(await verdict({ ...later, crls: [crl] })).toBe('valid')
    expect(await verdict({ crls: [crl] })).toBe('revocation-unknown: stale')
    const short = holder({ subject: 'CN=Short', key: leafKey, issuer: root, notAfter: NOW + DAY })
    expect(await verdict({ ...later, target: short, crls: [crl] })).toBe('revocation-unknown: stale')
  })

  it('that was current then takes a date in the future for revoked', async () => {
    expect(await verdict({ crls: [rootList({ entries: [{ serial: 7, revokedAt: NOW + DAY }] })] })).toBe('revoked')
  })
})

describe('a delta list', () => {
  const number = (value: number) => ext('2.5.29.20', derInteger(value))
  const base = (value: number) => ext('2.5.29.27', derInteger(value), true)
  const entries = (code: number) => [{ serial: 7, extensions: [reasonExt(code)] }]
  const delta = (part: Partial<ListPlan> = {}) => rootList({ extensions: [number(3), base(2)], ...part })

  it('adds to the complete one and takes from it', async () => {
    const complete = rootList({ extensions: [number(2)] })
    const held = rootList({ extensions: [number(2)], entries: entries(6) })
    expect(await verdict({ crls: [complete, delta({ entries: entries(1) })] })).toBe('revoked')
    expect(await verdict({ crls: [held, delta({ entries: entries(8) })] })).toBe('valid')
    expect(await verdict({ crls: [held, delta()] })).toBe('revoked')
    const result = await ask({ crls: [complete, delta()] })
    expect(result.revocation[0]?.raw).toHaveLength(2)
  })

  it('brings an old one up to date, when both are genuine', async () => {
    const old = { extensions: [number(2)], nextUpdate: NOW - DAY, thisUpdate: NOW - 3 * DAY }
    expect(await verdict({ crls: [rootList(old), delta()] })).toBe('valid')
    expect(await verdict({ crls: [rootList(old)] })).toBe('revocation-unknown: stale')
    expect(await verdict({ crls: [list({ ...old, issuer: { ...root, key: otherKey } }), delta()] })).toBe(
      'revocation-unknown: stale',
    )
    expect(await verdict({ crls: [rootList(old), delta({ nextUpdate: NOW - 1000 })] })).toBe(
      'revocation-unknown: stale',
    )
  })

  it('is no evidence by itself', async () => {
    expect(await verdict({ crls: [delta()] })).toBe('revocation-unknown: none')
  })
})

describe('who signs lists', () => {
  const listKey = newKey()
  const below = holder({ subject: 'CN=CA', key: otherKey, issuer: root, serial: 10, extensions: AUTHORITY })
  const lister = (part: Partial<CertificatePlan> = {}) =>
    holder({ subject: 'CN=Lists', key: listKey, issuer: root, serial: 20, extensions: [usageExt('cRLSign')], ...part })
  const pointTo = (name: string) =>
    ext(EXTENSION.crlDistributionPoints, derSequence(derSequence(derContext(2, generalName.directory(name)))))
  const user = (name: string) =>
    holder({ subject: 'CN=A', key: leafKey, issuer: below, serial: 8, extensions: [pointTo(name)] })
  const scope = (bit: number) => ext('2.5.29.28', derSequence(derContextPrimitive(bit, Uint8Array.of(0xff))), true)
  const indirect = (by: Holder, part: Partial<ListPlan> = {}) => list({ issuer: by, extensions: [scope(4)], ...part })
  /** Speaks about authorities only. */
  const authorities = rootList({ extensions: [scope(2)] })
  const target = user('CN=Lists')
  const asked = (by: readonly Holder[], crls: readonly CertificateList[], about = target) =>
    verdict({ target: about, candidates: [below, ...by], crls })

  it('is someone whom the certificate names, under the same anchor, with a status of their own', async () => {
    const by = lister()
    expect(await asked([by], [indirect(by), rootList()])).toBe('valid')
    expect(await asked([by], [indirect(by), authorities])).toBe('revocation-unknown: signer')
    expect(await asked([by], [indirect(by), rootList({ entries: [{ serial: 20 }] })])).toBe(
      'revocation-unknown: signer',
    )
    expect(await asked([], [indirect(by), rootList()])).toBe('revocation-unknown: signer')
  })

  it('is nobody without the right to, nor after their time, nor under another anchor', async () => {
    const self = holder({ subject: 'CN=Lists', key: listKey, extensions: AUTHORITY })
    const signers = [lister({ extensions: [usageExt('digitalSignature')] }), lister({ notAfter: NOW - DAY }), self]
    for (const by of signers) expect(await asked([by], [indirect(by), rootList()])).toBe('revocation-unknown: signer')
  })

  it('may speak about themselves only where their issuer names them for it', async () => {
    const named = lister({ extensions: [usageExt('cRLSign'), pointTo('CN=Lists')] })
    expect(await asked([named], [indirect(named), authorities])).toBe('valid')
    const issuer = ext('2.5.29.29', derSequence(generalName.directory('CN=Root')), true)
    const own = indirect(named, { entries: [{ serial: 20, extensions: [issuer] }] })
    expect(await asked([named], [own, authorities])).toBe('revocation-unknown: signer')
  })

  it('does not become trusted in a circle of two', async () => {
    const make = (name: string, other: string, key: TestKey, serial: number) =>
      holder({ subject: name, key, issuer: root, serial, extensions: [usageExt('cRLSign'), pointTo(other)] })
    const both = [make('CN=One', 'CN=Two', listKey, 30), make('CN=Two', 'CN=One', newKey(), 31)]
    const crls = both.map((by) => indirect(by))
    expect(await asked(both, [...crls, authorities], user('CN=One'))).toBe('revocation-unknown: signer')
    expect(await asked(both, [...crls, rootList()], user('CN=One'))).toBe('valid')
  })

  it('is not followed further than four steps', async () => {
    const row = Array.from({ length: 7 }, (_, index) => {
      const next = index === 6 ? [] : [pointTo(`CN=${index + 1}`)]
      const issuer = index === 6 ? below : root
      return holder({
        subject: `CN=${index}`,
        key: newKey(),
        issuer,
        serial: 40 + index,
        extensions: [usageExt('cRLSign'), ...next],
      })
    })
    // The status of the last one only stands in a list of its own issuer, which says nothing about others.
    const last = list({ issuer: below, entries: [{ serial: 9 }] })
    const crls = [...row.map((by) => indirect(by)), authorities, last]
    const of = (index: number) =>
      holder({ subject: 'CN=B', key: leafKey, issuer: root, serial: 80, extensions: [pointTo(`CN=${index}`)] })
    expect(await asked(row, crls, of(6))).toBe('valid')
    expect(await asked(row, crls, of(3))).toBe('valid')
    expect(await asked(row, crls, of(2))).toBe('revocation-unknown: signer')
  })
})

describe('an OCSP response', () => {
  it('of the issuer proves the certificate good or revoked, with its bytes', async () => {
    const response = about()
    const result = await ask({ ocsp: [response] })
    expect(result.status).toBe('valid')
    expect(result.revocation).toMatchObject([
      { source: 'ocsp', status: 'good', thisUpdate: NOW - DAY, nextUpdate: NOW + DAY, raw: [response.raw] },
    ])
    const revoked = await ask({ ocsp: [about({ status: REVOKED(NOW - 3 * DAY) })] })
    expect(revoked).toMatchObject({
      status: 'invalid',
      revocation: [{ status: 'revoked', revokedAt: NOW - 3 * DAY, reason: null }],
    })
  })

  it('that knows nothing of the certificate, or says something we do not understand, is no evidence', async () => {
    expect(await verdict({ ocsp: [about({ status: UNKNOWN })] })).toBe('revocation-unknown: unusable')
    const strange = [ext('1.2.3', derNull(), true)]
    expect(await verdict({ ocsp: [about({ extensions: strange })] })).toBe('revocation-unknown: unusable')
    expect(await verdict({ ocsp: [about({ singleExtensions: strange })] })).toBe('revocation-unknown: unusable')
    expect(await verdict({ ocsp: [about({ singleExtensions: [ext('1.2.3', derNull())] })] })).toBe('valid')
  })

  it('about another certificate, or of a failed responder, says nothing', async () => {
    const other = holder({ subject: 'CN=B', key: leafKey, issuer: root, serial: 9 })
    expect(
      await verdict({ ocsp: [about({ target: other }), { raw: new Uint8Array(), status: 'tryLater', basic: null }] }),
    ).toBe('revocation-unknown: none')
  })

  it('ends with its next update, or a day after it was given', async () => {
    expect(await verdict({ ocsp: [about({ nextUpdate: NOW - 1000 })] })).toBe('revocation-unknown: stale')
    expect(await verdict({ ocsp: [about({ thisUpdate: NOW - FRESH_MS, nextUpdate: null })] })).toBe('valid')
    expect(await verdict({ ocsp: [about({ thisUpdate: NOW - FRESH_MS - 1000, nextUpdate: null })] })).toBe(
      'revocation-unknown: stale',
    )
  })

  it('from later says what was the case then', async () => {
    const later = { part: { evidenceUntil: NOW + 10 * DAY } }
    const response = (time: number) =>
      about({ thisUpdate: NOW + 5 * DAY, nextUpdate: NOW + 6 * DAY, status: REVOKED(time) })
    expect(await verdict({ ...later, ocsp: [response(NOW + DAY)] })).toBe('valid')
    expect(await verdict({ ...later, ocsp: [response(NOW)] })).toBe('revoked')
  })

  it('is outweighed by one that says revoked, of whatever kind; among others the newest is shown', async () => {
    const revoked = about({ thisUpdate: NOW - 2 * DAY, status: REVOKED(NOW - 3 * DAY) })
    const crl = rootList({ entries: [{ serial: 7 }] })
    expect(await verdict({ ocsp: [about(), revoked] })).toBe('revoked')
    expect(await verdict({ ocsp: [about()], crls: [crl] })).toBe('revoked')
    expect(await verdict({ ocsp: [revoked], crls: [rootList()] })).toBe('revoked')
    const both = await ask({
      ocsp: [about({ thisUpdate: NOW - 2 * DAY }), about(), about({ thisUpdate: NOW - 3 * DAY })],
      crls: [rootList()],
    })
    expect(both.revocation.map(({ source, thisUpdate }) => [source, thisUpdate])).toEqual([
      ['crl', NOW - DAY],
      ['ocsp', NOW - DAY],
    ])
  })

  it('makes up for a list that is of no use, and the other way round', async () => {
    expect(await verdict({ ocsp: [about()], crls: [rootList({ nextUpdate: NOW - 1000 })] })).toBe('valid')
    expect(await verdict({ ocsp: [about({ status: UNKNOWN })], crls: [rootList()] })).toBe('valid')
    expect(await verdict({ ocsp: [about({ status: UNKNOWN })], crls: [rootList({ nextUpdate: NOW - 1000 })] })).toBe(
      'revocation-unknown: stale',
    )
  })
})

describe('an OCSP responder', () => {
  const key = newKey()
  const NO_CHECK = ext(EXTENSION.ocspNoCheck, derNull())
  const responder = (part: Partial<CertificatePlan> = {}) =>
    holder({
      subject: 'CN=OCSP',
      key,
      issuer: root,
      serial: 50,
      extensions: [purposeExt(false, KEY_PURPOSE.ocspSigning), NO_CHECK],
      ...part,
    })
  const by = (signer: Holder, part: Partial<AnswerPlan> = {}) => about({ signer, certificates: [signer], ...part })

  it('is certified for it by the very issuer, and comes with the answer or is at hand', async () => {
    expect(await verdict({ ocsp: [by(responder())] })).toBe('valid')
    expect(await verdict({ ocsp: [by(responder(), { certificates: [] })] })).toBe('revocation-unknown: signer')
    expect(await verdict({ ocsp: [by(responder(), { certificates: [] })], candidates: [responder()] })).toBe('valid')
  })

  it('is nobody without that purpose, after its time, of another issuer, or with another key', async () => {
    const own = holder({ subject: 'CN=Root', key: otherKey, extensions: AUTHORITY })
    const signers = [
      responder({ extensions: [NO_CHECK] }),
      responder({ extensions: [purposeExt(false, KEY_PURPOSE.any), NO_CHECK] }),
      responder({ notAfter: NOW - DAY }),
      responder({ issuer: own }),
      leaf,
    ]
    for (const signer of signers) expect(await verdict({ ocsp: [by(signer)] })).toBe('revocation-unknown: signer')
    const thief = { ...responder(), key: otherKey }
    expect(await verdict({ ocsp: [by(thief)] })).toBe('revocation-unknown: signer')
    expect(await verdict({ ocsp: [about({ signer: { ...root, key: otherKey } })] })).toBe('revocation-unknown: signer')
  })

  it('of the authority above answers for nobody below', async () => {
    const below = holder({ subject: 'CN=CA', key: otherKey, issuer: root, serial: 60, extensions: AUTHORITY })
    const target = holder({ subject: 'CN=A', key: leafKey, issuer: below, serial: 61 })
    const given = { target, candidates: [below], crls: [rootList()] }
    const right = holder({
      subject: 'CN=OCSP',
      key,
      issuer: below,
      serial: 62,
      extensions: [purposeExt(false, KEY_PURPOSE.ocspSigning), NO_CHECK],
    })
    expect(
      await verdict({ ...given, ocsp: [answer({ signer: right, issuer: below, target, certificates: [right] })] }),
    ).toBe('valid')
    const wrong = responder()
    expect(
      await verdict({ ...given, ocsp: [answer({ signer: wrong, issuer: below, target, certificates: [wrong] })] }),
    ).toBe('revocation-unknown: signer')
  })

  it('under a namesake of the issuer with another key answers for nobody of the issuer', async () => {
    const [oneKey, twoKey] = [newKey(), newKey()]
    const one = holder({ subject: 'CN=CA', key: oneKey, issuer: root, serial: 70, extensions: AUTHORITY })
    const two = holder({ subject: 'CN=CA', key: twoKey, issuer: root, serial: 71, extensions: AUTHORITY })
    const target = holder({ subject: 'CN=A', key: leafKey, issuer: one, serial: 72 })
    const signer = (issuer: Holder) =>
      holder({
        subject: 'CN=OCSP',
        key,
        issuer,
        serial: 73,
        extensions: [purposeExt(false, KEY_PURPOSE.ocspSigning), NO_CHECK],
      })
    const given = (issuer: Holder) => ({
      target,
      candidates: [one, two],
      crls: [rootList()],
      ocsp: [answer({ signer: signer(issuer), issuer: one, target, certificates: [signer(issuer)] })],
    })
    expect(await verdict(given(one))).toBe('valid')
    expect(await verdict(given(two))).toBe('revocation-unknown: signer')
  })

  it('without the promise that nobody need ask has a status of its own, and cannot give it itself', async () => {
    const checked = responder({ extensions: [purposeExt(false, KEY_PURPOSE.ocspSigning)] })
    const itself = by(checked, { target: checked })
    expect(await verdict({ ocsp: [by(checked), itself] })).toBe('revocation-unknown: signer')
    expect(await verdict({ ocsp: [by(checked), about({ target: checked })] })).toBe('valid')
    expect(await verdict({ ocsp: [by(checked), about({ target: checked, status: REVOKED(NOW - DAY) })] })).toBe(
      'revocation-unknown: signer',
    )
  })

  it('of later is judged at the time of its answer', async () => {
    const young = responder({ notBefore: NOW + DAY, notAfter: NOW + 20 * DAY })
    const late = by(young, { thisUpdate: NOW + 5 * DAY, nextUpdate: NOW + 6 * DAY })
    expect(await verdict({ ocsp: [late], part: { evidenceUntil: NOW + 10 * DAY } })).toBe('valid')
    const early = responder({ notBefore: NOW + 6 * DAY, notAfter: NOW + 20 * DAY })
    const before = by(early, { thisUpdate: NOW + 5 * DAY, nextUpdate: NOW + 6 * DAY })
    expect(await verdict({ ocsp: [before], part: { evidenceUntil: NOW + 10 * DAY } })).toBe(
      'revocation-unknown: signer',
    )
  })
})
