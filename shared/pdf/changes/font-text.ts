// Which characters the codes of a shown string mean, as far as the font says so (ISO 32000-1, 9.10).
import { decodeText } from '../text-string.ts'
import { dictOf, itemsOf, nameOf, streamOf, type Located, type RevisionView } from './view.ts'

/** Text of a string shown in one font; null where a code has no known meaning. */
export type Decoder = (codes: Uint8Array) => string | null

/** Most mappings of one font: a font has at most 65,535 glyphs. */
const MAX_MAPPINGS = 65_536
/** Fonts whose letters are pictures. */
const PICTURES = new Set(['Symbol', 'ZapfDingbats'])

export function decoderOf(view: RevisionView, font: Located): Decoder {
  const composite = nameOf(view.entry(font, 'Subtype').value) === 'Type0'
  const map = toUnicode(view, view.entry(font, 'ToUnicode'))
  if (map !== null) return (codes) => mapped(codes, composite ? 2 : 1, map)
  if (composite || dictOf(font.value) === null || !plainEncoding(view, font)) return () => null
  return latin
}

/** ASCII and Latin-1 are the same in WinAnsi, PDFDoc and, for ASCII, in all Latin encodings; other codes are not guessed. */
function latin(codes: Uint8Array): string | null {
  const known = (code: number): boolean =>
    code === 0x0a || code === 0x0d || (code >= 0x20 && code < 0x7f) || code >= 0xa0
  return codes.every(known) ? Array.from(codes, (code) => String.fromCharCode(code)).join('') : null
}

function plainEncoding(view: RevisionView, font: Located): boolean {
  if (PICTURES.has(nameOf(view.entry(font, 'BaseFont').value) ?? '')) return false
  // Differences name the glyphs from a code on; whoever renames letters can draw anything.
  return itemsOf(view.entry(view.entry(font, 'Encoding'), 'Differences').value).every(
    (item) => typeof item !== 'number' || item < 0x20 || item >= 0x7f,
  )
}

function mapped(codes: Uint8Array, width: number, map: ReadonlyMap<number, string>): string | null {
  let text = ''
  if (codes.length % width !== 0) return null
  for (let i = 0; i < codes.length; i += width) {
    const code = width === 1 ? (codes[i] ?? 0) : ((codes[i] ?? 0) << 8) | (codes[i + 1] ?? 0)
    const character = map.get(code)
    if (character === undefined) return null
    text += character
  }
  return text
}

/** The bfchar and bfrange mappings of a ToUnicode CMap (ISO 32000-1, 9.10.3). */
function toUnicode(view: RevisionView, at: Located): ReadonlyMap<number, string> | null {
  const stream = streamOf(at.value)
  const data = stream === null ? null : view.decoded(stream)
  if (data === null) return null
  const text = Array.from(data, (byte) => String.fromCharCode(byte)).join('')
  const map = new Map<number, string>()
  for (const [, block = ''] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of block.matchAll(/<([\dA-Fa-f\s]+)>\s*<([\dA-Fa-f\s]*)>/g))
      put(map, number(code), utf16(to))
  for (const [, block = ''] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', last = '', to, list] of block.matchAll(
      /<([\dA-Fa-f\s]+)>\s*<([\dA-Fa-f\s]+)>\s*(?:<([\dA-Fa-f\s]*)>|\[([^\]]*)\])/g,
    )) {
      const items =
        list === undefined ? null : [...list.matchAll(/<([\dA-Fa-f\s]*)>/g)].map(([, item = '']) => utf16(item))
      for (let code = number(from), i = 0; code <= number(last) && map.size < MAX_MAPPINGS; code++, i++)
        put(map, code, items === null ? advanced(utf16(to ?? ''), i) : (items[i] ?? ''))
    }
  return map
}

function put(map: Map<number, string>, code: number, text: string): void {
  if (map.size < MAX_MAPPINGS) map.set(code, text)
}

/** In a range only the last character counts on. */
function advanced(text: string, by: number): string {
  const characters = Array.from(text)
  const last = characters.pop()?.codePointAt(0)
  return last === undefined || last + by > 0x10ffff ? '' : characters.join('') + String.fromCodePoint(last + by)
}

function number(hex: string): number {
  return parseInt(hex.replace(/\s/g, ''), 16)
}

function utf16(hex: string): string {
  const digits = hex.replace(/\s/g, '')
  const bytes = Array.from({ length: digits.length >> 1 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16))
  return decodeText(Uint8Array.from([0xfe, 0xff, ...bytes]))
}
