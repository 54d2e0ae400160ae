// Small PDFs written by hand, signed with a signature that only has the right shape, and continued revision by revision.

/** A file as Latin-1 text, with what stands in it now. The text of an object is what stands between `obj` and `endobj`. */
export interface Paper {
  readonly file: string
  /** How its cross-reference is written: all revisions of a file in the same way. */
  readonly kind: 'table' | 'stream'
  readonly objects: ReadonlyMap<number, string>
  readonly startxref: number
  /** The next free object number. */
  readonly size: number
}

/** null frees the object. */
export type Changes = Readonly<Record<number, string | null>>

export interface AppendOptions {
  /** Entries of the trailer beside /Size, /Root, /Info and /Prev. */
  readonly trailer?: string
  /** In place of `/Root 1 0 R`. */
  readonly root?: string
  /** Bytes before the objects of the revision, which no cross-reference knows. */
  readonly junk?: string
  /** Offsets of objects that are not written anew: the cross-reference just points elsewhere. */
  readonly pointers?: Readonly<Record<number, number>>
}

/** Numbers of the objects that every paper here begins with. */
export const ROOT = 1
export const PAGE = 3
export const CONTENT = 4
export const FORM = 5
export const ANNOTS = 6
export const FONT = 7
export const NUMBER = 10
export const DATE = 11
export const LEADER = 12
export const SEAL = 13
export const ARCHIVE = 14
export const NOTE = 15
export const NOTE_WIDGET = 16
export const CHECK = 17
export const CHOICE = 18
export const INFO = 19
export const NUMBER_DRAWN = 20
export const UNUSED_FONT = 21
export const XMP = 28
export const STICKER = 29

export function bytesOf(file: string): Uint8Array {
  return new Uint8Array(Buffer.from(file, 'latin1'))
}

export function stream(dict: string, data: string): string {
  return `<<${dict}/Length ${data.length}>>\nstream\n${data}\nendstream`
}

/** An appearance that writes a text in the Helvetica of the form. */
export function drawn(text: string, font = `${FONT} 0 R`): string {
  return stream(
    `/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</Helv ${font}>>>>`,
    `/Tx BMC q BT /Helv 10 Tf 2 5 Td (${text}) Tj ET Q EMC`,
  )
}

/** A dictionary's text with entries added; an entry that is there already is replaced. */
export function withEntries(dict: string, entries: Readonly<Record<string, string | null>>): string {
  let text = dict
  for (const [key, value] of Object.entries(entries)) {
    const old = new RegExp(
      `/${key}(?![A-Za-z])\\s*(\\[[^\\]]*\\]|<<[^>]*>>|\\([^)]*\\)|/[A-Za-z]+|\\d+ 0 R|[\\d.]+|true|false)`,
    )
    text = text.replace(old, '')
    if (value !== null) text = text.replace(/>>$/, `/${key} ${value}>>`)
  }
  return text
}

const FONT_DICT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'

const field = (type: string, name: string, rect: string, more = '') =>
  `<</Type/Annot/Subtype/Widget/FT/${type}/T(${name})/F 4/P ${PAGE} 0 R/Rect[${rect}]${more}>>`

/**
 * One page with text, all fields prepared: number, date, leader, seal, archive; and one field of each other kind.
 * @param more objects beside these or in their place. @param junk bytes that no table knows
 */
