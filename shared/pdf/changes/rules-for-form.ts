// The form after a signature: its fields stay, some may be filled or signed, and invisible signature fields may join them.
import type { Comparison } from './comparison.ts'
import { drawnMatches } from './drawn-value.ts'
import { numbersIn, type DocumentModel } from './model.ts'
import { judgeField } from './rules-for-fields.ts'
import { judgeNewField } from './rules-for-signature-fields.ts'
import { dictOf, keysOf, type Located } from './view.ts'

export function judgeForm(c: Comparison, before: DocumentModel, after: DocumentModel): void {
  const [a, b] = [formOf(c, 'before'), formOf(c, 'after')]
  if (a.value === undefined || dictOf(b.value) === null) {
    c.settle(a, b, { code: 'form-definition-changed' })
    return
  }
  // Only the catalog may point at the form: elsewhere its keys would mean something else.
  c.admit(b.holder)
  for (const key of keysOf(a, b)) {
    const [x, y] = [c.before.entry(a, key), c.after.entry(b, key)]
    if (key === 'Fields') judgeFieldList(c, x, y, after)
    else if (key === 'SigFlags') judgeFlags(c, x, y)
    else if (key === 'NeedAppearances') judgeNeedAppearances(c, x, y, before, after)
    else if (key === 'DR') judgeResources(c, x, y)
    else if (key === 'DA' && x.value === undefined) addedResource(c, y)
    else c.settle(x, y, { code: 'form-definition-changed', detail: key })
  }
  // Where the dictionary moved to another place, its entries have been judged all the same.
  if (a.ref?.number !== b.ref?.number) c.consume(b)
  for (const field of before.fields.values()) {
    const now = after.fields.get(field.number)
    if (now === undefined) c.report({ code: 'field-removed', field: field.name })
    else judgeField(c, field, now, after)
  }
  for (const field of after.fields.values()) if (!before.fields.has(field.number)) judgeNewField(c, field, after)
}

function formOf(c: Comparison, side: 'before' | 'after'): Located {
  return c[side].entry(c[side].entry(c[side].trailer(), 'Root'), 'AcroForm')
}

/** Old fields in their old order; that the new ones may be there is judged field by field. */
function judgeFieldList(c: Comparison, a: Located, b: Located, after: DocumentModel): void {
  if (!c.touches(a, b)) return
  const [old, now] = [numbersIn(a.value), numbersIn(b.value)]
  const rest = now.filter((number) => old.includes(number))
  const added = now.filter((number) => !old.includes(number))
  const proper = !now.includes(null) && new Set(added).size === added.length && old.join() === rest.join()
  if (!proper) c.report({ code: 'form-definition-changed', detail: 'Fields' })
  c.consume(b)
  // A field that was an object before, though no field, is not new: it was prepared.
  for (const number of now)
    if (number !== null && !old.includes(number) && c.deltas.get(number)?.kind !== 'new')
      c.report({ code: 'form-definition-changed', detail: 'Fields', field: after.fields.get(number)?.name ?? '' })
}

/** SignaturesExist and AppendOnly are set by signing and never taken back (ISO 32000-1, table 219). */
function judgeFlags(c: Comparison, a: Located, b: Located): void {
  if (!c.touches(a, b)) return
  const [old, now] = [a.value ?? 0, b.value]
  if (typeof old !== 'number' || typeof now !== 'number' || (old & now) !== old || now > 3) {
    c.settle(a, b, { code: 'form-definition-changed', detail: 'SigFlags' })
    return
  }
  c.report({ code: 'form-flags-set' })
  c.claim(b)
}

/** Whether viewers draw fields anew switches what is seen wherever the drawn text is not the value: prepared shadows do that. */
function judgeNeedAppearances(
  c: Comparison,
  a: Located,
  b: Located,
  before: DocumentModel,
  after: DocumentModel,
): void {
  if (!c.touches(a, b) || (a.value ?? false) === (b.value ?? false)) {
    c.settle(a, b, { code: 'form-definition-changed' })
    return
  }
  for (const field of before.fields.values()) {
    if (after.fields.has(field.number) && drawnMatches(c.before, field) === 'differs')
      c.report({ code: 'appearance-differs-from-value', field: field.name })
  }
  c.report({ code: 'form-flags-set' })
  c.claim(b)
}

/** Signing tools add a default appearance with its fonts and their encodings where a form has none. */
const ADDED_BY_SIGNING = new Set(['Font', 'Encoding'])

function addedResource(c: Comparison, at: Located): void {
  c.report({ code: 'form-resources-added' })
  c.claim(at)
}

/** Fonts may be added for what is filled in; those that were there draw what was signed. */
function judgeResources(c: Comparison, a: Located, b: Located): void {
  if (a.value === undefined && b.value === undefined) return
  const moved = a.ref?.number !== b.ref?.number
  for (const category of keysOf(a, b)) {
    const [x, y] = [c.before.entry(a, category), c.after.entry(b, category)]
    if (!ADDED_BY_SIGNING.has(category)) {
      c.settle(x, y, { code: 'form-definition-changed', detail: 'DR' })
      continue
    }
    for (const name of keysOf(x, y)) {
      const [of, is] = [c.before.entry(x, name), c.after.entry(y, name)]
      if (of.value !== undefined) c.settle(of, is, { code: 'font-changed' })
      else addedResource(c, is)
    }
    if (moved || x.ref?.number !== y.ref?.number) c.consume(y)
    else if (y.ref !== null) c.admit(y.holder)
  }
  if (moved) c.consume(b)
  else if (b.ref !== null) c.admit(b.holder)
}
