// What the writer appends, before outside judges: qpdf, poppler and MuPDF read every kind of file, and our own reader explains every byte.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountBytes } from '../../shared/pdf/revisions/account-bytes.ts'
import { readRevisions } from '../../shared/pdf/revisions/revisions.ts'
import { readSignatures } from '../../shared/pdf/revisions/read-signatures.ts'
import { cleanForSigning } from '../../shared/pdf/scan/clean.ts'
import { scanBeforeSigning } from '../../shared/pdf/scan/scan.ts'
import { appendDss } from '../../shared/pdf/sign/dss.ts'
import { OUTGOING_FIELDS } from '../../shared/pdf/sign/outgoing-fields.ts'
import { prepareOutgoing } from '../../shared/pdf/sign/outgoing.ts'
import { topRight } from '../../shared/pdf/sign/places.ts'
import {
  embedContents,
  prepareSignature,
  RESERVES,
  signedParts,
  type SignatureRequest,
} from '../../shared/pdf/sign/prepare.ts'
import { roleTemplate, type RoleFacts, type RoleTemplate, type SigningRole } from '../../shared/pdf/sign/roles.ts'
import { ringPng } from '../../shared/pdf/sign/sample-png.fixture.ts'
import { updateBase } from '../../shared/pdf/write/base.ts'
import { mustRun, runTool } from '../signing/pki/tools.ts'
import { sampleBases, stored, type SampleBase } from './sample-bases.ts'

