// The encodings around a token's answer, against what node:crypto writes and reads.
import { createHash, generateKeyPairSync, privateEncrypt, sign, verify, constants } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { digestInfo, ecdsaDer, ecPoint } from './signature-encoding.ts'

const DATA = Buffer.from('những thuộc tính được ký')

describe('r ‖ s becomes the DER that verifies', () => {
  test.each(['prime256v1', 'secp384r1', 'secp521r1'])('on %s, with and without a sign byte', (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    // Enough signatures to meet high bits and leading zeros in both numbers.
    for (let round = 0; round < 40; round += 1) {
      const raw = sign('sha256', DATA, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      expect(verify('sha256', DATA, publicKey, ecdsaDer(raw)!)).toBe(true)
    }
  })

  test('leading zeros go, a high bit gets its zero, and zero stays a number', () => {
    expect(ecdsaDer(Uint8Array.of(0, 0, 1, 0, 0x80, 0))?.toString('hex')).toBe('30080201010203008000')
    expect(ecdsaDer(new Uint8Array(4))?.toString('hex')).toBe('3006020100020100')
  })

  test('an answer of impossible length is none', () => {
    expect([0, 63, 134].map((length) => ecdsaDer(new Uint8Array(length)))).toEqual([null, null, null])
  })
})

test.each(['sha256', 'sha384', 'sha512'] as const)('DigestInfo over %s is what RSA signs', (hash) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const info = digestInfo(hash, createHash(hash).update(DATA).digest())
  const signature = privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, info)
  expect(verify(hash, DATA, publicKey, signature)).toBe(true)
})

describe('CKA_EC_POINT', () => {
  test.each([32, 57, 65, 97])('is taken out of its OCTET STRING: %i bytes', (length) => {
    const point = Buffer.alloc(length, 4)
    expect(ecPoint(Buffer.concat([Buffer.from([4, length]), point]))).toEqual(point)
  })

  test('of P-521 has a length of two bytes', () => {
    const point = Buffer.alloc(133, 4)
    expect(ecPoint(Buffer.concat([Buffer.from([4, 0x81, 133]), point]))).toEqual(point)
  })

  test('that is bare stays as it is, even where its second byte looks like a length', () => {
    const bare = Buffer.concat([Buffer.from([4, 63]), Buffer.alloc(63, 4)])
    expect(ecPoint(bare)).toEqual(bare)
    expect(ecPoint(Buffer.alloc(0))).toEqual(Buffer.alloc(0))
  })
})
