// Which fields a file has, and which of them wait for a signature.
import { PdfFault } from '../fault.ts'
import { updateBase, type PdfToUpdate } from '../write/base.ts'
import { IncrementalUpdate } from '../write/incremental.ts'
import { fieldsOf, hasValue, typeOf } from './form.ts'

/** `empty` and `signed` are signature fields; `other` is everything that is filled in. */
export type FieldState = 'empty' | 'signed' | 'other'

/** By full name; nothing for a file whose form cannot be read. */
export function fieldStates(pdf: PdfToUpdate): ReadonlyMap<string, FieldState> {
  try {
    const update = new IncrementalUpdate(updateBase(pdf))
    return new Map(
      fieldsOf(update).map((field) => {
        if (typeOf(field) !== 'Sig') return [field.name, 'other']
        return [field.name, hasValue(update, field) ? 'signed' : 'empty']
      }),
    )
  } catch (fault) {
    if (fault instanceof PdfFault) return new Map()
    throw fault
  }
}
