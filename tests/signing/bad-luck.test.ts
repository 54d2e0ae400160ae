// What goes wrong without any forger: certificates revoked, expired, of others; lying timestamp authorities; files that cannot be signed.
import { readFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { raiseLevel } from '../../electron/signature/raise-level.ts'
import { signDocument } from '../../electron/signature/sign-document.ts'
import { parseEvidence } from '../../shared/signature/evidence.ts'
import { bytesOf, leafKey, signerOf, type Signer } from './levels-signer.ts'
import { PLAIN } from './office.ts'
import { opensslSignedPdf } from './pki/openssl-signed-pdf.ts'
import type { LeafName } from './pki/profiles.ts'
import { makePki, type TestPki } from './pki/test-pki.ts'
import { mustRun, processFolder } from './pki/tools.ts'
import { trustServices, type TrustServices } from './pki/trust-services.ts'

const PAPER = join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')
const A_DAY = 86_400_000

let pki: TestPki
let services: TrustServices
let signer: Signer
let paper: Uint8Array
beforeAll(async () => {
  pki = await makePki()
  services = trustServices(pki)
  signer = await signerOf(pki, services)
  paper = new Uint8Array(await readFile(PAPER))
})
afterAll(async () => {
  await services[Symbol.asyncDispose]()
})
beforeEach(() => {
  Object.assign(services.tsa, { answer: 'right', signer: 'tsa' })
})

async function lists() {
  return parseEvidence({ certificates: [], crls: [await pki.crl('root'), await pki.crl('intermediate')], ocsps: [] })
}

describe('a certificate that is revoked', () => {
  test('before signing: invalid, whether or not a time is proven', async () => {
    for (const level of ['B-B', 'B-T'] as const) {
      const bytes = bytesOf(await signer.sign('revoked', paper, { level }))
      const report = await signer.verify(bytes, { evidence: await lists() })
      expect(report.status).toBe('invalid')
      expect(report.signatures[0]).toMatchObject({ status: 'invalid', reasons: ['path.revoked'] })
      expect(report.signatures[0]?.revocation.map(({ status }) => status)).toContain('revoked')
    }
  })

  test('after signing: what had a timestamp by then holds, what had none does not', async () => {
    const stamped = bytesOf(await signer.sign('clerk', paper, { level: 'B-T' }))
    const archived = bytesOf(await signer.sign('clerk', paper, { level: 'B-LTA' }))
    const plain = bytesOf(await signer.sign('clerk', paper, { level: 'B-B' }))
    // The list names a second; the timestamp must lie before it.
    await new Promise((later) => setTimeout(later, 1100))
    await pki.revoke(pki.leaves.clerk, 'intermediate', 'superseded')
    const evidence = await lists()
    const soon = Date.now() + 2000
    expect(await signer.verify(stamped, { evidence, now: soon })).toMatchObject({ status: 'valid' })
    expect(await signer.verify(archived, { evidence, now: soon })).toMatchObject({ status: 'valid' })
    expect(await signer.verify(plain, { evidence, now: soon })).toMatchObject({
      status: 'invalid',
      signatures: [{ reasons: ['path.revoked'] }],
    })
  })
})

describe('a certificate that has run out', () => {
  test('signs nothing here', async () => {
    expect(await signer.sign('expired', paper)).toMatchObject({ ok: false, code: 'certificate-expired' })
    expect(await signer.sign('notYetValid', paper)).toMatchObject({ ok: false, code: 'certificate-expired' })
  })

  test('before a foreign file was stamped: not known, with a late proof as without one, and never green', async () => {
    const foreign = await opensslSignedPdf(pki, 'expired')
    const late = bytesOf(await raiseLevel(foreign, 'B-T', signer.surroundings))
    for (const bytes of [foreign, late]) {
      const report = await signer.verify(bytes, { evidence: await lists() })
      expect(report.status).toBe('indeterminate')
      expect(report.signatures[0]?.reasons).toContain('path.expired')
    }
  })

  test('since: with an archive the file still holds, without a timestamp nothing is known', async () => {
    const [plain, archived] = [
      bytesOf(await signer.sign('leader', paper, { level: 'B-B' })),
      bytesOf(await signer.sign('leader', paper, { level: 'B-LTA' })),
    ]
    const now = Date.now() + 705 * A_DAY
    const later = await signer.verify(plain, { now })
    expect(later).toMatchObject({ status: 'indeterminate' })
    expect(later.signatures[0]?.reasons).toContain('path.expired')
    const kept = await signer.verify(archived, { now: Date.now() + 30 * A_DAY })
    expect(kept).toMatchObject({ status: 'valid', signatures: [{ level: 'B-LTA' }, {}] })
  })
})

describe('a certificate', () => {
  test('of an issuer whom nobody knows: not known, never green', async () => {
    const bytes = bytesOf(await signer.sign('stranger', paper))
    const report = await signer.verify(bytes, { evidence: await lists() })
    expect(report).toMatchObject({ status: 'indeterminate', signatures: [{ reasons: ['path.no-chain'] }] })
  })

  test('that is not for signing: refused here, invalid from others', async () => {
    expect(await signer.sign('wrongUsage', paper)).toMatchObject({ ok: false, code: 'certificate-not-for-signing' })
    const foreign = await opensslSignedPdf(pki, 'wrongUsage')
    const report = await signer.verify(foreign, { evidence: await lists() })
    expect(report).toMatchObject({ status: 'invalid', signatures: [{ reasons: ['path.key-usage'] }] })
  })

  test('of another key than the one that signs: refused, nothing is given out', async () => {
    const key = leafKey(pki, 'seal', 'stranger')
    const outcome = await signDocument(paper, { ...PLAIN, place: null }, key, signer.surroundings)
    expect(outcome).toMatchObject({ ok: false, code: 'would-break-signatures' })
  })
})

describe('a timestamp authority', () => {
  test.each([
    ['wrong-nonce', 'tsa-wrong-nonce'],
    ['no-nonce', 'tsa-wrong-nonce'],
    ['wrong-imprint', 'tsa-wrong-imprint'],
    ['future', 'tsa-wrong-time'],
    ['past', 'tsa-wrong-time'],
    ['wrong-signature', 'tsa-untrusted'],
    ['refused', 'tsa-refused'],
  ] as const)('that answers %s: signed at B-B, and the reason said', async (answer, code) => {
    services.tsa.answer = answer
    const outcome = await signer.sign('seal', paper, { level: 'B-LTA' })
    expect(outcome).toMatchObject({ ok: true, level: 'B-B' })
    expect(outcome.ok && outcome.shortfall.timestamp.map((each) => each.code)).toEqual([code])
  })

  test.each<[LeafName]>([['expiredTsa'], ['strangerTsa'], ['seal']])('%s is not believed', async (leaf) => {
    services.tsa.signer = leaf
    const outcome = await signer.sign('seal', paper, { level: 'B-T' })
    expect(outcome).toMatchObject({ ok: true, level: 'B-B' })
    expect(outcome.ok && outcome.shortfall.timestamp).toHaveLength(1)
  })

  test('that lies to someone who believes nobody: the verifier sees it', async () => {
    const credulous = { ...signer.surroundings, anchors: [] }
    for (const [leaf, reason, status] of [
      ['expiredTsa', 'timestamp.expired', 'indeterminate'],
      ['strangerTsa', 'timestamp.no-chain', 'indeterminate'],
    ] as const) {
      services.tsa.signer = leaf
      const key = leafKey(pki, 'seal')
      const bytes = bytesOf(await signDocument(paper, { ...PLAIN, place: null, level: 'B-T' }, key, credulous))
      const report = await signer.verify(bytes, { evidence: await lists() })
      expect(report.signatures[0]?.timestamps[0]).toMatchObject({ status })
      expect(report.signatures[0]?.reasons).toContain(reason)
      expect(report.signatures[0]?.time.proven).toBeNull()
    }
  })

  test('ahead of the clock by more than is allowed: its word counts for nothing until then', async () => {
    const bytes = bytesOf(await signer.sign('seal', paper, { level: 'B-T' }))
    const evidence = await lists()
    const early = await signer.verify(bytes, { evidence, now: Date.now() - 3_600_000 })
    expect(early).toMatchObject({ status: 'invalid' })
    expect(early.signatures[0]?.reasons).toContain('timestamp.from-the-future')
    const behind = await signer.verify(bytes, { evidence, now: Date.now() - 60_000 })
    expect(behind.signatures[0]?.reasons).not.toContain('timestamp.from-the-future')
    expect(behind.status).not.toBe('invalid')
  })
})

describe('a file that cannot be signed leaves with a code, as it came:', () => {
  const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
  const cases: Readonly<Record<string, () => Promise<Uint8Array> | Uint8Array>> = {
    'not a PDF': () => latin('MZ, and nothing else'),
    empty: () => new Uint8Array(0),
    'cut off in the middle': () => paper.slice(0, paper.length >> 1),
    'with a table that points nowhere': () =>
      latin(
        Buffer.from(paper)
          .toString('latin1')
          .replace(/startxref\s+\d+/, 'startxref\n999999999'),
      ),
    'a cross-reference stream that swells': () => bomb(),
  }
  test.each(Object.keys(cases))('%s', async (name) => {
    const bytes = (await cases[name]?.()) ?? new Uint8Array(0)
    const before = Uint8Array.from(bytes)
    expect(await signer.sign('seal', bytes, { level: 'B-B' })).toMatchObject({ ok: false, code: 'file-unreadable' })
    expect(await raiseLevel(bytes, 'B-T', signer.surroundings)).toMatchObject({ ok: false, code: 'file-unreadable' })
    expect(Buffer.from(bytes).equals(before), 'untouched').toBe(true)
    const report = await signer.verify(bytes)
    expect(report).toMatchObject({ status: 'invalid', signatures: [] })
    expect(report.reasons[0]).toMatch(/^file\./)
  })

  test('an encrypted one, of which the structure can be read', async () => {
    const folder = processFolder('locked')
    const to = join(folder, 'locked.pdf')
    await mustRun('qpdf', ['--encrypt', 'user', 'owner', '256', '--', PAPER, to])
    const bytes = new Uint8Array(await readFile(to))
    const before = Uint8Array.from(bytes)
    expect(await signer.sign('seal', bytes)).toMatchObject({ ok: false, code: 'unreadable', pinTried: false })
    expect(await raiseLevel(bytes, 'B-T', signer.surroundings)).toMatchObject({ ok: false, code: 'file-unsigned' })
    expect(Buffer.from(bytes).equals(before)).toBe(true)
    expect(await signer.verify(bytes)).toMatchObject({ status: 'unsigned', reasons: ['structure.encrypted'] })
  })

  test('a signed file that was changed is not signed again', async () => {
    const bytes = Uint8Array.from(bytesOf(await signer.sign('seal', paper)))
    bytes[1500] = (bytes[1500] ?? 0) ^ 1
    const before = Uint8Array.from(bytes)
    expect(await signer.sign('leader', bytes)).toMatchObject({ ok: false, code: 'file-invalid' })
    expect(await raiseLevel(bytes, 'B-LTA', signer.surroundings)).toMatchObject({ ok: false, code: 'file-invalid' })
    expect(Buffer.from(bytes).equals(before)).toBe(true)
  })

  test('signing never changes the bytes that it was given', async () => {
    const before = Uint8Array.from(paper)
    bytesOf(await signer.sign('seal', paper, { level: 'B-LTA' }))
    expect(Buffer.from(paper).equals(before)).toBe(true)
  })
})

/** 600 MB of zeros in a cross-reference stream of 600 kB. */
function bomb(): Uint8Array {
  const data = deflateSync(Buffer.alloc(600 * 1024 * 1024))
  const head = Buffer.from(
    '%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n',
  )
  const dict = `3 0 obj\n<</Type/XRef/W[1 4 2]/Size 4/Root 1 0 R/Filter/FlateDecode/Length ${data.length}>>\nstream\n`
  const end = `\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`
  return new Uint8Array(Buffer.concat([head, Buffer.from(dict), data, Buffer.from(end)]))
}
