// Small PNG pictures made in tests.
import { zlibSync } from 'fflate'
import { concatBytes } from '@noble/hashes/utils.js'
import { latin1Bytes } from '../write/serialize.ts'

export interface PngParts {
  readonly width: number
  readonly height: number
  /** 0 grey, 2 red green blue, 3 palette, 4 grey with alpha, 6 red green blue with alpha. */
  readonly type: number
  readonly rows: readonly (readonly number[])[]
  readonly depth?: number
  readonly interlace?: number
  readonly extra?: readonly Uint8Array[]
}

export function pngOf({ width, height, type, rows, depth = 8, interlace = 0, extra = [] }: PngParts): Uint8Array {
  const header = concatBytes(uint32(width), uint32(height), Uint8Array.of(depth, type, 0, 0, interlace))
  const data = zlibSync(Uint8Array.from(rows.flatMap((row) => [0, ...row])))
  const chunks = [chunk('IHDR', header), ...extra, chunk('IDAT', data), chunk('IEND', new Uint8Array(0))]
  return concatBytes(latin1Bytes('\u0089PNG\r\n\u001a\n'), ...chunks)
}

/** Its checksum is zero: nothing here looks at it. */
export function chunk(type: string, data: Uint8Array): Uint8Array {
  return concatBytes(uint32(data.length), latin1Bytes(type), data, new Uint8Array(4))
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff)
}

/** A ring in one colour on nothing, as seals are. */
export function ringPng(side: number, colour: readonly [number, number, number]): Uint8Array {
  const rows = Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => {
      const distance = Math.abs(Math.hypot(x - side / 2, y - side / 2) - side * 0.42)
      return [...colour, Math.max(0, Math.min(255, Math.round(255 * (side * 0.03 - distance))))]
    }).flat(),
  )
  return pngOf({ width: side, height: side, type: 6, rows })
}
