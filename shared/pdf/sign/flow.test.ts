// The outgoing paper from preparation to archive: fields first, then roles, evidence and timestamp, nothing rewritten on the way.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openPdf } from '../cross-reference.ts'
import { updateBase } from '../write/base.ts'
import { IncrementalUpdate } from '../write/incremental.ts'
import { isRef, itemsOf } from '../write/make.ts'
import { isSingleRevision } from '../write/rewrite.ts'
import { pageFile, textOf } from '../write/sample-file.fixture.ts'
import { latin1Bytes } from '../write/serialize.ts'
import { appendDss, type Evidence } from './dss.ts'
import { SigningStop } from './fault.ts'
import { FontSubset } from './font-subset.ts'
import { fieldsOf } from './form.ts'
import { OUTGOING_FIELDS } from './outgoing-fields.ts'
import { LEADER_LOCK, prepareOutgoing, SEAL_LOCK } from './outgoing.ts'
import { MM, outgoingLayout, sealBeside, topRight } from './places.ts'
import { prepareSignature } from './prepare.ts'
import { roleTemplate, SIGNING_ROLES, type RoleFacts } from './roles.ts'
import { isWritableTime, pdfDate, vietnamTime } from './time.ts'

const TIME = Date.UTC(2026, 10, 22, 12, 23, 10)

function bytesOf(result: Uint8Array | { readonly fault: string }): Uint8Array {
  if ('fault' in result) throw new Error(result.fault)
  return result
}

describe('preparing the outgoing paper', () => {
  test('makes all fields, merged with their widgets, in indirect lists', () => {
    const bytes = pageFile({ page: '/Annots [4 0 R]' })
    const after = bytesOf(prepareOutgoing(bytes, null))
    const fields = fieldsOf(new IncrementalUpdate(updateBase(after)))
    expect(fields.map((field) => field.name)).toEqual(Object.values(OUTGOING_FIELDS))
    expect(fields.every((field) => field.widget?.ref === field.ref)).toBe(true)
    const { file, trailer } = openPdf(after)
    const pages = file.dict(file.dict(trailer.entries.get('Root')).entries.get('Pages'))
    const annotations = file.dict(itemsOf(pages.entries.get('Kids'))[0]).entries.get('Annots')
    expect(isRef(annotations)).toBe(true)
    expect(itemsOf(file.resolve(annotations))).toHaveLength(6)
  })

  test('only appends to a paper that is one clean revision', () => {
    const bytes = pageFile()
    const after = bytesOf(prepareOutgoing(bytes, null))
    expect(after.subarray(0, bytes.length)).toEqual(bytes)
  })

  test('writes any other paper anew, as one revision with the fields in it', () => {
    const after = bytesOf(prepareOutgoing(latin1Bytes(`mail\n${textOf(pageFile())}`), null))
    expect(isSingleRevision(updateBase(after))).toBe(true)
    expect(fieldsOf(new IncrementalUpdate(updateBase(after)))).toHaveLength(5)
  })

  test('lets the page be as it is when the fields are signed and filled later', () => {
    const prepared = bytesOf(prepareOutgoing(pageFile(), null))
    const signed = prepareSignature(prepared, {
      kind: 'signature',
      field: { kind: 'existing', name: OUTGOING_FIELDS.leader },
      appearance: null,
      font: null,
      values: [],
      lock: null,
      certify: null,
      time: TIME,
      name: null,
      reason: null,
      location: null,
      reserve: 10,
    })
    if ('fault' in signed) throw new Error(signed.fault)
    const added = textOf(signed.bytes.subarray(prepared.length))
    // The field and its signature, nothing else: no page, no catalog, no form, no list of annotations.
    expect(added.match(/ 0 obj/g)).toHaveLength(2)
    expect(added).toContain('/Action /Exclude')
    expect(prepareOutgoing(signed.bytes, null)).toEqual({ fault: 'already-signed' })
    expect(prepareOutgoing(prepared, null)).toEqual({ fault: 'field-exists' })
  })

  test('puts the seal beside the place that is given for the leader', () => {
    const place = { page: 0, rectangle: [300, 100, 390, 140] } as const
    const after = bytesOf(prepareOutgoing(pageFile(), place))
    const rectangleOf = (wanted: string) =>
      fieldsOf(new IncrementalUpdate(updateBase(after)))
        .find(({ name }) => name === wanted)
        ?.dict.entries.get('Rect')
    expect(itemsOf(rectangleOf(OUTGOING_FIELDS.leader))).toEqual([300, 100, 390, 140])
    expect(itemsOf(rectangleOf(OUTGOING_FIELDS.seal))[2]).toBeCloseTo(330)
  })

  test('takes a given layout, and refuses a page that is not there', () => {
    const layout = outgoingLayout({ index: 0, mediaBox: [0, 0, 600, 800] }, { index: 3, mediaBox: [0, 0, 600, 800] })
    expect(prepareOutgoing(pageFile(), layout)).toEqual({ fault: 'page-missing' })
  })
})

