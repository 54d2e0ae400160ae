// Certificates in files (PKCS#12), made by openssl: read in a process of their own, RSA and curves, and refused where they would do harm.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { signatureVerifies } from '../../electron/signing/signature-check.ts'
import { nodeSigningChild } from '../../electron/signing/signing-child.ts'
import { openSoftCertificate } from '../../electron/signing/soft-client.ts'
import type { LeafName } from './pki/profiles.ts'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { mustRun, processFolder } from './pki/tools.ts'
import { faultCode, SIGNING_ENTRY, valueOf } from './shim/signing-support.ts'

const PASSWORD = 'mật khẩu của tôi'
const DATA = new TextEncoder().encode('những thuộc tính được ký')
const parts = { spawn: nodeSigningChild(SIGNING_ENTRY), now: () => Date.now() }

let pki: TestPki
let folder: string
beforeAll(async () => {
  pki = await testPki()
  folder = processFolder('soft-certificate')
})

const password = (text = PASSWORD): Uint8Array => new TextEncoder().encode(text)

async function pkcs12(leaf: LeafName, more: readonly string[] = []): Promise<Uint8Array> {
  const { keyFile, certificateFile } = pki.leaves[leaf]
  const out = join(folder, 'file.p12')
  const files = ['-inkey', keyFile, '-in', certificateFile, '-certfile', pki.intermediateFile, '-out', out]
  await mustRun('openssl', ['pkcs12', '-export', ...files, '-passout', `pass:${PASSWORD}`, ...more])
  return Uint8Array.from(await readFile(out))
}

const open = (file: Uint8Array, given = password()) => openSoftCertificate(parts, file, given)

test.each([
  ['leader', 'pkcs1', { kind: 'rsa-pkcs1', hash: 'sha256' }],
  ['leaderPss', 'pss', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 }],
  ['seal', 'pkcs1', { kind: 'ecdsa', hash: 'sha256' }],
  ['clerk', 'pkcs1', { kind: 'ecdsa', hash: 'sha256' }],
  ['archivist', 'pkcs1', { kind: 'ed25519' }],
] as const)('the key of %s in a file signs like one on a token', async (leaf, prefer, algorithm) => {
  const session = valueOf(await open(await pkcs12(leaf)))
  const certificates = valueOf(await session.certificates())
  expect(certificates.map((each) => Buffer.from(each.der))).toEqual([
    Buffer.from(pki.leaves[leaf].der),
    Buffer.from(pki.authorities.intermediate.der),
  ])
  expect(certificates.map((each) => each.hasKey)).toEqual(['yes', 'no'])
  const certificate = certificates[0]!.der
  const signed = valueOf(await session.sign({ certificate, data: DATA, hash: 'sha256', prefer }))
  expect(signed.algorithm).toEqual(algorithm)
  expect(signatureVerifies(new X509Certificate(certificate).publicKey, signed.algorithm, DATA, signed.signature)).toBe(
    true,
  )
  const other = await session.sign({ certificate: certificates[1]!.der, data: DATA, hash: 'sha256' })
  expect(faultCode(other)).toBe('key-mismatch')
  await session.end()
  expect(faultCode(await session.sign({ certificate, data: DATA, hash: 'sha256' }))).toBe('session-ended')
})

test('files of older programs are read too', async () => {
  const old = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']
  const session = valueOf(await open(await pkcs12('leader', old)))
  await session.end()
})

describe('refused', () => {
  test('a wrong password, as such, with the bytes given zeroed', async () => {
    const wrong = password('sai')
    expect(await open(await pkcs12('leader'), wrong)).toEqual({
      ok: false,
      fault: { code: 'soft-password-wrong', tried: false },
    })
    expect([...wrong].every((byte) => byte === 0)).toBe(true)
  })

  test('a wrong password of a file without a MAC', async () => {
    expect(faultCode(await open(await pkcs12('leader', ['-nomac']), password('sai')))).toBe('soft-password-wrong')
  })

  test('what is no PKCS#12, what is cut short, what is empty and what is too large', async () => {
    const file = await pkcs12('leader')
    expect(faultCode(await open(password('text')))).toBe('soft-unreadable')
    expect(faultCode(await open(file.subarray(0, file.length / 2)))).toBe('soft-unreadable')
    expect(faultCode(await open(new Uint8Array(0)))).toBe('soft-unreadable')
    expect(faultCode(await open(new Uint8Array(1024 * 1024 + 1)))).toBe('soft-too-large')
  })

  test.each([
    ['of its encryption', ['-iter', '1000001']],
    ['of its old encryption', ['-iter', '1000001', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES']],
  ])('a file whose iterations %s would stop the program', async (_, more) => {
    expect(faultCode(await open(await pkcs12('leader', more)))).toBe('soft-too-many-iterations')
  })

  test('a file without a key, and one without the certificate of its key', async () => {
    expect(faultCode(await open(await pkcs12('leader', ['-nokeys'])))).toBe('key-missing')
    expect(faultCode(await open(await pkcs12('leader', ['-nocerts'])))).toBe('certificate-not-found')
  })

  test('a file that takes longer than its time', async () => {
    const slow = await pkcs12('leader', ['-iter', '900000', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'])
    const result = await openSoftCertificate(parts, slow, password(), { open: 700, sign: 700 })
    expect(faultCode(result)).toBe('driver-hung')
  })
})
