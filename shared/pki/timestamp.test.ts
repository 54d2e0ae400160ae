// A timestamp answers the question that was asked and proves its time for one thing only; everything else has its code.
import { generateKeyPairSync, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { addTimestamp } from './cms-build.ts'
import { readSignedData } from './cms-read.ts'
import {
  attribute,
  bytesOf,
  makeCertificate,
  makeCms,
  makeInfo,
  makeToken,
  nameOf,
  standardAttributes,
  type CmsParts,
  type InfoParts,
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
} from './der.ts'
import { hashNow } from './algorithms.ts'
import { CONTENT_TYPE, DIGEST } from './oids.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'
import {
  provesTime,
  readTimestampResponse,
  readTimestampToken,
  timestampRequest,
  timestampsOf,
  verifySignatureTimestamps,
  verifyTimestampToken,
} from './timestamp.ts'
import { readTimestampInfo } from './timestamp-info.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const stamped = bytesOf('the bytes of a ByteRange')
const nonce = Uint8Array.of(0, 0xab, 0xcd)
const question = { imprint: hashNow('sha256', stamped), hash: 'sha256', nonce } as const
const digest = (hash: HashName) => platform.digest(hash, [stamped])

let key: TestKey
let certificate: Uint8Array

beforeAll(() => {
  key = testKey(sign, generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kind: 'ecdsa', hash: 'sha256' })
  certificate = makeCertificate({ subject: 'TSA', key })
})

const token = (info: Partial<InfoParts> = {}, cms: Partial<CmsParts> = {}) =>
  makeToken({ certificate, key, ...cms }, { stamped, nonce, ...info })
const response = (der: Uint8Array | null, status = 0, ...more: readonly Uint8Array[]) =>
  derSequence(derSequence(derInteger(status), ...more), ...(der === null ? [] : [der]))
const answerTo = (der: Uint8Array, asked: Parameters<typeof readTimestampResponse>[1] = question) => {
  const answer = readTimestampResponse(der, asked)
  return 'fault' in answer ? answer.fault : answer.time
}
const reasonsOf = async (der: Uint8Array) => (await verifyTimestampToken(der, digest, platform)).reasons

describe('the answer of a time-stamping authority', () => {
  const time = Date.UTC(2026, 10, 22, 12, 23, 10)

  it('gives the token and its time', () => {
    const der = token()
    const answer = readTimestampResponse(response(der), question)
    expect(answer).toMatchObject({ token: der, time, info: { nonce: 'abcd', policy: '1.2.3.4', accuracy: null } })
    expect(answerTo(response(token(), 1))).toBe(time)
    expect(answerTo(response(token({ nonce: Uint8Array.of(0) })), { ...question, nonce: new Uint8Array(0) })).toBe(time)
  })

  it('is refused with the reason, where one is given', () => {
    const failure = derTagged(0x03, Uint8Array.of(0, 0x20))
    expect(readTimestampResponse(response(null, 2, failure), question)).toEqual({
      fault: 'refused',
      failure: 'badRequest',
    })
    const text = derSequence(derTagged(0x0c, bytesOf('no')))
    expect(readTimestampResponse(response(null, 2, text), question)).toEqual({ fault: 'refused', failure: null })
    const unknown = derTagged(0x03, Uint8Array.of(0, 0x40))
    expect(readTimestampResponse(response(token(), 3, unknown), question)).toEqual({ fault: 'refused', failure: null })
  })

  it('is none when it is something else', () => {
    for (const der of [
      new Uint8Array(0),
      bytesOf('<html>'),
      derNull(),
      response(null),
      derSequence(derNull(), derNull()),
    ]) {
      expect(answerTo(der)).toBe('not-a-response')
    }
    expect(answerTo(response(derSequence()))).toBe('not-a-token')
    expect(answerTo(response(makeCms({ certificate, key })))).toBe('not-a-token')
    expect(answerTo(response(makeToken({ certificate, key }, derNull())))).toBe('not-a-token')
  })

  it('is about what was asked', () => {
    expect(answerTo(response(token({ stamped: bytesOf('something else') })))).toBe('imprint-mismatch')
    expect(answerTo(response(token({ hash: 'sha512' })))).toBe('imprint-hash-mismatch')
    expect(answerTo(response(token({ nonce: null })))).toBe('nonce-missing')
    expect(answerTo(response(token({ nonce: Uint8Array.of(1) })))).toBe('nonce-mismatch')
    expect(answerTo(response(token()), { ...question, policy: '1.2.3.4' })).toBe(time)
    expect(answerTo(response(token()), { ...question, policy: '1.2.3' })).toBe('policy-mismatch')
  })

  it('answers a question that says what is wanted, and no more', () => {
    const request = timestampRequest({ ...question, policy: '1.2.3' })
    expect(request).toEqual(
      derSequence(
        derInteger(1),
        derSequence(derSequence(derOid(DIGEST.sha256), derNull()), derOctetString(question.imprint)),
        derOid('1.2.3'),
        derInteger(0xabcd),
        Uint8Array.of(1, 1, 0xff),
      ),
    )
    expect(timestampRequest(question).length).toBe(request.length - derOid('1.2.3').length)
  })
})

