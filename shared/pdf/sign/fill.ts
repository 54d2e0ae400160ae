// Fills text fields with their value and the appearance of it, as part of a signature's increment.
import type { IncrementalUpdate } from '../write/incremental.ts'
import { dict, textString, withEntries } from '../write/make.ts'
import { writeFieldText } from './appearance.ts'
import { SigningStop } from './fault.ts'
import type { FontSubset } from './font-subset.ts'
import { fieldNamed, typeOf, type Field } from './form.ts'
import { rotationAround } from './pages.ts'
import { rectangleOf } from './widget.ts'
import type { Alignment } from './text-layout.ts'

export interface FieldValue {
  readonly field: string
  readonly value: string
}

/** Size of a field whose default appearance leaves it to the reader: the number and the date of a document have 13 points. */
const AUTOMATIC_SIZE = 13
const ALIGNMENTS: readonly Alignment[] = ['left', 'center', 'right']

/** @throws SigningStop value-field-unusable unless each is a text field with one widget; field-missing, font-missing */
export function fillTextFields(
  update: IncrementalUpdate,
  font: FontSubset | null,
  values: readonly FieldValue[],
): void {
  for (const { field: name, value } of values) {
    const field = fieldNamed(update, name)
    const { widget } = field
    if (typeOf(field) !== 'Tx' || widget === null) throw new SigningStop('value-field-unusable')
    if (font === null) throw new SigningStop('font-missing')
    const rotation = rotationAround(update, widget.dict)
    const style = { ...styleOf(update, field), rotation }
    const composed = value.normalize('NFC')
    const stream = writeFieldText(update, font, composed, style, rectangleOf(update, widget.dict))
    const look = { AP: dict({ N: stream }) }
    const merged = widget.ref.number === field.ref.number
    update.put(field.ref, withEntries(field.dict, { V: textString(composed), ...(merged ? look : {}) }))
    if (!merged) update.put(widget.ref, withEntries(widget.dict, look))
  }
}

/** Size and alignment as the field wants them (`/DA`, `/Q`); the face is ours, since the form's may lack the letters. */
function styleOf(update: IncrementalUpdate, field: Field): { readonly size: number; readonly align: Alignment } {
  const appearance = update.resolve(field.inherited.get('DA') ?? null)
  const operators =
    appearance !== null && typeof appearance === 'object' && appearance.kind === 'string'
      ? String.fromCharCode(...appearance.bytes)
      : ''
  const size = Number(/([\d.]+)\s+Tf/.exec(operators)?.[1] ?? 0)
  const quadding = update.resolve(field.inherited.get('Q') ?? 0)
  const align = typeof quadding === 'number' ? ALIGNMENTS[quadding] : undefined
  return { size: size > 0 ? size : AUTOMATIC_SIZE, align: align ?? 'left' }
}
