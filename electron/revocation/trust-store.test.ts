// The bundle of anchors is replaced only by a signed, newer one, the old one stays, and nothing in the folder is believed unread.
import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, test } from 'vitest'
import { parseCertificate } from '../../shared/pki/certificate.ts'
import { bundleBytesToSign, type TrustBundleContent } from '../../shared/pki/trust-bundle.ts'
import { nodePkiCrypto } from '../pki/node-crypto.ts'
import { makeOfficeCertificates } from '../certificate/office-certificate.ts'
import { TrustStore } from './trust-store.ts'

const root = mkdtempSync(join(tmpdir(), 'tra-my-trust-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0
const newFolder = () => join(root, String(folders++))

const NOW = Date.parse('2026-11-25T00:00:00Z')
const office = makeOfficeCertificates(['localhost'], new Date(NOW))
const derOf = (pem: string) => new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'))
const authority = derOf(office.authority)
const signer = derOf(office.certificate)
const spki = parseCertificate(signer)?.spki ?? new Uint8Array()

function bundle(issuedAt: string, part: Partial<TrustBundleContent> = {}, key: string | object = office.key): string {
  const content: TrustBundleContent = {
    version: 1,
    issuedAt,
    validUntil: '2027-11-25T00:00:00Z',
    anchors: [{ certificate: Buffer.from(authority).toString('base64'), name: 'Gốc thử', use: ['signing'] }],
    services: {},
    ...part,
  }
  const value = sign('sha256', bundleBytesToSign(content), key as string).toString('base64')
  const certificate = Buffer.from(signer).toString('base64')
  return JSON.stringify({ ...content, signature: { certificate, algorithm: 'rsa-pkcs1-sha256', value } })
}

const OLD = bundle('2026-01-01T00:00:00Z')
const NEW = bundle('2026-06-01T00:00:00Z')

function store(folder: string, { shipped = null as string | null, now = NOW } = {}): TrustStore {
  return new TrustStore(folder, { pinnedKeys: [spki], crypto: nodePkiCrypto, now: () => now, shipped })
}

async function told(trust: TrustStore): Promise<string> {
  const { bundle: found, fault } = await trust.current()
  return `${found?.content.issuedAt.slice(0, 7) ?? 'nobody'} ${fault ?? 'fine'}`
}

describe('the current bundle', () => {
  test('is nobody where there is none, and what came with the application otherwise', async () => {
    assert.equal(await told(store(newFolder())), 'nobody fine')
    assert.equal(await told(store(newFolder(), { shipped: OLD })), '2026-01 fine')
  })

  test('is the newer of the folder’s and the application’s', async () => {
    const folder = newFolder()
    assert.ok((await store(folder).replace(OLD)).ok)
    assert.equal(await told(store(folder, { shipped: NEW })), '2026-06 fine')
    assert.ok((await store(folder).replace(NEW)).ok)
    assert.equal(await told(store(folder, { shipped: OLD })), '2026-06 fine')
  })

  test('runs out', async () => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    assert.equal(await told(store(folder, { now: Date.parse('2028-01-01T00:00:00Z') })), 'nobody expired')
  })

  test.each([
    ['changed by hand', NEW.replace('Gốc thử', 'Gốc khác'), 'signature-invalid'],
    ['replaced by an older one', OLD, 'rollback'],
    ['cut off', NEW.slice(0, 500), 'malformed'],
  ])('that was %s in the folder is not believed', async (_title, text, fault) => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    await writeFile(join(folder, 'bundle.json'), text)
    assert.equal(await told(store(folder)), `nobody ${fault}`)
    const newer = bundle('2026-09-01T00:00:00Z')
    assert.equal(await told(store(folder, { shipped: newer })), `2026-09 ${fault}`)
  })

  test('larger than any bundle is not read', async () => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    await truncate(join(folder, 'bundle.json'), 13_000_000)
    assert.equal(await told(store(folder)), 'nobody malformed')
  })
})

describe('a replacement', () => {
  test('is there after a restart, with the old one beside it', async () => {
    const folder = newFolder()
    await store(folder).replace(OLD)
    const opened = await store(folder).replace(NEW)
    assert.ok(opened.ok)
    assert.equal(opened.bundle.anchors.length, 1)
    assert.equal(await told(store(folder)), '2026-06 fine')
    assert.equal(await readFile(join(folder, `bundle-${Date.parse('2026-01-01T00:00:00Z')}.json`), 'utf8'), OLD)
  })

  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  test.each([
    ['older than the current one', OLD, 'rollback'],
    ['signed by another key', bundle('2026-09-01T00:00:00Z', {}, otherKey), 'signature-invalid'],
    ['dated in the future', bundle('2027-01-01T00:00:00Z'), 'issued-in-future'],
    ['that ran out', bundle('2026-07-01T00:00:00Z', { validUntil: '2026-08-01T00:00:00Z' }), 'expired'],
    ['that is none', '{}', 'malformed'],
  ])('%s is refused and changes nothing', async (_title, text, fault) => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    const before = await readdir(folder)
    assert.deepEqual(await store(folder).replace(text), { ok: false, fault })
    assert.deepEqual(await readdir(folder), before)
    assert.equal(await told(store(folder)), '2026-06 fine')
  })

  test('is refused as older also after the current one was deleted', async () => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    await rm(join(folder, 'bundle.json'))
    assert.deepEqual(await store(folder).replace(OLD), { ok: false, fault: 'rollback' })
    assert.ok((await store(folder).replace(NEW)).ok)
  })

  test('with the same bundle keeps no second copy', async () => {
    const folder = newFolder()
    await store(folder).replace(NEW)
    await store(folder).replace(NEW)
    assert.deepEqual((await readdir(folder)).sort(), ['bundle.json', 'newest.json'])
  })

  test('leaves a bundle that counts when the process dies between its two files', async () => {
    const folder = newFolder()
    await store(folder).replace(OLD)
    await writeFile(join(folder, 'bundle.json'), NEW)
    assert.equal(await told(store(folder)), '2026-06 fine')
    await writeFile(join(folder, 'newest.json'), '{"issued')
    assert.equal(await told(store(folder)), '2026-06 fine')
  })

  test('keeps the eight last ones', async () => {
    const folder = newFolder()
    for (let day = 10; day < 21; day++) assert.ok((await store(folder).replace(bundle(`2026-03-${day}T00:00:00Z`))).ok)
    const kept = (await readdir(folder)).filter((name) => name.startsWith('bundle-')).sort()
    assert.equal(kept.length, 8)
    assert.equal(kept[0], `bundle-${Date.parse('2026-03-12T00:00:00Z')}.json`)
  })
})
