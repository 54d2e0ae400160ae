// A cleaned paper looks the same, has one revision, and nothing in it acts or can be changed.
import { describe, expect, test } from 'vitest'
import { openPdf } from '../cross-reference.ts'
import type { PdfDict } from '../objects.ts'
import { itemsOf } from '../write/make.ts'
import { pageFile, streamOf, textOf } from '../write/sample-file.fixture.ts'
import { cleanForSigning } from './clean.ts'
import { scanBeforeSigning } from './scan.ts'

function clean(parts: Parameters<typeof pageFile>[0]): Uint8Array {
  const cleaned = cleanForSigning(pageFile(parts))
  if ('fault' in cleaned) throw new Error(cleaned.fault)
  return cleaned
}

/** The page, and what all of its content says. */
function pageOf(bytes: Uint8Array): { readonly page: PdfDict; readonly content: string } {
  const { file, trailer } = openPdf(bytes)
  const pages = file.dict(file.dict(trailer.entries.get('Root')).entries.get('Pages'))
  const page = file.dict(itemsOf(file.resolve(pages.entries.get('Kids')))[0])
  const contents = file.resolve(page.entries.get('Contents'))
  const parts =
    contents !== null && typeof contents === 'object' && contents.kind === 'array' ? contents.items : [contents]
  const content = parts.map((part) => {
    const stream = file.resolve(part)
    return stream !== null && typeof stream === 'object' && stream.kind === 'stream'
      ? textOf(file.structureData(stream))
      : ''
  })
  return { page, content: content.join('|') }
}

const FIELD = '<</Subtype /Widget/FT /Tx/T (so)/V (12)/F 4/Rect [100 200 200 220]'
const LOOK = streamOf('/BBox [0 0 50 10]', 'BT (12) Tj ET')

describe('cleaning a paper', () => {
  test('drops scripts, attachments, form, layers and everything that acts', () => {
    const bytes = clean({
      catalog:
        '/OpenAction <</S /JavaScript>>/Names <</JavaScript <<>>/EmbeddedFiles <<>>/Dests <<>>>>/OCProperties <<>>/AcroForm <</Fields [5 0 R]/XFA (x)>>/Outlines <</First <</A <</S /Launch>>/Title (a)>>>>',
      page: '/AA <<>>/Annots [5 0 R]',
      more: [`${FIELD}/AP <</N 6 0 R>>>>`, LOOK, '(khong ai can)'],
    })
    expect(scanBeforeSigning(bytes)).toEqual([])
    for (const gone of ['JavaScript', 'EmbeddedFiles', 'AcroForm', 'OCProperties', 'XFA', 'Launch', 'khong ai can'])
      expect(textOf(bytes)).not.toContain(gone)
    expect(textOf(bytes)).toContain('/Dests')
    expect(textOf(bytes).match(/%%EOF/g)).toHaveLength(1)
  })

  test('draws a field where it was seen, after the content of the page and outside its state', () => {
    const { page, content } = pageOf(clean({ page: '/Annots [5 0 R]', more: [`${FIELD}/AP <</N 6 0 R>>>>`, LOOK] }))
    expect(page.entries.has('Annots')).toBe(false)
    expect(content).toMatch(/^q\n\|BT .*ET\|\nQ\nq 2 0 0 2 100 200 cm \/Drawn0 Do Q\n$/s)
  })

  test('turns an appearance as its matrix says', () => {
    const turned = streamOf('/Subtype /Form/BBox [0 0 20 100]/Matrix [0 1 -1 0 0 0]', 'BT ET')
    const { content } = pageOf(clean({ page: '/Annots [5 0 R]', more: [`${FIELD}/AP <</N 6 0 R>>>>`, turned] }))
    expect(content).toContain('q 1 0 0 1 200 200 cm /Drawn0 Do Q')
  })

  test('draws the state of a check box that is on, beside pictures that the page has', () => {
    const box = '<</Subtype /Widget/FT /Btn/T (o)/AS /Co/F 4/Rect [0 0 50 10]/AP <</N <</Co 6 0 R/Off 7 0 R>>>>>>'
    const { page, content } = pageOf(
      clean({
        page: '/Annots [5 0 R]/Contents [4 0 R]/Resources <</XObject <</Drawn1 7 0 R>>>>',
        more: [box, LOOK, streamOf('/Subtype /Form/BBox [0 0 1 1]', '')],
      }),
    )
    expect(content).toContain('/Drawn1x Do')
    expect(textOf(clean({ page: '/Annots [5 0 R]', more: [box, LOOK, LOOK] }))).toContain('/Subtype /Form')
    expect(page.entries.has('Resources')).toBe(true)
  })

  test('keeps links to places and to the web, without other actions', () => {
    const link = (action: string): string => `<</Subtype /Link/Rect [0 0 9 9]/A <</S /${action}>>>>`
    const bytes = clean({ page: `/Annots [${link('URI')} ${link('Launch')} 12]` })
    expect(textOf(bytes)).toContain('/S /URI')
    expect(textOf(bytes)).not.toContain('/S /Launch')
    expect(textOf(bytes).match(/\/Subtype \/Link/g)).toHaveLength(2)
  })

  test.each([
    ['is hidden', `${FIELD.replace('/F 4', '/F 2')}/AP <</N 6 0 R>>>>`, LOOK],
    ['has no appearance', `${FIELD}>>`, LOOK],
    ['has an appearance without extent', `${FIELD}/AP <</N 6 0 R>>>>`, streamOf('/BBox [0 0 0 9]', '')],
    ['has an appearance without a box', `${FIELD}/AP <</N 6 0 R>>>>`, streamOf('', '')],
  ])('draws nothing for a field that %s', (_, field, look) => {
    expect(pageOf(clean({ page: '/Annots [5 0 R]', more: [field, look] })).content).not.toContain('Do')
  })

  test('leaves a page without annotations, or without content, as it is', () => {
    expect(pageOf(clean({})).content).toBe('BT /F 12 Tf 100 700 Td (Van ban) Tj ET')
    const { content } = pageOf(
      clean({ page: '/Contents null/Annots [5 0 R]', more: [`${FIELD}/AP <</N 6 0 R>>>>`, LOOK] }),
    )
    expect(content).toMatch(/^q\n\|\nQ\n/)
  })

  test('draws nothing for a check box without a state, and takes an annotation without flags as seen', () => {
    const box = '<</Subtype /Widget/FT /Btn/T (o)/Rect [0 0 50 10]/AP <</N <</Co 6 0 R>>>>>>'
    expect(pageOf(clean({ page: '/Annots [5 0 R]', more: [box, LOOK] })).content).not.toContain('Do')
    const note = '<</Subtype /FreeText/Rect [0 0 50 10]/AP <</N 6 0 R>>>>'
    expect(pageOf(clean({ page: '/Annots [5 0 R]', more: [note, LOOK] })).content).toContain('/Drawn0 Do')
  })

  test('keeps entries that only look like actions', () => {
    expect(textOf(clean({ page: '/PieceInfo <</A 12/Next <<>>>>' }))).toContain('/A 12/Next <<>>')
  })

  test('never touches a signed file', () => {
    const signed = pageFile({ catalog: '/AcroForm <</Fields [5 0 R]>>', more: ['<</FT /Sig/T (ky)/V <<>>>>'] })
    expect(cleanForSigning(signed)).toEqual({ fault: 'already-signed' })
  })
})
