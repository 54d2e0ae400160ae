// A rewritten file has one revision and only what is reached.
import { describe, expect, test } from 'vitest'
import { openPdf } from '../cross-reference.ts'
import { updateBase } from './base.ts'
import { applyUpdate, IncrementalUpdate } from './incremental.ts'
import { name, withEntries } from './make.ts'
import { isSingleRevision, rewrite } from './rewrite.ts'
import { fileOf, pageFile, textOf } from './sample-file.fixture.ts'
import { latin1Bytes } from './serialize.ts'

describe('rewriting a file', () => {
  test('leaves behind what nothing refers to, and references to nothing become null', () => {
    const bytes = pageFile({ page: '/Annots [9 0 R null]', more: ['(khong ai can)'], trailer: '/Info 6 0 R' })
    const after = rewrite(updateBase(bytes))
    expect(textOf(after)).not.toContain('khong ai can')
    const { file, trailer } = openPdf(after)
    expect(trailer.entries.get('Size')).toBe(5)
    expect(trailer.entries.has('Info')).toBe(false)
    expect(textOf(after)).toContain('/Annots [null null]')
    expect(file.dict(trailer.entries.get('Root')).entries.get('Type')).toEqual(name('Catalog'))
  })

  test('joins revisions to one whose objects are those of the newest', () => {
    const base = updateBase(pageFile({ more: ['<</Length 6 0 R>>', '12'] }))
    const update = new IncrementalUpdate(base)
    const page = { kind: 'ref', number: 3, generation: 0 } as const
    update.put(page, withEntries(update.dict(page), { Rotate: 90 }))
    const twice = updateBase(applyUpdate(base, update.finish()))
    expect(isSingleRevision(twice)).toBe(false)
    const after = updateBase(rewrite(twice))
    expect(isSingleRevision(after)).toBe(true)
    expect(textOf(after.bytes)).toContain('/Rotate 90')
    expect(textOf(after.bytes).match(/%%EOF/g)).toHaveLength(1)
  })

  test('keeps stream data as it is and writes its length into the dictionary', () => {
    const bytes = fileOf(['<</Type /Catalog/X 2 0 R>>', '<</Length 3 0 R>>\nstream\nabc\nendstream', '3'])
    expect(textOf(rewrite(updateBase(bytes)))).toContain('<</Length 3>>\nstream\nabc\nendstream')
  })

  test('lets a caller change dictionaries, nested ones too', () => {
    const bytes = pageFile({ page: '/AA <</O 4 0 R>>' })
    const after = rewrite(updateBase(bytes), (one) => withEntries(one, { AA: undefined }))
    expect(textOf(after)).not.toContain('/AA')
  })

  test('keeps version 2.0 and raises all others to 1.7', () => {
    expect(textOf(rewrite(updateBase(pageFile())))).toMatch(/^%PDF-1\.7\n/)
    const newer = latin1Bytes(textOf(pageFile()).replace('%PDF-1.7', '%PDF-2.0'))
    expect(textOf(rewrite(updateBase(newer)))).toMatch(/^%PDF-2\.0\n/)
  })
})

describe('a single revision', () => {
  test.each([
    ['with nothing around it', (text: string) => text, true],
    ['without a last line end', (text: string) => text.slice(0, -1), true],
    ['with bytes before the header', (text: string) => `x${text}`, false],
    ['with bytes behind the end', (text: string) => `${text}xxxx`, false],
  ] as const)('%s', (_, change, single) => {
    expect(isSingleRevision(updateBase(latin1Bytes(change(textOf(pageFile())))))).toBe(single)
  })
})
