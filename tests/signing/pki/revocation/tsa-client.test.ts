// A timestamp is taken from the first service that gives a right one; each wrong one has its own code.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'vitest'
import { nodePkiCrypto } from '../../../../electron/pki/node-crypto.ts'
import { DIRECT_LINE } from '../../../../electron/revocation/http-types.ts'
import { timestampTrust } from '../../../../electron/revocation/timestamp-trust.ts'
import {
  obtainTimestamp,
  TSA_LIMITS,
  type TimestampService,
  type TsaSurroundings,
} from '../../../../electron/revocation/tsa-client.ts'
import { parseCertificate } from '../../../../shared/pki/certificate.ts'
import { testPki } from '../test-pki.ts'
import { TEST_TSA_POLICY } from '../timestamp-service.ts'
import { trustServices, type TimestampSwitches, type TrustServices } from '../trust-services.ts'

const imprint = new Uint8Array(createHash('sha256').update('chữ ký').digest())

async function surroundings(part: Partial<TsaSurroundings> = {}): Promise<TsaSurroundings> {
  const root = parseCertificate((await testPki()).authorities.root.der)
  assert.ok(root)
  const trusts = timestampTrust([{ certificate: root }], nodePkiCrypto)
  return { line: DIRECT_LINE, crypto: nodePkiCrypto, trusts, now: () => Date.now(), ...part }
}

/** Asks the first service alone. @returns `ok`, or its code */
async function outcome(
  services: TrustServices,
  service: Partial<TimestampService> = {},
  part: Partial<TsaSurroundings> = {},
): Promise<string> {
  const order = { imprint, hash: 'sha256', services: [{ url: services.tsaUrl, ...service }] } as const
  const result = await obtainTimestamp(order, await surroundings(part))
  return result.ok ? 'ok' : result.failures.map(({ code }) => code).join()
}

describe('what a service does, and what it is called', () => {
  test.each<[string, Partial<TimestampSwitches>]>([
    ['ok', {}],
    ['ok', { signer: 'secondTsa' }],
    ['ok', { transport: 'redirect-once' }],
    ['tsa-wrong-nonce', { answer: 'wrong-nonce' }],
    ['tsa-wrong-nonce', { answer: 'no-nonce' }],
    ['tsa-wrong-imprint', { answer: 'wrong-imprint' }],
    ['tsa-refused', { answer: 'refused' }],
    ['tsa-wrong-time', { answer: 'future' }],
    ['tsa-wrong-time', { answer: 'past' }],
    ['tsa-untrusted', { answer: 'wrong-signature' }],
    ['tsa-untrusted', { signer: 'expiredTsa' }],
    ['tsa-untrusted', { signer: 'strangerTsa' }],
    ['tsa-unreachable', { transport: 'http-500' }],
    ['tsa-unreachable', { transport: 'http-404' }],
    ['tsa-unreachable', { transport: 'close' }],
    ['tsa-unreachable', { transport: 'truncated' }],
    ['tsa-unreachable', { transport: 'redirect-loop' }],
    ['tsa-unreachable', { transport: 'redirect-to-file' }],
    ['tsa-malformed', { transport: 'wrong-content-type' }],
    ['tsa-malformed', { transport: 'garbage' }],
    ['tsa-malformed', { transport: 'empty' }],
    ['tsa-malformed', { transport: 'huge' }],
    ['tsa-malformed', { transport: 'huge-declared' }],
  ])('%s: %o', async (expected, switches) => {
    await using services = trustServices(await testPki())
    Object.assign(services.tsa, switches)
    assert.equal(await outcome(services), expected)
  })

  test.each<[string, Partial<TimestampSwitches>]>([
    ['no answer within the time', { delayMs: 2_000 }],
    ['an answer that drips in', { transport: 'drip' }],
  ])('tsa-slow: %s', async (_title, switches) => {
    await using services = trustServices(await testPki())
    Object.assign(services.tsa, switches)
    assert.equal(await outcome(services, {}, { limits: { ...TSA_LIMITS, totalMs: 300 } }), 'tsa-slow')
  })

  test('tsa-unreachable: nobody there', async () => {
    const services = trustServices(await testPki())
    await services[Symbol.asyncDispose]()
    assert.equal(await outcome(services), 'tsa-unreachable')
  })

  test('a token that is signed well at another time is only refused for the time', async () => {
    await using services = trustServices(await testPki())
    services.tsa.answer = 'future'
    assert.equal(await outcome(services, {}, { toleranceMs: 2 * 3_600_000 }), 'ok')
  })

  test('a policy that the service has is granted, another is refused', async () => {
    await using services = trustServices(await testPki())
    assert.equal(await outcome(services, { policy: TEST_TSA_POLICY }), 'ok')
    assert.equal(await outcome(services, { policy: '1.2.3.4' }), 'tsa-refused')
  })
})

