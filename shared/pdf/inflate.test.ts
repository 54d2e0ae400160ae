// Inflating against zlib itself, all three kinds of blocks, and every way in which data can be wrong.
import { constants, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PdfFault } from './fault.ts'
import { inflate } from './inflate.ts'

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000)
const LIMIT = 1 << 20

describe(`inflate (SEED=${SEED})`, () => {
  it('agrees with zlib at every level and strategy', () => {
    const text = fc
      .array(fc.constantFrom('ngày ', 'tháng ', 'năm 2020', '\0', 'UBND xã Trà My '), { maxLength: 4000 })
      .map((words) => words.join(''))
    const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE]
    fc.assert(
      fc.property(
        fc.oneof(
          text.map((t) => Buffer.from(t)),
          fc.uint8Array({ maxLength: 70_000 }),
        ),
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...strategies),
        (data, level, strategy) => {
          expect(Buffer.from(inflate(deflateSync(data, { level, strategy }), LIMIT)).equals(Buffer.from(data))).toBe(
            true,
          )
        },
      ),
      { seed: SEED, numRuns: 150 },
    )
  })

  it('fails only by name on damaged data', () => {
    const data = deflateSync(Buffer.from('Nghị quyết của Hội đồng nhân dân xã Trà My. '.repeat(200)))
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(data.length), (at, flip, end) => {
        const changed = new Uint8Array(data.subarray(0, end))
        if (at < end) changed[at] = (changed[at] ?? 0) ^ flip
        try {
          inflate(changed, LIMIT)
        } catch (fault) {
          expect(fault).toBeInstanceOf(PdfFault)
        }
      }),
      { seed: SEED, numRuns: 800 },
    )
  })

  it.each([
    ['nothing', []],
    ['another method', [0x79, 0x9c]],
    ['a wrong header', [0x78, 0x9d]],
    ['a dictionary nobody has', [0x78, 0xbb]],
    ['no block', [0x78, 0x9c]],
    ['an unknown block', [0x78, 0x9c, 0x07]],
    ['a stored block of wrong length', [0x78, 0x9c, 0x01, 1, 0, 1, 0]],
    ['a distance that does not exist', [0x78, 0x9c, 0x03, 0x7e, 0x00]],
    ['a length that does not exist', [0x78, 0x9c, 0x1b, 0x03]],
    ['too many codes', [0x78, 0x9c, 0x05, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
  ])('refuses %s', (_, bytes) => {
    expect(() => inflate(Uint8Array.from(bytes), LIMIT)).toThrow(PdfFault)
  })

  it('stops at the limit', () => {
    const bomb = deflateSync(new Uint8Array(LIMIT + 1))
    expect(() => inflate(bomb, LIMIT)).toThrow(expect.objectContaining({ code: 'paper-too-large' }))
    expect(inflate(deflateSync(new Uint8Array(LIMIT)), LIMIT).length).toBe(LIMIT)
  })
})
