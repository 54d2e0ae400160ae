// Annotations after a signature: notes may be allowed (DocMDP 3), but none may act, and none may lie over what was signed.
import { consumeAppearance } from './appearance.ts'
import type { ChangeCode, Finding } from './change.ts'
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
  if (c.touches(b)) {
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
  items.forEach((item, i) => {
    const number = old[i] ?? null
    const other = others.find(({ ref }) => ref !== null && ref.number === number)
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
  if (field === undefined) return judgeNote(c, item, 'annotation-added', page, after)
  // New fields are judged with the form. A field that was there and hidden from all pages was prepared to be shown later.
  const shown = rectangleOf(c.after, c.after.entry(item, 'Rect'))
  if (before.fields.has(field.number) && !isEmpty(shown))
    c.report({ code: 'field-definition-changed', field: field.name, ...placeOf(field) })
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
  if (dictOf(at.value) === null || !NOTES.has(subtype)) return c.report(finding('annotation-not-permitted'))
  if (keysOf(at, at).some((key) => key === 'A' || key === 'AA')) c.report(finding('annotation-with-action'))
  const rect = rectangleOf(c.after, c.after.entry(at, 'Rect'))
  const sheet = after.pages[page]
  const harmless = ON_TEXT.has(subtype) ? marksOnly(c.after, at, subtype) : subtype === 'Popup' && !drawsItself(c, at)
  const over =
    !harmless &&
    !isEmpty(rect) &&
    rect !== null &&
    (sheet === undefined || coversContent(c.after, sheet, rect, at.ref?.number ?? null))
  c.report(finding(over ? 'annotation-over-content' : code))
}

function drawsItself(c: Comparison, at: Located): boolean {
  return c.after.entry(at, 'AP').value !== undefined
}

function place(c: Comparison, side: 'before' | 'after', at: Located, page: number): Pick<Finding, 'page' | 'rect'> {
  const rect = rectangleOf(c[side], c[side].entry(at, 'Rect'))
  return rect === null ? { page } : { page, rect }
}
