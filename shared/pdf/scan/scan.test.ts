// What a file can hide before it is signed: each finding from a file that has just that, and none from one that has nothing.
import { describe, expect, test } from 'vitest'
import { zlibSync } from 'fflate'
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

const TEXT = 'BT /F 12 Tf 100 700 Td (Van ban) Tj ET'
const FORM = '/AcroForm <</Fields [5 0 R]>>'
const field = (more: string, type = 'Tx'): string =>
  `<</Type /Annot/Subtype /Widget/FT /${type}/T (so)/Rect [100 100 200 120]/F 4/P 3 0 R${more}>>`
const image = (more = ''): string => streamOf(`/Subtype /Image/Width 1/Height 1/ColorSpace /DeviceGray${more}`, 'x')
const IMAGES = '/Resources <</XObject <</I 5 0 R>>>>'

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

describe('the content interpreter', () => {
  /** A picture over the given place finds text that stands there. */
  const covers = (content: string, x: number, y: number): boolean =>
    codes({
      content: `q ${content} Q q 40 0 0 20 ${x - 5} ${y - 5} cm /I Do Q`,
      page: IMAGES,
      more: [image()],
    }).includes('image-covers-text')

  test.each([
    ['Td adds up', 'BT /F 10 Tf 100 100 Td 50 20 Td (abc) Tj ET', 150, 120],
    ['TD sets the leading', 'BT /F 10 Tf 100 120 Td 0 -20 TD T* (abc) Tj ET', 100, 80],
    ['TL and T*', 'BT /F 10 Tf 30 TL 100 130 Td T* (abc) Tj ET', 100, 100],
    ["' goes to the next line", "BT /F 10 Tf 30 TL 100 130 Td (abc) ' ET", 100, 100],
    ['" too', 'BT /F 10 Tf 30 TL 100 130 Td 1 2 (abc) " ET', 100, 100],
    ['Tm and cm multiply', '2 0 0 2 0 0 cm BT /F 5 Tf 1 0 0 1 50 50 Tm (abc) Tj ET', 100, 100],
    ['a state is restored', 'q 9 0 0 9 0 0 cm Q Q BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
    ['arrays with shifts', 'BT /F 10 Tf 100 100 Td [(a) -20 (bc)] TJ ET', 100, 100],
    ['behind an inline picture', 'BI /W 1 /H 1 ID xEIx\u0000 EI BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
    ['behind a stray delimiter', ') BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
  ])('%s', (_, content, x, y) => {
    expect(covers(content, x, y)).toBe(true)
    expect(covers(content, x + 200, y)).toBe(false)
  })

  test('an inline picture without end swallows the rest', () => {
    expect(covers('BI ID xxxx BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100)).toBe(false)
  })

  test('compressed content is read, and parts are joined by white space', () => {
    const packed = textOf(zlibSync(latin1Bytes('BT /F 12 Tf 100 900 Td (a)')))
    const parts = {
      page: '/Contents [5 0 R 6 0 R]',
      more: [streamOf('/Filter /FlateDecode', packed), streamOf('', 'Tj ET')],
    }
    // The later of two equal keys counts, so that object 4 is left over.
    expect(codes(parts)).toEqual(['unreferenced-object', 'content-outside-page'])
  })

  test('forms that contain each other end', () => {
    const loop = {
      content: '/I Do',
      page: IMAGES,
      more: [streamOf('/Subtype /Form/Resources <</XObject <</I 5 0 R>>>>', '/I Do')],
    }
    expect(codes(loop)).toEqual([])
  })
})
