// One contract for both platforms of public-key mathematics: Node's OpenSSL and WebCrypto, against signatures by the openssl tool.
import { execFileSync } from 'node:child_process'
import { createHash, webcrypto } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { HASH_NAMES, type PkiCrypto, type SignatureAlgorithm } from '../../shared/pki/crypto.ts'
import { subtlePkiCrypto } from '../../shared/pki/subtle-crypto.ts'

const folder = mkdtempSync(join(tmpdir(), 'crypto-contract-'))
afterAll(() => rmSync(folder, { recursive: true }))
const openssl = (...args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })

const DATA = new TextEncoder().encode('Nghị quyết số 12/2026/NQ-HĐND')
writeFileSync(join(folder, 'data'), DATA)

const KEYS = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-pss': ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  secp256k1: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['-algorithm', 'ED25519'],
} as const
type KeyName = keyof typeof KEYS | 'dsa'

const spkis = new Map<KeyName, Uint8Array>()
/** DER of the public key; the private one is made when it is asked for first. */
function keyOf(name: KeyName): Uint8Array {
  const known = spkis.get(name)
  if (known !== undefined) return known
  if (name === 'dsa') {
    openssl('genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024', '-out', 'dsa.params')
    openssl('genpkey', '-paramfile', 'dsa.params', '-out', 'dsa.key')
  } else openssl('genpkey', ...KEYS[name], '-out', `${name}.key`)
  openssl('pkey', '-in', `${name}.key`, '-pubout', '-outform', 'DER', '-out', `${name}.spki`)
  const spki = new Uint8Array(readFileSync(join(folder, `${name}.spki`)))
  spkis.set(name, spki)
  return spki
}

function signedBy(name: KeyName, algorithm: SignatureAlgorithm): Uint8Array {
  keyOf(name)
  const files = ['-out', 'signature', 'data']
  if (algorithm.kind === 'ed25519') {
    openssl('pkeyutl', '-sign', '-inkey', `${name}.key`, '-rawin', '-in', 'data', '-out', 'signature')
  } else {
    const padding =
      algorithm.kind === 'rsa-pss'
        ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', `rsa_pss_saltlen:${algorithm.saltLength}`]
        : []
    openssl('dgst', `-${algorithm.hash}`, '-sign', `${name}.key`, ...padding, ...files)
  }
  return new Uint8Array(readFileSync(join(folder, 'signature')))
}

const PLATFORMS: readonly (readonly [string, PkiCrypto])[] = [
  ['Node', nodePkiCrypto],
  ['WebCrypto', subtlePkiCrypto(webcrypto.subtle)],
]

/** Known to both. */
const COMMON: readonly (readonly [KeyName, SignatureAlgorithm])[] = [
  ['rsa', { kind: 'rsa-pkcs1', hash: 'sha1' }],
  ['rsa', { kind: 'rsa-pkcs1', hash: 'sha256' }],
  ['rsa', { kind: 'rsa-pkcs1', hash: 'sha384' }],
  ['rsa', { kind: 'rsa-pkcs1', hash: 'sha512' }],
  ['rsa', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 }],
  ['rsa', { kind: 'rsa-pss', hash: 'sha256', saltLength: 0 }],
  ['rsa', { kind: 'rsa-pss', hash: 'sha512', saltLength: 20 }],
  ['P-256', { kind: 'ecdsa', hash: 'sha256' }],
  ['P-256', { kind: 'ecdsa', hash: 'sha512' }],
  ['P-384', { kind: 'ecdsa', hash: 'sha384' }],
  ['P-521', { kind: 'ecdsa', hash: 'sha512' }],
  ['P-521', { kind: 'ecdsa', hash: 'sha256' }],
  ['ed25519', { kind: 'ed25519' }],
]
/** Known to Node only; for the other they are false like everything it lacks. */
const NODE_ONLY: readonly (readonly [KeyName, SignatureAlgorithm])[] = [
  ['rsa', { kind: 'rsa-pkcs1', hash: 'sha224' }],
  ['rsa-pss', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 }],
  ['secp256k1', { kind: 'ecdsa', hash: 'sha256' }],
  ['dsa', { kind: 'dsa', hash: 'sha256' }],
]

