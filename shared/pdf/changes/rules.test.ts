// The rules in words: what may follow a signature, written in the ways that different products write it.
import { describe, expect, test } from 'vitest'
import { baseObjects, codesOf, reportOn, streamText, type Objects } from './document.fixture.ts'

const BASE = baseObjects()
const text = (number: number): string => BASE[number] ?? ''
const withKeys = (number: number, entries: string): string => `${text(number).slice(0, -2)}${entries}>>`
const drawn = (value: string, font = '6 0 R'): string =>
  streamText(`BT /F 9 Tf (${value}) Tj ET`, `/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F ${font}>>>>`)
const codes = (later: Objects, base: Objects = {}, references = '') => codesOf(reportOn(base, [later], references))

describe('the security store', () => {
  const CERT = { 20: streamText('a') }
  test.each<[string, Objects, Objects, string[]]>([
    ['may stand in the catalog', { ...CERT, 1: withKeys(1, '/DSS<</Type/DSS/Certs[20 0 R]>>') }, {}, ['dss-extended']],
    [
      'may keep its lists as objects',
      { ...CERT, 21: '[20 0 R]', 22: '<</OCSPs 21 0 R>>', 1: withKeys(1, '/DSS 22 0 R') },
      {},
      ['dss-extended'],
    ],
    [
      'may say of each signature what proves it, and when',
      {
        ...CERT,
        23: streamText('t'),
        1: withKeys(1, '/DSS<</VRI<</Type/VRI/AB<</Type/VRI/Cert[20 0 R]/TU(D:2026)/TS 23 0 R>>>>>>'),
      },
      {},
      ['dss-extended'],
    ],
    [
      'may hold the same evidence in a new stream',
      { 24: streamText('a'), 1: withKeys(1, '/DSS<</Certs[24 0 R]>>') },
      { ...CERT, 1: withKeys(1, '/DSS<</Certs[20 0 R]>>') },
      ['dss-extended'],
    ],
    ['may not be anything else', { 1: withKeys(1, '/DSS 17') }, {}, ['! dss-malformed']],
    [
      'may not have a VRI that is no dictionary',
      { 1: withKeys(1, '/DSS<</VRI 17>>') },
      {},
      ['! dss-malformed', 'dss-extended'],
    ],
    [
      'may not have such an entry of VRI',
      { 1: withKeys(1, '/DSS<</VRI<</AB 17>>>>') },
      {},
      ['! dss-malformed', 'dss-extended'],
    ],
    [
      'may not have lists that are none',
      { 1: withKeys(1, '/DSS<</Certs 17>>') },
      {},
      ['! dss-malformed', 'dss-extended'],
    ],
    [
      'may not bring strange entries',
      { 1: withKeys(1, '/DSS<</VRI<</AB<</X 1>>>>>>') },
      {},
      ['! dss-malformed', 'dss-extended'],
    ],
    [
      'may not lose its VRI',
      { 1: withKeys(1, '/DSS<<>>') },
      { 1: withKeys(1, '/DSS<</VRI<</AB<<>>>>>>') },
      ['! dss-entries-removed', 'dss-extended'],
    ],
    [
      'may not hold other data than before',
      { 24: streamText('b'), 1: withKeys(1, '/DSS<</Certs[24 0 R]>>') },
      { ...CERT, 1: withKeys(1, '/DSS<</Certs[20 0 R]>>') },
      ['! dss-entries-removed', 'dss-extended'],
    ],
  ])('%s', (_, later, base, expected) => expect(codes(later, base).slice(0, expected.length)).toEqual(expected))
})

describe('the form', () => {
  test.each<[string, Objects, Objects, string[]]>([
    [
      'may get a font for what is filled in',
      { 4: text(4).replace('/F 6 0 R', '/F 6 0 R/New 20 0 R'), 20: text(6) },
      {},
      ['form-resources-added'],
    ],
    [
      'may get fonts and a default appearance where it had none',
      { 4: withKeys(4, '') },
      { 4: '<</Fields[10 0 R 11 0 R]/SigFlags 3>>' },
      ['form-resources-added', 'form-resources-added'],
    ],
    [
      'may get encodings',
      { 4: text(4).replace('/DR<<', '/DR<</Encoding<</E<</Type/Encoding>>>>') },
      {},
      ['form-resources-added'],
    ],
    [
      'may keep its resources elsewhere',
      { 4: text(4).replace('/DR<</Font<</F 6 0 R>>>>', '/DR 20 0 R'), 20: '<</Font<</F 6 0 R>>>>' },
      {},
      [],
    ],
    ['may stand in the catalog itself', { 1: text(1).replace('4 0 R', text(4)) }, {}, []],
    [
      'may not get pictures',
      { 4: text(4).replace('/DR<<', '/DR<</XObject<</X 5 0 R>>') },
      {},
      ['! form-definition-changed'],
    ],
    [
      'may be told to draw anew when that changes nothing',
      { 4: withKeys(4, '/NeedAppearances true') },
      {},
      ['form-flags-set'],
    ],
    ['may say what holds anyway', { 4: withKeys(4, '/NeedAppearances false') }, {}, ['! form-definition-changed']],
    ['may not vanish', { 1: '<</Type/Catalog/Pages 2 0 R>>' }, {}, ['! form-definition-changed']],
    [
      'may not take in what was prepared',
      { 4: text(4).replace('11 0 R', '11 0 R 20 0 R') },
      { 20: text(10) },
      ['! form-definition-changed'],
    ],
    [
      'may not list a field directly',
      { 4: text(4).replace('11 0 R', '11 0 R<</FT/Sig>>') },
      {},
      ['! form-definition-changed'],
    ],
    [
      'may list a field twice as it did',
      { 10: withKeys(10, '/V(x)') },
      { 4: text(4).replace('10 0 R', '10 0 R 10 0 R') },
      ['field-filled'],
    ],
  ])('%s', (_, later, base, expected) => {
    const found = codes(later, base)
    if (expected.length === 0) expect(found.filter((code) => code.startsWith('!'))).toEqual([])
    else expect(found).toEqual(expect.arrayContaining(expected))
  })
})

