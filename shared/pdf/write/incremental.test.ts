// An update is appended in the file's own kind of cross-reference, and nothing before it changes.
import { PDFDocument } from 'pdf-lib'
import { describe, expect, test } from 'vitest'
import { openPdf } from '../cross-reference.ts'
import { PdfFault } from '../fault.ts'
import type { PdfRef } from '../objects.ts'
import { updateBase } from './base.ts'
import { streamSection, tableSection } from './cross-reference-section.ts'
import { applyUpdate, IncrementalUpdate } from './incremental.ts'
import { asciiString, dict, isRef, name } from './make.ts'
import { latin1Bytes } from './serialize.ts'

async function paper(useObjectStreams: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.addPage([200, 200])
  document.setTitle('Tờ trình')
  return document.save({ useObjectStreams })
}

function text(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

/** The smallest file with a table: objects 1 and 2, the second of generation 3, and a number that /Size does not own up to. */
function smallTable(extra = '', ending = '\n', before = ''): Uint8Array {
  const body = '%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n2 3 obj\n(hai)\nendobj\n9 0 obj\n9\nendobj\n'
  const at = (what: string): string => String(body.indexOf(what)).padStart(10, '0')
  const table =
    `xref\n0 3\n0000000000 65535 f \n${at('1 0 obj')} 00000 n \n${at('2 3 obj')} 00003 n \n` +
    `9 1\n${at('9 0 obj')} 00000 n \n`
  const end = `trailer\n<</Size 3/Root 1 0 R${extra}>>\nstartxref\n${body.length}\n%%EOF${ending}`
  return latin1Bytes(before + body + table + end)
}

describe('an incremental update', () => {
  test.each([
    ['table', false],
    ['stream', true],
  ] as const)('of a file with a %s ends with a %s and leaves every byte before it', async (kind, useObjectStreams) => {
    const bytes = await paper(useObjectStreams)
    const base = updateBase(bytes)
    expect(base.kind).toBe(kind)
    const update = new IncrementalUpdate(base)
    const added = update.add(asciiString('thêm'.normalize('NFC')))
    const info = base.trailer.entries.get('Info')
    if (!isRef(info)) throw new Error('no information dictionary')
    update.put(info, dict({ Title: asciiString('Khac') }))
    const stream = update.addStream(dict({ Kind: name('X') }), Uint8Array.of(1, 2, 3))
    const whole = applyUpdate(base, update.finish())

    expect(whole.subarray(0, bytes.length)).toEqual(bytes)
    const after = openPdf(whole)
    expect(after.file.dict(info).entries.get('Title')).toEqual(asciiString('Khac'))
    expect(after.file.resolve(added)).toMatchObject({ kind: 'string' })
    const read = after.file.resolve(stream)
    if (read === null || typeof read !== 'object' || read.kind !== 'stream') throw new Error('no stream')
    expect(Array.from(after.file.streamData(read))).toEqual([1, 2, 3])
    expect(after.trailer.entries.get('Root')).toEqual(base.trailer.entries.get('Root'))
    expect(after.trailer.entries.get('Prev')).toBe(base.startxref)
    expect(updateBase(whole).kind).toBe(kind)
  })

  test('writes entries of exactly 20 bytes, in sections of consecutive numbers, with the generation of the reference', () => {
    const base = updateBase(smallTable())
    const update = new IncrementalUpdate(base)
    update.put({ kind: 'ref', number: 2, generation: 3 }, asciiString('moi'))
    update.put({ kind: 'ref', number: 1, generation: 0 }, dict({ Type: name('Catalog') }))
    const added = update.add(true)
    const appended = text(update.finish())
    expect(added.number).toBe(10)
    expect(appended).toMatch(
      /xref\n1 2\n\d{10} 00000 n\r\n\d{10} 00003 n\r\n10 1\n\d{10} 00000 n\r\ntrailer\n<<\/Root 1 0 R\/ID \[<\w{32}> <\w{32}>\]\/Prev \d+\/Size 11>>\nstartxref\n\d+\n%%EOF\n$/,
    )
  })

  test('adds a line end where the file has none, and only there', () => {
    for (const [ending, first] of [
      ['', '\n'],
      ['\n', '1'],
      ['\r', '\n'],
    ] as const) {
      const update = new IncrementalUpdate(updateBase(smallTable('', ending)))
      update.put({ kind: 'ref', number: 1, generation: 0 }, dict({}))
      expect(text(update.finish())[0]).toBe(first)
    }
  })

  test('counts offsets from the header when bytes stand before it', () => {
    const base = updateBase(smallTable('', '\n', 'From: cong-van\n\n'))
    expect(base.origin).toBe(16)
    const update = new IncrementalUpdate(base)
    const added = update.add(asciiString('moi'))
    const whole = applyUpdate(base, update.finish())
    expect(openPdf(whole).file.resolve(added)).toEqual(asciiString('moi'))
    expect(text(whole.subarray(update.positionOf(added))).startsWith('(moi)')).toBe(true)
  })

  test('keeps the first half of /ID and makes the second from what is appended', () => {
    const base = updateBase(smallTable('/ID [<0102> <0304>]'))
    const trailerOf = (value: string): string => {
      const update = new IncrementalUpdate(base)
      update.put({ kind: 'ref', number: 1, generation: 0 }, asciiString(value))
      return /\/ID (\[.*?\])/.exec(text(update.finish()))![1]!
    }
    expect(trailerOf('a')).toMatch(/^\[<0102> <\w{32}>\]$/)
    expect(trailerOf('a')).toBe(trailerOf('a'))
    expect(trailerOf('a')).not.toBe(trailerOf('b'))
  })

  test('appends a plain table to a hybrid file, whose hidden objects stay visible', () => {
    const base = updateBase(hybrid())
    expect(base.kind).toBe('hybrid')
    const update = new IncrementalUpdate(base)
    update.put({ kind: 'ref', number: 1, generation: 0 }, dict({ Type: name('Catalog'), Version: name('1.7') }))
    const whole = applyUpdate(base, update.finish())
    const after = openPdf(whole)
    expect(after.trailer.entries.has('XRefStm')).toBe(false)
    expect(after.file.resolve({ kind: 'ref', number: 9, generation: 0 })).toBe(9)
    expect(after.file.dict(after.trailer.entries.get('Root')).entries.get('Version')).toEqual(name('1.7'))
  })

  test('shows what it has put before it is finished', () => {
    const update = new IncrementalUpdate(updateBase(smallTable()))
    const catalog: PdfRef = { kind: 'ref', number: 1, generation: 0 }
    expect(update.dict(catalog).entries.get('Type')).toEqual(name('Catalog'))
    update.put(catalog, dict({ Type: name('Other') }))
    expect(update.dict(catalog).entries.get('Type')).toEqual(name('Other'))
    expect(update.resolve(5)).toBe(5)
    expect(() => update.dict(5)).toThrow(PdfFault)
    expect(() => update.positionOf(catalog)).toThrow(PdfFault)
  })

  test('has no place for offsets of more than ten digits, in either kind', () => {
    const far = [{ number: 1, generation: 0, offset: 10_000_000_000 }]
    expect(() => tableSection(far, dict({}))).toThrow(PdfFault)
    expect(() => streamSection(far, dict({}), 2, 9)).toThrow(PdfFault)
  })

  test('takes a size that is none from the objects, and stops at the last number', () => {
    const base = updateBase(smallTable())
    expect(new IncrementalUpdate({ ...base, trailer: dict({ Size: 2.5 }) }).allocate().number).toBe(10)
    const update = new IncrementalUpdate({ ...base, trailer: dict({ Size: 8_388_607 - 400_000 }) })
    for (let i = 0; i < 400_000; i++) update.allocate()
    expect(() => update.allocate()).toThrow(PdfFault)
    expect(updateBase(base)).toBe(base)
  })

  test('is refused when nothing was put or the file has used up its object numbers', () => {
    const base = updateBase(smallTable())
    expect(() => new IncrementalUpdate(base).finish()).toThrow(PdfFault)
    const trailer = dict({ Size: 8_388_607 })
    expect(() => new IncrementalUpdate({ ...base, trailer })).toThrow(PdfFault)
  })
})

/** Object 9 stands only in the cross-reference stream beside the table (ISO 32000-1, 7.5.8.4). */
function hybrid(): Uint8Array {
  const head = '%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n9 0 obj\n9\nendobj\n'
  const stream = head.length
  const row = `\u0001${String.fromCharCode(head.indexOf('9 0 obj') >> 8, head.indexOf('9 0 obj') & 0xff)}\u0000`
  const body = `${head}5 0 obj\n<</Type /XRef/Size 10/W [1 2 1]/Index [9 1]/Root 1 0 R/Length 4>>\nstream\n${row}\nendstream\nendobj\n`
  const table = `xref\n0 2\n0000000000 65535 f \n${String(9).padStart(10, '0')} 00000 n \n`
  const end = `trailer\n<</Size 10/Root 1 0 R/XRefStm ${stream}>>\nstartxref\n${body.length}\n%%EOF\n`
  return latin1Bytes(body + table + end)
}
