// What a signature or a filled field looks like: a form XObject with a picture, text in the embedded face, or both.
import { zlibSync } from 'fflate'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { array, dict, name } from '../write/make.ts'
import { latin1Bytes, numberText } from '../write/serialize.ts'
import { SigningStop } from './fault.ts'
import type { FontSubset } from './font-subset.ts'
import { readPng, type Picture } from './png.ts'
import { fitText, LINE_HEIGHT, type Alignment } from './text-layout.ts'

/** Lower left and upper right corner in the space of the page, in points. */
export type Rectangle = readonly [number, number, number, number]

export interface Appearance {
  /** PNG; drawn as large as the rectangle allows, in its own proportions, centred. */
  readonly picture: Uint8Array | null
  /** Black; beside the picture where there is one. */
  readonly text: string | null
  /** In points; text that does not fit is drawn smaller. */
  readonly size: number
  readonly align: Alignment
}

/** What of a rectangle the picture gets when text stands beside it. */
const PICTURE_SHARE = 0.4
/** Distance of text from the border of its rectangle, in points. */
const PADDING = 1
/** Coordinates need no more than a hundredth of a point, which is 3.5 µm. */
const PRECISION = 100

/** By the degrees that a page is turned clockwise, the matrix that turns back; an upright page needs none. */
const TURNS = new Map([
  [90, array([0, 1, -1, 0, 0, 0])],
  [180, array([-1, 0, 0, -1, 0, 0])],
  [270, array([0, -1, 1, 0, 0, 0])],
])

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Writes the appearance for a rectangle.
 * @param rotation of the page in degrees: what is drawn stands upright for the reader, as ISO 32000-1, 12.5.5 maps it
 * @param font null where nothing is written. @throws SigningStop picture-unusable, font-missing, character-missing
 */
export function writeAppearance(
  update: IncrementalUpdate,
  font: FontSubset | null,
  appearance: Appearance,
  rectangle: Rectangle,
  rotation: number,
): PdfRef {
  const across = Math.abs(rectangle[2] - rectangle[0])
  const up = Math.abs(rectangle[3] - rectangle[1])
  const [width, height] = rotation % 180 === 0 ? [across, up] : [up, across]
  const { picture, text } = appearance
  const share = picture === null ? 0 : text === null ? 1 : PICTURE_SHARE
  let content = ''
  const resources: { XObject?: PdfObject; Font?: PdfObject } = {}
  if (picture !== null) {
    const read = readPng(picture)
    resources.XObject = dict({ Picture: writePicture(update, read) })
    content += pictureContent(read, { x: 0, y: 0, width: width * share, height })
  }
  if (text !== null) {
    if (font === null) throw new SigningStop('font-missing')
    resources.Font = dict({ Face: font.reference(update) })
    content += textContent(font, text, appearance, { x: width * share, y: 0, width: width * (1 - share), height })
  }
  return writeForm(update, content, dict({ ...resources }), [0, 0, width, height], rotation)
}

/** The value of a text field as readers draw it themselves: one line, in the middle of the field's height (ISO 32000-1, 12.7.3.3). */
export function writeFieldText(
  update: IncrementalUpdate,
  font: FontSubset,
  value: string,
  style: { readonly size: number; readonly align: Alignment; readonly rotation: number },
  rectangle: Rectangle,
): PdfRef {
  const across = Math.abs(rectangle[2] - rectangle[0])
  const up = Math.abs(rectangle[3] - rectangle[1])
  const [width, height] = style.rotation % 180 === 0 ? [across, up] : [up, across]
  const content = `/Tx BMC\n${textContent(font, value, style, { x: 0, y: 0, width, height })}EMC\n`
  const resources = dict({ Font: dict({ Face: font.reference(update) }) })
  return writeForm(update, content, resources, [0, 0, width, height], style.rotation)
}

function writeForm(
  update: IncrementalUpdate,
  content: string,
  resources: PdfDict,
  box: Rectangle,
  rotation: number,
): PdfRef {
  const packed = zlibSync(latin1Bytes(content), { level: 9 })
  const form = dict({
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: array(box.map(rounded)),
    Matrix: TURNS.get(rotation),
    Resources: resources,
    Filter: name('FlateDecode'),
  })
  return update.addStream(form, packed)
}

function writePicture(update: IncrementalUpdate, picture: Picture): PdfRef {
  const size = { Width: picture.width, Height: picture.height, BitsPerComponent: 8, Filter: name('FlateDecode') }
  const image = { Type: name('XObject'), Subtype: name('Image'), ...size }
  const mask =
    picture.alpha === null
      ? undefined
      : update.addStream(dict({ ...image, ColorSpace: name('DeviceGray') }), zlibSync(picture.alpha))
  const space = name(picture.channels === 1 ? 'DeviceGray' : 'DeviceRGB')
  return update.addStream(dict({ ...image, ColorSpace: space, SMask: mask }), zlibSync(picture.colours))
}

function pictureContent(picture: Picture, box: Box): string {
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  const x = box.x + (box.width - width) / 2
  const y = box.y + (box.height - height) / 2
  return `q ${number(width)} 0 0 ${number(height)} ${number(x)} ${number(y)} cm /Picture Do Q\n`
}

function textContent(
  font: FontSubset,
  text: string,
  style: { readonly size: number; readonly align: Alignment },
  box: Box,
): string {
  const inner = { width: Math.max(0, box.width - 2 * PADDING), height: Math.max(0, box.height - 2 * PADDING) }
  const measure = font.width.bind(font)
  const { size, lines } = fitText(text, inner.width, inner.height, style.size, measure)
  const leading = size * LINE_HEIGHT
  const top = box.y + (box.height + lines.length * leading) / 2
  let content = `q BT 0 g /Face ${number(size)} Tf\n`
  lines.forEach((line, i) => {
    const free = inner.width - measure(line, size)
    const shift = style.align === 'left' ? 0 : style.align === 'right' ? free : free / 2
    // Marks above and tails below have equal room inside the leading; `descent` is below the line and therefore negative.
    const baseline = top - (i + 1) * leading + (leading - font.ascent(size) - font.descent(size)) / 2
    content += `1 0 0 1 ${number(box.x + PADDING + shift)} ${number(baseline)} Tm ${font.encode(line)} Tj\n`
  })
  return `${content}ET Q\n`
}

function rounded(value: number): number {
  return Math.round(value * PRECISION) / PRECISION
}

function number(value: number): string {
  return numberText(rounded(value))
}
