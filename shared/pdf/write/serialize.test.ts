// Written objects read back as the same value, whatever bytes they hold.
import { describe, expect, test } from 'vitest'
import { PdfFault } from '../fault.ts'
import { newParseBudget, ObjectParser, type PdfObject } from '../objects.ts'
import { array, asciiString, dict, name, textString } from './make.ts'
import { numberText, serializeObject } from './serialize.ts'

function text(object: PdfObject): string {
  return String.fromCharCode(...serializeObject(object))
}

function readBack(object: PdfObject): PdfObject {
  return new ObjectParser(serializeObject(object), 0, newParseBudget()).object()
}

describe('serializing an object', () => {
  test('writes plain values as PDF has them', () => {
    expect(text(null)).toBe('null')
    expect(text(array([true, false, 12, -0.5, { kind: 'ref', number: 7, generation: 2 }]))).toBe(
      '[true false 12 -0.5 7 2 R]',
    )
    expect(text(dict({}))).toBe('<<>>')
    expect(text(dict({ Type: name('Sig'), Kids: array([]) }))).toBe('<</Type /Sig/Kids []>>')
  })

  test('writes numbers without exponents, reading back as the same number', () => {
    for (const value of [1e-7, 1.5e-10, 5e-324, 1e21, -3.25e22, 0.1, 595.28, 2147483647]) {
      expect(numberText(value)).not.toContain('e')
      if (Math.abs(value) > 1e-80) expect(Number(numberText(value))).toBe(value)
    }
  })

  test('escapes in names what is no regular character, also bytes above ASCII', () => {
    expect(text(name('A B#/(\u00e1)'))).toBe('/A#20B#23#2f#28#e1#29')
    expect(readBack(name('A B#/(\u00e1)'))).toEqual(name('A B#/(\u00e1)'))
  })

  test('keeps readable strings readable and writes all others in hexadecimal', () => {
    expect(text(asciiString('D:20261122 (a\\b)'))).toBe('(D:20261122 \\(a\\\\b\\))')
    expect(readBack(asciiString('D:20261122 (a\\b)'))).toEqual(asciiString('D:20261122 (a\\b)'))
    expect(text({ kind: 'string', bytes: Uint8Array.of(0, 10, 255) })).toBe('<000aff>')
  })

  test('writes text in the composed form of Unicode, as UTF-16 with its mark', () => {
    expect(text(textString('Ư'))).toBe('<feff01af>')
    expect(text(textString('\u0055\u031b'))).toBe('<feff01af>')
  })

  test('refuses a stream inside an object and what is nested deeper than readers follow', () => {
    expect(() => serializeObject({ kind: 'stream', dict: dict({}), start: 0 })).toThrow(PdfFault)
    let nested: PdfObject = 1
    for (let i = 0; i < 300; i++) nested = array([nested])
    expect(() => serializeObject(nested)).toThrow(PdfFault)
  })
})