describe('places of Decree 30', () => {
  test('the seal covers a third of the signature, in real size', () => {
    const seal = sealBeside([300, 100, 390, 140])
    expect(seal[2] - seal[0]).toBeCloseTo(36 * MM)
    expect(seal[2]).toBeCloseTo(330)
    expect((seal[1] + seal[3]) / 2).toBeCloseTo(120)
  })

  test('marks stand in the top right corner, also of a page that does not begin at zero', () => {
    const [left, bottom, right, top] = topRight([100, 100, 700, 900])
    expect(right).toBeLessThan(700)
    expect(top).toBeLessThan(900)
    expect(left).toBeGreaterThan(400)
    expect(bottom).toBeGreaterThan(800)
  })
})

describe('roles', () => {
  const facts: RoleFacts = {
    picture: Uint8Array.of(1),
    name: 'Nguyễn Văn Ưởng',
    time: TIME,
    numberAndSymbol: '05/QĐ-UBND',
    agency: 'UBND xã',
    copyForm: 'SAO Y',
    hasValidPersonalSignature: true,
    certify: false,
  }

  test('the person in charge shows a picture and locks all but what the clerk fills', () => {
    const template = roleTemplate('personal', facts)
    expect(template).toMatchObject({ appearance: { text: null, align: 'center' }, lock: LEADER_LOCK, certify: null })
    expect(roleTemplate('personal', { ...facts, certify: true })).toMatchObject({ certify: 2 })
  })

  test('the agency seals only what a person has validly signed, and then nothing changes', () => {
    expect(roleTemplate('agency', facts)).toMatchObject({ lock: SEAL_LOCK, certify: null })
    expect(roleTemplate('agency', { ...facts, hasValidPersonalSignature: false })).toEqual({
      fault: 'personal-signature-missing',
    })
  })

  test('annex and copy show words in ten points and no picture', () => {
    expect(roleTemplate('annex', facts)).toMatchObject({
      appearance: { picture: null, text: '05/QĐ-UBND\n2026-11-22T19:23:10+07:00', size: 10, align: 'right' },
    })
    expect(roleTemplate('copy', facts)).toMatchObject({
      appearance: { picture: null, text: 'SAO Y\nUBND xã\n2026-11-22T19:23:10+07:00' },
    })
    expect(roleTemplate('annex', { ...facts, numberAndSymbol: '' })).toMatchObject({
      appearance: { text: '2026-11-22T19:23:10+07:00' },
    })
  })

  test('initials are small, with the name where there is no picture, and lock nothing', () => {
    expect(roleTemplate('initials', facts)).toMatchObject({ appearance: { text: null, size: 8 }, lock: null })
    expect(roleTemplate('initials', { ...facts, picture: null })).toMatchObject({ appearance: { text: facts.name } })
  })

  test('a plain signature shows name and time', () => {
    expect(roleTemplate('plain', facts)).toMatchObject({
      appearance: { text: 'Nguyễn Văn Ưởng\n2026-11-22T19:23:10+07:00', align: 'left' },
      lock: null,
    })
  })

  test('personal and agency need their picture, the others do not', () => {
    const bare = SIGNING_ROLES.filter((role) => 'fault' in roleTemplate(role, { ...facts, picture: null }))
    expect(bare).toEqual(['personal', 'agency'])
  })
})

