// Small PDFs written by hand, signed with a signature that only has the right shape, and continued revision by revision.

/** A file as Latin-1 text, with what stands in it now. The text of an object is what stands between `obj` and `endobj`. */
export interface Paper {
  readonly file: string
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
    const old = new RegExp(`/${key}(?![A-Za-z])\\s*(\\[[^\\]]*\\]|<<[^>]*>>|\\([^)]*\\)|/[A-Za-z]+|\\d+ 0 R|[\\d.]+|true|false)`)
    text = text.replace(old, '')
    if (value !== null) text = text.replace(/>>$/, `/${key} ${value}>>`)
  }
  return text
}

const FONT_DICT = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'

const field = (type: string, name: string, rect: string, more = '') =>
  `<</Type/Annot/Subtype/Widget/FT/${type}/T(${name})/F 4/P ${PAGE} 0 R/Rect[${rect}]${more}>>`

/** One page with text, all fields prepared: number, date, leader, seal, archive; and one field of each other kind. */
export function unsignedPaper(more: Changes = {}): Paper {
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
  return append({ file: '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', objects: new Map(), startxref: -1, size: 40 }, objects)
}

/** One more revision with a table. */
export function append(paper: Paper, changes: Changes, options: AppendOptions = {}): Paper {
  let file = paper.file + (options.junk ?? '')
  const entries = new Map<number, string>()
  const objects = new Map(paper.objects)
  const first = paper.startxref === -1
  for (const [key, text] of Object.entries(changes)) {
    const number = Number(key)
    if (text === null) {
      entries.set(number, '0000000000 00001 f \n')
      objects.delete(number)
      continue
    }
    entries.set(number, entry(file.length))
    file += `${number} 0 obj\n${text}\nendobj\n`
    objects.set(number, text)
  }
  for (const [key, offset] of Object.entries(options.pointers ?? {})) entries.set(Number(key), entry(offset))
  const startxref = file.length
  const size = Math.max(paper.size, ...[...entries.keys()].map((number) => number + 1))
  file += 'xref\n'
  if (first) file += `0 ${size}\n${Array.from({ length: size }, (_, i) => entries.get(i) ?? '0000000000 65535 f \n').join('')}`
  else for (const [number, line] of [...entries].sort(([a], [b]) => a - b)) file += `${number} 1\n${line}`
  const prev = first ? '' : `/Prev ${paper.startxref}`
  file += `trailer\n<</Size ${size}${options.root ?? `/Root ${ROOT} 0 R`}/Info ${INFO} 0 R${prev}${options.trailer ?? ''}>>\n`
  file += `startxref\n${startxref}\n%%EOF\n`
  return { file, objects, startxref, size }
}

function entry(offset: number): string {
  return `${String(offset).padStart(10, '0')} 00000 n \n`
}