describe('a timestamp token', () => {
  it('that is right has nothing against it', async () => {
    const verified = await verifyTimestampToken(token(), digest, platform)
    expect(verified.reasons).toEqual([])
    expect(provesTime(verified.reasons)).toBe(true)
    expect(verified.signer?.raw).toEqual(certificate)
  })

  it('is about one thing', async () => {
    expect(await reasonsOf(token({ stamped: bytesOf('something else') }))).toEqual(['imprint-mismatch'])
    expect(await reasonsOf(token({ hash: 'sha1' }))).toEqual(['imprint-hash-weak'])
    const md5 = derSequence(derOid(DIGEST.md5))
    expect(await reasonsOf(token({ hashIdentifier: md5 }))).toEqual(['imprint-hash-unknown'])
  })

  it('is signed as CMS is, and must name its certificate in what is signed', async () => {
    expect(await reasonsOf(token({}, { signature: key.sign(stamped) }))).toEqual(['signature-invalid'])
    const bare = standardAttributes({
      certificate,
      key,
      contentType: CONTENT_TYPE.tstInfo,
      content: makeInfo({ stamped, nonce }),
    }).slice(0, 2)
    const reasons = await reasonsOf(token({}, { attributes: bare }))
    expect(reasons).toEqual(['ess-missing'])
    expect(provesTime(reasons)).toBe(false)
    expect(await reasonsOf(token({}, { signers: 2 }))).toEqual(['several-signers'])
    expect(await reasonsOf(token({}, { content: makeInfo({ stamped }), document: stamped }))).toEqual([])
  })

  it('cannot be told another content: the digest is of what stands inside', async () => {
    const attributes = standardAttributes({
      certificate,
      key,
      contentType: CONTENT_TYPE.tstInfo,
      content: makeInfo({ stamped, time: '20200101000000Z' }),
    })
    expect(await reasonsOf(token({}, { attributes }))).toEqual(['message-digest-mismatch'])
  })

  it('is none when it is something else', async () => {
    expect(await reasonsOf(bytesOf('nothing'))).toEqual(['not-a-token'])
    expect(await reasonsOf(makeCms({ certificate, key }))).toEqual(['not-a-token'])
    expect(await reasonsOf(makeCms({ certificate, key, contentType: CONTENT_TYPE.tstInfo }))).toEqual(['not-a-token'])
    expect(readTimestampToken(derNull())).toEqual({ fault: 'not-a-token' })
  })

  it('may name its authority, and then the certificate must be of that name', async () => {
    expect(await reasonsOf(token({ authority: derContext(4, nameOf('TSA')) }))).toEqual([])
    expect(await reasonsOf(token({ authority: derContext(4, nameOf('Other')) }))).toEqual(['authority-name-mismatch'])
    expect(await reasonsOf(token({ authority: derContextPrimitive(2, bytesOf('tsa.example')) }))).toEqual([])
  })

  it('may not demand what nobody knows', async () => {
    expect(await reasonsOf(token({ criticalExtension: false }))).toEqual([])
    expect(await reasonsOf(token({ criticalExtension: true }))).toEqual(['critical-extension'])
  })
})