const TINOS = new Uint8Array(
  readFileSync(
    join(import.meta.dirname, '../../node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
  ),
)
const TIME = Date.UTC(2026, 10, 22, 12, 23, 10)
const FACTS: RoleFacts = {
  picture: ringPng(120, [30, 60, 200]),
  name: 'Nguyễn Văn Ưởng',
  time: TIME,
  numberAndSymbol: '05/QĐ-UBND',
  agency: 'ỦY BAN NHÂN DÂN XÃ THỬ NGHIỆM',
  copyForm: 'SAO Y',
  hasValidPersonalSignature: true,
  certify: false,
}
const BASES = [
  'nghi-dinh-30-2020.pdf',
  'phu-luc-1.pdf',
  'phu-luc-2.pdf',
  'phu-luc-3.pdf',
  'phu-luc-4.pdf',
  'phu-luc-5.pdf',
  'phu-luc-6.pdf',
  'object streams',
  'linearized',
  'linearized object streams',
  'without a last line end',
  'hybrid',
] as const

let folder: string
let bases: ReadonlyMap<string, SampleBase>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tra-my-writer-'))
  bases = new Map((await sampleBases(folder)).map((base) => [base.name, base]))
  const subject = '/C=VN/O=UBND xã Thử Nghiệm/CN=Nguyễn Văn Ưởng'
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')]
  const how = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-utf8', '-addext', 'keyUsage=digitalSignature']
  await mustRun('openssl', ['req', '-x509', ...how, ...files, '-subj', subject])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function base(name: string): SampleBase {
  const found = bases.get(name)
  if (found === undefined) throw new Error(`no base ${name}`)
  return found
}

function template(role: SigningRole, facts = FACTS): RoleTemplate {
  const made = roleTemplate(role, facts)
  if ('fault' in made) throw new Error(made.fault)
  return made
}

async function sign(bytes: Uint8Array, change: Partial<SignatureRequest>): Promise<Uint8Array> {
  const kind = change.kind ?? 'signature'
  const prepared = prepareSignature(bytes, {
    kind,
    field: { kind: 'new', name: 'ky', place: null },
    appearance: null,
    font: TINOS,
    values: [],
    lock: null,
    certify: null,
    time: TIME,
    name: null,
    reason: null,
    location: null,
    reserve: RESERVES[kind],
    ...change,
  })
  if ('fault' in prepared) throw new Error(prepared.fault)
  const [content, cms] = [join(folder, 'signed.bin'), join(folder, 'signed.p7')]
  await writeFile(content, Buffer.concat(signedParts(prepared)))
  const key = ['-signer', join(folder, 'certificate.pem'), '-inkey', join(folder, 'key.pem')]
  const how = ['-cades', '-binary', '-outform', 'DER', '-md', 'sha256']
  await mustRun('openssl', ['cms', '-sign', ...how, ...key, '-in', content, '-out', cms])
  const embedded = embedContents(prepared, new Uint8Array(readFileSync(cms)))
  if ('fault' in embedded) throw new Error(embedded.fault)
  return embedded
}

function orThrow(result: Uint8Array | { readonly fault: string }): Uint8Array {
  if ('fault' in result) throw new Error(result.fault)
  return result
}

/** Every judge of a file that holds so many signatures, the last of which covers all of it. */
async function expectAccepted(bytes: Uint8Array, signatures: number): Promise<void> {
  const path = await stored(folder, 'judged.pdf', bytes)
  const checked = await runTool('qpdf', ['--check', path])
  expect(checked.stdout + checked.stderr).not.toMatch(/warning|error \(/i)
  expect(checked.code).toBe(0)
  const poppler = await mustRun('pdfsig', ['-nocert', path])
  expect(poppler.match(/Signature is Valid/g)).toHaveLength(signatures)
  expect(poppler.match(/- Total document signed/g)).toHaveLength(1)
  const mupdf = (await runTool('mutool', ['sign', '-v', path])).stdout
  expect(mupdf.match(/unchanged since signing/g)).toHaveLength(1)
  expect(mupdf.match(/been edits since signing/g) ?? []).toHaveLength(signatures - 1)
}

/** Our own reader: each signature ends a revision, and nothing that was appended is left unexplained. */
function expectExplained(bytes: Uint8Array, firstOwn: number): void {
  const pdf = readRevisions(bytes)
  const findings = [...pdf.findings, ...accountBytes(pdf)]
  expect(findings.filter(({ revision, severity }) => revision >= firstOwn && severity !== 'info')).toEqual([])
  for (const signature of readSignatures(pdf)) {
    expect(signature.findings).toEqual([])
    expect(signature.revision).not.toBeNull()
  }
}

const startsWith = (whole: Uint8Array, start: Uint8Array): boolean =>
  Buffer.from(whole.buffer, whole.byteOffset, start.length).equals(start)

describe('two signatures on top of a file', () => {
  test.each(BASES)('%s', async (name) => {
    const { bytes, kind } = base(name)
    expect(updateBase(bytes).kind).toBe(kind)
    const revisions = readRevisions(bytes).revisions.length
    const place = { page: 0, rectangle: [400, 804, 590, 838] } as const
    const first = await sign(bytes, {
      ...template('plain'),
      field: { kind: 'new', name: 'Chữ ký 1', place },
      name: FACTS.name,
    })
    expect(startsWith(first, bytes)).toBe(true)
    expect(updateBase(first).kind).toBe(kind === 'hybrid' ? 'table' : kind)
    await expectAccepted(first, 1)
    const second = await sign(first, { field: { kind: 'new', name: 'Chữ ký 2', place: null } })
    expect(startsWith(second, first)).toBe(true)
    await expectAccepted(second, 2)
    expectExplained(second, revisions)
    const text = await mustRun('pdftotext', ['-f', '1', '-l', '1', join(folder, 'judged.pdf'), '-'])
    expect(text.normalize('NFC')).toContain('Nguyễn Văn Ưởng')
    expect(text).toContain('2026-11-22T19:23:10+07:00')
  })
})

describe('the outgoing paper', () => {
  test.each(['phu-luc-2.pdf', 'object streams', 'linearized', 'hybrid'])(
    'from preparation to the archive: %s',
    async (name) => {
      const { bytes } = base(name)
      const prepared = orThrow(prepareOutgoing(bytes, null))
      const existing = (field: keyof typeof OUTGOING_FIELDS) =>
        ({ kind: 'existing', name: OUTGOING_FIELDS[field] }) as const
      const leader = await sign(prepared, { ...template('personal'), field: existing('leader'), name: FACTS.name })
      await expectAccepted(leader, 1)
      const values = [
        { field: OUTGOING_FIELDS.number, value: '05/QĐ-UBND' },
        { field: OUTGOING_FIELDS.date, value: 'Thử Nghiệm, ngày 22 tháng 11 năm 2026' },
      ]
      const agency = template('agency', { ...FACTS, picture: ringPng(200, [210, 20, 30]) })
      const sealed = await sign(leader, { ...agency, field: existing('seal'), values })
      await expectAccepted(sealed, 2)
      const text = await mustRun('pdftotext', ['-f', '1', '-l', '1', join(folder, 'judged.pdf'), '-'])
      expect(text.normalize('NFC')).toContain('05/QĐ-UBND')
      expect(text.normalize('NFC')).toContain('ngày 22 tháng 11 năm 2026')
      const evidence = { certificates: [new Uint8Array(1200).fill(7)], crls: [], ocsps: [new Uint8Array(1500).fill(9)] }
      const kept = orThrow(appendDss(sealed, evidence))
      // The token of a real authority is another test's matter; here the hole and its place count.
      const archived = await sign(kept, {
        kind: 'document-timestamp',
        field: existing('archive'),
        time: null,
        font: null,
      })
      for (const [whole, start] of [
        [leader, prepared],
        [sealed, leader],
        [kept, sealed],
        [archived, kept],
      ] as const)
        expect(startsWith(whole, start)).toBe(true)
      const checked = await runTool('qpdf', ['--check', await stored(folder, 'archived.pdf', archived)])
      expect(checked.stdout + checked.stderr).not.toMatch(/warning|error \(/i)
      const signatures = readSignatures(readRevisions(archived))
      expect(signatures.map(({ fieldName }) => fieldName)).toEqual(['ky_lanh_dao', 'ky_co_quan', 'dau_thoi_gian'])
      expect(signatures[0]?.fieldMdp).toEqual({
        action: 'Exclude',
        fields: ['so_ky_hieu', 'ngay_thang', 'ky_co_quan', 'dau_thoi_gian'],
      })
      expect(signatures[1]?.fieldMdp).toMatchObject({ action: 'All' })
    },
  )

  test('certified by the leader, who permits filling and signing', async () => {
    const prepared = orThrow(prepareOutgoing(base('phu-luc-2.pdf').bytes, null))
    const certified = await sign(prepared, {
      ...template('personal', { ...FACTS, certify: true }),
      field: { kind: 'existing', name: OUTGOING_FIELDS.leader },
    })
    await expectAccepted(certified, 1)
    expect(readSignatures(readRevisions(certified))[0]?.docMdp).toBe(2)
  })

  test('marks of annex and copy stand in the top right corner of page 1', async () => {
    const { bytes } = base('phu-luc-3.pdf')
    const rectangle = topRight([0, 0, 595, 842])
    for (const role of ['annex', 'copy'] as const) {
      const marked = await sign(bytes, {
        ...template(role),
        field: { kind: 'new', name: role, place: { page: 0, rectangle } },
      })
      await expectAccepted(marked, 1)
      const corner = ['-x', '350', '-y', '0', '-W', '245', '-H', '70']
      const text = (await mustRun('pdftotext', ['-l', '1', ...corner, join(folder, 'judged.pdf'), '-'])).normalize(
        'NFC',
      )
      expect(text).toContain('2026-11-22T19:23:10+07:00')
      expect(text).toContain(role === 'annex' ? FACTS.numberAndSymbol : FACTS.agency)
    }
  })
})

describe('real papers', () => {
  test.each(BASES)('%s: nothing to refuse before signing, and the cleaned paper says the same', async (name) => {
    const { bytes } = base(name)
    expect(scanBeforeSigning(bytes).filter(({ severity }) => severity === 'refuse')).toEqual([])
    const cleaned = orThrow(cleanForSigning(bytes))
    const checked = await runTool('qpdf', ['--check', await stored(folder, 'cleaned.pdf', cleaned)])
    expect(checked.stdout + checked.stderr).not.toMatch(/warning|error \(/i)
    const [before, after] = await Promise.all([
      mustRun('pdftotext', [await stored(folder, 'before.pdf', bytes), '-']),
      mustRun('pdftotext', [join(folder, 'cleaned.pdf'), '-']),
    ])
    expect(after).toBe(before)
    expect(readRevisions(cleaned).revisions).toHaveLength(1)
  })
})
