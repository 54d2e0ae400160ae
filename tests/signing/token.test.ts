// Signing with tokens: the real client, its real process, the real pkcs11js and SoftHSM2, RSA, PSS, ECDSA and Ed25519.
import { verify, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSigningClient, type SigningClient, type TokenId } from '../../electron/signing/client.ts'
import { nodeSigningChild } from '../../electron/signing/signing-child.ts'
import { signatureVerifies } from '../../electron/signing/signature-check.ts'
import { softTokens, type SoftTokens } from './pki/soft-token.ts'
import { testPki } from './pki/test-pki.ts'
import { pinBytes, SIGNING_ENTRY, tokenNamed, valueOf } from './shim/signing-support.ts'

const DATA = new TextEncoder().encode('những thuộc tính được ký')

let soft: SoftTokens
let client: SigningClient
beforeAll(async () => {
  soft = await softTokens(await testPki(), {
    Leader: [{ leaf: 'leader' }, { leaf: 'leaderPss' }],
    Agency: [{ leaf: 'seal' }, { leaf: 'archivist' }],
    Strict: [{ leaf: 'leader', alwaysAuthenticate: true }],
    Doubtful: [{ leaf: 'wrongUsage' }],
  })
  client = createSigningClient({
    spawn: nodeSigningChild(SIGNING_ENTRY, { ...process.env, ...soft.environment }),
    candidates: () => [{ path: soft.modulePath, name: 'SoftHSM' }],
    now: () => Date.now(),
  })
})
afterAll(() => client.close())

async function tokenId(label: string): Promise<TokenId> {
  return tokenNamed(await client.tokens(), label).id
}

function certificateOf(label: string, leaf: string): Uint8Array {
  return soft.tokens.find((token) => token.label === label)!.keys.find((key) => key.leaf === leaf)!.certificate.der
}

test('a driver is listed with what it says of itself', async () => {
  expect(await client.modules()).toEqual([
    { path: soft.modulePath, name: 'SoftHSM', status: 'ready', description: 'Implementation of PKCS11' },
  ])
})

test('tokens are listed with the state of their PIN, and the slot that was never initialised is not', async () => {
  const tokens = await client.tokens()
  expect(tokens.map((token) => [token.id.label, token.pin, token.pinPad]).sort()).toEqual([
    ['Agency', 'ready', false],
    ['Doubtful', 'ready', false],
    ['Leader', 'ready', false],
    ['Strict', 'ready', false],
  ])
  expect(tokens.every((token) => token.id.serial.length > 0 && token.pinLength !== null)).toBe(true)
})

test.each([
  ['Leader', 'leader', 'pkcs1', { kind: 'rsa-pkcs1', hash: 'sha256' }],
  ['Leader', 'leaderPss', 'pss', { kind: 'rsa-pss', hash: 'sha256', saltLength: 32 }],
  ['Agency', 'seal', 'pkcs1', { kind: 'ecdsa', hash: 'sha256' }],
  ['Agency', 'archivist', 'pkcs1', { kind: 'ed25519' }],
] as const)('%s signs with the key of %s', async (label, leaf, prefer, algorithm) => {
  const session = valueOf(await client.openSession(await tokenId(label), pinBytes()))
  const certificate = certificateOf(label, leaf)
  const signed = valueOf(await session.sign({ certificate, data: DATA, hash: 'sha256', prefer }))
  await session.end()
  expect(signed.algorithm).toEqual(algorithm)
  const { publicKey } = new X509Certificate(certificate)
  expect(signatureVerifies(publicKey, signed.algorithm, DATA, signed.signature)).toBe(true)
  expect(signatureVerifies(publicKey, signed.algorithm, new Uint8Array(3), signed.signature)).toBe(false)
})

test.each(['sha384', 'sha512'] as const)('RSA and ECDSA sign over %s too', async (hash) => {
  for (const [label, leaf] of [
    ['Leader', 'leader'],
    ['Agency', 'seal'],
  ] as const) {
    const session = valueOf(await client.openSession(await tokenId(label), pinBytes()))
    const certificate = certificateOf(label, leaf)
    const { algorithm, signature } = valueOf(await session.sign({ certificate, data: DATA, hash }))
    await session.end()
    expect(algorithm).toMatchObject({ hash })
    expect(verify(hash, DATA, new X509Certificate(certificate).publicKey, signature)).toBe(true)
  }
})

