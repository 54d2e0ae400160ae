// Pages before signing: what covers text, what is hidden, and what lies beside the page.
import { describe, expect, test } from 'vitest'
import { fileOf, pageFile, streamOf } from '../write/sample-file.fixture.ts'
import { scanBeforeSigning } from './scan.ts'

type Parts = Parameters<typeof pageFile>[0]

function codes(parts: Parts): readonly string[] {
  return scanBeforeSigning(pageFile(parts)).map((one) => one.code)
}

const TEXT = 'BT /F 12 Tf 100 700 Td (Van ban) Tj ET'
const FORM = '/AcroForm <</Fields [5 0 R]>>'
const field = (more: string, type = 'Tx'): string =>
  `<</Type /Annot/Subtype /Widget/FT /${type}/T (so)/Rect [100 100 200 120]/F 4/P 3 0 R${more}>>`
const image = (more = ''): string => streamOf(`/Subtype /Image/Width 1/Height 1/ColorSpace /DeviceGray${more}`, 'x')
const IMAGES = '/Resources <</XObject <</I 5 0 R>>>>'

describe('what covers text', () => {
  test.each<[string, string, Parts]>([
    [
      'a picture after the text',
      'image-covers-text',
      { content: `${TEXT} q 200 0 0 50 90 690 cm /I Do Q`, page: IMAGES, more: [image()] },
    ],
    [
      'a picture inside forms',
      'image-covers-text',
      {
        content: `${TEXT} q 2 0 0 2 0 0 cm /I Do Q`,
        page: IMAGES,
        more: [
          streamOf(
            '/Subtype /Form/Matrix [1 0 0 1 45 345]/Resources <</XObject <</J 6 0 R>>>>',
            'q 100 0 0 25 0 0 cm /J Do Q',
          ),
          image(),
        ],
      },
    ],
    [
      'a note',
      'annotation-covers-text',
      {
        page: '/Annots [<</Subtype /FreeText/Rect [90 690 300 720]/F 4/AP <</N 5 0 R>>>>]',
        more: [streamOf('', '1 g')],
      },
    ],
    [
      'a field with a border of its own',
      'field-covers-text',
      {
        catalog: FORM,
        page: '/Annots [5 0 R]',
        more: ['<</Subtype /Widget/FT /Btn/T (a)/Rect [90 690 300 720]/F 4/MK <<>>>>'],
      },
    ],
    [
      'a check box in one of its states',
      'field-covers-text',
      {
        catalog: FORM,
        page: '/Annots [5 0 R]',
        more: ['<</Subtype /Widget/FT /Btn/T (a)/Rect [90 690 300 720]/F 4/AP <</N <<>>>>>>'],
      },
    ],
  ])('%s', (_, code, parts) => {
    expect(codes(parts)).toEqual([code])
  })

  test.each<[string, Parts]>([
    ['a picture before the text', { content: `q 200 0 0 50 90 690 cm /I Do Q ${TEXT}`, page: IMAGES, more: [image()] }],
    ['a picture beside it', { content: `${TEXT} q 200 0 0 50 90 90 cm /I Do Q`, page: IMAGES, more: [image()] }],
    [
      'a picture with a soft mask',
      { content: `${TEXT} q 200 0 0 50 90 690 cm /I Do Q`, page: IMAGES, more: [image('/SMask 6 0 R'), image()] },
    ],
    [
      'a scan over its invisible text',
      { content: `BT 3 Tr /F 12 Tf 100 700 Td (a) Tj ET q 600 0 0 800 0 0 cm /I Do Q`, page: IMAGES, more: [image()] },
    ],
    [
      'a field that waits for its signature',
      {
        catalog: FORM,
        page: '/Annots [5 0 R]',
        more: [field('/Rect [90 690 300 720]', 'Sig').replace('/Rect [100 100 200 120]', '')],
      },
    ],
    [
      'a note that draws nothing',
      { page: '/Annots [<</Subtype /FreeText/Rect [90 690 300 720]/F 4/AP <</N 5 0 R>>>>]', more: [streamOf('', '')] },
    ],
  ])('not %s', (_, parts) => {
    expect(codes(parts)).toEqual([])
  })
})

describe('what nobody sees', () => {
  const note = (rectangle: string, flags: number): Parts => ({
    page: `/Annots [<</Subtype /Stamp/Rect [${rectangle}]/F ${flags}>> 12]`,
  })

  test('annotations that are hidden, not shown or not printed', () => {
    expect(codes(note('1 1 9 9', 4))).toEqual([])
    for (const flags of [0, 2, 6, 36]) expect(codes(note('1 1 9 9', flags))).toEqual(['annotation-hidden'])
    expect(codes(note('1 1 1 9', 0))).toEqual([])
  })

  test('annotations and content beside the page', () => {
    expect(codes(note('700 1 720 9', 4))).toEqual(['annotation-outside-page'])
    expect(codes({ content: 'BT /F 12 Tf 100 900 Td (a) Tj ET' })).toEqual(['content-outside-page'])
  })

  test('the end of a long line may lie anywhere, since widths are guessed', () => {
    expect(codes({ content: `BT /F 12 Tf 500 700 Td [(${'a'.repeat(50)}) 5 (b)] TJ ET` })).toEqual([])
  })

  test('content that cannot be read is said, and the rest is looked at', () => {
    expect(codes({ content: 'BT (', page: '/AA <<>>' })).toEqual(['additional-actions', 'content-not-checked'])
  })
})

describe('odd pages', () => {
  test('annotations that say neither kind nor flags are hidden when paper is printed', () => {
    const annotations = '[<</Rect [90 690 300 720]/F /X/AP <<>>>>]'
    expect(codes({ page: `/Annots ${annotations}` })).toEqual(['annotation-hidden'])
    expect(codes({ page: '/Annots [<</Subtype /Text/Rect [1 1 9 9]>>]' })).toEqual(['annotation-hidden'])
  })

  test('content that is no stream is none', () => {
    expect(codes({ page: '/Contents [12 4 0 R]' })).toEqual([])
  })

  test('beyond the most pages that are looked at, the rest is said to be unseen', () => {
    const kids = Array.from({ length: 2001 }, () => '3 0 R').join(' ')
    const file = fileOf([
      '<</Type /Catalog/Pages 2 0 R>>',
      `<</Type /Pages/Count 2001/Kids [${kids}]/MediaBox [0 0 9 9]>>`,
      '<</Type /Page/Parent 2 0 R>>',
    ])
    expect(scanBeforeSigning(file)).toMatchObject([{ code: 'content-not-checked', page: 2000 }])
  })

  test('object streams that nothing refers to are structure', () => {
    expect(codes({ more: [streamOf('/Type /ObjStm', '')] })).toEqual([])
  })
})
