// One form field that existed before: what may change is its value and its own appearance, inside its own rectangle.
import { consumeAppearance } from './appearance.ts'
import type { Comparison } from './comparison.ts'
import { drawnMatches, valueText } from './drawn-value.ts'
import { sameMeaning } from './equality.ts'
import { placeOf, type DocumentModel, type Field, type Widget } from './model.ts'
import { judgeSigning } from './rules-for-signature-fields.ts'
import { keysOf, nameOf, stringOf, type Located } from './view.ts'

/** Pushbuttons have no value, so nothing of them is filled in (ISO 32000-1, 12.7.4.2.2). */
const PUSHBUTTON = 1 << 16
/** Hidden and NoView (ISO 32000-1, table 165). */
const HIDES = (1 << 1) | (1 << 5)

export function judgeField(c: Comparison, a: Field, b: Field, after: DocumentModel): void {
  c.assign(b.number, 'field')
  for (const widget of b.widgets) if (widget.at.ref !== null) c.assign(widget.at.ref.number, 'field')
  const [x, y] = [c.before.entry(a.at, 'V'), c.after.entry(b.at, 'V')]
  // A signature is bound to its place in the file: a copy of it, however equal, is another one.
  const moved = b.type === 'Sig' && x.ref?.number !== y.ref?.number
  const filled = b.terminal && (moved || !sameMeaning(c.before, x, c.after, y, c.known))
  if (b.terminal && !filled && c.touches(x, y)) c.claim(y)
  for (const key of keysOf(a.at, b.at)) if (!mayChange(c, key, b, filled)) settleKey(c, a.at, b.at, key, b)
  const drawn = judgeWidgets(c, a, b, filled)
  if (b.type === 'Sig') judgeSignatureField(c, b, x, y, filled, drawn, after)
  else if (filled || drawn) judgeFilling(c, b, x, y, filled, drawn)
}

function settleKey(c: Comparison, a: Located, b: Located, key: string, field: Field): void {
  c.settle(c.before.entry(a, key), c.after.entry(b, key), {
    code: 'field-definition-changed',
    field: field.name,
    detail: key,
    ...placeOf(field),
  })
}

/** Keys of the field dictionary that are judged elsewhere in this file. */
function mayChange(c: Comparison, key: string, field: Field, filled: boolean): boolean {
  if (!field.terminal) return false
  if (key === 'V') return true
  const own = field.widgets.some(({ at }) => at.ref?.number === field.number)
  return (own && widgetMayChange(c, key, field, filled, field.at)) || (key === 'I' && field.type === 'Ch' && filled)
}

function widgetMayChange(c: Comparison, key: string, field: Field, filled: boolean, at: Located): boolean {
  if (key === 'AP') return true
  // The chosen state of a button follows its value; the date of an annotation is a trace.
  if (key === 'AS') return field.type === 'Btn' && filled && nameOf(c.after.entry(at, 'AS').value) !== null
  if (key === 'M') return filled && stringOf(c.after.entry(at, 'M').value) !== null
  return key === 'F' && field.type === 'Sig' && filled && staysVisible(c, at)
}

/** A signature that is being made may lock itself or print; but what was hidden when it was signed around stays hidden. */
function staysVisible(c: Comparison, at: Located): boolean {
  const [old, now] = [c.before.entry(c.before.at(at.slot.object), 'F').value ?? 0, c.after.entry(at, 'F').value ?? 0]
  return typeof old === 'number' && typeof now === 'number' && (old & HIDES) === (now & HIDES)
}

/** @returns whether an appearance means something else than before */
function judgeWidgets(c: Comparison, a: Field, b: Field, filled: boolean): boolean {
  let drawn = false
  for (const now of b.widgets) {
    const old = a.widgets.find((widget) => widget.at.ref?.number === now.at.ref?.number)
    // A list of kids that grew has been reported with the field; a new kid has no appearance to compare.
    if (old === undefined) continue
    if (now.at.ref?.number !== b.number)
      for (const key of keysOf(old.at, now.at))
        if (!widgetMayChange(c, key, b, filled, now.at)) settleKey(c, old.at, now.at, key, b)
    if (consumeAppearance(c, old.at, now.at)) drawn = true
    explainChanged(c, now, filled)
  }
  return drawn
}

/** The small keys that `widgetMayChange` accepts, in the field and in its widgets. */
function explainChanged(c: Comparison, widget: Widget, filled: boolean): void {
  if (filled) for (const key of ['AS', 'M', 'F', 'I']) c.claim(c.after.entry(widget.at, key))
}

function judgeSignatureField(
  c: Comparison,
  field: Field,
  a: Located,
  b: Located,
  filled: boolean,
  drawn: boolean,
  after: DocumentModel,
): void {
  if (!filled) {
    // A new picture on a signature that was made, or on an empty field, says something nobody signed.
    if (drawn) c.report({ code: 'signature-changed', field: field.name, ...placeOf(field) })
    return
  }
  if (a.value !== undefined) {
    c.report({ code: b.value === undefined ? 'signature-removed' : 'signature-changed', field: field.name })
    c.claim(b)
    return
  }
  judgeSigning(c, field, b, drawn, after)
}

function judgeFilling(c: Comparison, field: Field, a: Located, b: Located, filled: boolean, drawn: boolean): void {
  c.claim(b)
  c.claim(c.after.entry(field.at, 'I'))
  const finding = { field: field.name, before: valueText(c.before, a), after: valueText(c.after, b), ...placeOf(field) }
  const pushes = field.type === 'Btn' && (field.flags & PUSHBUTTON) !== 0
  if ((field.type !== 'Tx' && field.type !== 'Ch' && field.type !== 'Btn') || pushes) {
    c.report({ ...finding, code: 'field-definition-changed' })
    return
  }
  const match = drawnMatches(c.after, field)
  // A button chooses among appearances that were signed: those may not change with it.
  if (match === 'differs' || (field.type === 'Btn' && drawn))
    c.report({ ...finding, code: 'appearance-differs-from-value' })
  if (match === 'unreadable')
    c.report({ ...finding, code: filled ? 'appearance-unreadable' : 'appearance-differs-from-value' })
  c.report({ ...finding, code: filled ? 'field-filled' : 'field-appearance-refreshed' })
}
