// Content streams are read to their end or not at all.
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { operationsOf } from './content-stream.ts'
import { objectAt, streamText, viewOf } from './document.fixture.ts'

const read = (...objects: readonly string[]) => {
  const view = viewOf(Object.fromEntries(objects.map((object, i) => [i + 2, object])))
  return operationsOf(view, objectAt(view, 2))
}
const operators = (content: string) => read(streamText(content))?.map(({ operator }) => operator) ?? null

describe('a content stream', () => {
  test('gives operators with all kinds of operands', () => {
    expect(read(streamText('/A [1 (x)] <</B true>> <41> -1.5 null false gs % comment\nQ'))).toMatchObject([
      {
        operator: 'gs',
        operands: [{ name: 'A' }, { kind: 'array' }, { kind: 'dict' }, { kind: 'string' }, -1.5, null, false],
      },
      { operator: 'Q', operands: [] },
    ])
  })

  test('may be an array, in which an operation runs over the border', () => {
    expect(read('[3 0 R 4 0 R]', streamText('1 0 0'), streamText('rg'))).toMatchObject([
      { operator: 'rg', operands: [1, 0, 0] },
    ])
  })

  test('may be compressed', () => {
    const data = Buffer.from(deflateSync('q Q')).toString('latin1')
    expect(read(streamText(data, '/Filter/FlateDecode'))).toHaveLength(2)
  })

  test('goes on behind an inline image', () => {
    expect(operators('BI /W 1 ID xEIx EI Q')).toEqual(['BI', 'ID', 'Q'])
    expect(operators('BI ID x EI')).toEqual(['BI', 'ID'])
  })

  test.each([
    ['a filter of images', streamText('x', '/Filter/DCTDecode')],
    ['no stream', '17'],
    ['an array of other things', '[17]'],
    ['a stray delimiter', streamText('q ) Q')],
    ['an unclosed string', streamText('(x')],
    ['an inline image without end', streamText('BI ID xxx')],
  ])('with %s is not read', (_, object) => expect(read(object)).toBeNull())
})
