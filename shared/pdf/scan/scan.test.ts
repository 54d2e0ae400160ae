// What a file can hide before it is signed: each finding from a file that has just that, and none from one that has nothing.
import { describe, expect, test } from 'vitest'
import { updateBase } from '../write/base.ts'
import { applyUpdate, IncrementalUpdate } from '../write/incremental.ts'
import { dict, name } from '../write/make.ts'
import { fileOf, pageFile, streamOf, textOf } from '../write/sample-file.fixture.ts'
import { latin1Bytes } from '../write/serialize.ts'
import { scanBeforeSigning } from './scan.ts'

type Parts = Parameters<typeof pageFile>[0]

function codes(parts: Parts): readonly string[] {
  return scanBeforeSigning(pageFile(parts)).map((one) => one.code)
}

const FORM = '/AcroForm <</Fields [5 0 R]>>'
const field = (more: string, type = 'Tx'): string =>
  `<</Type /Annot/Subtype /Widget/FT /${type}/T (so)/Rect [100 100 200 120]/F 4/P 3 0 R${more}>>`
describe('a paper without anything odd', () => {
  test('has no findings', () => {
    expect(codes({})).toEqual([])
    expect(codes({ catalog: '/OpenAction [3 0 R /Fit]' })).toEqual([])
    expect(codes({ catalog: '/OpenAction 5 0 R', more: ['<</S /GoTo/D [3 0 R /Fit]>>'] })).toEqual([])
  })

  test('may link to the web and to itself', () => {
    const link = '<</Subtype /Link/Rect [90 690 300 720]/A <</S /URI/URI (https://chinhphu.vn)>>>>'
    expect(codes({ page: `/Annots [${link}]` })).toEqual([])
  })
})

describe('structure', () => {
  test('earlier revisions, and bytes around the file', () => {
    const base = updateBase(pageFile())
    const update = new IncrementalUpdate(base)
    update.put(
      { kind: 'ref', number: 1, generation: 0 },
      dict({ Type: name('Catalog'), Pages: { kind: 'ref', number: 2, generation: 0 } }),
    )
    const twice = applyUpdate(base, update.finish())
    expect(scanBeforeSigning(twice).map((one) => one.code)).toEqual(['earlier-revisions'])
    const around = latin1Bytes(`x\n${textOf(pageFile())}`)
    expect(scanBeforeSigning(around).map((one) => one.code)).toEqual(['bytes-outside-file'])
  })

  test('in a signed file earlier revisions and replaced objects are what signatures leave', () => {
    const signed = pageFile({ catalog: FORM, more: [field('/V <</Type /Sig>>', 'Sig'), '(cu)'], trailer: '/XX 1' })
    expect(scanBeforeSigning(latin1Bytes(`x\n${textOf(signed)}`))).toEqual([])
  })

  test('pages and catalogs that wait for an update, and one line for everything else', () => {
    expect(codes({ more: ['<</Type /Page/Parent 2 0 R>>'] })).toEqual(['unreferenced-page'])
    expect(codes({ more: ['<</Type /Pages>>'] })).toEqual(['unreferenced-page'])
    expect(codes({ more: ['<</Type /Catalog>>'] })).toEqual(['unreferenced-catalog'])
    expect(codes({ more: ['12', '(a)', streamOf('', 'x')] })).toEqual(['unreferenced-object'])
  })

  test('a linearized file has a head and hints that nothing refers to', () => {
    const hints = (offset: number): Uint8Array =>
      fileOf([
        `<</Linearized 1/H [${String(offset).padStart(4, '0')} 5]>>`,
        streamOf('', 'hints'),
        '<</Type /Catalog/Pages 4 0 R>>',
        '<</Type /Pages/Count 1/Kids [5 0 R]/MediaBox [0 0 10 10]>>',
        '<</Type /Page/Parent 4 0 R>>',
      ])
    const at = textOf(hints(0)).indexOf('2 0 obj')
    const file = textOf(hints(at)).replace('/Root 1 0 R', '/Root 3 0 R')
    expect(scanBeforeSigning(latin1Bytes(file))).toEqual([])
    expect(scanBeforeSigning(latin1Bytes(file.replace('/H [', '/G ['))).map((one) => one.code)).toEqual([
      'unreferenced-object',
    ])
  })

  test('what cannot be read, and what is encrypted, is a finding and no exception', () => {
    expect(scanBeforeSigning(new Uint8Array(9)).map((one) => one.code)).toEqual(['unreadable'])
    expect(codes({ trailer: '/Encrypt <<>>' })).toEqual(['encrypted'])
    const { file, trailer, startxref } = updateBase(pageFile())
    const encrypted = { kind: 'table', trailer: dict({ Encrypt: dict({}) }), startxref, file } as const
    const newest = { kind: 'table', trailer, startxref, file } as const
    expect(scanBeforeSigning({ bytes: file.bytes, revisions: [encrypted, newest] }).map((one) => one.code)).toEqual([
      'encrypted',
    ])
    expect(scanBeforeSigning({ bytes: file.bytes, revisions: [newest] })).toEqual([])
    expect(scanBeforeSigning({ bytes: file.bytes, revisions: [] }).map((one) => one.code)).toEqual(['unreadable'])
  })
})

describe('what acts or carries something along', () => {
  test.each<[string, Parts]>([
    ['javascript', { catalog: '/Names <</JavaScript <<>>>>' }],
    ['javascript', { page: '/Annots [<</Subtype /Link/A <</S /JavaScript/JS (x)>>>>]' }],
    ['launch-action', { page: '/Annots [<</Subtype /Link/A 5 0 R>>]', more: ['<</S /Launch>>'] }],
    ['submit-action', { page: '/Annots [<</Subtype /Link/A <</S /SubmitForm>>>>]' }],
    ['open-action', { catalog: '/OpenAction <</S /URI>>' }],
    ['open-action', { catalog: '/OpenAction 5 0 R', more: ['<</S /Named>>'] }],
    ['additional-actions', { page: '/AA <<>>' }],
    ['xfa', { catalog: '/AcroForm <</Fields []/XFA (x)>>' }],
    ['optional-content', { catalog: '/OCProperties <<>>' }],
    ['embedded-file', { catalog: '/Names <</EmbeddedFiles <<>>>>' }],
    ['embedded-file', { catalog: '/AF [<</Type /Filespec/EF <<>>>>]' }],
    ['embedded-file', { page: '/Annots [<</Subtype /FileAttachment/Rect [1 1 9 9]/F 4>>]' }],
    ['external-content', { page: '/Metadata 5 0 R', more: [streamOf('/F (x)', '')] }],
    ['external-content', { page: '/X <</Subtype /Form/Ref <<>>>>' }],
  ])('%s', (code, parts) => {
    expect(codes(parts)).toEqual([code])
  })

  test('refusals come first, each finding once', () => {
    const found = scanBeforeSigning(pageFile({ catalog: '/OCProperties <<>>/Names <</JavaScript <<>>>>' }))
    expect(found.map((one) => [one.code, one.severity])).toEqual([
      ['javascript', 'refuse'],
      ['optional-content', 'warn'],
    ])
  })
})
