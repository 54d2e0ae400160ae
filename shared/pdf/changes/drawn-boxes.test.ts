// Where a page draws: each operator that moves, scales or paints is followed, and what cannot be followed counts as everywhere.
import { describe, expect, test } from 'vitest'
import { operationsOf } from './content-stream.ts'
import { objectAt, streamText, viewOf } from './document.fixture.ts'
import { drawnBoxes } from './drawn-boxes.ts'

const FONTS = `/Font<</H<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/W<</Type/Font/Subtype/TrueType/FirstChar 65/Widths[500 1000]>>
/T<</Type/Font/Subtype/Type3>>/C<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 100/W[1[200 300] 5 7 400]>>]>>
/D<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]>>/X<</Type/Font/Subtype/Type0/Encoding 9 0 R/DescendantFonts[<<>>]>>
/E<</Type/Font/Subtype/Type0/Encoding/Identity-H>>/B<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[1 2 /x]>>]>>>>`
const XOBJECTS = `/XObject<</I 3 0 R/F 4 0 R/M 5 0 R/N 6 0 R>>/ExtGState<</S<</Font[7 0 R 9]>>/P<<>>>>`

function boxes(content: string): readonly (readonly number[])[] | null {
  const view = viewOf({
    2: streamText(content),
    3: streamText('', '/Subtype/Image'),
    4: streamText('', '/Subtype/Form/BBox[0 0 10 20]'),
    5: streamText('', '/Subtype/Form/BBox[0 0 10 20]/Matrix[2 0 0 2 5 5]'),
    6: streamText('', '/Subtype/Form'),
    8: `<<${FONTS}${XOBJECTS}>>`,
  })
  const operations = operationsOf(view, objectAt(view, 2))
  if (operations === null) throw new Error('unreadable')
  return (
    drawnBoxes(view, objectAt(view, 8), operations)?.map((box) => box.map((value) => Math.round(value * 100) / 100)) ??
    null
  )
}

describe('text', () => {
  test.each([
    ['stands where Td put it', 'BT /W 10 Tf 50 700 Td (AB) Tj ET', [[50, 696.5, 65, 711.5]]],
    ['stands where Tm put it, scaled', 'BT /W 1 Tf 10 0 0 10 50 700 Tm (A) Tj ET', [[50, 696.5, 55, 711.5]]],
    [
      'goes on behind what was shown',
      'BT /W 10 Tf (A) Tj (B) Tj ET',
      [
        [0, -3.5, 5, 11.5],
        [5, -3.5, 15, 11.5],
      ],
    ],
    [
      'is moved by numbers in TJ',
      'BT /W 10 Tf [(A) -1000 (B)] TJ ET',
      [
        [0, -3.5, 5, 11.5],
        [15, -3.5, 25, 11.5],
      ],
    ],
    ['begins lines with TD and T*', 'BT /W 10 Tf 0 -12 TD T* (A) Tj ET', [[0, -27.5, 5, -12.5]]],
    ['begins lines with TL and the quote', "BT /W 10 Tf 12 TL (A) ' ET", [[0, -15.5, 5, -0.5]]],
    ['shows the last operand of the double quote', 'BT /W 10 Tf 12 TL 0 0 (A) " ET', [[0, -15.5, 5, -0.5]]],
    ['is raised, stretched and spaced', 'BT /W 10 Tf 2 Ts 200 Tz 1 Tc 3 Tw (A) Tj ET', [[0, -1.5, 18, 13.5]]],
    ['is wide where the font gives no widths', 'BT /H 10 Tf (AB) Tj ET', [[0, -3.5, 16, 11.5]]],
    ['has the widths of its glyphs', 'BT /C 10 Tf <000100020006> Tj ET', [[0, -3.5, 9, 11.5]]],
    ['has the default width of its font', 'BT /C 10 Tf <0063> Tj ET', [[0, -3.5, 1, 11.5]]],
    ['has a whole size where nothing is said', 'BT /D 10 Tf <0063> Tj ET', [[0, -3.5, 10, 11.5]]],
    ['ends its widths at what is no number', 'BT /B 10 Tf <0001> Tj ET', [[0, -3.5, 10, 11.5]]],
    ['begins anew with BT', 'BT 9 9 Td ET BT /W 10 Tf (A) Tj ET', [[0, -3.5, 5, 11.5]]],
  ])('%s', (_, content, expected) => expect(boxes(content)).toEqual(expected))

  test.each([
    ['in a font that draws what it wants', 'BT /T 10 Tf (A) Tj ET'],
    ['in a font that hides which glyphs it shows', 'BT /X 10 Tf (AB) Tj ET'],
    ['in a font without glyphs', 'BT /E 10 Tf (AB) Tj ET'],
    ['in a font that is not there', 'BT /None 10 Tf (A) Tj ET'],
    ['in a list, in such a font', 'BT /T 10 Tf [(A)] TJ ET'],
    ['on a line of its own, in such a font', "BT /T 10 Tf (A) ' ET"],
    ['in a font that a graphics state sets', '/S gs BT (A) Tj ET'],
    ['under a broken matrix', 'BT 1 0 0 Tm ET'],
  ])('%s may be anywhere', (_, content) => expect(boxes(content)).toBeNull())
})

describe('paths and pictures', () => {
  test.each([
    ['a filled rectangle', '10 20 30 40 re f', [[10, 20, 40, 60]]],
    ['a line', '1 2 m 5 9 l S', [[1, 2, 5, 9]]],
    ['a curve within its points', '0 0 m 5 9 20 -3 7 7 c S', [[0, -3, 20, 9]]],
    ['a path under a matrix', '2 0 0 2 100 100 cm 0 0 10 10 re f', [[100, 100, 120, 120]]],
    ['a path after the matrix was taken back', 'q 2 0 0 2 0 0 cm Q 0 0 10 10 re f', [[0, 0, 10, 10]]],
    ['a path that only clips: nothing', '0 0 10 10 re W n f', []],
    ['an image in its unit square', '9 0 0 9 1 1 cm /I Do', [[1, 1, 10, 10]]],
    ['a form in its box', '/F Do', [[0, 0, 10, 20]]],
    ['a form under its matrix', '/M Do', [[5, 5, 25, 45]]],
    ['an inline image', '9 0 0 9 0 0 cm BI /W 1 ID xEI EI', [[0, 0, 9, 9]]],
    ['a graphics state without a font', '/P gs Q', []],
  ])('%s', (_, content, expected) => expect(boxes(content)).toEqual(expected))

  test.each([
    ['a shading', '/Sh sh'],
    ['a form without a box', '/N Do'],
    ['what is not there', '/None Do'],
    ['anything under a broken matrix', '1 cm'],
  ])('%s may be anywhere', (_, content) => expect(boxes(content)).toBeNull())
})
