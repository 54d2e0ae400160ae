// What WebCrypto lacks is false, not a fault; the contract with openssl's signatures is held in tests/pki.
import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SignatureAlgorithm } from './crypto.ts'
import { subtlePkiCrypto } from './subtle-crypto.ts'

const platform = subtlePkiCrypto(crypto.subtle)
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' }))
const data = Uint8Array.of(1)

const verify = (algorithm: SignatureAlgorithm, signature: readonly number[] = [0]) =>
  platform.verify({ algorithm, spki, signature: Uint8Array.from(signature), data })

it('has no SHA-224 and no DSA', async () => {
  expect(await verify({ kind: 'ecdsa', hash: 'sha224' })).toBe(false)
  expect(await verify({ kind: 'dsa', hash: 'sha256' })).toBe(false)
  await expect(platform.digest('sha224', [data])).rejects.toThrow(RangeError)
})

it('asks the platform nothing for keys and signatures that do not fit', async () => {
  const asked: string[] = []
  const never = () => {
    asked.push('asked')
    return Promise.reject(new Error('asked'))
  }
  const silent = subtlePkiCrypto<null>({ digest: never, importKey: never, verify: never })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'der', type: 'spki' })
  const algorithm = { kind: 'ecdsa', hash: 'sha256' } as const
  expect(await silent.verify({ algorithm, spki: new Uint8Array(rsa), signature: data, data })).toBe(false)
  expect(await silent.verify({ algorithm, spki, signature: Uint8Array.of(0x30, 6, 2, 1, 0x81, 2, 1, 1), data })).toBe(
    false,
  )
  const long = [0x30, 38, 2, 33, ...Array.from({ length: 33 }, () => 1), 2, 1, 1]
  expect(await silent.verify({ algorithm, spki, signature: Uint8Array.from(long), data })).toBe(false)
  expect(asked).toEqual([])
  expect(await silent.verify({ algorithm: { kind: 'ed25519' }, spki, signature: data, data })).toBe(false)
  expect(asked).toEqual(['asked'])
})
