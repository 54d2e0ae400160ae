// One embedded subset of a TrueType face, shared by everything that one increment draws (ISO 32000-1, 9.7: Type 0 over CIDFontType2).
import { create, type Font, type Glyph, type Subset } from '@cantoo/fontkit'
import { sha256 } from '@noble/hashes/sha2.js'
import { zlibSync } from 'fflate'
import type { PdfObject, PdfRef } from '../objects.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { array, asciiString, dict, name } from '../write/make.ts'
import { latin1Bytes } from '../write/serialize.ts'
import { SigningStop } from './fault.ts'

/** Widths and the descriptor count in thousandths of the size. */
const THOUSAND = 1000
/** Serif and symbolic (ISO 32000-1, table 123): a subset by glyph number has no standard character set. */
const FLAGS = 2 + 4
/** No reader draws with it when the face is embedded, yet the entry is required. */
const STEM_V = 80
/** A block of a ToUnicode map has at most a hundred lines (Adobe technical note 5014). */
const LINES_OF_A_BLOCK = 100
/** A character code of Identity-H has two bytes. */
const CODE_DIGITS = 4

interface Used {
  readonly width: number
  readonly character: string
}

/**
 * Collects the characters that are drawn, then writes the face with only these. Characters are the composed ones of NFC:
 * every Vietnamese letter is one glyph, so no shaping is needed and widths add up.
 */
export class FontSubset {
  readonly #font: Font
  readonly #subset: Subset
  /** By character code, which is the glyph number in the subset. */
  readonly #used = new Map<number, Used>()
  #ref: PdfRef | null = null

  /** @param bytes a whole TrueType file, not one that is split by script. @throws SigningStop font-missing */
  constructor(bytes: Uint8Array) {
    this.#font = open(bytes)
    this.#subset = this.#font.createSubset()
  }

  /** Width of one line at a size, in the unit of the size. @throws SigningStop character-missing */
  width(text: string, size: number): number {
    let units = 0
    for (const character of text.normalize('NFC')) units += this.#glyph(character).advanceWidth
    return (units * size) / this.#font.unitsPerEm
  }

  /** How far letters with marks reach above the base line at a size: capitals with two marks need all of it. */
  ascent(size: number): number {
    return (this.#font.ascent * size) / this.#font.unitsPerEm
  }

  /** How far tails reach below it: negative. */
  descent(size: number): number {
    return (this.#font.descent * size) / this.#font.unitsPerEm
  }

  /** The operand of `Tj`, and from now on these characters are part of the face. @throws SigningStop character-missing */
  encode(text: string): string {
    let codes = ''
    for (const character of text.normalize('NFC')) {
      const glyph = this.#glyph(character)
      const code = this.#subset.includeGlyph(glyph.id)
      this.#used.set(code, { width: this.#thousandths(glyph.advanceWidth), character })
      codes += code.toString(16).padStart(CODE_DIGITS, '0')
    }
    return `<${codes}>`
  }

  /** The font for resources; its objects are written by `write`, once everything is drawn. */
  reference(update: IncrementalUpdate): PdfRef {
    this.#ref ??= update.allocate()
    return this.#ref
  }

  /** Writes the face if anything was drawn with it. */
  write(update: IncrementalUpdate): void {
    if (this.#ref === null) return
    const face = this.#subset.encode()
    const baseFont = name(`${tagOf(face)}+${this.#font.postscriptName ?? 'Face'}`)
    const file = update.addStream(
      dict({ Filter: name('FlateDecode'), Length1: face.length }),
      zlibSync(face, { level: 9 }),
    )
    const { bbox } = this.#font
    const descriptor = update.add(
      dict({
        Type: name('FontDescriptor'),
        FontName: baseFont,
        Flags: FLAGS,
        FontBBox: array([bbox.minX, bbox.minY, bbox.maxX, bbox.maxY].map((units) => this.#thousandths(units))),
        ItalicAngle: this.#font.italicAngle,
        Ascent: this.#thousandths(this.#font.ascent),
        Descent: this.#thousandths(this.#font.descent),
        CapHeight: this.#thousandths(this.#font.capHeight),
        StemV: STEM_V,
        FontFile2: file,
      }),
    )
    const descendant = update.add(
      dict({
        Type: name('Font'),
        Subtype: name('CIDFontType2'),
        BaseFont: baseFont,
        CIDSystemInfo: dict({ Registry: asciiString('Adobe'), Ordering: asciiString('Identity'), Supplement: 0 }),
        FontDescriptor: descriptor,
        W: this.#widths(),
        CIDToGIDMap: name('Identity'),
      }),
    )
    const toUnicode = update.addStream(dict({ Filter: name('FlateDecode') }), zlibSync(latin1Bytes(this.#toUnicode())))
    update.put(
      this.#ref,
      dict({
        Type: name('Font'),
        Subtype: name('Type0'),
        BaseFont: baseFont,
        Encoding: name('Identity-H'),
        DescendantFonts: array([descendant]),
        ToUnicode: toUnicode,
      }),
    )
  }

  #glyph(character: string): Glyph {
    const glyph = this.#font.glyphForCodePoint(character.codePointAt(0) ?? 0)
    // Glyph 0 is the box of a face that lacks a character: a signature must not show it in a name.
    if (glyph === null || glyph.id === 0) throw new SigningStop('character-missing')
    return glyph
  }

  #thousandths(units: number): number {
    return Math.round((units * THOUSAND) / this.#font.unitsPerEm)
  }

  #widths(): PdfObject {
    return array(this.#inOrder().flatMap(([code, { width }]) => [code, array([width])]))
  }

  /** Without it, text of the appearance could be neither searched nor copied (ISO 32000-1, 9.10.3). */
  #toUnicode(): string {
    const lines = this.#inOrder().map(([code, { character }]) => `<${hexadecimal(code)}> <${utf16(character)}>`)
    let blocks = ''
    for (let i = 0; i < lines.length; i += LINES_OF_A_BLOCK) {
      const block = lines.slice(i, i + LINES_OF_A_BLOCK)
      blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`
    }
    return (
      '/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
      '/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n' +
      '/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n' +
      `1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n${blocks}` +
      'endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n'
    )
  }

  #inOrder(): readonly (readonly [number, Used])[] {
    return [...this.#used].sort(([a], [b]) => a - b)
  }
}

/** A collection of faces is no face. */
function open(bytes: Uint8Array): Font {
  try {
    const font = create(bytes)
    if ('createSubset' in font) return font
  } catch {
    throw new SigningStop('font-missing')
  }
  throw new SigningStop('font-missing')
}

/** Six capital letters that differ between subsets (ISO 32000-1, 9.6.4), made from the face itself. */
function tagOf(face: Uint8Array): string {
  return Array.from(sha256(face).subarray(0, 6), (byte) => String.fromCharCode(0x41 + (byte % 26))).join('')
}

function hexadecimal(code: number): string {
  return code.toString(16).padStart(CODE_DIGITS, '0')
}

function utf16(character: string): string {
  return Array.from({ length: character.length }, (_, i) => hexadecimal(character.charCodeAt(i))).join('')
}
