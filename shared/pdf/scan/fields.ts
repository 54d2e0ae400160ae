// Fields before signing: whether what is drawn is the value, in a face that an update cannot redraw, without anything that acts.
import type { PdfDict, PdfObject } from '../objects.ts'
import { formOf, typeOf, type Field } from '../sign/form.ts'
import { rectangleOf } from '../sign/widget.ts'
import { decodeText } from '../text-string.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { isDict, itemsOf, nameOf } from '../write/make.ts'
import { drawnText } from './drawn-text.ts'
import { finding, type ScanCode, type ScanFinding } from './finding.ts'
import { readable } from './readable.ts'

/** @param signed in a signed file our own values are drawn with an embedded face, and the verifier guards it */
export function scanFields(view: IncrementalUpdate, fields: readonly Field[], signed: boolean): readonly ScanFinding[] {
  const form = formOf(view)
  if (form === null) return []
  const findings: ScanFinding[] = []
  // The reader is asked to draw fields itself, so that nobody knows what will be seen (ISO 32000-1, table 218).
  if (view.resolve(form.entries.get('NeedAppearances') ?? null) === true && fields.length > 0)
    findings.push(finding('appearances-left-to-reader'))
  if (!signed) findings.push(...fontCodes(view, form.entries.get('DR')).map((code) => finding(code)))
  for (const field of fields) {
    const fonts = signed ? [] : appearanceFontCodes(view, field)
    const codes = [...valueCodes(view, field), ...fonts, ...actionCodes(view, field)]
    const rectangle = field.widget === null ? null : rectangleOf(view, field.widget.dict)
    findings.push(...codes.map((code) => finding(code, { field: field.name, object: field.ref.number, rectangle })))
  }
  return findings
}

/** Only text and choices have a value that is drawn as it is. */
function valueCodes(view: IncrementalUpdate, field: Field): readonly ScanCode[] {
  const type = typeOf(field)
  const { widget } = field
  if ((type !== 'Tx' && type !== 'Ch') || widget === null) return []
  const value = view.resolve(field.inherited.get('V') ?? null)
  const wanted = value !== null && typeof value === 'object' && value.kind === 'string' ? decodeText(value.bytes) : ''
  const drawn = readable(() => drawnText(view, normalAppearance(view, widget.dict)))
  if (drawn === null) return ['field-appearance-unread']
  return comparable(drawn) === comparable(wanted) ? [] : ['field-appearance-differs']
}

function normalAppearance(view: IncrementalUpdate, widget: PdfDict): PdfObject {
  const appearances = view.resolve(widget.entries.get('AP') ?? null)
  return isDict(appearances) ? view.resolve(appearances.entries.get('N') ?? null) : null
}

/** Lines and the composition of letters are matters of drawing. */
function comparable(text: string): string {
  return text.normalize('NFC').replace(/[\s\u0000-\u001f]+/g, '')
}

function appearanceFontCodes(view: IncrementalUpdate, field: Field): readonly ScanCode[] {
  if (field.widget === null || typeOf(field) === 'Sig') return []
  const appearance = normalAppearance(view, field.widget.dict)
  if (appearance === null || typeof appearance !== 'object' || appearance.kind !== 'stream') return []
  return fontCodes(view, appearance.dict.entries.get('Resources'))
}

/** An update may exchange the glyphs of an embedded face and so the value that is read, which is why it is said. */
function fontCodes(view: IncrementalUpdate, resources: PdfObject | undefined): readonly ScanCode[] {
  const dict = view.resolve(resources ?? null)
  const fonts = isDict(dict) ? view.resolve(dict.entries.get('Font') ?? null) : null
  if (!isDict(fonts)) return []
  const codes = [...fonts.entries.values()].flatMap((entry): readonly ScanCode[] => {
    const font = view.resolve(entry)
    if (!isDict(font)) return []
    if (nameOf(font.entries.get('Subtype')) === 'Type3') return ['form-font-drawn']
    return isEmbedded(view, font) ? ['form-font-embedded'] : []
  })
  return [...new Set(codes)]
}

function isEmbedded(view: IncrementalUpdate, font: PdfDict): boolean {
  const [descendant] = itemsOf(view.resolve(font.entries.get('DescendantFonts') ?? null))
  const inner = descendant === undefined ? font : view.resolve(descendant)
  const descriptor = isDict(inner) ? view.resolve(inner.entries.get('FontDescriptor') ?? null) : null
  return isDict(descriptor) && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.entries.has(key))
}

/** Links of the text may lead to the web; a field that does sends what was typed along. */
function actionCodes(view: IncrementalUpdate, field: Field): readonly ScanCode[] {
  const dicts = [field.dict, ...(field.widget === null ? [] : [field.widget.dict])]
  const leads = dicts.some((dict) => {
    const action = view.resolve(dict.entries.get('A') ?? null)
    return isDict(action) && nameOf(action.entries.get('S')) === 'URI'
  })
  return leads ? ['uri-in-field'] : []
}
