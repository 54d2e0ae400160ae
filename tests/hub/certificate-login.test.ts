// Logging in with a signing device: only the bound key, only for this hub, this device and this moment, only once.
import { execFileSync } from 'node:child_process'
import { createHash, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loginStatement } from '../../shared/hub/certificate-login.ts'
import { samplePersonId } from '../../shared/sample/commune.ts'
import { temporaryFolder, testHub, type TestHub } from '../support/hub.ts'
import { call, logIn, type Person } from '../support/person.ts'

interface Device {
  readonly key: KeyObject
  /** DER as base64. */
  readonly certificate: string
}

/** A little ahead: the certificates are made after this line, and hold from that second on. */
const time = { ms: Date.now() + 10_000 }
const folder = temporaryFolder()
let hub: TestHub
let admin: Person
let device: Device

/** A key and a certificate that signs itself: the binding is what the hub trusts. */
function signingDevice(name: string, key: readonly string[], days = '30'): Device {
  const [pem, der] = [join(folder, `${name}.key`), join(folder, `${name}.cer`)]
  const subject = ['-subj', `/C=VN/O=UBND xã Trà My/CN=${name}`, '-utf8']
  execFileSync('openssl', ['req', '-x509', '-newkey', ...key, '-nodes', '-keyout', pem, '-outform', 'DER', '-out', der, '-days', days, ...subject], { stdio: 'ignore' }) // prettier-ignore
  return { key: createPrivateKey(readFileSync(pem)), certificate: readFileSync(der).toString('base64') }
}
const P256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] as const
const fingerprintOf = ({ certificate }: Device) =>
  createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex')

beforeAll(async () => {
  hub = await testHub({}, { clock: { now: () => time.ms } })
  admin = await logIn(hub.url, 'quantri')
  device = signingDevice('Nguyễn Văn Ưởng', P256)
  expect(
    await admin.perform('org.bindCertificate', {
      personId: samplePersonId('chutich'),
      certificate: device.certificate,
    }),
  ).toBe('ok')
})
afterAll(async () => {
  expect(hub.faults).toEqual([])
  await hub.end()
  rmSync(folder, { recursive: true, force: true })
})

interface Try {
  readonly with?: Device
  readonly host?: string
  readonly challenge?: string
  readonly deviceId?: string
  readonly signedDeviceId?: string
}

async function challengeOf(): Promise<string> {
  const { result } = await call<{ challenge: string }>(hub.url, '/api/login/challenge', {})
  if (!result.ok) throw new Error(result.code)
  return result.value.challenge
}

async function tryLogin(options: Try = {}) {
  const { key, certificate } = options.with ?? device
  const challenge = options.challenge ?? (await challengeOf())
  const deviceId = options.deviceId ?? randomUUID()
  const host = options.host ?? new URL(hub.url).host
  const data = loginStatement({ host, challenge, deviceId: options.signedDeviceId ?? deviceId })
  return await call<{ session: string; personId: string; username: string }>(hub.url, '/api/login/certificate', {
    challenge,
    certificate,
    algorithm: { kind: key.asymmetricKeyType === 'rsa' ? 'rsa-pkcs1' : 'ecdsa', hash: 'sha256' },
    signature: sign('sha256', data, key).toString('base64'),
    device: { id: deviceId, name: 'máy thử' },
  })
}
const codeOf = async (options?: Try) => {
  const { result } = await tryLogin(options)
  return result.ok ? 'ok' : result.code
}

test('the signing device of a bound person opens a session of that person', async () => {
  const { result } = await tryLogin()
  expect(result).toMatchObject({ ok: true, value: { personId: samplePersonId('chutich'), username: 'chutich' } })
  const session = result.ok ? result.value.session : ''
  expect((await call<{ sessions: unknown[] }>(hub.url, '/api/sessions', undefined, session)).status).toBe(200)
})

test('an RSA device works as well', async () => {
  const rsa = signingDevice('Văn thư', ['rsa:2048'])
  const personId = samplePersonId('vanthu')
  expect(await admin.perform('org.bindCertificate', { personId, certificate: rsa.certificate })).toBe('ok')
  expect((await tryLogin({ with: rsa })).result).toMatchObject({ ok: true, value: { username: 'vanthu' } })
})