describe('the store of evidence', () => {
  const [A, B, C] = [1, 2, 3].map((byte) => new Uint8Array(40).fill(byte)) as [Uint8Array, Uint8Array, Uint8Array]
  const evidence = (certificates: readonly Uint8Array[], more: Partial<Evidence> = {}): Evidence => ({
    certificates,
    crls: [],
    ocsps: [],
    ...more,
  })

  function store(bytes: Uint8Array): Record<string, number> {
    const { file, trailer } = openPdf(bytes)
    const dss = file.dict(file.dict(trailer.entries.get('Root')).entries.get('DSS'))
    return Object.fromEntries(
      ['Certs', 'OCSPs', 'CRLs'].map((key) => [key, itemsOf(file.resolve(dss.entries.get(key) ?? null)).length]),
    )
  }

  test('is made with each piece once', () => {
    const bytes = pageFile()
    const after = bytesOf(appendDss(bytes, evidence([A, B, A], { crls: [C], ocsps: [C] })))
    expect(after.subarray(0, bytes.length)).toEqual(bytes)
    expect(store(after)).toEqual({ Certs: 2, OCSPs: 1, CRLs: 1 })
  })

  test('only grows, and a file that holds everything is returned as it is', () => {
    const first = bytesOf(appendDss(pageFile(), evidence([A])))
    expect(appendDss(first, evidence([A]))).toBe(first)
    const second = bytesOf(appendDss(first, evidence([A, B])))
    expect(store(second)).toEqual({ Certs: 2, OCSPs: 0, CRLs: 0 })
    expect(textOf(second.subarray(first.length))).not.toContain('/Type /Catalog')
  })

  test.each([
    ['in the catalog', '/DSS <</Certs [5 0 R null]/VRI 6 0 R>>', []],
    ['with lists of their own', '/DSS 7 0 R', ['<</Certs 8 0 R/VRI 6 0 R>>', '[5 0 R]']],
  ])('of another writer %s keeps what it has', (_, catalog, more) => {
    const bytes = pageFile({ catalog, more: ['<</Length 1>>\nstream\nx\nendstream', '<</X 1>>', ...more] })
    const after = bytesOf(appendDss(bytes, evidence([A, latin1Bytes('x')])))
    const { file, trailer } = openPdf(after)
    const dss = file.dict(file.dict(trailer.entries.get('Root')).entries.get('DSS'))
    expect(dss.entries.has('VRI')).toBe(true)
    expect(itemsOf(file.resolve(dss.entries.get('Certs'))).filter(isRef)).toHaveLength(2)
  })

  test('is refused for what is no PDF', () => {
    expect(appendDss(new Uint8Array(3), evidence([A]))).toEqual({ fault: 'unreadable' })
  })
})

describe('times', () => {
  test('are written in the zone of Vietnam, also across midnight', () => {
    expect(vietnamTime(Date.UTC(2026, 11, 31, 20, 5, 9))).toBe('2027-01-01T03:05:09+07:00')
    expect(pdfDate(Date.UTC(2026, 11, 31, 20, 5, 9))).toBe("D:20270101030509+07'00'")
  })

  test('that have no four-digit year cannot be written', () => {
    expect([isWritableTime(TIME), isWritableTime(1.5), isWritableTime(9e15)]).toEqual([true, false, false])
  })
})

describe('the subset of the face', () => {
  const font = new Uint8Array(
    readFileSync(
      `${import.meta.dirname}/../../../node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf`,
    ),
  )

  test('has every letter of Vietnamese', () => {
    const subset = new FontSubset(font)
    const vowels = 'aăâeêioôơuưy'
    const marks = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
    const letters = Array.from('bcdđghklmnpqrstvxfjwz').concat(
      Array.from(vowels).flatMap((vowel) => marks.map((mark) => vowel + mark)),
    )
    const text = letters.map((letter) => letter + letter.toUpperCase()).join('')
    expect(subset.encode(text)).toHaveLength(2 + 4 * text.normalize('NFC').length)
  })

  test('is as wide as the sum of its letters, at any size', () => {
    const subset = new FontSubset(font)
    expect(subset.width('ab', 10)).toBeCloseTo(subset.width('a', 10) + subset.width('b', 10))
    expect(subset.width('ab', 20)).toBeCloseTo(2 * subset.width('ab', 10))
  })

  test('needs a face that can be read', () => {
    expect(() => new FontSubset(new Uint8Array(100))).toThrow(SigningStop)
  })

  test('writes nothing when nothing was drawn', () => {
    const update = new IncrementalUpdate(updateBase(pageFile()))
    new FontSubset(font).write(update)
    expect(() => update.finish()).toThrow()
  })
})