test('a batch signs in one session, asked for all at once and answered one by one', async () => {
  const session = valueOf(await client.openSession(await tokenId('Leader'), pinBytes()))
  const certificate = certificateOf('Leader', 'leader')
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) => session.sign({ certificate, data: Uint8Array.of(index), hash: 'sha256' })),
  )
  await session.end()
  const { publicKey } = new X509Certificate(certificate)
  results.forEach((result, index) =>
    expect(verify('sha256', Uint8Array.of(index), publicKey, valueOf(result).signature)).toBe(true),
  )
})

test('a key that wants its PIN for each signature signs a whole batch with the PIN given once', async () => {
  const session = valueOf(await client.openSession(await tokenId('Strict'), pinBytes()))
  const certificate = certificateOf('Strict', 'leader')
  for (const byte of [1, 2, 3])
    expect((await session.sign({ certificate, data: Uint8Array.of(byte), hash: 'sha256' })).ok).toBe(true)
  await session.end()
})

test('certificates are shown with their people and dates, before any PIN', async () => {
  const certificates = valueOf(await client.certificates(await tokenId('Leader')))
  // A token lists its objects in no order.
  const leader = certificates.find((certificate) => certificate.info?.commonName === 'Nguyễn Văn Ưởng')
  expect(leader).toMatchObject({
    info: {
      organization: 'UBND xã Trà My',
      issuer: expect.stringContaining('CA phục vụ cơ quan nhà nước'),
      key: 'rsa',
    },
    obstacles: [],
    expiresSoon: false,
    hasKey: 'unknown',
  })
})

test('after login it is known that each certificate has its key', async () => {
  const session = valueOf(await client.openSession(await tokenId('Agency'), pinBytes()))
  expect(valueOf(await session.certificates()).map((certificate) => certificate.hasKey)).toEqual(['yes', 'yes'])
  await session.end()
})

test('a certificate on a token that must not sign says why', async () => {
  const [certificate] = valueOf(await client.certificates(await tokenId('Doubtful')))
  expect(certificate).toMatchObject({ obstacles: ['not-for-signing'], info: { commonName: 'Lê Mã Hoá' } })
})

test('a certificate of another token is not signed with', async () => {
  const session = valueOf(await client.openSession(await tokenId('Agency'), pinBytes()))
  const result = await session.sign({ certificate: certificateOf('Leader', 'leader'), data: DATA, hash: 'sha256' })
  await session.end()
  expect(result).toEqual({ ok: false, fault: { code: 'certificate-not-found', tried: false } })
})

test('one session a token: the second is told that the token is busy, and after the end there may be one again', async () => {
  const id = await tokenId('Leader')
  const session = valueOf(await client.openSession(id, pinBytes()))
  expect(await client.openSession(id, pinBytes())).toEqual({ ok: false, fault: { code: 'busy', tried: false } })
  await session.end()
  const again = valueOf(await client.openSession(id, pinBytes()))
  await again.end()
  const ended = await again.sign({ certificate: certificateOf('Leader', 'leader'), data: DATA, hash: 'sha256' })
  expect(ended).toEqual({ ok: false, fault: { code: 'session-ended', tried: false } })
})

test('the bytes of the PIN are zero when the call returns, whether it was right or wrong', async () => {
  const id = await tokenId('Leader')
  const [right, wrong] = [pinBytes(), pinBytes('999999')]
  const session = valueOf(await client.openSession(id, right))
  await session.end()
  expect(await client.openSession(id, wrong)).toMatchObject({ ok: false, fault: { tried: true } })
  expect([...right, ...wrong].every((byte) => byte === 0)).toBe(true)
  // SoftHSM counts the wrong one; put its flag back for the other tests.
  await valueOf(await client.openSession(id, pinBytes())).end()
})
