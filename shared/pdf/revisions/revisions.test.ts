// Revisions: where each begins and ends, what it changes, and the document as a viewer of each would have seen it.
import { readdirSync, readFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { PdfFault } from '../fault.ts'
import { MAX_SIGNED_FILE_BYTES } from '../limits.ts'
import type { PdfObject } from '../objects.ts'
import { accountBytes } from './account-bytes.ts'
import {
  BASE,
  latin1,
  makePdf,
  objectStreamText,
  PAGE,
  streamText,
  type MadePdf,
  type RevisionText,
} from './pdf-text.fixture.ts'
import { readRevisions, type RevisionedPdf } from './revisions.ts'

const LENGTH = 600
const ND30 = `${import.meta.dirname}/../../../tests/fixtures/nd30`
const REAL = readdirSync(ND30)
  .filter((name) => name.endsWith('.pdf'))
  .map((name) => ({ name, bytes: new Uint8Array(readFileSync(`${ND30}/${name}`)) }))

function ref(number: number): PdfObject {
  return { kind: 'ref', number, generation: 0 }
}

function open(...revisions: RevisionText[]): RevisionedPdf {
  return readRevisions(makePdf(revisions).bytes)
}

function codes(pdf: RevisionedPdf): readonly string[] {
  return [...pdf.findings, ...accountBytes(pdf)].map(
    ({ code, revision, severity }) => `${code} ${revision} ${severity}`,
  )
}

/** What an object is in each revision; a fault where it is not there. */
function through(pdf: RevisionedPdf, number: number): readonly (PdfObject | string)[] {
  return pdf.revisions.map(({ file }) => {
    try {
      return file.resolve(ref(number))
    } catch (fault) {
      return fault instanceof PdfFault ? 'fault' : 'other'
    }
  })
}

describe('one revision', () => {
  it.each(REAL)('$name has one, and every byte of it is explained', ({ bytes }) => {
    const pdf = readRevisions(bytes)
    expect(pdf.revisions.map(({ start, end, kind }) => ({ start, end, kind }))).toEqual([
      { start: 0, end: bytes.length, kind: 'table' },
    ])
    expect(codes(pdf)).toEqual([])
  })

  it.each([true, false])('what pdf-lib writes has one, with object streams: %s', async (useObjectStreams) => {
    const document = await PDFDocument.create()
    document.addPage([200, 100]).drawText('x')
    const pdf = readRevisions(await document.save({ useObjectStreams }))
    expect(pdf.revisions.map(({ kind }) => kind)).toEqual([useObjectStreams ? 'stream' : 'table'])
    expect(codes(pdf)).toEqual([])
  })

  it('says where it ends, with one line end of any kind or none', () => {
    for (const [tail, more] of [
      ['', 0],
      ['\n', 1],
      ['\r', 1],
      ['\r\n', 2],
      ['\n\n', 1],
    ] as const) {
      const made = makePdf([{ objects: BASE, tail }])
      const mark = made.text.indexOf('%%EOF') + 5
      const [revision] = readRevisions(made.bytes).revisions
      expect([revision?.endOfMark, revision?.end]).toEqual([mark, mark + more])
    }
  })

  it('accepts a startxref that points at the line end before the section', () => {
    const made = makePdf([{ objects: BASE }])
    const text = made.text.replace(`startxref\n${made.sections[0]}`, `startxref\n${(made.sections[0] ?? 0) - 1}`)
    expect(codes(readRevisions(latin1(text)))).toEqual([])
  })

  it('counts offsets from the header and spans from the first byte', () => {
    const made = makePdf([{ objects: BASE }, { objects: { 3: PAGE } }], 'gateway\n%PDF-1.7\n')
    const pdf = readRevisions(made.bytes)
    expect(pdf.origin).toBe(8)
    expect(pdf.revisions.map(({ start, end }) => [start, end])).toEqual([
      [0, made.ends[0]],
      [made.ends[0], made.bytes.length],
    ])
    expect(pdf.revisions[1]?.startxref).toBe(made.sections[1])
    expect(codes(pdf)).toEqual(['unexplained-bytes 0 warning'])
    expect(accountBytes(pdf)[0]).toMatchObject({ offset: 0, length: 8 })
  })

  it('refuses a file beyond the limit before it looks at it', () => {
    expect(() => readRevisions(new Uint8Array(MAX_SIGNED_FILE_BYTES + 1))).toThrow('paper-too-large')
  })
})

describe('several revisions', () => {
  it('are seen each as of its own time', () => {
    const pdf = open(
      { objects: { ...BASE, 4: '(old)' } },
      { objects: { 5: '7' } },
      { objects: { 4: '(new)' }, free: [5] },
      { objects: { 5: '8' } },
    )
    expect(through(pdf, 5)).toEqual(['fault', 7, 'fault', 8])
    const texts = through(pdf, 4).map((each) =>
      typeof each === 'object' && each?.kind === 'string' ? each.bytes.length : each,
    )
    expect(texts).toEqual([3, 3, 3, 3])
    expect(through(pdf, 4)[1]).not.toEqual(through(pdf, 4)[2])
    expect(pdf.revisions.map(({ changed }) => [...changed].sort())).toEqual([[1, 2, 3, 4], [5], [4, 5], [5]])
    expect(pdf.revisions.map(({ file }) => file.entries.size)).toEqual([4, 5, 5, 5])
    expect(pdf.revisions.map(({ file }) => file.entries.has(5))).toEqual([false, true, true, true])
  })

  it('gives the entries of a revision like any map', () => {
    const [first, second] = open({ objects: BASE }, { objects: { 4: '1' } }).revisions
    expect([...(first?.file.entries.keys() ?? [])]).toEqual([1, 2, 3])
    expect([...(second?.file.entries.values() ?? [])].map(({ kind }) => kind)).toEqual([
      'offset',
      'offset',
      'offset',
      'offset',
    ])
    const seen: number[] = []
    second?.file.entries.forEach((_, number) => seen.push(number))
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('an entry that points behind the end of its revision never comes true', () => {
    const revisions = (at: number): RevisionText[] => [
      { objects: BASE, offsets: { 4: at } },
      { objects: { 5: streamText('', '4 0 obj (forged) endobj') } },
    ]
    const at = makePdf(revisions(0)).text.indexOf('4 0 obj')
    const pdf = open(...revisions(at))
    expect(through(pdf, 4)).toEqual(['fault', 'fault'])
    expect(codes(pdf)).toContain('object-outside-its-revision 1 error')
    const made = makePdf([{ objects: BASE, offsets: { 4: 0 } }, { objects: { 4: '1' } }])
    const same = open({ objects: BASE, offsets: { 4: made.offsets[1]?.get(4) ?? 0 } }, { objects: { 4: '1' } })
    expect([...(same.revisions[1]?.changed ?? [])]).toEqual([4])
    expect(through(same, 4)).toEqual(['fault', 1])
  })

  it('an entry that points behind the end of the file is a leftover', () => {
    expect(codes(open({ objects: BASE, offsets: { 4: 9999 } }))).toEqual(['object-outside-its-revision 0 warning'])
  })

  it.each([
    ['a stream', `<</Length ${LENGTH}>>\nstream\n`, 'endstream'],
    ['a string', '(', ')'],
  ])('%s that only appended bytes complete stays what it was: nothing', (_, begin, end) => {
    const file = (offset: number, pad: number): MadePdf =>
      makePdf([
        { objects: { ...BASE, 4: '1' }, behind: `9 0 obj\n${begin}`, offsets: { 9: offset } },
        { objects: { 5: `(${' '.repeat(pad)}${end} endobj)` } },
      ])
    const nine = file(0, 0).text.indexOf('9 0 obj')
    // The word stands where the length says, in a string of the later revision.
    const wanted = nine + `9 0 obj\n${begin}`.length + LENGTH
    const made = file(nine, Math.max(0, wanted - file(nine, 0).text.lastIndexOf(end)))
    const pdf = readRevisions(made.bytes)
    const read = pdf.revisions.map(({ file: view }) => {
      try {
        const object = view.resolve(ref(9))
        return object !== null && typeof object === 'object' && object.kind === 'stream'
          ? view.streamData(object).length
          : object
      } catch (fault) {
        return fault instanceof PdfFault
      }
    })
    expect(read).toEqual([true, true])
    expect(codes(pdf)).toContain('object-not-where-xref-says 0 warning')
  })

  it('mixes tables and streams', () => {
    const pdf = open(
      { objects: BASE },
      { objects: { 5: objectStreamText({ 4: '(in)' }) }, compressed: { 4: [5, 0] }, stream: true },
      { objects: { 3: PAGE } },
    )
    expect(pdf.revisions.map(({ kind }) => kind)).toEqual(['table', 'stream', 'table'])
    expect(through(pdf, 4)).toMatchObject(['fault', { kind: 'string' }, { kind: 'string' }])
    expect(codes(pdf)).toEqual(['unreferenced-object 1 info'])
  })

  it('shares object streams between revisions unless a reference in them may mean something else', () => {
    const inner = objectStreamText({ 4: '(a)', 6: '(b)' })
    const length = /Length (\d+)/.exec(inner)?.[1] ?? ''
    const indirect = inner.replace(`/Length ${length}`, '/Length 7 0 R')
    const pdf = open(
      { objects: { ...BASE, 5: indirect, 7: length }, compressed: { 4: [5, 0], 6: [5, 1] }, stream: true },
      { objects: { 7: '1' } },
    )
    expect(through(pdf, 4)).toMatchObject([{ kind: 'string' }, 'fault'])
    expect(through(pdf, 6)).toMatchObject([{ kind: 'string' }, 'fault'])
    const nested = open(
      {
        objects: { ...BASE, 5: inner.replace('/FlateDecode', '[/FlateDecode]/DecodeParms[<<>>]') },
        compressed: { 4: [5, 0] },
        stream: true,
      },
      { objects: { 8: '1' } },
    )
    expect(through(nested, 4)).toMatchObject([{ kind: 'string' }, { kind: 'string' }])
  })

  it('an entry that repeats what holds changes nothing, and one for what never was does neither', () => {
    const made = makePdf([{ objects: BASE }])
    const offsets = Object.fromEntries(made.offsets[0] ?? [])
    const pdf = open({ objects: BASE }, { objects: { 4: '1' }, offsets, free: [9] })
    expect([...(pdf.revisions[1]?.changed ?? [])]).toEqual([4])
    expect(codes(pdf)).toEqual(['size-wrong 1 info', 'unreferenced-object 1 info'])
  })

  it('objects whose object stream is replaced are changed too', () => {
    const pdf = open(
      {
        objects: { ...BASE, 5: objectStreamText({ 4: '(old)', 6: '1' }) },
        compressed: { 4: [5, 0], 6: [5, 1] },
        stream: true,
      },
      { objects: { 5: objectStreamText({ 4: '(new)', 6: '2' }) } },
    )
    expect([...(pdf.revisions[1]?.changed ?? [])].sort()).toEqual([4, 5, 6])
    expect(codes(pdf)).toEqual(['object-stream-replaced 1 error', 'object-stream-replaced 1 error'])
    expect(through(pdf, 6)).toEqual([1, 2])
  })

  it('reads a hundred of them', () => {
    const more = Array.from({ length: 99 }, (_, i) => ({ objects: { 3: `<</Type/Page/Parent 2 0 R/N ${i}>>` } }))
    const pdf = open({ objects: BASE }, ...more)
    expect(pdf.revisions).toHaveLength(100)
    expect(codes(pdf)).toEqual([])
    expect(pdf.revisions[57]?.file.dict(ref(3)).entries.get('N')).toBe(56)
  })

  it.each([
    ['a circle', (prev: number) => prev],
    ['nothing', () => 5],
  ])('refuses a chain that leads to %s', (_, prev) => {
    const made = makePdf([{ objects: BASE }, { objects: { 4: '1' } }])
    const at = made.sections[1] ?? 0
    expect(() => open({ objects: BASE }, { objects: { 4: '1' }, prev: prev(at) })).toThrow(PdfFault)
  })
})