describe('fields', () => {
  const RADIO: Objects = {
    4: text(4).replace('10 0 R', '10 0 R 20 0 R'),
    3: text(3).replace('10 0 R', '10 0 R 21 0 R 22 0 R'),
    20: '<</FT/Btn/Ff 32768/T(r)/Kids[21 0 R 22 0 R]>>',
    21: '<</Subtype/Widget/Parent 20 0 R/Rect[0 0 9 9]/AS/Off/AP<</N<</a 23 0 R>>>>>>',
    22: '<</Subtype/Widget/Parent 20 0 R/Rect[9 9 18 18]/AS/Off/AP<</N<</b 23 0 R>>>>>>',
    23: streamText('', '/Subtype/Form/BBox[0 0 9 9]'),
  }
  test.each<[string, Objects, Objects, string[]]>([
    [
      'a radio button is chosen',
      { 20: `${RADIO[20]?.slice(0, -2) ?? ''}/V/b>>`, 22: RADIO[22]?.replace('Off', 'b') ?? '' },
      RADIO,
      ['field-filled'],
    ],
    ['a value may be an object of its own', { 10: withKeys(10, '/V 20 0 R'), 20: '(x)' }, {}, ['field-filled']],
    [
      'such a value may change where it is',
      { 20: '(y)' },
      { 10: withKeys(10, '/V 20 0 R'), 20: '(x)' },
      ['field-filled'],
    ],
    [
      'a value may be written elsewhere without a change',
      { 10: withKeys(10, '/V 20 0 R'), 20: '(x)' },
      { 10: withKeys(10, '/V(x)') },
      [],
    ],
    [
      'an appearance may be drawn anew as it was meant',
      { 10: withKeys(10, '/V(x)/AP<</N 21 0 R>>'), 21: drawn('x') },
      { 10: withKeys(10, '/V(x)') },
      ['field-appearance-refreshed'],
    ],
    [
      'a copy of an appearance is no change',
      { 10: withKeys(10, '/V(x)/AP<</N 21 0 R>>'), 21: drawn('x') },
      { 10: withKeys(10, '/V(x)/AP<</N 20 0 R>>'), 20: drawn('x') },
      [],
    ],
    [
      'letters nobody can read are noted',
      { 10: withKeys(10, '/V(x)/AP<</N 21 0 R>>'), 21: drawn('x', '22 0 R'), 22: '<</Type/Font/Subtype/Type0>>' },
      {},
      ['appearance-unreadable'],
    ],
    [
      'but not for a value that was there',
      { 10: withKeys(10, '/V(x)/AP<</N 21 0 R>>'), 21: drawn('x', '22 0 R'), 22: '<</Type/Font/Subtype/Type0>>' },
      { 10: withKeys(10, '/V(x)') },
      ['! appearance-differs-from-value'],
    ],
    ['the date of the annotation is a trace', { 10: withKeys(10, '/V(x)/M(D:2026)') }, {}, ['field-filled']],
    [
      'a pushbutton has nothing to fill in',
      { 10: withKeys(10, '/V/x').replace('/Tx', '/Btn/Ff 65536') },
      { 10: text(10).replace('/Tx', '/Btn/Ff 65536') },
      ['! field-definition-changed'],
    ],
    [
      'a field of no kind neither',
      { 10: withKeys(10, '/V(x)').replace('/FT/Tx', '') },
      { 10: text(10).replace('/FT/Tx', '') },
      ['! field-definition-changed'],
    ],
    [
      'the choice goes with its index',
      { 10: withKeys(10, '/V(x)/I[0]').replace('/Tx', '/Ch/Ff 131072') },
      { 10: text(10).replace('/Tx', '/Ch/Ff 131072') },
      ['field-filled'],
    ],
    [
      'a group of fields keeps its entries',
      { 20: '<</T(b)/Kids[21 0 R]>>' },
      { 4: text(4).replace('10 0 R', '20 0 R'), 20: '<</T(a)/Kids[21 0 R]>>', 21: '<</T(x)/FT/Tx/Parent 20 0 R>>' },
      ['! field-definition-changed'],
    ],
  ])('%s', (_, later, base, expected) => {
    const found = codes(later, base)
    if (expected.length === 0) expect(found).toEqual([])
    else expect(found).toEqual(expect.arrayContaining(expected))
  })

  test('are reported with both values and their place', () => {
    const { changes } = reportOn({ 10: withKeys(10, '/V(old)') }, [{ 10: withKeys(10, '/V(new)') }])
    expect(changes).toEqual([
      {
        code: 'field-filled',
        field: 'name',
        before: 'old',
        after: 'new',
        page: 0,
        rect: [50, 500, 250, 520],
        revision: 1,
        permitted: true,
      },
    ])
  })
})
