// The outgoing paper from the draft to the archive: after each step every judge accepts every signature, and the bytes before are the same.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NO_EVIDENCE } from '../../shared/signature/evidence.ts'
import { fileReportSchema, type FileReport } from '../../shared/signature/report.ts'
import { verifyPdf } from '../../shared/signature/verify.ts'
import { raiseLevel } from '../../electron/signature/raise-level.ts'
import type { DocumentOutcome } from '../../electron/signature/signature-fault.ts'
import { signDocument } from '../../electron/signature/sign-document.ts'
import { fault } from '../../electron/signing/signing-fault.ts'
import { openOffice, PLAIN, stamp, type Office } from './office.ts'
import { judge, type Judgement } from './pki/judges.ts'

const PAPER = new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')))
const BLUE = stamp(20, 40, 160)
const RED = stamp(200, 20, 20)

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(async () => {
  await office[Symbol.asyncDispose]()
})

function bytesOf(outcome: DocumentOutcome): Uint8Array {
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.bytes
}

async function verified(bytes: Uint8Array): Promise<FileReport> {
  const { anchors, crypto } = office.surroundings
  const report = await verifyPdf(bytes, { name: 'x.pdf', anchors, evidence: NO_EVIDENCE, now: Date.now(), crypto })
  return fileReportSchema.parse(report)
}

function expectAllAgree({ poppler, qpdf, openssl }: Judgement, signatures: number): void {
  expect(poppler.signatures.map(({ validation }) => validation)).toEqual(
    expect.arrayContaining(Array(signatures).fill('Signature is Valid.')),
  )
  expect(qpdf.ok, qpdf.said).toBe(true)
  for (const { ok, said } of openssl) expect(ok, said).toBe(true)
}

const startsWith = (whole: Uint8Array, start: Uint8Array) => Buffer.from(whole).subarray(0, start.length).equals(start)

test('leader, then number, date and seal in one increment, then the archive', async () => {
  const signed = await office.sign('Leader', PAPER, { role: 'personal', place: null, picture: BLUE, level: 'B-T' })
  expect(signed).toMatchObject({ ok: true, level: 'B-T' })
  const leader = bytesOf(signed)
  expect(await verified(leader)).toMatchObject({
    signatures: [{ role: 'personal', level: 'B-T', reasons: ['path.revocation-unknown'], changesAfter: [] }],
  })
  expectAllAgree(await judge(leader, office.pki), 1)

  const sealed = await office.sign('Agency', leader, {
    role: 'agency',
    place: null,
    picture: RED,
    number: '15/QĐ-UBND',
    date: 'Trà My, ngày 25 tháng 11 năm 2026',
    level: 'B-LTA',
  })
  expect(sealed).toMatchObject({ ok: true, level: 'B-LTA' })
  const archived = bytesOf(sealed)
  expect(startsWith(archived, leader)).toBe(true)
  const report = await verified(archived)
  expect(report.status).toBe('valid-changed')
  expect(report.signatures.map(({ role, kind, status, level }) => [role ?? kind, status, level])).toEqual([
    ['personal', 'valid-changed', 'B-LTA'],
    ['agency', 'valid', 'B-LTA'],
    ['document-timestamp', 'valid', 'B-LTA'],
  ])
  const filled = report.signatures[0]?.changesAfter.filter(({ code }) => code === 'field-filled')
  expect(filled?.map(({ field, after, permitted }) => [field, after, permitted])).toEqual([
    ['so_ky_hieu', '15/QĐ-UBND', true],
    ['ngay_thang', 'Trà My, ngày 25 tháng 11 năm 2026', true],
  ])
  expectAllAgree(await judge(archived, office.pki), 2)

  const renewed = bytesOf(await raiseLevel(archived, 'B-LTA', office.surroundings))
  expect(startsWith(renewed, archived)).toBe(true)
  expect((await verified(renewed)).signatures.filter(({ kind }) => kind === 'document-timestamp')).toHaveLength(2)
  expectAllAgree(await judge(renewed, office.pki), 2)
  expect(renewed.length - PAPER.length, 'the whole chain adds less than 150 kB').toBeLessThan(150_000)
})

test('what the leader has locked out is refused before the token is asked', async () => {
  const leader = bytesOf(await office.sign('Leader', PAPER, { role: 'personal', place: null, picture: BLUE }))
  const certificate = office.soft.tokens[1]?.keys[0]?.certificate.der ?? new Uint8Array()
  let asked = 0
  const key = {
    certificate,
    chain: office.pki.chain,
    sign: () => {
      asked += 1
      return Promise.resolve(fault('failed'))
    },
  }
  const outcome = await signDocument(leader, PLAIN, key, office.surroundings)
  expect(outcome).toMatchObject({ ok: false, code: 'would-break-signatures' })
  expect(asked).toBe(0)
})

test('an agency signs nothing that no person has signed', async () => {
  const outcome = await office.sign('Agency', PAPER, { role: 'agency', picture: RED })
  expect(outcome).toMatchObject({ ok: false, code: 'personal-signature-missing' })
})

test('without a line the paper is signed at B-B, says what is missing, and is raised when the line is back', async () => {
  const cut = { ...office.surroundings, timestampServices: [{ url: 'http://127.0.0.1:9/' }] }
  office.services.tsa.answer = 'wrong-nonce'
  const outcome = await office.sign('Leader', PAPER, { level: 'B-LTA' })
  office.services.tsa.answer = 'right'
  expect(outcome).toMatchObject({ ok: true, level: 'B-B', shortfall: { timestamp: [{ code: 'tsa-wrong-nonce' }] } })
  expect(await raiseLevel(bytesOf(outcome), 'B-T', cut)).toMatchObject({ ok: true, level: 'B-B' })
  expect(await raiseLevel(bytesOf(outcome), 'B-LTA', office.surroundings)).toMatchObject({ ok: true, level: 'B-LTA' })
})