const flipped = (bytes: Uint8Array, at: number): Uint8Array => bytes.with(at, (bytes.at(at) ?? 0) ^ 1)

describe.each(PLATFORMS)('public-key mathematics by %s', (name, platform) => {
  test.each(COMMON)('verifies what openssl signed with %s as %o, and nothing else', async (key, algorithm) => {
    const check = { algorithm, spki: keyOf(key), signature: signedBy(key, algorithm), data: DATA }
    expect(await platform.verify(check)).toBe(true)
    expect(await platform.verify({ ...check, data: flipped(DATA, 0) })).toBe(false)
    expect(await platform.verify({ ...check, signature: flipped(check.signature, -1) })).toBe(false)
    expect(await platform.verify({ ...check, signature: new Uint8Array() })).toBe(false)
    expect(await platform.verify({ ...check, signature: Uint8Array.from([...check.signature, 0]) })).toBe(false)
    expect(await platform.verify({ ...check, spki: keyOf(key).subarray(0, -1) })).toBe(false)
  })

  test.each(NODE_ONLY)('of %s as %o is there in Node alone', async (key, algorithm) => {
    const check = { algorithm, spki: keyOf(key), signature: signedBy(key, algorithm), data: DATA }
    expect(await platform.verify(check)).toBe(name === 'Node')
  })

  test('takes the salt of PSS at its word', async () => {
    const signature = signedBy('rsa', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 })
    const verify = (saltLength: number) =>
      platform.verify({
        algorithm: { kind: 'rsa-pss', hash: 'sha256', saltLength },
        spki: keyOf('rsa'),
        signature,
        data: DATA,
      })
    expect([await verify(32), await verify(20), await verify(0), await verify(10_000)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  test('goes by the algorithm that is asked for, not by that of the key', async () => {
    const algorithms = COMMON.map(([, algorithm]) => algorithm).concat({ kind: 'dsa', hash: 'sha256' })
    for (const [key, own] of COMMON) {
      const signature = signedBy(key, own)
      for (const algorithm of algorithms) {
        const answer = await platform.verify({ algorithm, spki: keyOf(key), signature, data: DATA })
        expect([key, own, algorithm, answer]).toEqual([key, own, algorithm, isDeepStrictEqual(algorithm, own)])
      }
    }
  })

  test('reads ECDSA signatures as strict DER of two numbers that fit the curve', async () => {
    const algorithm = { kind: 'ecdsa', hash: 'sha256' } as const
    const verify = (signature: readonly number[]) =>
      platform.verify({ algorithm, spki: keyOf('P-256'), signature: Uint8Array.from(signature), data: DATA })
    expect(await verify([0x30, 6, 2, 1, 0, 2, 1, 0])).toBe(false)
    expect(await verify([0x30, 6, 2, 1, 1, 2, 1, 0x81])).toBe(false)
    expect(await verify([0x30, 3, 2, 1, 1])).toBe(false)
    expect(await verify([0x30, 40, 2, 35, 1, ...Array.from({ length: 34 }, () => 1), 2, 1, 1])).toBe(false)
  })

  test('hashes parts as if they stood one after the other', async () => {
    const parts = [DATA.subarray(0, 5), new Uint8Array(), DATA.subarray(5)]
    for (const hash of HASH_NAMES) {
      if (hash === 'sha224' && name !== 'Node') await expect(platform.digest(hash, parts)).rejects.toThrow(RangeError)
      else expect(await platform.digest(hash, parts)).toEqual(new Uint8Array(createHash(hash).update(DATA).digest()))
    }
  })
})
