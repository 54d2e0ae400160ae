// Which key signs for which certificate: the CKA_ID names it, the public key proves it, and the signature is checked in the end.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { shimBench, type ShimBench } from './shim/shim-bench.ts'
import { faultCode, pinBytes, valueOf } from './shim/signing-support.ts'

const CKA_ID = '0x102'
const CKA_MODULUS = '0x120'
const CKA_EC_POINT = '0x181'
/** keyUsage and dates are good; its key was never on any token. */
const STRANGER = 'stranger'

let bench: ShimBench
let pki: TestPki
beforeAll(async () => {
  pki = await testPki()
  bench = await shimBench({ Rsa: [{ leaf: 'leader' }], Ec: [{ leaf: 'seal' }, { leaf: 'archivist' }] })
})
afterEach(() => bench.shim.reset())
afterAll(() => bench.client.close())

async function signOn(label: string, certificate: Uint8Array): Promise<string> {
  const session = valueOf(await bench.client.openSession(await bench.tokenId(label), pinBytes()))
  const result = await session.sign({ certificate, data: Uint8Array.of(1), hash: 'sha256' })
  await session.end()
  return faultCode(result)
}

test.each([
  ['Rsa', 'leader'],
  ['Ec', 'seal'],
  ['Ec', 'archivist'],
])('a token %s without CKA_ID is matched by the public key of %s, where it shows one', async (label, leaf) => {
  bench.shim.on('hide-attributes', CKA_ID)
  // The private key of a curve shows no point, and without CKA_ID nothing leads to its public key.
  expect(await signOn(label, bench.certificate(label, leaf))).toBe(label === 'Rsa' ? 'none' : 'key-missing')
})

test.each([
  ['Rsa', 'leader'],
  ['Ec', 'seal'],
  ['Ec', 'archivist'],
])('a token %s that shows no public key is taken at its CKA_ID for %s', async (label, leaf) => {
  bench.shim.on('hide-attributes', `${CKA_MODULUS} ${CKA_EC_POINT}`)
  expect(await signOn(label, bench.certificate(label, leaf))).toBe('none')
})

test('a certificate under the CKA_ID of another key does not sign with it', async () => {
  const { der, certificateFile } = pki.leaves[STRANGER]
  await bench.writeCertificate('Rsa', '01', certificateFile)
  expect(await signOn('Rsa', der)).toBe('key-mismatch')
  const session = valueOf(await bench.client.openSession(await bench.tokenId('Rsa'), pinBytes()))
  const listed = valueOf(await session.certificates())
  await session.end()
  expect(listed.map((certificate) => [certificate.hasKey, certificate.obstacles]).sort()).toEqual([
    ['no', ['key-mismatch']],
    ['yes', []],
  ])
})

test('even where the token shows no public key, the signature of the wrong key is caught', async () => {
  const { der, certificateFile } = pki.leaves.revoked
  await bench.writeCertificate('Ec', '01', certificateFile)
  bench.shim.on('hide-attributes', `${CKA_MODULUS} ${CKA_EC_POINT}`)
  expect(await signOn('Ec', der)).toBe('signature-wrong')
})

test('a certificate without a key says so after login', async () => {
  const { der, certificateFile } = pki.leaves.clerk
  await bench.writeCertificate('Ec', '77', certificateFile)
  expect(await signOn('Ec', der)).toBe('key-missing')
  const session = valueOf(await bench.client.openSession(await bench.tokenId('Ec'), pinBytes()))
  const listed = valueOf(await session.certificates())
  await session.end()
  expect(listed.find((each) => Buffer.from(each.der).equals(der))?.obstacles).toEqual(['no-private-key'])
})
