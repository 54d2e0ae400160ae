// OCSP: the question says which certificate, the answer is read to the byte, and matched only to what it is about.
import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { hashNow } from './algorithms.ts'
import { parseCertificate, type Certificate } from './certificate.ts'
import {
  bytesOf,
  makeBasicResponse,
  makeCertId,
  makeCertificate,
  makeSingleResponse,
  nameOf,
  THIS_UPDATE,
  type OcspParts,
  testKey,
  type TestKey,
} from './cms.fixture.ts'
import {
  derContext,
  derContextPrimitive,
  derGeneralizedTime,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
  derTagged,
} from './der.ts'
import { answersFor, echoesNonce, isResponder, responderCandidates, verifyOcspSignature } from './ocsp-match.ts'
import { ocspRequest } from './ocsp-request.ts'
import { parseOcspResponse, wrapBasicResponse, type BasicOcspResponse } from './ocsp-response.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const empty = new Uint8Array(0)

const newKey = () =>
  testKey(sign, generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kind: 'ecdsa', hash: 'sha256' })

let authorityKey: TestKey
let authority: Certificate
let target: Certificate
let certId: Uint8Array
let responder: Uint8Array

beforeAll(() => {
  authorityKey = newKey()
  authority = parseCertificate(makeCertificate({ subject: 'CA', issuer: 'CA', key: authorityKey, serial: 1 }))!
  const leaf = { subject: 'Leader', issuer: 'CA', serial: 0x80, key: newKey(), issuerKey: authorityKey }
  target = parseCertificate(makeCertificate(leaf))!
  certId = idOf('sha1')
  responder = derContext(1, nameOf('CA'))
})

const idOf = (hash: 'sha1' | 'sha256', serial = 0x80) =>
  makeCertId(hash, hashNow(hash, authority.subject.raw), hashNow(hash, authority.publicKey), serial)
const basicDer = (parts: Partial<OcspParts> = {}) =>
  makeBasicResponse({ key: authorityKey, certId, responder, ...parts })
const parse = (parts: Partial<OcspParts> = {}): BasicOcspResponse | null =>
  parseOcspResponse(wrapBasicResponse(basicDer(parts)))?.basic ?? null
function parsed(parts: Partial<OcspParts> = {}): BasicOcspResponse {
  const basic = parse(parts)
  if (basic === null) throw new Error('not readable')
  return basic
}

describe('an OCSP request', () => {
  it('names the certificate by hashes of its issuer and its number, with a nonce if wanted', () => {
    expect(ocspRequest(target, authority, null)).toEqual(derSequence(derSequence(derSequence(derSequence(certId)))))
    const nonce = derSequence(derOid('1.3.6.1.5.5.7.48.1.2'), derOctetString(derOctetString(Uint8Array.of(9))))
    expect(ocspRequest(target, authority, Uint8Array.of(9), 'sha256')).toEqual(
      derSequence(derSequence(derSequence(derSequence(idOf('sha256'))), derContext(2, derSequence(nonce)))),
    )
  })
})

