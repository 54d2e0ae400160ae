// Signing after a signature: in a field that waited for it, or in a new one that covers nothing.
import type { Comparison } from './comparison.ts'
import { isEmpty, placeOf, type DocumentModel, type Field } from './model.ts'
import { keysOf, type Located } from './view.ts'

/** What a signature field and its widget consist of; anything else in a new field would bring behaviour or content along. */
const KEYS_OF_NEW_FIELD = new Set([
  'Type',
  'Subtype',
  'FT',
  'T',
  'TU',
  'V',
  'F',
  'Ff',
  'Rect',
  'P',
  'AP',
  'DA',
  'DR',
  'MK',
  'M',
  'NM',
  'Lock',
  'SV',
  'Kids',
  'Parent',
  'Border',
  'BS',
])

/** A field object that the signed document did not have. */
export function judgeNewField(c: Comparison, field: Field, after: DocumentModel): void {
  c.assign(field.number, 'field')
  c.claim(field.at)
  for (const widget of field.widgets) if (widget.at.ref !== null) c.assign(widget.at.ref.number, 'field')
  const finding = { field: field.name, ...placeOf(field) }
  // A second field of the same name would share the value of the first, and its locks would not be told apart.
  if ([...after.fields.values()].some((other) => other.number !== field.number && other.name === field.name))
    c.report({ ...finding, code: 'field-definition-changed', detail: 'T' })
  if (field.type !== 'Sig' || !field.terminal || field.depth > 0) {
    c.report({ ...finding, code: 'new-field-not-signature' })
    return
  }
  for (const at of [field.at, ...field.widgets.map((widget) => widget.at)])
    for (const key of keysOf(at, at)) {
      if (key === 'A' || key === 'AA') c.report({ ...finding, code: 'annotation-with-action' })
      else if (!KEYS_OF_NEW_FIELD.has(key)) c.report({ ...finding, code: 'field-definition-changed', detail: key })
    }
  const value = c.after.entry(field.at, 'V')
  // Where it is on pages is judged with their annotations; on none of them it cannot be looked at.
  if (field.widgets.some(({ page, rect }) => page === null && !isEmpty(rect)))
    c.report({ ...finding, code: 'new-field-over-content' })
  if (value.value === undefined) c.report({ ...finding, code: 'signature-field-added' })
  else judgeSigning(c, field, value, !field.widgets.every((widget) => isEmpty(widget.rect)), after)
}

/**
 * A field got its signature dictionary.
 * @param visible whether it draws something that was not there
 */
export function judgeSigning(
  c: Comparison,
  field: Field,
  value: Located,
  visible: boolean,
  after: DocumentModel,
): void {
  const finding = { field: field.name, ...placeOf(field) }
  c.claim(value)
  const made = c.signatures.find(
    ({ fieldRef, dictRef }) =>
      fieldRef.number === field.number && (dictRef?.number ?? null) === (value.ref?.number ?? null),
  )
  const shared = [...after.fields.values()].some(
    (other) =>
      other.number !== field.number &&
      value.ref !== null &&
      c.after.entry(other.at, 'V').ref?.number === value.ref.number,
  )
  // A dictionary that was there before, or serves two fields, is no act of signing.
  if (shared || (value.ref !== null && c.deltas.get(value.ref.number)?.kind !== 'new')) {
    c.report({ ...finding, code: 'signature-reused' })
    return
  }
  const inThisStep =
    made?.revision !== null &&
    made !== undefined &&
    made.revision > c.before.revision.index &&
    made.revision <= c.after.revision.index
  if (made !== undefined && made.docMdp !== null) {
    const certified = c.signatures.some(
      ({ docMdp, revision }) => docMdp !== null && revision !== null && revision <= c.before.revision.index,
    )
    c.report({ ...finding, code: certified ? 'second-certification' : 'certification-after-approval' })
  }
  if (made === undefined || made.kind === 'malformed' || made.findings.length > 0 || !inThisStep) {
    c.report({ ...finding, code: 'malformed-signature-added' })
    return
  }
  c.report({ ...finding, code: made.kind === 'document-timestamp' && !visible ? 'timestamp-added' : 'signature-added' })
}
