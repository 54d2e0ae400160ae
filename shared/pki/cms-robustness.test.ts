// Damaged messages of every kind: no reader throws, and none of them is believed in place of the whole one.
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashNow } from './algorithms.ts'
import { addTimestamp } from './cms-build.ts'
import { embeddedEvidence } from './cms-evidence.ts'
import { readSignedData } from './cms-read.ts'
import { provesContent } from './cms-reasons.ts'
import { verifySignedData } from './cms-verify.ts'
import {
  bytesOf,
  makeBasicResponse,
  makeCertId,
  makeCertificate,
  makeCms,
  makeToken,
  nameOf,
  testKey,
} from './cms.fixture.ts'
import { derContext, derInteger, derSequence } from './der.ts'
import { parseOcspResponse, wrapBasicResponse } from './ocsp-response.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'
import { provesTime, readTimestampResponse, verifyTimestampToken } from './timestamp.ts'

const ROUNDS = 1500
const platform = subtlePkiCrypto(crypto.subtle)
const key = testKey(sign, generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kind: 'ecdsa', hash: 'sha256' })
const certificate = makeCertificate({ subject: 'Leader', key })
const stamped = bytesOf('document')

/** mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))
console.log(`seed ${seed}`)
const random = randomFrom(seed)
const below = (limit: number) => Math.floor(random() * limit)

/** One to three bytes changed, or a piece taken out, doubled or cut off. */
function damaged(der: Uint8Array): Uint8Array {
  const at = below(der.length)
  const to = Math.min(der.length, at + 1 + below(20))
  switch (below(6)) {
    case 0:
      return der.subarray(0, at)
    case 1:
      return Uint8Array.from([...der.subarray(0, at), ...der.subarray(to)])
    case 2:
      return Uint8Array.from([...der.subarray(0, to), ...der.subarray(at)])
    default: {
      const copy = new Uint8Array(der)
      for (let i = 0; i <= below(3); i++) copy[below(der.length)] = below(256)
      return copy
    }
  }
}

const same = (one: Uint8Array, other: Uint8Array | undefined) => Buffer.compare(one, other ?? new Uint8Array(0)) === 0

describe('damaged messages', () => {
  it('a signature that is still believed says the same about the same document', async () => {
    const whole = makeCms({ certificate, key, unsigned: [] })
    const token = makeToken({ certificate, key }, { stamped })
    const before = readSignedData(whole)
    if ('fault' in before) throw new Error(before.fault)
    for (let i = 0; i < ROUNDS; i++) {
      const der = damaged(whole)
      const content = readSignedData(der)
      addTimestamp(der, token)
      if ('fault' in content) continue
      embeddedEvidence(content)
      const digest = (hash: 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512') =>
        Promise.resolve(hashNow(hash, stamped))
      const { reasons } = await verifySignedData(content, digest, platform)
      // Only what is not signed may differ: the list of algorithms, version numbers, the unused parameters.
      if (!provesContent(reasons)) continue
      expect(same(content.signer.signature, before.signer.signature)).toBe(true)
      expect(content.signer.signedAttributes).toEqual(before.signer.signedAttributes)
    }
  })

  it('a timestamp that is still believed says the same time', async () => {
    const whole = makeToken({ certificate, key }, { stamped })
    const question = { imprint: hashNow('sha256', stamped), hash: 'sha256', nonce: Uint8Array.of(1, 2) } as const
    const before = await verifyTimestampToken(whole, (hash) => platform.digest(hash, [stamped]), platform)
    for (let i = 0; i < ROUNDS; i++) {
      const der = damaged(whole)
      readTimestampResponse(derSequence(derSequence(derInteger(0)), der), question)
      readTimestampResponse(damaged(derSequence(derSequence(derInteger(0)), whole)), question)
      const after = await verifyTimestampToken(der, (hash) => Promise.resolve(hashNow(hash, stamped)), platform)
      if (provesTime(after.reasons)) expect(after.token?.time).toBe(before.token?.time)
    }
  })

  it('an OCSP answer is read or is none', () => {
    const hash = hashNow('sha1', stamped)
    const responder = derContext(1, nameOf('CA'))
    const whole = wrapBasicResponse(makeBasicResponse({ key, certId: makeCertId('sha1', hash, hash, 5), responder }))
    expect(parseOcspResponse(whole)).not.toBe(null)
    let read = 0
    for (let i = 0; i < ROUNDS; i++) if (parseOcspResponse(damaged(whole)) !== null) read++
    // Bytes of signatures and hashes may be anything: some damage must get through to the signature check.
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(ROUNDS)
  })
})
