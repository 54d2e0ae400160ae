// Values of dictionaries by type, null for anything else: in a signature a wrong type is a finding and never a reason to stop.
import { PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import { decodeText } from '../text-string.ts'

export function refOf(object: PdfObject | undefined): PdfRef | null {
  return isKind(object, 'ref') ? object : null
}

/** What a value leads to; null where it is absent or leads nowhere. @throws PdfFault only beyond a limit */
export function valueOf(file: PdfFile, object: PdfObject | undefined): PdfObject {
  if (object === undefined) return null
  try {
    return file.resolve(object)
  } catch (fault) {
    if (fault instanceof PdfFault && fault.code !== 'paper-too-large') return null
    throw fault
  }
}

export function dictOf(file: PdfFile, object: PdfObject | undefined): PdfDict | null {
  const value = valueOf(file, object)
  return isKind(value, 'dict') ? value : null
}

export function itemsOf(file: PdfFile, object: PdfObject | undefined): readonly PdfObject[] | null {
  const value = valueOf(file, object)
  return isKind(value, 'array') ? value.items : null
}

export function nameOf(file: PdfFile, object: PdfObject | undefined): string | null {
  const value = valueOf(file, object)
  return isKind(value, 'name') ? value.name : null
}

/** A text string for people, NFC, without control characters. */
export function textOf(file: PdfFile, object: PdfObject | undefined): string | null {
  const value = valueOf(file, object)
  return isKind(value, 'string') ? decodeText(value.bytes).normalize('NFC') : null
}

export function numberOf(file: PdfFile, object: PdfObject | undefined): number | null {
  const value = valueOf(file, object)
  return typeof value === 'number' ? value : null
}

type Kind = Extract<PdfObject, { readonly kind: string }>['kind']

export function isKind<K extends Kind>(
  object: PdfObject | undefined,
  kind: K,
): object is Extract<PdfObject, { readonly kind: K }> {
  return object !== undefined && object !== null && typeof object === 'object' && object.kind === kind
}
