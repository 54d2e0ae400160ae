// The content interpreter: a picture over the place where an operator moved the text finds it.
import { describe, expect, test } from 'vitest'
import { zlibSync } from 'fflate'
import { pageFile, streamOf, textOf } from '../write/sample-file.fixture.ts'
import { latin1Bytes } from '../write/serialize.ts'
import { scanBeforeSigning } from './scan.ts'

type Parts = Parameters<typeof pageFile>[0]

function codes(parts: Parts): readonly string[] {
  return scanBeforeSigning(pageFile(parts)).map((one) => one.code)
}

const image = (more = ''): string => streamOf(`/Subtype /Image/Width 1/Height 1/ColorSpace /DeviceGray${more}`, 'x')
const IMAGES = '/Resources <</XObject <</I 5 0 R>>>>'

describe('the content interpreter', () => {
  /** A picture over the given place finds text that stands there. */
  const covers = (content: string, x: number, y: number): boolean =>
    codes({
      content: `q ${content} Q q 40 0 0 20 ${x - 5} ${y - 5} cm /I Do Q`,
      page: IMAGES,
      more: [image()],
    }).includes('image-covers-text')

  test.each([
    ['Td adds up', 'BT /F 10 Tf 100 100 Td 50 20 Td (abc) Tj ET', 150, 120],
    ['TD sets the leading', 'BT /F 10 Tf 100 120 Td 0 -20 TD T* (abc) Tj ET', 100, 80],
    ['TL and T*', 'BT /F 10 Tf 30 TL 100 130 Td T* (abc) Tj ET', 100, 100],
    ["' goes to the next line", "BT /F 10 Tf 30 TL 100 130 Td (abc) ' ET", 100, 100],
    ['" too', 'BT /F 10 Tf 30 TL 100 130 Td 1 2 (abc) " ET', 100, 100],
    ['Tm and cm multiply', '2 0 0 2 0 0 cm BT /F 5 Tf 1 0 0 1 50 50 Tm (abc) Tj ET', 100, 100],
    ['a state is restored', 'q 9 0 0 9 0 0 cm Q Q BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
    ['arrays with shifts', 'BT /F 10 Tf 100 100 Td [(a) -20 (bc)] TJ ET', 100, 100],
    ['behind an inline picture', 'BI /W 1 /H 1 ID xEIx\u0000 EI BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
    ['behind a stray delimiter', ') BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100],
  ])('%s', (_, content, x, y) => {
    expect(covers(content, x, y)).toBe(true)
    expect(covers(content, x + 200, y)).toBe(false)
  })

  test('an inline picture without end swallows the rest', () => {
    expect(covers('BI ID xxxx BT /F 10 Tf 100 100 Td (abc) Tj ET', 100, 100)).toBe(false)
  })

  test('compressed content is read, and parts are joined by white space', () => {
    const packed = textOf(zlibSync(latin1Bytes('BT /F 12 Tf 100 900 Td (a)')))
    const parts = {
      page: '/Contents [5 0 R 6 0 R]',
      more: [streamOf('/Filter /FlateDecode', packed), streamOf('', 'Tj ET')],
    }
    // The later of two equal keys counts, so that object 4 is left over.
    expect(codes(parts)).toEqual(['unreferenced-object', 'content-outside-page'])
  })

  test('operators without operands, and names of nothing, draw nothing', () => {
    const content = `Tf TL Tr Td TD Tm cm BT Tj TJ Do /X Do ${'1 '.repeat(70)} re ET`
    expect(codes({ content })).toEqual([])
    expect(codes({ content, page: IMAGES, more: [image()] })).toEqual([])
  })

  test('pages with more text than anybody writes, or forms that double without end, are unchecked', () => {
    expect(codes({ content: `BT /F 1 Tf 9 9 Td ${'(a)Tj '.repeat(200_001)}ET` })).toEqual(['content-not-checked'])
    const twice = (next: number): string =>
      streamOf(`/Subtype /Form/Resources <</XObject <</I ${next} 0 R>>>>`, '/I Do '.repeat(10))
    expect(codes({ content: '/I Do', page: IMAGES, more: [twice(6), twice(7), twice(8), twice(5)] })).toEqual([
      'content-not-checked',
    ])
  })

  test('forms that contain each other end', () => {
    const loop = {
      content: '/I Do',
      page: IMAGES,
      more: [streamOf('/Subtype /Form/Resources <</XObject <</I 5 0 R>>>>', '/I Do')],
    }
    expect(codes(loop)).toEqual([])
  })
})
