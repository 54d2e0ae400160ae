// Annotations after a signature: notes may be allowed (DocMDP 3), but none may act, and none may lie over what was signed.
import { consumeAppearance } from './appearance.ts'
import type { ChangeCode, Finding, Rectangle } from './change.ts'
import type { Comparison } from './comparison.ts'
import { sameMeaning } from './equality.ts'
import { marksOnly } from './highlight.ts'
import { isEmpty, numbersIn, placeOf, rectangleOf, type DocumentModel } from './model.ts'
import { coversContent } from './page-content.ts'
import { keysOf, dictOf, nameOf, type Located } from './view.ts'

/** Markup annotations and their windows (ISO 32000-1, table 169). Others play, link, attach or redact. */
const NOTES = new Set([
  'Text',
  'FreeText',
  'Line',
  'Square',
  'Circle',
  'Polygon',
  'PolyLine',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Stamp',
  'Caret',
  'Ink',
  'Popup',
])
/** They lie on text by their nature; what they may draw there is looked at in their appearance. */
const ON_TEXT = new Set(['Highlight', 'Underline', 'Squiggly', 'StrikeOut'])

export function judgeAnnotations(
  c: Comparison,
  a: Located,
  b: Located,
  page: number,
  before: DocumentModel,
  after: DocumentModel,
): void {
  const [old, now] = [numbersIn(a.value), numbersIn(b.value)]
  const [items, others] = [c.before.items(a), c.after.items(b)]
  if (c.touches(a, b)) {
    judgeOrder(c, a, b, page)
    items.forEach((item, i) => {
      const number = old[i] ?? null
      if (number !== null && !now.includes(number)) judgeRemoved(c, item, number, page, before)
    })
    others.forEach((item, i) => {
      const number = now[i] ?? null
      if (number !== null && !old.includes(number)) judgeAdded(c, item, number, page, before, after)
    })
    c.consume(b)
  }
  const kept = new Map(others.map((other) => [other.ref?.number, other]))
  items.forEach((item, i) => {
    const number = old[i] ?? null
    const other = number === null ? undefined : kept.get(number)
    if (number !== null && other !== undefined && !before.fieldOf.has(number)) judgeKept(c, item, other, page, after)
  })
}

/** What lies above what is part of the picture; and an annotation without a number cannot be followed. */
function judgeOrder(c: Comparison, a: Located, b: Located, page: number): void {
  const [old, now] = [numbersIn(a.value), numbersIn(b.value)]
  const kept = (numbers: typeof old, others: typeof old): string =>
    numbers.filter((number) => number !== null && others.includes(number)).join()
  const direct = (at: Located, side: 'before' | 'after'): readonly Located[] =>
    c[side].items(at).filter(({ ref }) => ref === null)
  const [x, y] = [direct(a, 'before'), direct(b, 'after')]
  const same =
    x.length === y.length && x.every((item, i) => sameMeaning(c.before, item, c.after, y[i] ?? item, c.known))
  if (!same || kept(old, now) !== kept(now, old) || new Set(now).size !== now.length - Math.max(0, y.length - 1))
    c.report({ code: 'page-changed', page, detail: 'Annots' })
}

function judgeRemoved(c: Comparison, item: Located, number: number, page: number, before: DocumentModel): void {
  const field = before.fieldOf.get(number)
  c.report(
    field === undefined
      ? { code: 'annotation-removed', ...place(c, 'before', item, page) }
      : { code: 'field-removed', field: field.name, ...placeOf(field) },
  )
}

function judgeAdded(
  c: Comparison,
  item: Located,
  number: number,
  page: number,
  before: DocumentModel,
  after: DocumentModel,
): void {
  const field = after.fieldOf.get(number)
  if (field === undefined) {
    judgeNote(c, item, 'annotation-added', page, after)
    return
  }
  const rect = rectangleOf(c.after, c.after.entry(item, 'Rect'))
  if (rect === null || isEmpty(rect)) return
  const finding = { field: field.name, page, rect }
  // A field that was there and on no page was prepared to be shown later.
  if (before.fields.has(field.number)) {
    c.report({ ...finding, code: 'field-definition-changed', detail: 'Annots' })
    return
  }
  // A new one may be listed on several pages, and must cover nothing on any of them.
  const sheet = after.pages[page]
  if (sheet === undefined || coversContent(c.after, sheet, rect, number))
    c.report({ ...finding, code: 'new-field-over-content' })
}

function judgeKept(c: Comparison, a: Located, b: Located, page: number, after: DocumentModel): void {
  c.assign(b.slot.object, 'field')
  const drawn = consumeAppearance(c, a, b)
  const changed = keysOf(a, b).filter(
    (key) => key !== 'AP' && !sameOrElsewhere(c, c.before.entry(a, key), c.after.entry(b, key)),
  )
  if (drawn || changed.length > 0) judgeNote(c, b, 'annotation-changed', page, after)
}

/** A change inside an object that is merely referred to (the page, the parent) is no change of the annotation. */
function sameOrElsewhere(c: Comparison, a: Located, b: Located): boolean {
  if (a.ref !== null && a.ref.number === b.ref?.number) return true
  return sameMeaning(c.before, a, c.after, b, c.known)
}

function judgeNote(c: Comparison, at: Located, code: ChangeCode, page: number, after: DocumentModel): void {
  c.claim(at)
  const finding = (strict: ChangeCode): Finding => ({ code: strict, ...place(c, 'after', at, page) })
  const subtype = nameOf(c.after.entry(at, 'Subtype').value) ?? ''
  if (dictOf(at.value) === null || !NOTES.has(subtype)) {
    c.report(finding('annotation-not-permitted'))
    return
  }
  if (keysOf(at, at).some((key) => key === 'A' || key === 'AA')) c.report(finding('annotation-with-action'))
  const rect = extent(c, at, subtype)
  const sheet = after.pages[page]
  const harmless = ON_TEXT.has(subtype) ? marksOnly(c.after, at, subtype) : subtype === 'Popup' && !drawsItself(c, at)
  const over =
    !harmless &&
    (rect === null ||
      (!isEmpty(rect) && (sheet === undefined || coversContent(c.after, sheet, rect, at.ref?.number ?? null))))
  c.report(finding(over ? 'annotation-over-content' : code))
}

/** How many points the icon of a note takes, whatever its rectangle says; viewers differ by some. */
const ICON = 24

/** Null where it cannot be told. */
function extent(c: Comparison, at: Located, subtype: string): Rectangle | null {
  const rect = rectangleOf(c.after, c.after.entry(at, 'Rect'))
  if (rect === null || subtype !== 'Text') return rect
  return [rect[0], Math.min(rect[1], rect[3] - ICON), Math.max(rect[2], rect[0] + ICON), rect[3]]
}

function drawsItself(c: Comparison, at: Located): boolean {
  return c.after.entry(at, 'AP').value !== undefined
}

function place(c: Comparison, side: 'before' | 'after', at: Located, page: number): Pick<Finding, 'page' | 'rect'> {
  const rect = rectangleOf(c[side], c[side].entry(at, 'Rect'))
  return rect === null ? { page } : { page, rect }
}
