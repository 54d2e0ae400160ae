// Tables of contents: cleaned, bounded, and leading to places that exist.
import { describe, expect, it } from 'vitest'
import { MAX_ENTRIES, readOutline, targetOf, type RawOutline } from './outline.ts'
import type { PDFDocumentProxy } from './pdfjs.ts'

function nested(depth: number): RawOutline {
  return depth === 0 ? [] : [{ title: `Mục ${depth}`, dest: null, items: nested(depth - 1) }]
}

describe('outline', () => {
  it('cleans titles and leaves out those without words, but not what is below them', () => {
    const raw = [
      { title: ' Chương  I\n', dest: 'a', items: [{ title: 'Điều 1', dest: 'b', items: [] }] },
      { title: '-----', dest: 'c', items: [{ title: 'Điều 2', dest: 'd', items: [] }] },
      { title: ' ', dest: 'c', items: [] },
    ]
    expect(readOutline(raw)).toEqual([
      {
        id: '0',
        title: 'Chương I',
        destination: 'a',
        children: [{ id: '0.0', title: 'Điều 1', destination: 'b', children: [] }],
      },
      { id: '1.0', title: 'Điều 2', destination: 'd', children: [] },
    ])
  })

  it('ends where nobody reads on', () => {
    const long = Array.from({ length: MAX_ENTRIES + 5 }, (_, i) => ({ title: `${i}`, dest: null, items: [] }))
    expect(readOutline(long)).toHaveLength(MAX_ENTRIES)
    expect(JSON.stringify(readOutline(nested(50))).match(/Mục/g)).toHaveLength(8)
  })
})

describe('where an entry leads', () => {
  const paper = {
    numPages: 3,
    getDestination: (name: string) =>
      name === 'known' ? Promise.resolve([{ num: 7, gen: 0 }, { name: 'Fit' }]) : Promise.resolve(null),
    getPageIndex: ({ num }: { num: number }) => (num === 7 ? Promise.resolve(1) : Promise.reject(new Error('no page'))),
    getPage: () =>
      Promise.resolve({
        getViewport: () => ({ height: 800, convertToViewportPoint: (_: number, y: number) => [0, 800 - y] }),
      }),
  } as unknown as PDFDocumentProxy

  it.each([
    ['known', { page: 2, fractionDown: 0 }],
    ['unknown', null],
    [[2, { name: 'Fit' }], { page: 3, fractionDown: 0 }],
    [[{ num: 7, gen: 0 }, { name: 'XYZ' }, 0, 600, 0], { page: 2, fractionDown: 0.25 }],
    [[0, { name: 'XYZ' }, 0, 9999, 0], { page: 1, fractionDown: 0 }],
    [[0, { name: 'XYZ' }, 0, null, 0], { page: 1, fractionDown: 0 }],
    [[3, { name: 'Fit' }], null],
    [[{ num: 8, gen: 0 }, { name: 'Fit' }], null],
    [['x'], null],
    [null, null],
  ])('%j', async (destination, target) => {
    expect(await targetOf(paper, destination)).toEqual(target)
  })
})