describe('an OCSP response', () => {
  it('that says no answer is told from one that is broken', () => {
    const failed = (status: number) => derSequence(derTagged(0x0a, Uint8Array.of(status)))
    expect(parseOcspResponse(failed(3))).toEqual({ raw: failed(3), status: 'tryLater', basic: null })
    expect(parseOcspResponse(failed(6))?.status).toBe('unauthorized')
    for (const status of [0, 4, 7, 200]) expect(parseOcspResponse(failed(status))).toBe(null)
    for (const der of [empty, bytesOf('<html>'), derNull(), derSequence(), new Uint8Array(300_000)]) {
      expect(parseOcspResponse(der)).toBe(null)
    }
  })

  it('of an unknown kind is none', () => {
    const body = (oid: string, inner: Uint8Array) =>
      derSequence(derTagged(0x0a, Uint8Array.of(0)), derContext(0, derSequence(derOid(oid), derOctetString(inner))))
    expect(parseOcspResponse(body('1.2.3', basicDer()))).toBe(null)
    expect(parseOcspResponse(body('1.3.6.1.5.5.7.48.1.1', basicDer()))).not.toBe(null)
    expect(parseOcspResponse(body('1.3.6.1.5.5.7.48.1.1', Uint8Array.of(0x30, 0x80, 0, 0)))).toBe(null)
  })

  it('gives every field, and the very bytes that are signed', async () => {
    const nextUpdate = THIS_UPDATE + 86_400_000
    const basic = parsed({ nextUpdate, nonce: derOctetString(Uint8Array.of(1, 2)), version: 0 })
    expect(basic.responder).toMatchObject({ kind: 'name' })
    expect(basic.producedAt).toBe(THIS_UPDATE + 1000)
    expect(basic.responses).toMatchObject([
      { hash: 'sha1', serialNumber: '80', status: { kind: 'good' }, thisUpdate: THIS_UPDATE, nextUpdate },
    ])
    expect(await verifyOcspSignature(basic, authority, platform)).toBe(true)
    expect(await verifyOcspSignature(basic, target, platform)).toBe(false)
    const unknown = { ...basic, signatureAlgorithm: { oid: '1.2.3', parameters: null } }
    expect(await verifyOcspSignature(unknown, authority, platform)).toBe(false)
    expect(parse({ version: 1 })).toBe(null)
  })

  it('echoes the nonce, wrapped or bare', () => {
    expect(echoesNonce(parsed({ nonce: derOctetString(Uint8Array.of(1, 2)) }), Uint8Array.of(1, 2))).toBe(true)
    expect(echoesNonce(parsed({ nonce: Uint8Array.of(1, 2) }), Uint8Array.of(1, 2))).toBe(true)
    expect(echoesNonce(parsed({ nonce: Uint8Array.of(1, 2) }), Uint8Array.of(1, 3))).toBe(false)
    expect(echoesNonce(parsed(), Uint8Array.of(1))).toBe(false)
    expect(parse({ nonce: new Uint8Array(200) })).toBe(null)
  })

  it('says revoked with time and reason, and unknown', () => {
    const time = Date.UTC(2026, 5, 1)
    const revoked = (...more: readonly Uint8Array[]) => derContext(1, derGeneralizedTime(time), ...more)
    const reason = (code: number) => derContext(0, derTagged(0x0a, Uint8Array.of(code)))
    const statusOf = (status: Uint8Array) => parse({ status })?.responses[0]?.status
    expect(statusOf(revoked())).toEqual({ kind: 'revoked', time, reason: null })
    expect(statusOf(revoked(reason(1)))).toEqual({ kind: 'revoked', time, reason: 'keyCompromise' })
    expect(statusOf(revoked(reason(7)))).toBe(undefined)
    expect(statusOf(revoked(reason(99)))).toBe(undefined)
    expect(statusOf(derContextPrimitive(2, empty))).toEqual({ kind: 'unknown' })
    expect(statusOf(derContextPrimitive(0, Uint8Array.of(0)))).toBe(undefined)
  })

  it('is bounded', () => {
    const many = (count: number) => Array.from({ length: count }, () => makeSingleResponse(certId))
    expect(parsed({ more: many(1023) }).responses).toHaveLength(1024)
    expect(parse({ more: many(1024) })).toBe(null)
    expect(parse({ certificates: Array.from({ length: 33 }, () => derNull()) })).toBe(null)
    expect(parsed({ certificates: [derNull(), target.raw] }).certificates).toEqual([target])
  })
})

describe('matching', () => {
  it('finds the answers about a certificate, the newest first, and no others', () => {
    const answers = (id: Uint8Array) => answersFor(parsed({ certId: id }), target, authority).length
    expect(answers(certId)).toBe(1)
    expect(answers(idOf('sha256'))).toBe(1)
    expect(answers(idOf('sha1', 0x81))).toBe(0)
    const name = hashNow('sha1', authority.subject.raw)
    const key = hashNow('sha1', authority.publicKey)
    expect(answers(makeCertId('sha1', key, key, 0x80))).toBe(0)
    expect(answers(makeCertId('sha1', name, name, 0x80))).toBe(0)
    const md5 = derSequence(
      derSequence(derOid('1.2.840.113549.2.5')),
      derOctetString(name),
      derOctetString(key),
      derInteger(0x80),
    )
    expect(answers(md5)).toBe(0)
    const later = derSequence(certId, derContextPrimitive(2, empty), derGeneralizedTime(THIS_UPDATE + 5000))
    const both = answersFor(parsed({ more: [later] }), target, authority)
    expect(both.map(({ status }) => status.kind)).toEqual(['unknown', 'good'])
  })

  it('knows the responder by name or by key', () => {
    const byKey = derContext(2, derOctetString(hashNow('sha1', authority.publicKey)))
    expect(isResponder(parsed({ responder: byKey }).responder, authority)).toBe(true)
    expect(isResponder(parsed({ responder: byKey }).responder, target)).toBe(false)
    expect(isResponder(parsed().responder, authority)).toBe(true)
    expect(isResponder(parsed().responder, target)).toBe(false)
    const delegated = parsed({ responder: derContext(1, nameOf('Leader')), certificates: [target.raw] })
    expect(responderCandidates(delegated, authority)).toEqual([target])
    expect(responderCandidates(parsed({ certificates: [target.raw] }), authority)).toEqual([authority])
  })
})
