// The four levels as we report them and as outside judges see them, with each kind of key and on each kind of file.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { raiseLevel } from '../../electron/signature/raise-level.ts'
import { bytesOf, signerOf, type Signer } from './levels-signer.ts'
import { judge } from './pki/judges.ts'
import { opensslSignedPdf } from './pki/openssl-signed-pdf.ts'
import { testPki, type TestPki } from './pki/test-pki.ts'
import { mustRun, processFolder } from './pki/tools.ts'
import { trustServices, type TrustServices } from './pki/trust-services.ts'

const PAPER = join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')

let pki: TestPki
let services: TrustServices
let signer: Signer
let paper: Uint8Array
beforeAll(async () => {
  pki = await testPki()
  services = trustServices(pki)
  signer = await signerOf(pki, services)
  paper = new Uint8Array(await readFile(PAPER))
})
afterAll(async () => {
  await services[Symbol.asyncDispose]()
})

async function expectJudgesAgree(bytes: Uint8Array, signatures: number): Promise<void> {
  const { poppler, qpdf, openssl } = await judge(bytes, pki)
  expect(poppler.signatures.filter(({ validation }) => validation === 'Signature is Valid.').length, poppler.said).toBe(
    signatures,
  )
  expect(qpdf.ok, qpdf.said).toBe(true)
  for (const { ok, said } of openssl) expect(ok, said).toBe(true)
}

describe('each level:', () => {
  test.each([
    ['B-B', 'indeterminate', ['timestamp'], ['path.revocation-unknown'], 1],
    ['B-T', 'indeterminate', ['revocation-data'], ['path.revocation-unknown'], 1],
    ['B-LT', 'valid', ['archive-timestamp'], [], 1],
    ['B-LTA', 'valid', [], [], 1],
  ] as const)('%s', async (level, status, missing, reasons, signatures) => {
    const outcome = await signer.sign('seal', paper, { level })
    expect(outcome).toMatchObject({
      ok: true,
      level,
      shortfall: { timestamp: [], revocation: [], evidenceMissing: false },
    })
    const report = await signer.verify(bytesOf(outcome))
    expect(report.signatures[0]).toMatchObject({ level, status, missingForNext: missing, reasons })
    expect(report.status).toBe(status)
    const { claimed, proven } = report.signatures[0]?.time ?? {}
    expect(proven === null, 'a time is proven from B-T on').toBe(level === 'B-B')
    expect(Math.abs(Date.parse(claimed ?? '') - Date.now())).toBeLessThan(600_000)
    await expectJudgesAgree(bytesOf(outcome), signatures)
  })

  test('with nobody trusted no level above B-B is claimed', async () => {
    const bytes = bytesOf(await signer.sign('seal', paper, { level: 'B-LTA' }))
    const report = await signer.verify(bytes, { anchors: [] })
    expect(report.status).toBe('indeterminate')
    expect(report.signatures[0]).toMatchObject({
      level: 'B-B',
      reasons: expect.arrayContaining(['path.no-chain']) as unknown,
    })
  })
})

describe('each kind of key, to B-LTA:', () => {
  test.each([
    ['leader', 'RSA SHA-256'],
    ['leaderPss', 'RSA-PSS SHA-256'],
    ['seal', 'ECDSA SHA-256'],
    ['clerk', 'ECDSA SHA-384'],
    ['archivist', 'Ed25519'],
  ] as const)('%s: %s', async (leaf, algorithm) => {
    const bytes = bytesOf(await signer.sign(leaf, paper, { level: 'B-LTA' }))
    const report = await signer.verify(bytes)
    expect(report.signatures[0]).toMatchObject({ algorithm, level: 'B-LTA', status: 'valid', reasons: [] })
    // OpenSSL 3.0 and poppler have no Ed25519 in CMS.
    if (leaf !== 'archivist') await expectJudgesAgree(bytes, 1)
  })
})

test.each(['leader', 'seal'] as const)('a file that openssl signed as %s is raised to B-LTA', async (leaf) => {
  const foreign = await opensslSignedPdf(pki, leaf)
  expect((await signer.verify(foreign)).signatures[0]).toMatchObject({ level: 'B-B' })
  const raised = await raiseLevel(foreign, 'B-LTA', signer.surroundings)
  expect(raised).toMatchObject({ ok: true, level: 'B-LTA' })
  expect(Buffer.from(bytesOf(raised)).subarray(0, foreign.length).equals(foreign)).toBe(true)
  const report = await signer.verify(bytesOf(raised))
  expect(report.status).toBe('valid')
  // One document timestamp gives it a time, the other keeps the evidence.
  expect(report.signatures.map(({ kind, level, status }) => [kind, level, status])).toEqual([
    ['signature', 'B-LTA', 'valid'],
    ['document-timestamp', 'B-LTA', 'valid'],
    ['document-timestamp', 'B-LTA', 'valid'],
  ])
  await expectJudgesAgree(bytesOf(raised), 1)
})

describe('several people sign one after the other:', () => {
  test.each([
    ['a table', ['--object-streams=disable']],
    ['a stream', ['--object-streams=generate']],
    ['a linearized file', ['--linearize', '--object-streams=disable']],
    ['a linearized file with streams', ['--linearize', '--object-streams=generate']],
  ])('%s', async (_, options) => {
    const file = join(processFolder('bases'), 'base.pdf')
    await mustRun('qpdf', [...options, PAPER, file])
    let bytes = new Uint8Array(await readFile(file))
    for (const leaf of ['leader', 'seal', 'clerk'] as const) {
      const next = bytesOf(await signer.sign(leaf, bytes, { level: 'B-T' }))
      expect(Buffer.from(next).subarray(0, bytes.length).equals(bytes)).toBe(true)
      bytes = new Uint8Array(next)
    }
    const archived = bytesOf(await raiseLevel(bytes, 'B-LTA', signer.surroundings))
    await writeFile(file, archived)
    const report = await signer.verify(archived)
    expect(report.signatures.map(({ kind, level, status }) => [kind, level, status])).toEqual([
      ['signature', 'B-LTA', 'valid'],
      ['signature', 'B-LTA', 'valid'],
      ['signature', 'B-LTA', 'valid'],
      ['document-timestamp', 'B-LTA', 'valid'],
    ])
    await expectJudgesAgree(archived, 3)
  })
})
