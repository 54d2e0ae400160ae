// A prepared signature: one increment with dictionary, field, appearance and values, and a hole that fits the byte range.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openPdf } from '../cross-reference.ts'
import type { PdfDict } from '../objects.ts'
import { updateBase } from '../write/base.ts'
import { IncrementalUpdate } from '../write/incremental.ts'
import { isDict, isRef, itemsOf } from '../write/make.ts'
import { pageFile, textOf } from '../write/sample-file.fixture.ts'
import { fieldsOf } from './form.ts'
import { prepareSignature, type PreparedSignature, type SignatureRequest } from './prepare.ts'
import { pngOf, ringPng } from './sample-png.fixture.ts'

const TINOS = new Uint8Array(
  readFileSync(`${import.meta.dirname}/../../../node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf`),
)
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

function prepare(bytes: Uint8Array, change: Partial<SignatureRequest> = {}): PreparedSignature {
  const prepared = prepareSignature(bytes, { ...REQUEST, ...change })
  if ('fault' in prepared) throw new Error(prepared.fault)
  return prepared
}

function faultOf(bytes: Uint8Array, change: Partial<SignatureRequest>): string {
  const prepared = prepareSignature(bytes, { ...REQUEST, ...change })
  return 'fault' in prepared ? prepared.fault : 'none'
}

/** What the increment added, as text. */
function added(bytes: Uint8Array, prepared: PreparedSignature): string {
  return textOf(prepared.bytes.subarray(bytes.length))
}

function field(bytes: Uint8Array, wanted: string): PdfDict {
  const found = fieldsOf(new IncrementalUpdate(updateBase(bytes))).find((one) => one.name === wanted)
  if (found === undefined) throw new Error('no such field')
  return found.dict
}

