// Pictures of seals and signatures: every kind that offices export is read, everything else is refused.
import { describe, expect, test } from 'vitest'
import { readPng } from './png.ts'
import { SigningStop } from './fault.ts'
import { chunk, pngOf, uint32, type PngParts } from './sample-png.fixture.ts'

const TWO = { width: 2, height: 1 }

describe('reading a PNG', () => {
  test('grey', () => {
    expect(readPng(pngOf({ ...TWO, type: 0, rows: [[10, 200]] }))).toEqual({
      ...TWO,
      density: null,
      channels: 1,
      colours: Uint8Array.of(10, 200),
      alpha: null,
    })
  })

  test('red, green, blue with one colour that stands for transparent', () => {
    const key = chunk('tRNS', Uint8Array.of(0, 1, 0, 2, 0, 3))
    const picture = readPng(pngOf({ ...TWO, type: 2, rows: [[1, 2, 3, 4, 5, 6]], extra: [key] }))
    expect(picture.alpha).toEqual(Uint8Array.of(0, 255))
    expect(picture.channels).toBe(3)
  })

  test('palette with transparency', () => {
    const extra = [chunk('PLTE', Uint8Array.of(255, 0, 0, 0, 0, 255)), chunk('tRNS', Uint8Array.of(0))]
    const picture = readPng(pngOf({ ...TWO, type: 3, rows: [[0, 1]], extra }))
    expect(picture.colours).toEqual(Uint8Array.of(255, 0, 0, 0, 0, 255))
    expect(picture.alpha).toEqual(Uint8Array.of(0, 255))
    expect(readPng(pngOf({ ...TWO, type: 3, rows: [[0, 1]], extra: extra.slice(0, 1) })).alpha).toBeNull()
  })

  test('with an alpha channel, where an unseen pixel takes the colour before it', () => {
    const grey = readPng(pngOf({ ...TWO, type: 4, rows: [[9, 255, 77, 0]] }))
    expect(grey.colours).toEqual(Uint8Array.of(9, 9))
    expect(grey.alpha).toEqual(Uint8Array.of(255, 0))
    const colour = readPng(pngOf({ ...TWO, type: 6, rows: [[9, 9, 9, 0, 1, 2, 3, 128]] }))
    expect(colour.colours).toEqual(Uint8Array.of(0, 0, 0, 1, 2, 3))
    expect(colour.alpha).toEqual(Uint8Array.of(0, 128))
  })

  test('with its density, when it is in metres', () => {
    const density = (unit: number): Uint8Array =>
      chunk('pHYs', Uint8Array.of(...uint32(11_811), ...uint32(11_811), unit))
    expect(readPng(pngOf({ ...TWO, type: 0, rows: [[1, 2]], extra: [density(1)] })).density).toBe(11_811)
    expect(readPng(pngOf({ ...TWO, type: 0, rows: [[1, 2]], extra: [density(0)] })).density).toBeNull()
  })

  const good: PngParts = { ...TWO, type: 0, rows: [[1, 2]] }
  test.each([
    ['no PNG at all', new Uint8Array(20)],
    ['a file of more than 4 MB', new Uint8Array(4 * 1024 * 1024 + 1)],
    ['16 bits a sample', pngOf({ ...good, depth: 16 })],
    ['interlaced', pngOf({ ...good, interlace: 1 })],
    ['an unknown kind of colour', pngOf({ ...good, type: 5 })],
    ['too many pixels', pngOf({ ...good, width: 3001 })],
    ['no pixels', pngOf({ ...good, height: 0 })],
    ['rows that are missing', pngOf({ ...good, height: 2 })],
    [
      'more rows than it says',
      pngOf({
        ...good,
        rows: [
          [1, 2],
          [3, 4],
        ],
      }),
    ],
    ['a palette that is too short', pngOf({ ...good, type: 3 })],
    ['a part that reaches beyond the file', pngOf(good).subarray(0, 50)],
    ['data that is not compressed', pngOf({ ...good, extra: [chunk('IDAT', Uint8Array.of(1, 2, 3))] })],
  ])('%s is refused', (_, bytes) => {
    expect(() => readPng(bytes)).toThrow(SigningStop)
  })
})