export function unsignedPaper(more: Changes = {}, junk = '', kind: Paper['kind'] = 'table'): Paper {
  const objects: Record<number, string | null> = {
    [ROOT]: `<</Type/Catalog/Pages 2 0 R/AcroForm ${FORM} 0 R/Metadata ${XMP} 0 R>>`,
    2: `<</Type/Pages/Kids[${PAGE} 0 R]/Count 1>>`,
    [PAGE]: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents ${CONTENT} 0 R/Annots ${ANNOTS} 0 R/Resources<</Font<</F1 ${FONT} 0 R>>>>>>`,
    [CONTENT]: stream('', 'BT /F1 12 Tf 50 700 Td (Pay one hundred) Tj 0 -20 Td (to the bearer) Tj ET'),
    [FORM]: `<</Fields[${[NUMBER, DATE, LEADER, SEAL, ARCHIVE, NOTE, CHECK, CHOICE].map((n) => `${n} 0 R`).join(' ')}]/DR<</Font<</Helv ${FONT} 0 R>>>>/DA(/Helv 10 Tf 0 g)>>`,
    [ANNOTS]: `[${[NUMBER, DATE, LEADER, SEAL, ARCHIVE, NOTE_WIDGET, CHECK, CHOICE, STICKER].map((n) => `${n} 0 R`).join(' ')}]`,
    [FONT]: FONT_DICT,
    [NUMBER]: field('Tx', 'number', '50 750 250 770', `/AP<</N ${NUMBER_DRAWN} 0 R>>`),
    [DATE]: field('Tx', 'date', '300 750 500 770'),
    [LEADER]: field('Sig', 'leader', '300 100 400 160'),
    [SEAL]: field('Sig', 'seal', '250 100 290 160'),
    [ARCHIVE]: field('Sig', 'archive', '0 0 0 0'),
    [NOTE]: `<</FT/Tx/T(note)/Kids[${NOTE_WIDGET} 0 R]>>`,
    [NOTE_WIDGET]: `<</Type/Annot/Subtype/Widget/Parent ${NOTE} 0 R/F 4/P ${PAGE} 0 R/Rect[50 200 250 220]>>`,
    [CHECK]: field('Btn', 'check', '50 230 60 240', '/AS/Off/AP<</N<</Yes 22 0 R/Off 23 0 R>>>>'),
    [CHOICE]: field('Ch', 'choice', '50 260 250 280', '/Ff 131072/Opt[[(a)(Alpha)][(b)(Beta)]]'),
    [INFO]: '<</Title(A paper)/ModDate(D:20260101000000Z)>>',
    [NUMBER_DRAWN]: drawn(''),
    [UNUSED_FONT]: FONT_DICT,
    22: stream('/Type/XObject/Subtype/Form/BBox[0 0 10 10]', '0 0 10 10 re f'),
    23: stream('/Type/XObject/Subtype/Form/BBox[0 0 10 10]', ''),
    [XMP]: stream('/Type/Metadata/Subtype/XML', '<x><dc:title>A paper</dc:title><d>2026-01-01</d></x>'),
    [STICKER]: `<</Type/Annot/Subtype/Text/Rect[550 780 570 800]/Contents(signed with this)/P ${PAGE} 0 R>>`,
    ...more,
  }
  return append({ kind, file: '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', objects: new Map(), startxref: -1, size: 40 }, objects, {
    junk,
  })
}

/** One more revision, its cross-reference of the same kind as before. */
export function append(paper: Paper, changes: Changes, options: AppendOptions = {}): Paper {
  let file = paper.file + (options.junk ?? '')
  const entries = new Map<number, Entry>()
  const objects = new Map(paper.objects)
  const write = (number: number, text: string): void => {
    entries.set(number, [1, file.length, 0])
    file += `${number} 0 obj\n${text}\nendobj\n`
  }
  let size = Math.max(paper.size, ...Object.keys(changes).map((number) => Number(number) + 1))
  const packed: [number, string][] = []
  for (const [key, text] of Object.entries(changes)) {
    const number = Number(key)
    if (text === null) objects.delete(number)
    else objects.set(number, text)
    if (text === null) entries.set(number, [0, 0, 1])
    // Signatures need their place in the file, and streams cannot stand in a stream.
    else if (paper.kind === 'stream' && !text.includes('stream\n') && !text.includes('/ByteRange'))
      packed.push([number, text])
    else write(number, text)
  }
  if (packed.length > 0) {
    const holder = size++
    packed.forEach(([number], i) => entries.set(number, [2, holder, i]))
    write(holder, objectStream(packed))
  }
  for (const [key, offset] of Object.entries(options.pointers ?? {})) entries.set(Number(key), [1, offset, 0])
  const startxref = file.length
  const first = paper.startxref === -1
  const prev = first ? '' : `/Prev ${paper.startxref}`
  if (paper.kind === 'stream') entries.set(size++, [1, startxref, 0])
  const trailer = `/Size ${size}${options.root ?? `/Root ${ROOT} 0 R`}/Info ${INFO} 0 R${prev}${options.trailer ?? ''}`
  if (first) for (let i = 0; i < size; i++) if (!entries.has(i)) entries.set(i, [0, 0, 65535])
  const sorted = [...entries].sort(([a], [b]) => a - b)
  file += paper.kind === 'table' ? table(sorted, first, trailer) : crossReferenceStream(sorted, size - 1, trailer)
  file += `startxref\n${startxref}\n%%EOF\n`
  return { kind: paper.kind, file, objects, startxref, size }
}

/** Type, offset or object stream, generation or index, as in ISO 32000-1, table 18. */
type Entry = readonly [type: 0 | 1 | 2, second: number, third: number]

function table(entries: readonly (readonly [number, Entry])[], first: boolean, trailer: string): string {
  const lines = entries.map(
    ([number, [type, offset, generation]]) =>
      `${first ? '' : `${number} 1\n`}${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${type === 0 ? 'f' : 'n'} \n`,
  )
  return `xref\n${first ? `0 ${entries.length}\n` : ''}${lines.join('')}trailer\n<<${trailer}>>\n`
}

function crossReferenceStream(entries: readonly (readonly [number, Entry])[], number: number, trailer: string): string {
  const word = (value: number, width: number) =>
    Array.from({ length: width }, (_, i) => String.fromCharCode((value >>> (8 * (width - 1 - i))) & 0xff)).join('')
  const data = entries.map(([, [type, second, third]]) => word(type, 1) + word(second, 4) + word(third, 2)).join('')
  const index = entries.map(([object]) => `${object} 1`).join(' ')
  return `${number} 0 obj\n${stream(`/Type/XRef/W[1 4 2]/Index[${index}]${trailer}`, data)}\nendobj\n`
}

function objectStream(objects: readonly (readonly [number, string])[]): string {
  let at = 0
  const index = objects.map(([number, text]) => {
    const here = `${number} ${at} `
    at += text.length + 1
    return here
  })
  const first = index.join('').length
  return stream(
    `/Type/ObjStm/N ${objects.length}/First ${first}`,
    index.join('') + objects.map(([, text]) => `${text}\n`).join(''),
  )
}