describe('preparing a signature', () => {
  test('leaves every byte of the file as it was', () => {
    const bytes = pageFile()
    expect(prepare(bytes).bytes.subarray(0, bytes.length)).toEqual(bytes)
  })

  test('covers everything but the hole, brackets included', () => {
    const { bytes, byteRange, contentsAt, contentsBytes } = prepare(pageFile())
    const [start, before, after, rest] = byteRange
    expect([start, after + rest]).toEqual([0, bytes.length])
    expect(textOf(bytes.subarray(before, after))).toBe(`<${'0'.repeat(200)}>`)
    expect(contentsAt).toBe(before + 1)
    expect(contentsBytes).toBe(100)
    expect(textOf(bytes)).toContain(`/ByteRange [0 ${before} ${after} ${rest} `)
  })

  test('writes the dictionary of a PAdES signature, text as UTF-16 in composed form', () => {
    const text = added(pageFile(), prepare(pageFile(), { name: 'U\u031b', reason: 'a', location: 'b' }))
    expect(text).toContain('/Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached')
    expect(text).toContain("/M (D:20261122192310+07'00')/Name <feff01af>/Reason <feff0061>/Location <feff0062>")
  })

  test('writes the dictionary of a document timestamp without a claimed time', () => {
    const text = added(pageFile(), prepare(pageFile(), { kind: 'document-timestamp', time: null }))
    expect(text).toContain('/Type /DocTimeStamp/Filter /Adobe.PPKLite/SubFilter /ETSI.RFC3161>>')
  })

  test('makes an invisible field on the first page and a form that says it is signed', () => {
    const { bytes } = prepare(pageFile())
    const one = field(bytes, 'ky')
    expect(one.entries.get('Rect')).toEqual({ kind: 'array', items: [0, 0, 0, 0] })
    expect(one.entries.get('F')).toBe(132)
    expect(one.entries.has('AP')).toBe(false)
    expect(textOf(bytes)).toContain('/SigFlags 3')
  })

  test('hangs a new widget into an indirect list without touching the page', () => {
    const bytes = pageFile({ page: '/Annots 5 0 R', more: ['[]'] })
    const text = added(bytes, prepare(bytes))
    expect(text).not.toContain('\n3 0 obj')
    expect(text).toMatch(/\n5 0 obj\n\[\d+ 0 R\]/)
  })

  test.each([
    ['without annotations', '', /\/Annots \d+ 0 R/],
    ['with annotations of its own', '/Annots [4 0 R]', /\/Annots \[4 0 R \d+ 0 R\]/],
  ])('rewrites only the dictionary of a page %s, its content stays the same object', (_, page, expected) => {
    const bytes = pageFile({ page })
    const { file, trailer } = openPdf(prepare(bytes).bytes)
    const kids = itemsOf(file.dict(file.dict(trailer.entries.get('Root')).entries.get('Pages')).entries.get('Kids'))
    expect(file.dict(kids[0]).entries.get('Contents')).toEqual({ kind: 'ref', number: 4, generation: 0 })
    expect(added(bytes, prepare(bytes))).toMatch(expected)
  })

  test.each([
    ['in the catalog', { catalog: FORM('5 0 R'), more: [`${SIG_FIELD}>>`] }],
    [
      'in an object of its own',
      { catalog: '/AcroForm 6 0 R', more: [`${SIG_FIELD}>>`, '<</Fields 7 0 R>>', '[5 0 R]'] },
    ],
  ])('signs a field that waits, with the form %s', (_, parts) => {
    const bytes = pageFile({ page: '/Annots [5 0 R]', ...parts })
    const { bytes: after } = prepare(bytes, { field: { kind: 'existing', name: 'ky' } })
    expect(isRef(field(after, 'ky').entries.get('V'))).toBe(true)
    expect(added(bytes, prepare(bytes, { field: { kind: 'existing', name: 'ky' } }))).not.toContain('\n3 0 obj')
    const second = prepare(after, { field: { kind: 'new', name: 'ky2', place: null } })
    expect(fieldsOf(new IncrementalUpdate(updateBase(second.bytes))).map((one) => one.name)).toEqual(['ky', 'ky2'])
  })

  test('signs a field whose widget is its kid, the appearance going to the widget', () => {
    const more = ['<</FT /Sig/T (ky)/Kids [6 0 R]>>', '<</Subtype /Widget/Parent 5 0 R/Rect [10 10 110 60]>>']
    const bytes = pageFile({ catalog: FORM('5 0 R', '/SigFlags 3'), page: '/Annots [6 0 R]', more })
    const appearance = { picture: ringPng(8, [200, 0, 0]), text: null, size: 10, align: 'left' } as const
    const { bytes: after } = prepare(bytes, { field: { kind: 'existing', name: 'ky' }, appearance })
    const { file } = openPdf(after)
    expect(field(after, 'ky').entries.has('AP')).toBe(false)
    expect(file.dict({ kind: 'ref', number: 6, generation: 0 }).entries.has('AP')).toBe(true)
  })

  test('writes a certification into dictionary and catalog, keeping other permissions', () => {
    const bytes = pageFile({ catalog: '/Perms <</UR3 4 0 R>>' })
    const text = added(bytes, prepare(bytes, { certify: 2 }))
    expect(text).toMatch(/\/Perms <<\/UR3 4 0 R\/DocMDP \d+ 0 R>>/)
    expect(text).toContain('/TransformMethod /DocMDP/TransformParams <</Type /TransformParams/P 2/V /1.2>>')
  })

  test('repeats the lock in signature and field, on the catalog', () => {
    const text = added(pageFile(), prepare(pageFile(), { lock: { action: 'Exclude', fields: ['a'] } }))
    expect(text).toContain('/Type /SigFieldLock/Action /Exclude/Fields [<feff0061>]')
    expect(text).toContain(
      '/TransformMethod /FieldMDP/Data 1 0 R/TransformParams <</Type /TransformParams/Action /Exclude/Fields [<feff0061>]/V /1.2>>',
    )
  })

  test('follows the lock that a waiting field asks for, whatever the request says', () => {
    const more = [`${SIG_FIELD}/Lock 6 0 R>>`, '<</Action /All>>']
    const bytes = pageFile({ catalog: FORM('5 0 R'), more })
    const text = added(
      bytes,
      prepare(bytes, { field: { kind: 'existing', name: 'ky' }, lock: { action: 'Include', fields: ['x'] } }),
    )
    expect(text).toContain('/Action /All/V /1.2')
    const include = pageFile({
      catalog: FORM('5 0 R'),
      more: [`${SIG_FIELD}/Lock <</Action /Include/Fields [(so)]>>>>`],
    })
    expect(added(include, prepare(include, { field: { kind: 'existing', name: 'ky' } }))).toContain(
      '/Action /Include/Fields [<feff0073006f>]',
    )
  })

  test.each([0, 90, 180, 270, -90])('draws upright on a page that is turned by %i degrees', (rotation) => {
    const bytes = pageFile({ page: `/Rotate ${rotation}` })
    const place = { page: 0, rectangle: [10, 10, 110, 40] } as const
    const appearance = { picture: null, text: 'Ký', size: 10, align: 'right' } as const
    const text = added(bytes, prepare(bytes, { field: { kind: 'new', name: 'ky', place }, appearance, font: TINOS }))
    const [, box, matrix] = /\/BBox \[(.*?)\](?:\/Matrix \[(.*?)\])?/.exec(text)!
    expect(box).toBe(rotation % 180 === 0 ? '0 0 100 30' : '0 0 30 100')
    const turned = { 0: undefined, 90: '0 1 -1 0 0 0', 180: '-1 0 0 -1 0 0', 270: '0 -1 1 0 0 0' }
    expect(matrix).toBe(turned[((rotation + 360) % 360) as 0 | 90 | 180 | 270])
  })

  const TEXT_FIELD = '<</Type /Annot/Subtype /Widget/FT /Tx/T (so)/Rect [10 10 110 30]/P 3 0 R/DA (/H 11 Tf)/Q 1>>'

  test('fills text fields in the same increment, value and appearance', () => {
    const bytes = pageFile({ catalog: FORM('5 0 R'), more: [TEXT_FIELD] })
    const { bytes: after } = prepare(bytes, { values: [{ field: 'so', value: '05/QĐ-UBND' }], font: TINOS })
    const so = field(after, 'so')
    const value = so.entries.get('V')
    expect(value).toMatchObject({ kind: 'string' })
    expect(isDict(so.entries.get('AP'))).toBe(true)
    expect(textOf(after).match(/%%EOF/g)).toHaveLength(2)
  })

  test('fills a field whose widget is its kid, and one that says neither size nor alignment', () => {
    const more = ['<</FT /Tx/T (so)/Kids [6 0 R]>>', '<</Subtype /Widget/Parent 5 0 R/Rect [10 10 110 30]>>']
    const bytes = pageFile({ catalog: FORM('5 0 R'), more })
    const { bytes: after } = prepare(bytes, { values: [{ field: 'so', value: '5' }], font: TINOS })
    expect(openPdf(after).file.dict({ kind: 'ref', number: 6, generation: 0 }).entries.has('AP')).toBe(true)
  })

  test('embeds one subset of the face for everything that is drawn', () => {
    const bytes = pageFile({ catalog: FORM('5 0 R'), more: [TEXT_FIELD] })
    const place = { page: 0, rectangle: [10, 100, 210, 140] } as const
    const appearance = { picture: ringPng(8, [200, 0, 0]), text: 'Nguyễn Văn Ưởng', size: 10, align: 'center' } as const
    const prepared = prepare(bytes, {
      field: { kind: 'new', name: 'ky', place },
      appearance,
      values: [{ field: 'so', value: '05/QĐ' }],
      font: TINOS,
    })
    expect(added(bytes, prepared).match(/\/FontFile2/g)).toHaveLength(1)
    expect(added(bytes, prepared)).toMatch(/\/BaseFont \/[A-Z]{6}\+Tinos-Regular/)
  })

  test('draws pictures without transparency and in grey, and values on a turned page', () => {
    const grey = pngOf({ width: 1, height: 1, type: 0, rows: [[7]] })
    const place = { page: 0, rectangle: [10, 100, 60, 140] } as const
    const appearance = { picture: grey, text: null, size: 10, align: 'left' } as const
    const turned = '<</T (so)/FT /Tx/Rect [10 10 30 110]/P 3 0 R/Q /X>>'
    const bytes = pageFile({ catalog: FORM('5 0 R'), page: '/Rotate 90', more: [turned] })
    const text = added(
      bytes,
      prepare(bytes, {
        field: { kind: 'new', name: 'ky', place },
        appearance,
        values: [{ field: 'so', value: '5' }],
        font: TINOS,
      }),
    )
    expect(text).toContain('/ColorSpace /DeviceGray/Length')
    expect(text).not.toContain('/SMask')
    expect(text).toContain('/BBox [0 0 100 20]/Matrix [0 1 -1 0 0 0]')
  })

  test('takes a field whose alignment is unknown as aligned to the left', () => {
    const bytes = pageFile({ catalog: FORM('5 0 R'), more: ['<</T (so)/FT /Tx/Rect [10 10 110 30]/Q 7>>'] })
    expect(added(bytes, prepare(bytes, { values: [{ field: 'so', value: '5' }], font: TINOS }))).toContain(
      '/V <feff0035>',
    )
  })

  test('writes the permission of a certification where the catalog has none', () => {
    expect(added(pageFile(), prepare(pageFile(), { certify: 3 }))).toMatch(/\/Perms <<\/DocMDP \d+ 0 R>>/)
  })

  test('follows names of a lock that are text, and passes over what is none', () => {
    const bytes = pageFile({
      catalog: FORM('5 0 R', '/SigFlags /X'),
      more: [`${SIG_FIELD}/Lock <</Action /Exclude/Fields [(a) 12]>>>>`],
    })
    expect(added(bytes, prepare(bytes, { field: { kind: 'existing', name: 'ky' } }))).toContain('/Fields [<feff0061>]')
  })

  const waiting = pageFile({
    catalog: FORM('5 0 R 6 0 R 7 0 R'),
    more: [`${SIG_FIELD}>>`, TEXT_FIELD, '<</FT /Sig/T (hai)/Kids [2 0 R 3 0 R]>>'],
  })
  const drawn = { picture: null, text: 'a', size: 10, align: 'left' } as const
  const placed = { kind: 'new', name: 'ky9', place: { page: 0, rectangle: [0, 0, 50, 50] } } as const
  test.each<[string, Partial<SignatureRequest>]>([
    ['field-missing', { field: { kind: 'existing', name: 'khac' } }],
    ['field-exists', { field: { kind: 'new', name: 'ky', place: null } }],
    ['field-unusable', { field: { kind: 'existing', name: 'so' } }],
    ['field-unusable', { field: { kind: 'existing', name: 'hai' } }],
    ['page-missing', { field: { kind: 'new', name: 'x', place: { page: 1, rectangle: [0, 0, 1, 1] } } }],
    ['time-malformed', { time: Number.NaN }],
    ['font-missing', { field: placed, appearance: drawn }],
    ['font-missing', { field: placed, values: [{ field: 'so', value: '1' }] }],
    ['value-field-unusable', { field: placed, values: [{ field: 'ky', value: '1' }] }],
    ['character-missing', { field: placed, appearance: { ...drawn, text: '漢' }, font: TINOS }],
    ['picture-unusable', { field: placed, appearance: { ...drawn, picture: new Uint8Array(3) } }],
  ])('is refused with %s', (fault, change) => {
    expect(faultOf(waiting, change)).toBe(fault)
  })

  test('is refused where the field is signed, and a certification where anything is', () => {
    const { bytes } = prepare(waiting, { field: { kind: 'existing', name: 'ky' } })
    expect(faultOf(bytes, { field: { kind: 'existing', name: 'ky' } })).toBe('field-already-signed')
    expect(faultOf(bytes, { field: placed, certify: 2 })).toBe('certification-not-first')
  })

  test('is refused where the lock of the field is none and where the file is no PDF', () => {
    const odd = pageFile({ catalog: FORM('5 0 R'), more: [`${SIG_FIELD}/Lock <</Action /Some>>>>`] })
    expect(faultOf(odd, { field: { kind: 'existing', name: 'ky' } })).toBe('field-unusable')
    expect(faultOf(new Uint8Array(10), {})).toBe('unreadable')
  })
})
