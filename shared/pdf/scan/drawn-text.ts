// The text that an appearance draws, as a reader would copy it: by the font's ToUnicode map, else as the bytes themselves.
import type { PdfDict, PdfObject } from '../objects.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { dict, isDict, nameOf } from '../write/make.ts'
import { marksOf } from './content.ts'

/** A map of a face with all Vietnamese letters has 20 kB; ranges of the whole plane are written as one line. */
const MAX_RANGE = 65_536

/** Code to text. */
type CharacterMap = { readonly bytesOfCode: 1 | 2; readonly texts: ReadonlyMap<number, string> }

/** @returns null when a font says neither what its codes are nor has a standard encoding; '' when nothing is drawn. @throws PdfFault */
export function drawnText(view: IncrementalUpdate, appearance: PdfObject): string | null {
  if (appearance === null || typeof appearance !== 'object' || appearance.kind !== 'stream') return ''
  const own = view.resolve(appearance.dict.entries.get('Resources') ?? null)
  const resources = isDict(own) ? own : dict({})
  const fonts = view.resolve(resources.entries.get('Font') ?? null)
  const maps = new Map<string, CharacterMap | null>()
  let text = ''
  for (const mark of marksOf(view.base, view.base.file.structureData(appearance), resources)) {
    if (mark.kind === 'image' || !mark.visible) continue
    let map = maps.get(mark.font)
    if (map === undefined) {
      const font = isDict(fonts) ? view.resolve(fonts.entries.get(mark.font) ?? null) : null
      map = characterMap(view, isDict(font) ? font : dict({}))
      maps.set(mark.font, map)
    }
    if (map === null) return null
    text += decode(mark.codes, map)
  }
  return text
}

function characterMap(view: IncrementalUpdate, font: PdfDict): CharacterMap | null {
  const toUnicode = view.resolve(font.entries.get('ToUnicode') ?? null)
  const composite = nameOf(font.entries.get('Subtype')) === 'Type0'
  if (toUnicode !== null && typeof toUnicode === 'object' && toUnicode.kind === 'stream') {
    const bytes = view.base.file.structureData(toUnicode)
    return {
      bytesOfCode: composite ? 2 : 1,
      texts: readMap(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')),
    }
  }
  // A dictionary of differences gives codes any meaning.
  const encoding = view.resolve(font.entries.get('Encoding') ?? null)
  return composite || isDict(encoding) ? null : { bytesOfCode: 1, texts: new Map() }
}

function decode(codes: Uint8Array, { bytesOfCode, texts }: CharacterMap): string {
  let text = ''
  for (let i = 0; i + bytesOfCode <= codes.length; i += bytesOfCode) {
    const code = bytesOfCode === 1 ? (codes[i] ?? 0) : ((codes[i] ?? 0) << 8) | (codes[i + 1] ?? 0)
    text += texts.get(code) ?? (bytesOfCode === 1 ? String.fromCharCode(code) : '\ufffd')
  }
  return text
}

/** `beginbfchar` and `beginbfrange` of a ToUnicode map (ISO 32000-1, 9.10.3). */
function readMap(source: string): ReadonlyMap<number, string> {
  const texts = new Map<number, string>()
  for (const [, block = ''] of source.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', text = ''] of block.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F\s]+)>/g))
      texts.set(parseInt(code, 16), utf16(text))
  for (const [, block = ''] of source.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', to = '', text = ''] of block.matchAll(
      /<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(<[\da-fA-F\s]+>|\[[^\]]*\])/g,
    ))
      setRange(texts, parseInt(from, 16), parseInt(to, 16), text)
  return texts
}

function setRange(texts: Map<number, string>, from: number, to: number, text: string): void {
  const listed = [...text.matchAll(/<([\da-fA-F\s]+)>/g)].map(([, one = '']) => utf16(one))
  const count = Math.min(to - from + 1, MAX_RANGE)
  for (let i = 0; i < count; i++) {
    const first = listed[0] ?? ''
    const last = first.charCodeAt(first.length - 1)
    const counted = first === '' ? '' : first.slice(0, -1) + String.fromCharCode(last + i)
    texts.set(from + i, text.startsWith('[') ? (listed[i] ?? '') : counted)
  }
}

function utf16(digits: string): string {
  return (digits.replace(/\s/g, '').match(/.{1,4}/g) ?? [])
    .map((unit) => String.fromCharCode(parseInt(unit, 16)))
    .join('')
}
