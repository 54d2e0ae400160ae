// The interactive form of a file: finds fields by their full name, adds merged field-and-widget dictionaries (ISO 32000-1, 12.7).
import { damaged } from '../fault.ts'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import { decodeText } from '../text-string.ts'
import type { IncrementalUpdate } from '../write/incremental.ts'
import { array, dict, isDict, isRef, itemsOf, nameOf, withEntries } from '../write/make.ts'
import { SigningStop } from './fault.ts'

/** A form of a thousand fields is a register, not a paper; more is an attack on time. */
const MAX_FIELDS = 10_000
const MAX_DEPTH = 32

export interface Field {
  /** Names of the field and its parents, joined by dots. */
  readonly name: string
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** `/FT`, `/DA`, `/Q`, `/V` and others, its own or inherited. */
  readonly inherited: ReadonlyMap<string, PdfObject>
  /** What is seen: the field itself when both are merged, else its only kid. */
  readonly widget: { readonly ref: PdfRef; readonly dict: PdfDict } | null
}

const INHERITED = ['FT', 'Ff', 'V', 'DA', 'Q'] as const

export function catalogRef(update: IncrementalUpdate): PdfRef {
  const root = update.base.trailer.entries.get('Root')
  if (!isRef(root)) throw damaged('root is no reference')
  return root
}

/** The form, or null when the file has none. */
export function formOf(update: IncrementalUpdate): PdfDict | null {
  const form = update.dict(catalogRef(update)).entries.get('AcroForm')
  return form === undefined ? null : update.dict(form)
}

/** Every terminal field, in the order of the tree. @throws PdfFault for a tree that is no tree */
export function fieldsOf(update: IncrementalUpdate): readonly Field[] {
  const form = formOf(update)
  if (form === null) return []
  const fields: Field[] = []
  const walk = (object: PdfObject, path: string, above: ReadonlyMap<string, PdfObject>, depth: number): void => {
    if (depth > MAX_DEPTH || fields.length >= MAX_FIELDS) throw damaged('field tree')
    // A field that is no indirect object cannot be changed by an update; it has no place in the list.
    if (!isRef(object)) return
    const own = update.dict(object)
    const name = fullName(update, path, own)
    const inherited = new Map(above)
    for (const key of INHERITED) {
      const value = own.entries.get(key)
      if (value !== undefined) inherited.set(key, value)
    }
    const kids = itemsOf(update.resolve(own.entries.get('Kids') ?? null))
    const children = kids.filter((kid) => isRef(kid) && update.dict(kid).entries.has('T'))
    if (children.length > 0) for (const kid of children) walk(kid, name, inherited, depth + 1)
    else fields.push({ name, ref: object, dict: own, inherited, widget: widgetOf(update, object, own, kids) })
  }
  for (const object of itemsOf(update.resolve(form.entries.get('Fields') ?? null))) walk(object, '', new Map(), 0)
  return fields
}

function widgetOf(update: IncrementalUpdate, ref: PdfRef, own: PdfDict, kids: readonly PdfObject[]): Field['widget'] {
  if (kids.length === 0) return { ref, dict: own }
  const [only] = kids
  return kids.length === 1 && isRef(only) ? { ref: only, dict: update.dict(only) } : null
}

function fullName(update: IncrementalUpdate, path: string, field: PdfDict): string {
  const partial = update.resolve(field.entries.get('T') ?? null)
  const name =
    partial !== null && typeof partial === 'object' && partial.kind === 'string' ? decodeText(partial.bytes) : ''
  return path === '' ? name : name === '' ? path : `${path}.${name}`
}

/** @throws SigningStop field-missing */
export function fieldNamed(update: IncrementalUpdate, name: string): Field {
  const found = fieldsOf(update).find((field) => field.name === name)
  if (found === undefined) throw new SigningStop('field-missing')
  return found
}

export function typeOf(field: Field): string | null {
  return nameOf(field.inherited.get('FT'))
}

/** Whether a field has a value: for a signature field, whether it is signed. */
export function hasValue(update: IncrementalUpdate, field: Field): boolean {
  return update.resolve(field.inherited.get('V') ?? null) !== null
}

/** Hangs a new top-level field into the form; where the file has no form, one is made. */
export function addField(
  update: IncrementalUpdate,
  field: PdfRef,
  defaults: Readonly<Record<string, PdfObject>> = {},
): void {
  const form = formOf(update)
  const listed = form?.entries.get('Fields')
  if (isRef(listed)) {
    update.put(listed, array([...itemsOf(update.resolve(listed)), field]))
    return
  }
  changeForm(update, { ...defaultsFor(form, defaults), Fields: array([...itemsOf(listed), field]) })
}

/** What the form has not yet. */
function defaultsFor(form: PdfDict | null, defaults: Readonly<Record<string, PdfObject>>): Record<string, PdfObject> {
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => form?.entries.has(key) !== true))
}

/** Says that signatures exist and that the file may only be appended to (ISO 32000-1, table 219); writes nothing where it is said. */
export function markSigned(update: IncrementalUpdate): void {
  const flags = update.resolve(formOf(update)?.entries.get('SigFlags') ?? 0)
  const set = typeof flags === 'number' ? flags | 3 : 3
  if (set !== flags) changeForm(update, { SigFlags: set })
}

/** Sets entries of the form, rewriting only the object that holds it. */
export function changeForm(update: IncrementalUpdate, changes: Readonly<Record<string, PdfObject>>): void {
  const root = catalogRef(update)
  const catalog = update.dict(root)
  const current = catalog.entries.get('AcroForm')
  if (isRef(current)) update.put(current, withEntries(update.dict(current), changes))
  else if (isDict(current)) update.put(root, withEntries(catalog, { AcroForm: withEntries(current, changes) }))
  else update.put(root, withEntries(catalog, { AcroForm: update.add(dict({ Fields: array([]), ...changes })) }))
}
