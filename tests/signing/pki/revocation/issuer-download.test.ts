// Missing intermediates come from where certificates say, and only what really signed is kept.
import assert from 'node:assert/strict'
import { test } from 'vitest'
import { nodePkiCrypto } from '../../../../electron/pki/node-crypto.ts'
import { DIRECT_LINE } from '../../../../electron/revocation/http-types.ts'
import { downloadedCertificates } from '../../../../electron/revocation/downloaded-certificates.ts'
import { downloadIssuers, ISSUER_LIMITS } from '../../../../electron/revocation/issuer-download.ts'
import { parseCertificate, type Certificate } from '../../../../shared/pki/certificate.ts'
import { testPki } from '../test-pki.ts'
import { trustServices, type IssuerSwitches } from '../trust-services.ts'

function certificate(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der)
  assert.ok(parsed)
  return parsed
}

async function outcome(switches: Partial<IssuerSwitches>, known: readonly Certificate[] = []) {
  const pki = await testPki()
  await using services = trustServices(pki)
  Object.assign(services.issuers, switches)
  const target = certificate(pki.leaves.leader.der)
  const anchors = [certificate(pki.authorities.root.der)]
  const limits = { ...ISSUER_LIMITS, totalMs: 400 }
  const { found, failures } = await downloadIssuers(target, known, anchors, {
    line: DIRECT_LINE,
    crypto: nodePkiCrypto,
    limits,
  })
  const intermediate = Buffer.from(pki.authorities.intermediate.der)
  return {
    found: found.map(({ raw }) => (intermediate.equals(raw) ? 'intermediate' : 'other')),
    codes: failures.map(({ code }) => code),
    asked: services.requests.map(({ path }) => path),
  }
}

const ASKED = ['/ca/intermediate.cer']

test.each<[string, Partial<IssuerSwitches>]>([
  ['in DER', {}],
  ['as a CMS with certificates only', { answer: 'certs-only' }],
  ['under another type', { transport: 'wrong-content-type' }],
])('a missing intermediate is fetched %s', async (_title, switches) => {
  assert.deepEqual(await outcome(switches), { found: ['intermediate'], codes: [], asked: ASKED })
})

test.each<[string, Partial<IssuerSwitches>]>([
  ['not-about-it', { answer: 'of-stranger' }],
  ['malformed', { transport: 'garbage' }],
  ['malformed', { transport: 'empty' }],
  ['refused', { transport: 'http-404' }],
  ['too-big', { transport: 'huge' }],
  ['slow', { delayMs: 2_000 }],
])('%s: %o', async (code, switches) => {
  assert.deepEqual(await outcome(switches), { found: [], codes: [code], asked: ASKED })
})

test('nothing is fetched where the chain is at hand', async () => {
  const known = [certificate((await testPki()).authorities.intermediate.der)]
  assert.deepEqual(await outcome({}, known), { found: [], codes: [], asked: [] })
})

test('PEM with several certificates gives each of them, and junk none', async () => {
  const { authorities } = await testPki()
  const both = downloadedCertificates(Buffer.from(authorities.root.pem + authorities.intermediate.pem))
  assert.equal(both.length, 2)
  assert.deepEqual(
    downloadedCertificates(Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')),
    [],
  )
  assert.deepEqual(downloadedCertificates(new Uint8Array(2 * 1024 * 1024)), [])
})