describe('TSTInfo', () => {
  const infoOf = (info: Partial<InfoParts>) => readTimestampInfo(makeInfo({ stamped, ...info }))

  it('has a time to the fraction of a second', () => {
    const second = Date.UTC(2026, 10, 22, 12, 23, 10)
    expect(infoOf({ time: '20261122122310.5Z' })?.time).toBe(second + 500)
    expect(infoOf({ time: '20261122122310.123456Z' })?.time).toBe(second + 123)
    for (const time of [
      '20261122122310',
      '202611221223Z',
      '20261122122310.Z',
      '20261322122310Z',
      '20261122122310+0700',
    ]) {
      expect([time, infoOf({ time })]).toEqual([time, null])
    }
  })

  it('has an accuracy in ms, rounded up', () => {
    const millis = derContextPrimitive(0, Uint8Array.of(5))
    const micros = derContextPrimitive(1, Uint8Array.of(1))
    expect(infoOf({ accuracy: derSequence(derInteger(2)) })?.accuracy).toBe(2000)
    expect(infoOf({ accuracy: derSequence(derInteger(2), millis, micros) })?.accuracy).toBe(2006)
    expect(infoOf({ accuracy: derSequence(micros, millis) })).toBe(null)
  })

  it('may be ordered, and is of version 1', () => {
    expect(infoOf({ accuracy: Uint8Array.of(1, 1, 0xff) })?.ordering).toBe(true)
    expect(infoOf({})?.ordering).toBe(false)
    expect(infoOf({ version: 2 })).toBe(null)
  })

  it('is small and shallow', () => {
    expect(readTimestampInfo(new Uint8Array(70_000))).toBe(null)
    expect(readTimestampInfo(derSequence(...Array.from({ length: 5000 }, () => derNull())))).toBe(null)
  })
})

describe('timestamps in a signature', () => {
  it('are over the signature value, each judged by itself', async () => {
    const cms = makeCms({ certificate, key })
    const content = readSignedData(cms)
    if ('fault' in content) throw new Error(content.fault)
    expect(timestampsOf(content)).toEqual([])
    const right = token({ stamped: content.signer.signature })
    const once = addTimestamp(cms, right)!
    const twice = readSignedData(addTimestamp(once, token())!)
    if ('fault' in twice) throw new Error(twice.fault)
    expect(timestampsOf(twice)).toHaveLength(2)
    const verdicts = await verifySignatureTimestamps(twice, platform)
    expect(verdicts.map(({ reasons }) => reasons.join()).sort()).toEqual(['', 'imprint-mismatch'])
  })

  it('can be added only to what is CMS, and only if they are', () => {
    const cms = makeCms({ certificate, key })
    expect(addTimestamp(bytesOf('nothing'), token())).toBe(null)
    expect(addTimestamp(cms, bytesOf('nothing'))).toBe(null)
    expect(addTimestamp(cms, derSequence(derNull()))).toBe(null)
    const other = attribute('1.2.3', derNull())
    const kept = readSignedData(addTimestamp(makeCms({ certificate, key, unsigned: [other] }), token())!)
    if ('fault' in kept) throw new Error(kept.fault)
    expect(kept.signer.unsignedAttributes.map(({ oid }) => oid)).toContain('1.2.3')
    expect(timestampsOf(kept)).toEqual([expect.any(Uint8Array)])
  })
})