test('a certificate that nobody is bound to opens nothing, though its signature is right', async () => {
  expect(await codeOf({ with: signingDevice('Người lạ', P256) })).toBe('certificate-not-bound')
})

test('the certificate of one device with the key of another opens nothing', async () => {
  const thief = signingDevice('Kẻ trộm', P256)
  expect(await codeOf({ with: { key: thief.key, certificate: device.certificate } })).toBe('signature-wrong')
})

test('a signature made for another hub, or for another device of the person, opens nothing', async () => {
  expect(await codeOf({ host: 'hub.elsewhere:443' })).toBe('signature-wrong')
  expect(await codeOf({ signedDeviceId: randomUUID() })).toBe('signature-wrong')
})

test('a challenge is good once, even when the first try was wrong, and not for long', async () => {
  const used = await challengeOf()
  expect(await codeOf({ challenge: used })).toBe('ok')
  expect(await codeOf({ challenge: used })).toBe('challenge-expired')
  const spoilt = await challengeOf()
  expect(await codeOf({ challenge: spoilt, host: 'elsewhere' })).toBe('signature-wrong')
  expect(await codeOf({ challenge: spoilt })).toBe('challenge-expired')
  const old = await challengeOf()
  time.ms += 3 * 60_000
  expect(await codeOf({ challenge: old })).toBe('challenge-expired')
  expect(await codeOf({ challenge: 'A'.repeat(43) }), 'one that the hub never gave').toBe('challenge-expired')
})

test('too many open challenges are refused, and run out by themselves', async () => {
  time.ms += 10 * 60_000
  const answers = await Promise.all(
    Array.from({ length: 2001 }, async () => (await call(hub.url, '/api/login/challenge', {})).result.ok),
  )
  expect(answers.filter((given) => !given)).toHaveLength(1)
  time.ms += 3 * 60_000
  expect(await codeOf()).toBe('ok')
})

test('what is ended opens nothing: the binding, the account, the device', async () => {
  const ended = signingDevice('Địa chính', P256)
  const personId = samplePersonId('diachinh')
  expect(await admin.perform('org.bindCertificate', { personId, certificate: ended.certificate })).toBe('ok')
  const deviceId = randomUUID()
  expect(await codeOf({ with: ended, deviceId })).toBe('ok')
  expect(await admin.perform('org.endCertificate', { fingerprint: fingerprintOf(ended) })).toBe('ok')
  expect(await codeOf({ with: ended, deviceId })).toBe('certificate-not-bound')
  expect(await admin.perform('org.bindCertificate', { personId, certificate: ended.certificate })).toBe('ok')
  expect(await admin.perform('org.endAccount', { personId })).toBe('ok')
  expect(await codeOf({ with: ended, deviceId })).toBe('account-ended')
  expect(await codeOf({ deviceId: admin.deviceId }), 'a device of another person').toBe('device-revoked')
})

test('a certificate that has run out opens nothing, and cannot be bound', async () => {
  const short = signingDevice('Ngắn hạn', P256, '1')
  const personId = samplePersonId('yte')
  expect(await admin.perform('org.bindCertificate', { personId, certificate: short.certificate })).toBe('ok')
  time.ms += 2 * 24 * 3_600_000
  expect(await codeOf({ with: short })).toBe('certificate-expired')
})

test('only the administrator binds, each certificate to one person, and only what is a certificate', async () => {
  const other = signingDevice('Khác', P256)
  const member = await logIn(hub.url, 'congan')
  const body = { personId: member.personId, certificate: other.certificate }
  expect(await member.perform('org.bindCertificate', body)).toBe('forbidden')
  expect(await admin.perform('org.bindCertificate', { ...body, personId: randomUUID() })).toBe('not-found')
  expect(await admin.perform('org.bindCertificate', { ...body, certificate: device.certificate })).toBe(
    'already-exists',
  )
  expect(await admin.perform('org.bindCertificate', { ...body, certificate: btoa('x'.repeat(300)) })).toBe(
    'certificate-unreadable',
  )
})

test('what is malformed is refused before anything is looked up', async () => {
  expect((await call(hub.url, '/api/login/certificate', { challenge: 'x' })).result).toEqual({
    ok: false,
    code: 'malformed',
  })
})
