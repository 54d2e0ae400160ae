// The parts of a document that rules speak about: its pages with their annotations, its form fields with their widgets.
import { damaged, PdfFault } from '../fault.ts'
import { MAX_NESTING, MAX_PAGES } from '../limits.ts'
import { decodeText } from '../text-string.ts'
import type { Rectangle } from './change.ts'
import { dictOf, isArray, itemsOf, nameOf, refOf, stringOf, type Located, type RevisionView } from './view.ts'

/** Most fields of one form; the largest tax forms have some thousand. */
const MAX_FIELDS = 20_000

export interface Widget {
  readonly at: Located
  /** Counted from 0; null where no page lists it. */
  readonly page: number | null
  readonly rect: Rectangle | null
}

export interface Field {
  /** Fully qualified (ISO 32000-1, 12.7.3.2), NFC as in `PdfSignature`. */
  readonly name: string
  readonly number: number
  readonly at: Located
  readonly depth: number
  /** FT and Ff are inherited from ancestors. */
  readonly type: string | null
  readonly flags: number
  /** A field with widgets of its own; others only group fields. */
  readonly terminal: boolean
  /** The field itself where field and widget are one dictionary. */
  readonly widgets: readonly Widget[]
}

export interface Page {
  readonly at: Located
  readonly annotations: readonly Located[]
}

export interface DocumentModel {
  readonly pages: readonly Page[]
  readonly fields: ReadonlyMap<number, Field>
  /** Widget object to its field. */
  readonly fieldOf: ReadonlyMap<number, Field>
}

/** @throws PdfFault where the page tree or the field tree has a circle or is too large */
export function readModel(view: RevisionView): DocumentModel {
  const catalog = view.entry(view.trailer(), 'Root')
  const pages = pagesOf(view, view.entry(catalog, 'Pages'))
  const pageOf = new Map<number, number>()
  pages.forEach((page, i) => page.annotations.forEach(({ ref }) => ref !== null && pageOf.set(ref.number, i)))
  const fields = new Map<number, Field>()
  for (const field of view.items(view.entry(view.entry(catalog, 'AcroForm'), 'Fields')))
    readField(view, field, { prefix: '', type: null, flags: 0, depth: 0 }, pageOf, fields)
  const fieldOf = new Map<number, Field>()
  for (const field of fields.values())
    for (const { at } of field.widgets) if (at.ref !== null) fieldOf.set(at.ref.number, field)
  return { pages, fields, fieldOf }
}

function pagesOf(view: RevisionView, root: Located): readonly Page[] {
  const pages: Page[] = []
  const seen = new Set<number>()
  const visit = (node: Located, depth: number): void => {
    if (node.ref !== null) {
      if (seen.has(node.ref.number) || depth > MAX_NESTING) throw damaged('page tree in a circle')
      seen.add(node.ref.number)
    }
    const kids = view.entry(node, 'Kids')
    if (isArray(kids.value)) view.items(kids).forEach((kid) => visit(kid, depth + 1))
    else if (dictOf(node.value) !== null) pages.push({ at: node, annotations: view.items(view.entry(node, 'Annots')) })
    if (pages.length > MAX_PAGES) throw new PdfFault('paper-too-large', 'too many pages')
  }
  visit(root, 0)
  return pages
}

interface Inherited {
  readonly prefix: string
  readonly type: string | null
  readonly flags: number
  readonly depth: number
}

function readField(
  view: RevisionView,
  at: Located,
  from: Inherited,
  pageOf: ReadonlyMap<number, number>,
  fields: Map<number, Field>,
): void {
  if (at.ref === null || dictOf(at.value) === null) return
  // Some writers list a field twice; a circle ends here as well.
  if (fields.has(at.ref.number)) return
  if (from.depth > MAX_NESTING || fields.size >= MAX_FIELDS) throw new PdfFault('paper-too-large', 'too many fields')
  const partial = stringOf(view.entry(at, 'T').value)
  const name = [from.prefix, partial === null ? '' : decodeText(partial).normalize('NFC')]
    .filter((part) => part !== '')
    .join('.')
  const type = nameOf(view.entry(at, 'FT').value) ?? from.type
  const flagsHere = view.entry(at, 'Ff').value
  const flags = typeof flagsHere === 'number' ? flagsHere : from.flags
  const kids = view.items(view.entry(at, 'Kids'))
  // A kid without a name of its own is a widget of this field, not a field (ISO 32000-1, 12.7.3.1).
  const subfields = kids.filter((kid) => dictOf(kid.value)?.entries.has('T') === true)
  const widgets = kids.length === 0 ? [at] : kids.filter((kid) => !subfields.includes(kid))
  fields.set(at.ref.number, {
    name,
    number: at.ref.number,
    at,
    depth: from.depth,
    type,
    flags,
    terminal: subfields.length === 0,
    widgets: widgets.map((widget) => ({
      at: widget,
      page: widget.ref === null ? null : (pageOf.get(widget.ref.number) ?? null),
      rect: rectangleOf(view, view.entry(widget, 'Rect')),
    })),
  })
  for (const kid of subfields)
    readField(view, kid, { prefix: name, type, flags, depth: from.depth + 1 }, pageOf, fields)
}

/** With the lower left corner first, however it was written. */
export function rectangleOf(view: RevisionView, at: Located): Rectangle | null {
  const [a, b, c, d, ...more] = view.items(at).map(({ value }) => value)
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return null
  return more.length > 0 ? null : [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}

/** Nothing can be drawn in it: a viewer scales the appearance into the rectangle. */
export function isEmpty(rect: Rectangle | null): boolean {
  return rect === null || rect[2] - rect[0] <= 0 || rect[3] - rect[1] <= 0
}

/** The first place of a field on the paper, for the reader of the report. */
export function placeOf(field: Field): { readonly page?: number; readonly rect?: Rectangle } {
  const [widget] = field.widgets
  return {
    ...(widget?.page === null || widget === undefined ? {} : { page: widget.page }),
    ...(widget?.rect === null || widget === undefined ? {} : { rect: widget.rect }),
  }
}

/** Numbers of the objects an array refers to; items that are no references have none. */
export function numbersIn(value: Located['value']): readonly (number | null)[] {
  return itemsOf(value).map((item) => refOf(item)?.number ?? null)
}