describe('a list of services', () => {
  test('the second is asked when the first fails, and the answer says which and why', async () => {
    await using services = trustServices(await testPki())
    services.tsa.answer = 'wrong-imprint'
    const { tsaUrl, secondTsaUrl } = services
    const order = { imprint, hash: 'sha256', services: [{ url: tsaUrl }, { url: secondTsaUrl }] } as const
    const result = await obtainTimestamp(order, await surroundings())
    assert.ok(result.ok)
    assert.equal(result.url, secondTsaUrl)
    assert.deepEqual(result.failures, [{ url: tsaUrl, code: 'tsa-wrong-imprint' }])
    assert.ok(Math.abs(result.time - Date.now()) < 60_000)
    assert.deepEqual(
      services.requests.map(({ path, contentType }) => [path, contentType]),
      [
        ['/tsa/first', 'application/timestamp-query'],
        ['/tsa/second', 'application/timestamp-query'],
      ],
    )
  })

  test('when all fail, each is named in order', async () => {
    await using services = trustServices(await testPki())
    services.tsa.transport = 'http-500'
    services.secondTsa.answer = 'no-nonce'
    const { tsaUrl, secondTsaUrl } = services
    const order = { imprint, hash: 'sha256', services: [{ url: tsaUrl }, { url: secondTsaUrl }] } as const
    assert.deepEqual(await obtainTimestamp(order, await surroundings()), {
      ok: false,
      failures: [
        { url: tsaUrl, code: 'tsa-unreachable' },
        { url: secondTsaUrl, code: 'tsa-wrong-nonce' },
      ],
    })
  })

  test('an abort ends the list: the second is not asked', async () => {
    await using services = trustServices(await testPki())
    services.tsa.delayMs = 2_000
    const { tsaUrl, secondTsaUrl } = services
    const order = { imprint, hash: 'sha256', services: [{ url: tsaUrl }, { url: secondTsaUrl }] } as const
    const line = { ...DIRECT_LINE, signal: AbortSignal.timeout(100) }
    const result = await obtainTimestamp(order, await surroundings({ line }))
    assert.deepEqual(result, { ok: false, failures: [{ url: tsaUrl, code: 'tsa-aborted' }] })
    assert.equal(services.requests.length, 1)
  })

  test('what is reported of an address has no secret in it, and none is sent unasked', async () => {
    await using services = trustServices(await testPki())
    services.tsa.transport = 'http-500'
    const url = services.tsaUrl.replace('http://', 'http://user:secret@')
    const result = await obtainTimestamp({ imprint, hash: 'sha256', services: [{ url }] }, await surroundings())
    assert.deepEqual(result, { ok: false, failures: [{ url: services.tsaUrl, code: 'tsa-unreachable' }] })
    assert.equal(services.requests[0]?.headers.authorization, undefined)
  })

  test('an empty list gives no timestamp', async () => {
    const result = await obtainTimestamp({ imprint, hash: 'sha256', services: [] }, await surroundings())
    assert.deepEqual(result, { ok: false, failures: [] })
  })
})
