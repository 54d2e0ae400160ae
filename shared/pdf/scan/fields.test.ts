// Fields before signing: what is drawn is the value, or it is said.
import { describe, expect, test } from 'vitest'
import { pageFile, streamOf } from '../write/sample-file.fixture.ts'
import { scanBeforeSigning } from './scan.ts'

type Parts = Parameters<typeof pageFile>[0]

function codes(parts: Parts): readonly string[] {
  return scanBeforeSigning(pageFile(parts)).map((one) => one.code)
}

const FORM = '/AcroForm <</Fields [5 0 R]>>'
const field = (more: string, type = 'Tx'): string =>
  `<</Type /Annot/Subtype /Widget/FT /${type}/T (so)/Rect [100 100 200 120]/F 4/P 3 0 R${more}>>`
describe('fields', () => {
  const appearance = (content: string, resources = ''): string =>
    streamOf(`/Subtype /Form/Resources <<${resources}>>`, content)
  const drawn = (value: string, content: string, font?: string, more: readonly string[] = []): readonly string[] =>
    codes({
      catalog: FORM,
      more: [
        field(`/V ${value}/AP <</N 6 0 R>>`),
        appearance(content, font === undefined ? '' : `/Font <</H ${font}>>`),
        ...more,
      ],
    })

  test('that draw their value are well, on lines of their own too', () => {
    expect(drawn('(12 ab)', 'BT /H 9 Tf (12) Tj T* (ab) Tj ET')).toEqual([])
    expect(codes({ catalog: FORM, more: [field('')] })).toEqual([])
  })

  test('that draw something else, or nothing, differ', () => {
    expect(drawn('(12)', 'BT /H 9 Tf (13) Tj ET')).toEqual(['field-appearance-differs'])
    expect(drawn('(12)', 'BT 3 Tr /H 9 Tf (12) Tj ET')).toEqual(['field-appearance-differs'])
    expect(codes({ catalog: FORM, more: [field('/V (12)')] })).toEqual(['field-appearance-differs'])
  })

  const map = (lines: string): string => streamOf('', lines)
  test('are read by the map of their face', () => {
    const type0 = '<</Subtype /Type0/ToUnicode 7 0 R>>'
    expect(
      drawn('<feff01af0062>', 'BT /H 9 Tf <00010002> Tj ET', type0, [
        map('1 beginbfchar\n<0001> <01af>\n<0002> <0062>\nendbfchar'),
      ]),
    ).toEqual([])
    expect(
      drawn('(bcx)', 'BT /H 9 Tf <000200030005> Tj ET', type0, [
        map('2 beginbfrange\n<0002> <0003> <0062>\n<0005> <0006> [<0078>]\nendbfrange'),
      ]),
    ).toEqual([])
    expect(drawn('(b)', 'BT /H 9 Tf <0009> Tj ET', type0, [map('')])).toEqual(['field-appearance-differs'])
    expect(
      drawn('(b)', 'BT /H 9 Tf <41> Tj ET', '<</Subtype /TrueType/ToUnicode 7 0 R>>', [
        map('1 beginbfchar\n<41> <0062>\nendbfchar'),
      ]),
    ).toEqual([])
  })

  test('whose face says nothing of its codes, or whose content cannot be read, are unread', () => {
    expect(drawn('(b)', 'BT /H 9 Tf <0001> Tj ET', '<</Subtype /Type0>>')).toEqual(['field-appearance-unread'])
    expect(drawn('(b)', 'BT /H 9 Tf (b) Tj ET', '<</Subtype /Type1/Encoding <</Differences []>>>>')).toEqual([
      'field-appearance-unread',
    ])
    expect(drawn('(b)', '(b')).toEqual(['field-appearance-unread'])
  })

  test('with an embedded face, or one whose letters are drawings, in field or form', () => {
    const embedded = '<</Subtype /TrueType/FontDescriptor <</FontFile2 4 0 R>>>>'
    expect(drawn('(b)', 'BT /H 9 Tf (b) Tj ET', embedded)).toEqual(['form-font-embedded'])
    const inner = '<</Subtype /Type0/DescendantFonts [<</FontDescriptor <</FontFile3 4 0 R>>>>]/ToUnicode 7 0 R>>'
    expect(drawn('(b)', 'BT /H 9 Tf <0001> Tj ET', inner, [map('1 beginbfchar\n<0001> <0062>\nendbfchar')])).toEqual([
      'form-font-embedded',
    ])
    expect(codes({ catalog: '/AcroForm <</Fields []/DR <</Font <</A <</Subtype /Type3>>/B 12>>>>>>' })).toEqual([
      'form-font-drawn',
    ])
  })

  test('left to the reader to draw, and those that lead to the web', () => {
    expect(codes({ catalog: '/AcroForm <</Fields [5 0 R]/NeedAppearances true>>', more: [field('')] })).toEqual([
      'appearances-left-to-reader',
    ])
    expect(codes({ catalog: FORM, more: [field('/A <</S /URI>>')] })).toEqual(['uri-in-field'])
  })

  test('say their name and place', () => {
    const found = scanBeforeSigning(pageFile({ catalog: FORM, more: [field('/V (12)')] }))
    expect(found).toEqual([
      {
        code: 'field-appearance-differs',
        severity: 'refuse',
        page: null,
        rectangle: [100, 100, 200, 120],
        object: 5,
        field: 'so',
      },
    ])
  })
})

describe('odd fields', () => {
  test('with several widgets, or faces and appearances that are half there, are looked at as far as they go', () => {
    const kid = '<</Subtype /Widget/Rect [1 1 9 9]>>'
    expect(codes({ catalog: FORM, more: ['<</FT /Tx/T (so)/Kids [6 0 R 7 0 R]/A <</S /URI>>>>', kid, kid] })).toEqual([
      'uri-in-field',
    ])
    expect(codes({ catalog: FORM, more: [field('/AP <<>>')] })).toEqual([])
    expect(codes({ catalog: FORM, more: [field('/V (a)/AP <</N 6 0 R>>'), streamOf('', 'BT (a) Tj ET')] })).toEqual([])
    const bare = streamOf(
      '/Resources <</Font <</H <</Subtype /Type0/DescendantFonts [12]>>>>>>',
      'BT /G 9 Tf (a) Tj ET',
    )
    expect(codes({ catalog: FORM, more: [field('/V (a)/AP <</N 6 0 R>>'), bare] })).toEqual([])
  })

  test('whose map lists nothing for a code draw nothing', () => {
    const font = '/Resources <</Font <</H <</Subtype /Type0/ToUnicode 7 0 R>>>>>>'
    const map = streamOf('', '1 beginbfrange\n<0005> <0006> []\n<0007> <0007> < >\nendbfrange')
    const more = [field('/AP <</N 6 0 R>>'), streamOf(font, 'BT /H 9 Tf <000500060007> Tj ET'), map]
    expect(codes({ catalog: FORM, more })).toEqual([])
  })
})
