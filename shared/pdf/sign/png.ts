// Reads a PNG picture (ISO/IEC 15948) as colours and transparency: seals and handwritten signatures come as such files.
import { concatBytes } from '@noble/hashes/utils.js'
import { inflate } from '../inflate.ts'
import { standsAt } from '../objects.ts'
import { undoPredictor } from '../predictor.ts'
import { dict } from '../write/make.ts'
import { SigningStop } from './fault.ts'

export interface Picture {
  readonly width: number
  readonly height: number
  /** Bytes of colour for one pixel: grey or red, green, blue. */
  readonly channels: 1 | 3
  readonly colours: Uint8Array
  /** One byte a pixel, 255 is opaque; null for a picture without transparency. */
  readonly alpha: Uint8Array | null
  /** Pixels of one metre where the file says it: the real size of a seal. */
  readonly density: number | null
}

/** A seal scanned at 600 dpi is about 200 kB; a photograph of a page is no signature. */
const MAX_FILE_BYTES = 4 * 1024 * 1024
/** 60 mm at 1,200 dpi are 2,835 pixels; four bytes of 3,000 by 3,000 pixels are 36 MB. */
const MAX_SIDE = 3000
const SIGNATURE = '\u0089PNG\r\n\u001a\n'
const GREY = 0
const RGB = 2
const PALETTE = 3
const GREY_ALPHA = 4
const RGB_ALPHA = 6
const SAMPLES = new Map([
  [GREY, 1],
  [RGB, 3],
  [PALETTE, 1],
  [GREY_ALPHA, 2],
  [RGB_ALPHA, 4],
])

interface Chunks {
  readonly header: Uint8Array
  readonly data: Uint8Array
  readonly palette: Uint8Array
  readonly transparency: Uint8Array
  readonly physical: Uint8Array
}

/**
 * Checksums are not looked at: a picture that was damaged looks damaged, and is shown before signing.
 * @throws SigningStop picture-unusable for anything but 8 bits a sample without interlacing, up to 3,000 pixels a side
 */
export function readPng(bytes: Uint8Array): Picture {
  if (bytes.length > MAX_FILE_BYTES || !standsAt(bytes, 0, SIGNATURE)) throw unusable()
  const chunks = readChunks(bytes)
  const width = uint32(chunks.header, 0)
  const height = uint32(chunks.header, 4)
  const [depth, type = -1, , , interlaced] = chunks.header.subarray(8)
  const samples = SAMPLES.get(type)
  if (chunks.header.length !== 13 || width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) throw unusable()
  if (depth !== 8 || interlaced !== 0 || samples === undefined) throw unusable()
  const rows = readRows(chunks.data, width, height, samples)
  const [density] = chunks.physical.length === 9 && chunks.physical[8] === 1 ? [uint32(chunks.physical, 0)] : [0]
  const size = { width, height, density: density === 0 ? null : density }
  return { ...size, ...pixels(type, rows, chunks, width * height) }
}

function readChunks(bytes: Uint8Array): Chunks {
  const found = new Map<string, Uint8Array[]>()
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = uint32(bytes, at)
    if (at + 12 + length > bytes.length) throw unusable()
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    found.set(type, [...(found.get(type) ?? []), bytes.subarray(at + 8, at + 8 + length)])
    at += 12 + length
  }
  const one = (type: string): Uint8Array => found.get(type)?.[0] ?? new Uint8Array(0)
  const data = concatBytes(...(found.get('IDAT') ?? []))
  return { header: one('IHDR'), data, palette: one('PLTE'), transparency: one('tRNS'), physical: one('pHYs') }
}

function readRows(data: Uint8Array, width: number, height: number, samples: number): Uint8Array {
  const expected = height * (1 + width * samples)
  try {
    const inflated = inflate(data, expected)
    // The filters of PNG are the PNG predictors of PDF.
    const rows = undoPredictor(inflated, dict({ Predictor: 15, Colors: samples, BitsPerComponent: 8, Columns: width }))
    if (rows.length === width * height * samples) return rows
  } catch {
    throw unusable()
  }
  throw unusable()
}

function pixels(
  type: number,
  rows: Uint8Array,
  chunks: Chunks,
  count: number,
): Pick<Picture, 'channels' | 'colours' | 'alpha'> {
  const { palette, transparency } = chunks
  switch (type) {
    case PALETTE: {
      const colours = new Uint8Array(3 * count)
      for (let i = 0; i < count; i++) {
        const entry = 3 * (rows[i] ?? 0)
        if (entry + 3 > palette.length) throw unusable()
        colours.set(palette.subarray(entry, entry + 3), 3 * i)
      }
      const alpha = transparency.length === 0 ? null : rows.map((entry) => transparency[entry] ?? 255)
      return { channels: 3, colours, alpha }
    }
    case GREY_ALPHA:
      return split(rows, 1, count)
    case RGB_ALPHA:
      return split(rows, 3, count)
    default: {
      const channels = type === GREY ? 1 : 3
      return {
        channels,
        colours: rows,
        alpha: transparency.length === 0 ? null : keyed(rows, channels, transparency, count),
      }
    }
  }
}

/**
 * Parts colours and transparency. A pixel that nobody sees gets the colour of the one before it, so that a seal in one
 * colour shrinks to nothing.
 */
function split(rows: Uint8Array, channels: 1 | 3, count: number): Pick<Picture, 'channels' | 'colours' | 'alpha'> {
  const colours = new Uint8Array(channels * count)
  const alpha = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    const from = i * (channels + 1)
    const opacity = rows[from + channels] ?? 0
    alpha[i] = opacity
    if (opacity > 0) colours.set(rows.subarray(from, from + channels), i * channels)
    else if (i > 0) colours.copyWithin(i * channels, (i - 1) * channels, i * channels)
  }
  return { channels, colours, alpha }
}

/** One colour that stands for transparent, each sample as two bytes of which 8-bit pictures use the lower. */
function keyed(rows: Uint8Array, channels: 1 | 3, key: Uint8Array, count: number): Uint8Array {
  const alpha = new Uint8Array(count).fill(255)
  for (let i = 0; i < count; i++) {
    let equal = true
    for (let c = 0; c < channels; c++) equal &&= rows[i * channels + c] === key[2 * c + 1]
    if (equal) alpha[i] = 0
  }
  return alpha
}

function uint32(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = 0; i < 4; i++) value = value * 256 + (bytes[at + i] ?? 0)
  return value
}

function unusable(): SigningStop {
  return new SigningStop('picture-unusable')
}
