// Files as another program writes them: qpdf's object streams, linearization and plain form have one revision and no byte too many.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPaper } from '../../shared/pdf/admission.ts'
import { accountBytes } from '../../shared/pdf/revisions/account-bytes.ts'
import { readSignatures } from '../../shared/pdf/revisions/read-signatures.ts'
import { readRevisions } from '../../shared/pdf/revisions/revisions.ts'
import { updateBase } from '../../shared/pdf/write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../../shared/pdf/write/incremental.ts'
import { array, dict, withEntries } from '../../shared/pdf/write/make.ts'

const ND30 = `${import.meta.dirname}/../fixtures/nd30`
const REAL = readdirSync(ND30).filter((name) => name.endsWith('.pdf'))
const VARIANTS: readonly (readonly string[])[] = [
  ['--object-streams=generate'],
  ['--object-streams=disable'],
  ['--linearize'],
  ['--linearize', '--object-streams=generate'],
  ['--qdf'],
  ['--preserve-unreferenced', '--newline-before-endstream'],
  ['--min-version=1.3', '--stream-data=uncompress'],
]

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'revisions-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function qpdf(source: string, options: readonly string[]): Uint8Array {
  const target = join(folder, 'out.pdf')
  execFileSync('qpdf', [...options, '--warning-exit-0', source, target])
  return new Uint8Array(readFileSync(target))
}

function codes(bytes: Uint8Array): readonly string[] {
  const pdf = readRevisions(bytes)
  return [...pdf.findings, ...accountBytes(pdf)].map(
    ({ code, revision, severity }) => `${code} ${revision} ${severity}`,
  )
}

describe.each(VARIANTS.map((options) => ({ options, title: options.join(' ') })))('qpdf $title', ({ options }) => {
  it.each(REAL)('%s', (name) => {
    const bytes = qpdf(join(ND30, name), options)
    const { revisions } = readRevisions(bytes)
    expect(revisions.map(({ start, end }) => [start, end])).toEqual([[0, bytes.length]])
    expect(codes(bytes)).toEqual([])
  })

  it('keeps an update apart from what it updates', () => {
    const bytes = qpdf(join(ND30, 'phu-luc-2.pdf'), options)
    const update = new IncrementalUpdate(updateBase(bytes))
    const root = update.base.trailer.entries.get('Root')
    if (root === undefined || root === null || typeof root !== 'object' || root.kind !== 'ref')
      throw new Error('no root')
    const form = update.add(dict({ Fields: array([]) }))
    update.put(root, withEntries(update.dict(root), { AcroForm: form }))
    const updated = applyUpdate(update.base, update.finish())
    const pdf = readRevisions(updated)
    expect(pdf.revisions.map(({ end }) => end)).toEqual([bytes.length, updated.length])
    expect(codes(updated)).toEqual([])
    const hasForm = pdf.revisions.map(({ file, trailer }) =>
      file.dict(trailer.entries.get('Root')).entries.has('AcroForm'),
    )
    expect(hasForm).toEqual([false, true])
    const changed = [...(pdf.revisions[1]?.changed ?? [])]
    expect(changed).toEqual(expect.arrayContaining([root.number, form.number]))
    expect(changed.length).toBeLessThanOrEqual(3)
    expect(readPaper(updated).pages).toBe(4)
  })
})

describe('other writers', () => {
  it.each([true, false])('what pdf-lib writes and qpdf rewrites, object streams: %s', async (useObjectStreams) => {
    const document = await PDFDocument.create()
    const font = await document.embedFont(StandardFonts.TimesRoman)
    for (let i = 0; i < 30; i++) document.addPage().drawText(`${i}`, { font })
    document.getForm().createTextField('a').addToPage(document.getPage(0))
    const source = join(folder, 'made.pdf')
    writeFileSync(source, await document.save({ useObjectStreams }))
    for (const options of VARIANTS) expect(codes(qpdf(source, options))).toEqual([])
  })

  it('an encrypted file is opened, and said to be encrypted', () => {
    const bytes = qpdf(join(ND30, 'phu-luc-2.pdf'), ['--encrypt', '', 'owner', '256', '--'])
    expect(codes(bytes)).toEqual(['encrypted 0 error'])
    expect(readSignatures(readRevisions(bytes))).toEqual([])
  })

  it('a file of sixty thousand small objects is opened without reading them', async () => {
    const document = await PDFDocument.create()
    document.addPage()
    for (let i = 0; i < 60_000; i++) document.context.register(document.context.obj({ Number: i }))
    for (const useObjectStreams of [true, false]) {
      const pdf = readRevisions(await document.save({ useObjectStreams }))
      const before = pdf.source.budget.left
      expect(pdf.revisions[0]?.file.entries.size).toBeGreaterThan(60_000)
      pdf.revisions[0]?.file.dict(pdf.revisions[0].trailer.entries.get('Root'))
      // One object stream holds fifty objects.
      expect(before - pdf.source.budget.left).toBeLessThan(5000)
    }
  })
})
