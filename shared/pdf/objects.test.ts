// The object parser: every kind of object as it is written in the wild, escapes, and the budget that ends endless files.
import { describe, expect, it } from 'vitest'
import { PdfFault } from './fault.ts'
import { newParseBudget, ObjectParser, type PdfObject } from './objects.ts'

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function parse(text: string): PdfObject {
  return new ObjectParser(bytesOf(text), 0, newParseBudget()).object()
}

function textOf(written: string): string {
  const object = parse(written)
  if (object === null || typeof object !== 'object' || object.kind !== 'string') throw new Error('no string')
  return String.fromCharCode(...object.bytes)
}

describe('objects', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['null', null],
    ['12', 12],
    ['-12.50', -12.5],
    ['+.5', 0.5],
    ['4.', 4],
    ['% a comment\r\n7', 7],
    ['12 0 R', { kind: 'ref', number: 12, generation: 0 }],
    ['/Type', { kind: 'name', name: 'Type' }],
    ['/A#20B#', { kind: 'name', name: 'A B#' }],
    ['/ 1', { kind: 'name', name: '' }],
    ['/(x)', { kind: 'name', name: '' }],
  ])('%s', (written, object) => {
    expect(parse(written)).toEqual(object)
  })

  it('numbers that are no reference keep standing alone', () => {
    expect(parse('[1 2 3 0 R 4 0 5]')).toEqual({
      kind: 'array',
      items: [1, 2, { kind: 'ref', number: 3, generation: 0 }, 4, 0, 5],
    })
  })

  it('dictionaries in dictionaries', () => {
    const inner = { kind: 'dict', entries: new Map([['B', 1]]) }
    expect(parse('<</A<</B 1>>/C()>>')).toEqual({
      kind: 'dict',
      entries: new Map<string, unknown>([
        ['A', inner],
        ['C', { kind: 'string', bytes: new Uint8Array() }],
      ]),
    })
  })

  it.each([
    ['(a(b)c)', 'a(b)c'],
    ['(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)', '\n\r\t\b\f()\\x'],
    ['(\\101\\7\\0601\\8)', 'A\x07018'],
    ['(a\\\nb\\\r\nc\\\rd)', 'abcd'],
    ['<41 4\n2>', 'AB'],
    ['<414>', 'A@'],
  ])('string %j', (written, text) => {
    expect(textOf(written)).toBe(text)
  })

  it.each(['', '(', '(\\', '(\\1', '<4', '[1', '<</A', '<</A 1>', '>>', '--1', '1e5', 'nul', '}'])(
    'refuses %j',
    (written) => {
      expect(() => parse(written)).toThrow(PdfFault)
    },
  )

  it('finds where the data of a stream begins', () => {
    for (const [written, start] of [
      ['1 0 obj<<>>stream\nq', 18],
      ['1 0 obj<<>>stream\r\nq', 19],
      ['1 0 obj<<>> stream\rq', 19],
    ] as const) {
      const { number, object } = new ObjectParser(bytesOf(written), 0, newParseBudget()).indirect()
      expect([number, object]).toMatchObject([1, { kind: 'stream', start }])
    }
    expect(new ObjectParser(bytesOf('1 0 obj 5 endobj'), 0, newParseBudget()).indirect()).toEqual({
      number: 1,
      generation: 0,
      object: 5,
    })
    expect(() => new ObjectParser(bytesOf('1 0 obx 5'), 0, newParseBudget()).indirect()).toThrow(PdfFault)
    expect(() => new ObjectParser(bytesOf('1 -1 obj'), 0, newParseBudget()).indirect()).toThrow(PdfFault)
  })

  it('stops when the budget is used up', () => {
    const parser = new ObjectParser(bytesOf(`[${'1 '.repeat(100)}]`), 0, { left: 50 })
    expect(() => parser.object()).toThrow(expect.objectContaining({ code: 'paper-too-large' }))
  })
})
