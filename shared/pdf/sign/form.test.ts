// Pages and fields of a file: found through their trees, with what they inherit.
import { describe, expect, test } from 'vitest'
import { PdfFault } from '../fault.ts'
import type { PdfDict, PdfObject } from '../objects.ts'
import { updateBase } from '../write/base.ts'
import { IncrementalUpdate } from '../write/incremental.ts'
import { dict, name } from '../write/make.ts'
import { fileOf, pageFile } from '../write/sample-file.fixture.ts'
import { SigningStop } from './fault.ts'
import { fieldStates } from './fields-of.ts'
import { fieldsOf } from './form.ts'
import { pageAt, pageCount, rotationAround } from './pages.ts'
import { prepareSignature, type SignatureRequest } from './prepare.ts'

const REQUEST: SignatureRequest = {
  kind: 'signature',
  field: { kind: 'new', name: 'ky', place: null },
  appearance: null,
  font: null,
  values: [],
  lock: null,
  certify: null,
  time: Date.UTC(2026, 10, 22, 12, 23, 10),
  name: null,
  reason: null,
  location: null,
  reserve: 100,
}
const SIG_FIELD = '<</Type /Annot/Subtype /Widget/FT /Sig/T (ky)/Rect [10 10 110 60]/P 3 0 R/F 132'
const FORM = (fields: string, more = ''): string => `/AcroForm <</Fields [${fields}]${more}>>`

function faultOf(bytes: Uint8Array, change: Partial<SignatureRequest>): string {
  const prepared = prepareSignature(bytes, { ...REQUEST, ...change })
  return 'fault' in prepared ? prepared.fault : 'none'
}

describe('pages', () => {
  const many = (more: string, kids = '3 0 R 5 0 R'): Uint8Array =>
    fileOf([
      '<</Type /Catalog/Pages 2 0 R>>',
      `<</Type /Pages/Count 3/Kids [${kids}]>>`,
      '<</Type /Page/Parent 2 0 R>>',
      '12',
      '<</Type /Pages/Count 2/Kids [6 0 R 7 0 R]/Parent 2 0 R/Rotate 90>>',
      `<</Type /Page/Parent 5 0 R${more}>>`,
      '<</Type /Page/Parent 5 0 R/MediaBox [9 9 0 0]/Rotate 45>>',
    ])

  const at = (bytes: Uint8Array, index: number) => pageAt(new IncrementalUpdate(updateBase(bytes)), index)
  test('are found by index through the tree, with what they inherit', () => {
    const bytes = many('')
    expect([0, 1, 2].map((index) => at(bytes, index).ref.number)).toEqual([3, 6, 7])
    expect(at(bytes, 1).rotation).toBe(90)
    expect(at(bytes, 2)).toMatchObject({ rotation: 0, mediaBox: [0, 0, 9, 9] })
    expect(at(bytes, 0).mediaBox).toEqual([0, 0, 595.28, 841.89])
    expect(() => at(bytes, 3)).toThrow(SigningStop)
  })

  test.each([
    ['a page that is no object', '<</Type /Page>> 3 0 R'],
    ['a tree that contains itself', '2 0 R'],
  ])('%s is a broken tree', (_, kids) => {
    expect(() => at(many('', kids), 0)).toThrow(PdfFault)
  })

  test('are counted as the tree says', () => {
    expect(pageCount(new IncrementalUpdate(updateBase(many(''))))).toBe(3)
    const broken = fileOf(['<</Type /Catalog/Pages 2 0 R>>', '<</Type /Pages/Count 0/Kids []>>'])
    expect(() => pageCount(new IncrementalUpdate(updateBase(broken)))).toThrow(PdfFault)
  })

  test('turn their widgets, by their own rotation or that of the tree', () => {
    const widget = (page: number): PdfDict => dict({ P: { kind: 'ref', number: page, generation: 0 } })
    const update = new IncrementalUpdate(updateBase(many('/Rotate 180')))
    expect([3, 6, 7].map((page) => rotationAround(update, widget(page)))).toEqual([0, 180, 0])
    expect(rotationAround(new IncrementalUpdate(updateBase(many(''))), widget(6))).toBe(90)
    expect(rotationAround(update, dict({}))).toBe(0)
  })
})

describe('the states of fields', () => {
  test('say what waits, what is signed and what is filled', () => {
    const more = [`${SIG_FIELD}>>`, '<</T (da)/FT /Sig/V 4 0 R>>', '<</T (so)/FT /Tx>>']
    const states = fieldStates(pageFile({ catalog: FORM('5 0 R 6 0 R 7 0 R'), more }))
    expect([...states]).toEqual([
      ['ky', 'empty'],
      ['da', 'signed'],
      ['so', 'other'],
    ])
    expect(fieldStates(pageFile()).size).toBe(0)
    expect(fieldStates(new Uint8Array(3)).size).toBe(0)
    const broken = {
      bytes: new Uint8Array(0),
      get revisions(): never {
        throw new TypeError('x')
      },
    }
    expect(() => fieldStates(broken)).toThrow(TypeError)
  })
})

describe('fields', () => {
  test('are found by full name, with what they inherit; parts that are no objects are passed over', () => {
    const more = [
      '<</T (a)/FT /Tx/Q 2/Kids [6 0 R 7 0 R]>>',
      '<</T (b)/Parent 5 0 R>>',
      '<</T (c)/Parent 5 0 R/Kids [8 0 R]>>',
      '<</T <feff0064>/Parent 7 0 R>>',
    ]
    const bytes = pageFile({ catalog: FORM('5 0 R <</T (direct)>>'), more })
    const fields = fieldsOf(new IncrementalUpdate(updateBase(bytes)))
    expect(fields.map((one) => one.name)).toEqual(['a.b', 'a.c.d'])
    expect(fields[0]?.inherited.get('Q') satisfies PdfObject | undefined).toBe(2)
    expect(fields[1]?.inherited.get('FT')).toEqual(name('Tx'))
  })

  test('without a name of their own have that of their parent, and a form may be empty', () => {
    const more = ['<</T (a)/FT /Tx/Kids [6 0 R]>>', '<</T ()/Parent 5 0 R>>', '<</T 12>>']
    const names = (bytes: Uint8Array): readonly string[] =>
      fieldsOf(new IncrementalUpdate(updateBase(bytes))).map((one) => one.name)
    expect(names(pageFile({ catalog: FORM('5 0 R 7 0 R 3 0 R'), more }))).toEqual(['a', '', ''])
    expect(names(pageFile({ catalog: '/AcroForm <<>>' }))).toEqual([])
  })

  test('of a file whose catalog is no object of its own cannot be signed', () => {
    expect(faultOf(pageFile({ trailer: '/Root <</Pages 2 0 R>>' }), {})).toBe('unreadable')
  })

  test('in a circle are no form', () => {
    const bytes = pageFile({ catalog: FORM('5 0 R'), more: ['<</T (a)/Kids [5 0 R]>>'] })
    expect(faultOf(bytes, {})).toBe('unreadable')
  })
})
