// The rules for what may be laid on a page after a signature: notes under DocMDP 3, and new signature fields.
import { describe, expect, test } from 'vitest'
import { baseObjects, CERTIFIED, codesOf, reportOn, streamText, type Objects } from './document.fixture.ts'

const BASE = baseObjects()
const text = (number: number): string => BASE[number] ?? ''
const codes = (later: Objects, base: Objects = {}, references = '') => codesOf(reportOn(base, [later], references))

describe('notes under P=3', () => {
  const note = (entries: string, more: Objects = {}): Objects => ({
    3: text(3).replace('11 0 R]', '11 0 R 30 0 R]'),
    30: `<</Type/Annot${entries}>>`,
    ...more,
  })
  const look = (data: string, resources = '') => streamText(data, `/Subtype/Form/BBox[0 0 200 20]${resources}`)
  const MARK = '/Subtype/Highlight/Rect[50 695 150 715]/QuadPoints[50 715 150 715 50 695 150 695]'
  const MULTIPLY = '/Resources<</ExtGState<</G<</BM/Multiply>>>>>>'
  const level3 = (later: Objects, base: Objects = {}) => codes(later, base, CERTIFIED(3))
  test.each<[string, Objects, Objects, string[]]>([
    ['a highlight as viewers draw it', note(MARK), {}, ['annotation-added']],
    [
      'a highlight that multiplies',
      note(`${MARK}/AP<</N 31 0 R>>`, { 31: look('/G gs 0 0 9 9 re f', MULTIPLY) }),
      {},
      ['annotation-added'],
    ],
    [
      'a thin line through text',
      note(`${MARK.replace('Highlight', 'StrikeOut')}/AP<</N 31 0 R>>`, { 31: look('1 w 0 0 m 9 9 l S') }),
      {},
      ['annotation-added'],
    ],
    [
      'not a line of no width',
      note(`${MARK.replace('Highlight', 'StrikeOut')}/AP<</N 31 0 R>>`, { 31: look('/x w 0 0 m 9 9 l S') }),
      {},
      ['! annotation-over-content'],
    ],
    [
      'not a highlight drawn in lines',
      note(`${MARK}/AP<</N 31 0 R>>`, { 31: look('0 0 m 9 9 l S') }),
      {},
      ['! annotation-over-content'],
    ],
    [
      'not a blend mode that is taken back',
      note(`${MARK}/AP<</N 31 0 R>>`, { 31: look('q /G gs Q 0 0 9 9 re f', MULTIPLY) }),
      {},
      ['! annotation-over-content'],
    ],
    [
      'not another blend mode',
      note(`${MARK}/AP<</N 31 0 R>>`, {
        31: look('/G gs /H gs 0 0 9 9 re f', MULTIPLY.replace('/G', '/H<</BM/Normal>>/G')),
      }),
      {},
      ['! annotation-over-content'],
    ],
    [
      'not under a matrix',
      note(`${MARK}/AP<</N 31 0 R>>`, { 31: look('', '/Matrix[9 0 0 9 0 0]') }),
      {},
      ['! annotation-over-content'],
    ],
    [
      'not in a filter that cannot be read',
      note(`${MARK}/AP<</N 31 0 R>>`, { 31: look('', '/Filter/LZWDecode') }),
      {},
      ['! annotation-over-content'],
    ],
    ['a window over the text', note('/Subtype/Popup/Rect[50 695 150 715]'), {}, ['annotation-added']],
    ['a note is taken away', { 3: text(3) }, note('/Subtype/Text/Rect[500 300 520 320]'), ['annotation-removed']],
    [
      'a note is changed',
      { 30: '<</Type/Annot/Subtype/Text/Rect[500 300 520 320]/Contents(b)>>' },
      note('/Subtype/Text/Rect[500 300 520 320]/Contents(a)'),
      ['annotation-changed'],
    ],
    ['a note without a rectangle is taken away', { 3: text(3) }, note('/Subtype/Text'), ['annotation-removed']],
    ['a note that is no dictionary', { ...note(''), 30: '17' }, {}, ['! annotation-not-permitted']],
    ['the widget of a field is taken away', { 3: text(3).replace('10 0 R', '') }, {}, ['! field-removed']],
    [
      'the widget of a hidden field is shown',
      { 3: text(3) },
      { 3: text(3).replace('10 0 R', '') },
      ['! field-definition-changed'],
    ],
    [
      'an invisible one may be listed',
      { 3: text(3) },
      { 3: text(3).replace('10 0 R', ''), 10: text(10).replace('50 500 250 520', '0 0 0 0') },
      [],
    ],
    [
      'a direct annotation stays',
      {
        3: text(3).replace('11 0 R]', '11 0 R<</Subtype/Text>>30 0 R]'),
        30: '<</Subtype/Text/Rect[500 300 520 320]>>',
      },
      { 3: text(3).replace('11 0 R]', '11 0 R<</Subtype/Text>>]') },
      ['annotation-added'],
    ],
  ])('%s', (_, later, base, expected) => {
    const found = level3(later, base)
    if (expected.length === 0) expect(found.filter((code) => code.startsWith('!'))).toEqual([])
    else expect(found).toEqual(expected)
  })
})

describe('a new visible signature field', () => {
  const late = (rect: string): Objects => ({
    3: text(3).replace('11 0 R]', '11 0 R 30 0 R]'),
    4: text(4).replace('11 0 R]', '11 0 R 30 0 R]'),
    30: `<</Subtype/Widget/FT/Sig/T(late)/Rect[${rect}]>>`,
  })
  const inherited = {
    2: '<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 6 0 R>>>>>>',
    3: text(3).replace(/\/Resources.*$/, '>>'),
  }
  test.each<[string, string, Objects, string]>([
    ['where the page is blank', '400 400 450 450', {}, 'signature-field-added'],
    ['over the text', '40 690 300 720', {}, '! new-field-over-content'],
    ['over the text, whose font the page inherits', '40 690 300 720', inherited, '! new-field-over-content'],
    ['beside such a text', '400 400 450 450', inherited, 'signature-field-added'],
    [
      'on a page without content',
      '40 690 300 720',
      { 3: text(3).replace('/Contents 5 0 R', '') },
      'signature-field-added',
    ],
    ['on a page whose content cannot be read', '400 400 450 450', { 5: streamText('(') }, '! new-field-over-content'],
    [
      'on a page whose fonts are nowhere',
      '400 400 450 450',
      { 3: text(3).replace(/\/Resources.*$/, '>>') },
      '! new-field-over-content',
    ],
    [
      'over a closed window only',
      '400 400 450 450',
      { 3: text(3).replace('11 0 R]', '11 0 R 31 0 R]'), 31: '<</Subtype/Popup/Rect[400 400 450 450]>>' },
      'signature-field-added',
    ],
  ])('%s', (_, rect, base, expected) => {
    const later = late(rect)
    const page = baseObjects(base)[3] ?? ''
    const found = codes({ ...later, 3: page.replace(/\/Annots\[([^\]]*)\]/, '/Annots[$1 30 0 R]') }, base)
    expect(found).toContain(expected)
    expect(found.filter((code) => code.startsWith('!')).length > 0).toBe(expected.startsWith('!'))
  })
})
