// Each signature check is made once, and only the very same check is taken for it.
import { expect, test } from 'vitest'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { PkiCrypto, SignatureCheck } from '../pki/crypto.ts'
import { rememberingCrypto } from './remembering-crypto.ts'

const CHECK: SignatureCheck = {
  algorithm: { kind: 'ecdsa', hash: 'sha256' },
  spki: Uint8Array.of(1, 2),
  signature: Uint8Array.of(3),
  data: Uint8Array.of(4, 5),
}

function counting(): { readonly crypto: PkiCrypto; readonly made: SignatureCheck[] } {
  const made: SignatureCheck[] = []
  return {
    made,
    crypto: {
      digest: (_hash, parts) => Promise.resolve(sha256(concatBytes(...parts))),
      verify: (check) => {
        made.push(check)
        return Promise.resolve(check.data[0] === 4)
      },
    },
  }
}

test('the same check, from other memory, is made once', async () => {
  const { crypto, made } = counting()
  const remembering = rememberingCrypto(crypto)
  expect(await remembering.verify(CHECK)).toBe(true)
  expect(await remembering.verify({ ...CHECK, data: Uint8Array.of(4, 5) })).toBe(true)
  expect(made).toHaveLength(1)
})

test.each<[string, Partial<SignatureCheck>]>([
  ['other data', { data: Uint8Array.of(9) }],
  ['another key', { spki: Uint8Array.of(1, 3) }],
  ['another signature', { signature: Uint8Array.of(7) }],
  ['another algorithm', { algorithm: { kind: 'ecdsa', hash: 'sha384' } }],
  ['a byte on the other side of a border', { spki: Uint8Array.of(1), signature: Uint8Array.of(2, 3) }],
])('%s is another check', async (_, other) => {
  const { crypto, made } = counting()
  const remembering = rememberingCrypto(crypto)
  await remembering.verify(CHECK)
  expect(await remembering.verify({ ...CHECK, ...other })).toBe(other.data === undefined)
  expect(made).toHaveLength(2)
})

test('hashes come from the platform', async () => {
  const { crypto } = counting()
  expect(await rememberingCrypto(crypto).digest('sha256', [CHECK.data])).toEqual(sha256(CHECK.data))
})
