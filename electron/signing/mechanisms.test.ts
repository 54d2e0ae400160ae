// The order in which mechanisms are tried, by the kind of key and by what the token lists.
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { CKM } from './cryptoki.ts'
import { signingWays, type SigningHash } from './mechanisms.ts'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const rsaPss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey
const p256 = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).publicKey
const p521 = generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).publicKey
const ed25519 = generateKeyPairSync('ed25519').publicKey
const x25519 = generateKeyPairSync('x25519').publicKey

function ways(key: KeyObject, prefer: 'pkcs1' | 'pss', listed: readonly number[] | null, hash: SigningHash = 'sha256') {
  return signingWays({ key, data: Uint8Array.of(1), hash, prefer }, listed)
}
const order = (...given: Parameters<typeof ways>) => ways(...given).map((way) => way.mechanism.mechanism)

const PKCS1 = [CKM.SHA256_RSA_PKCS, CKM.RSA_PKCS]
const PSS = [CKM.SHA256_RSA_PKCS_PSS, CKM.RSA_PKCS_PSS]

test('RSA prefers what is wished and falls back to the other', () => {
  expect(order(rsa, 'pkcs1', null)).toEqual([...PKCS1, ...PSS])
  expect(order(rsa, 'pss', null)).toEqual([...PSS, ...PKCS1])
})

test('a key that its certificate restricts to PSS never signs PKCS #1', () => {
  expect(order(rsaPss, 'pkcs1', null)).toEqual(PSS)
})

test('only what the token lists is tried; a token that lists nothing is tried with everything', () => {
  expect(order(rsa, 'pkcs1', [CKM.RSA_PKCS, CKM.ECDSA])).toEqual([CKM.RSA_PKCS])
  expect(order(rsa, 'pkcs1', [])).toEqual([...PKCS1, ...PSS])
  expect(order(p256, 'pkcs1', [CKM.RSA_PKCS])).toEqual([])
})

test('each hash has its own mechanisms and its own salt', () => {
  expect(order(rsa, 'pkcs1', null, 'sha512').slice(0, 2)).toEqual([CKM.SHA512_RSA_PKCS, CKM.RSA_PKCS])
  expect(ways(rsa, 'pss', null, 'sha384')[0]?.algorithm).toEqual({ kind: 'rsa-pss', hash: 'sha384', saltLength: 48 })
})

test('a digest longer than the curve is cut to it, a shorter one is not', () => {
  expect(ways(p256, 'pkcs1', [CKM.ECDSA], 'sha512')[0]?.input).toHaveLength(32)
  expect(ways(p521, 'pkcs1', [CKM.ECDSA], 'sha512')[0]?.input).toHaveLength(64)
  expect(order(p256, 'pkcs1', null, 'sha384')).toEqual([CKM.ECDSA, CKM.ECDSA_SHA384])
})

test('Ed25519 signs the data itself; a key that only agrees on secrets cannot sign', () => {
  expect(ways(ed25519, 'pkcs1', null)).toMatchObject([{ mechanism: { mechanism: CKM.EDDSA }, input: Buffer.of(1) }])
  expect(ways(x25519, 'pkcs1', null)).toEqual([])
})
