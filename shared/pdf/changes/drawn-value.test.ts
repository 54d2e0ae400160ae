// A field must draw what its value says, in every font that says what its codes mean.
import { describe, expect, test } from 'vitest'
import { streamText, viewOf, type Objects } from './document.fixture.ts'
import { drawnMatches, valueText, type Match } from './drawn-value.ts'
import { readModel } from './model.ts'

const HELVETICA = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'
const CMAP = `1 beginbfchar
<0001> <0041>
endbfchar
2 beginbfrange
<0010> <0012> <00620061>
<0020> <0021> [<01B0> <1ED9>]
endbfrange`
const COMPOSITE = '<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 8 0 R>>'

function match(field: string, content: string | null, font = HELVETICA, more: Objects = {}): Match {
  const look = content === null ? '' : '/AP<</N 6 0 R>>'
  const view = viewOf({
    1: '<</Type/Catalog/Pages 2 0 R/AcroForm 3 0 R>>',
    2: '<</Type/Pages/Kids[4 0 R]/Count 1>>',
    3: '<</Fields[5 0 R]/DR<</Font<</D 7 0 R>>>>>>',
    4: '<</Type/Page/Parent 2 0 R/Annots[5 0 R]>>',
    5: `<</Subtype/Widget/T(f)/Rect[0 0 100 20]${look}${field}>>`,
    6: streamText(content ?? '', '/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F 7 0 R>>>>'),
    7: font,
    8: streamText(CMAP),
    ...more,
  })
  const value = readModel(view).fields.get(5)
  if (value === undefined) throw new Error('no field')
  return drawnMatches(view, value)
}
const shows = (codes: string, font = 'F') => `BT /${font} 9 Tf ${codes} Tj ET`

describe('a text field', () => {
  test.each<[string, string, string | null, string | undefined, Match]>([
    ['drawn as its value', '/FT/Tx/V(abc)', shows('(abc)'), undefined, 'same'],
    ['drawn over several lines', '/FT/Tx/V(a b c)', "BT /F 9 Tf (a) Tj (b) ' [(c)] TJ ET", undefined, 'same'],
    ['not drawn at all', '/FT/Tx/V(abc)', null, undefined, 'same'],
    ['drawn otherwise', '/FT/Tx/V(abc)', shows('(abd)'), undefined, 'differs'],
    ['drawn without a value', '/FT/Tx', shows('(a)'), undefined, 'differs'],
    ['drawn with a font of the form', '/FT/Tx/V(a)', shows('(a)', 'D'), undefined, 'same'],
    ['drawn with no font', '/FT/Tx/V(a)', 'BT (a) Tj ET', undefined, 'unreadable'],
    ['drawn with a font that is not there', '/FT/Tx/V(a)', shows('(a)', 'None'), undefined, 'unreadable'],
    ['drawn with codes nobody defines', '/FT/Tx/V(a)', shows('<80>'), undefined, 'unreadable'],
    [
      'drawn in pictures of letters',
      '/FT/Tx/V(a)',
      shows('(a)'),
      HELVETICA.replace('Helvetica', 'Symbol'),
      'unreadable',
    ],
    [
      'drawn in glyphs by number',
      '/FT/Tx/V<FEFF00410062006201B0>',
      shows('<0001001000110020>'),
      COMPOSITE.replace('00620061', ''),
      'differs',
    ],
    [
      'drawn in glyphs with a map',
      '/FT/Tx/V<FEFF0041006200610062006201B01ED9>',
      shows('<00010010001100200021>'),
      COMPOSITE,
      'same',
    ],
    ['drawn in glyphs the map does not know', '/FT/Tx/V(a)', shows('<0099>'), COMPOSITE, 'unreadable'],
    ['drawn in half a glyph', '/FT/Tx/V(a)', shows('<00>'), COMPOSITE, 'unreadable'],
    [
      'drawn in glyphs without a map',
      '/FT/Tx/V(a)',
      shows('<0001>'),
      COMPOSITE.replace('/ToUnicode 8 0 R', ''),
      'unreadable',
    ],
    [
      'drawn in letters with a map',
      '/FT/Tx/V(b)',
      shows('<41>'),
      HELVETICA.replace('/Encoding', '/ToUnicode 9 0 R/Encoding'),
      'same',
    ],
    [
      'with renamed signs only',
      '/FT/Tx/V(a)',
      shows('(a)'),
      HELVETICA.replace('/WinAnsiEncoding', '<</Differences[24/breve]>>'),
      'same',
    ],
    ['with a background', '/FT/Tx/V(a)/MK<</BG[1]>>', `0 0 9 9 re f ${shows('(a)')}`, undefined, 'same'],
    ['with a border', '/FT/Tx/V(a)/MK<</BC[1]>>', `0 0 9 9 re S ${shows('(a)')}`, undefined, 'same'],
    ['with paint and no background', '/FT/Tx/V(a)', `0 0 9 9 re f ${shows('(a)')}`, undefined, 'differs'],
    ['with an inline image', '/FT/Tx/V(a)', 'BI ID x EI', undefined, 'differs'],
    ['that cannot be read', '/FT/Tx/V(a)', '(', undefined, 'unreadable'],
    ['for a password', '/FT/Tx/Ff 8192/V(abc)', shows('(***)'), undefined, 'same'],
    ['in two ways of writing a letter', '/FT/Tx/V<FEFF0065>', shows('(e)'), undefined, 'same'],
  ])('%s', (_, field, content, font, expected) => {
    const more = { 9: streamText('1 beginbfchar <41> <0062> endbfchar') }
    expect(match(field, content, font, more)).toBe(expected)
  })
})

describe('other fields', () => {
  test.each<[string, string, string | null, Match]>([
    ['a choice shows what it displays', '/FT/Ch/Ff 131072/Opt[[(a)(Alpha)](b)]/V(a)', shows('(Alpha)'), 'same'],
    ['a choice without another display shows itself', '/FT/Ch/Ff 131072/Opt[(b)]/V(b)', shows('(b)'), 'same'],
    ['a list shows all options', '/FT/Ch/Opt[(a)(b)]/V(b)', `0 0 9 9 re f ${shows('(a b)')}`, 'same'],
    ['a list without the chosen one', '/FT/Ch/Opt[(a)(b)]/V(b)', shows('(a)'), 'differs'],
    ['several chosen ones', '/FT/Ch/Opt[(a)(b)]/V[(a)(b)]', shows('(ab)'), 'same'],
    ['a button that is on', '/FT/Btn/V/Yes/AS/Yes', null, 'same'],
    ['a button that is off', '/FT/Btn/V/Off/AS/Off', null, 'same'],
    ['a button that was never touched', '/FT/Btn', null, 'same'],
    ['a button that only looks on', '/FT/Btn/V/Off/AS/Yes', null, 'differs'],
    ['a signature', '/FT/Sig', shows('(x)'), 'same'],
  ])('%s', (_, field, content, expected) => expect(match(field, content)).toBe(expected))
})

test('values are strings, streams, names and lists of them', () => {
  const view = viewOf({
    2: '<</A(x)/B 3 0 R/C/y/D[(x)(y)]/E 4 0 R/F 17/G[17]>>',
    3: streamText('long'),
    4: streamText('x', '/Filter/LZWDecode'),
  })
  const of = (key: string) => valueText(view, view.entry(view.at(2), key))
  expect(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(of)).toEqual(['x', 'long', 'y', 'x, y', null, null, '', null])
})
