// The signature fields of a form as of one revision: the field tree with inheritance, bounded (ISO 32000-1, 12.7.3 and 12.7.4.5).
import { PdfFault } from '../fault.ts'
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject, PdfRef } from '../objects.ts'
import { dictOf, isKind, itemsOf, nameOf, refOf, textOf } from './values.ts'

/** Deepest field tree; forms in use stay below ten. */
const MAX_FIELD_DEPTH = 64

export interface SignatureField {
  /** All partial names joined by dots, NFC. */
  readonly name: string
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** Of what it says itself or inherits; anything but `Sig` is a disguise for a signature dictionary. */
  readonly type: string | null
  readonly value: PdfObject
  /** Whether the value stands in this field or is inherited: a signature must not be. */
  readonly widgets: readonly { readonly ref: PdfRef | null; readonly dict: PdfDict }[]
}

/** Steps that walks may still take: shared by all revisions of a file. */
export type StepBudget = { left: number }

/** Most fields and widgets visited in all revisions together: a thousand fields in a thousand revisions. */
export function newStepBudget(): StepBudget {
  return { left: 1_000_000 }
}

export function step(budget: StepBudget): void {
  if (--budget.left < 0) throw new PdfFault('paper-too-large', 'too many steps')
}

const DIRECT: PdfRef = { kind: 'ref', number: 0, generation: 0 }

type Waiting = {
  readonly object: PdfObject
  readonly name: string | null
  readonly type: string | null
  readonly value: PdfObject | undefined
  readonly depth: number
}

/**
 * Fields that hold, or might hold, a signature: those of type `Sig` with a value, and any other whose value looks like a signature
 * dictionary. A field that several ways lead to is given once.
 * @throws PdfFault paper-too-large beyond the limits, and nothing else
 */
export function signatureFields(file: PdfFile, trailer: PdfDict, budget: StepBudget): readonly SignatureField[] {
  const form = dictOf(file, dictOf(file, trailer.entries.get('Root'))?.entries.get('AcroForm'))
  const fields: SignatureField[] = []
  const seen = new Set<number>()
  const roots = itemsOf(file, form?.entries.get('Fields')) ?? []
  const waiting: Waiting[] = roots
    .toReversed()
    .map((object) => ({ object, name: null, type: null, value: undefined, depth: 0 }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    step(budget)
    const ref = refOf(next.object)
    if (ref !== null && seen.has(ref.number)) continue
    if (ref !== null) seen.add(ref.number)
    const dict = dictOf(file, next.object)
    if (dict === null) continue
    if (next.depth > MAX_FIELD_DEPTH) throw new PdfFault('paper-too-large', 'fields nested too deeply')
    const partial = textOf(file, dict.entries.get('T'))
    const name = partial === null ? next.name : next.name === null ? partial : `${next.name}.${partial}`
    const type = nameOf(file, dict.entries.get('FT')) ?? next.type
    const value = dict.entries.get('V') ?? next.value
    const kids = itemsOf(file, dict.entries.get('Kids')) ?? []
    const children = kids.filter((kid) => dictOf(file, kid)?.entries.has('T') === true)
    const depth = next.depth + 1
    for (const object of children.toReversed()) waiting.push({ object, name, type, value, depth })
    if (children.length > 0 && !dict.entries.has('V')) continue
    if (value === undefined || !mayBeSignature(file, type, value)) continue
    const widgets = kids
      .filter((kid) => !children.includes(kid))
      .flatMap((kid) => {
        const widget = dictOf(file, kid)
        return widget === null ? [] : [{ ref: refOf(kid), dict: widget }]
      })
    const own = nameOf(file, dict.entries.get('Subtype')) === 'Widget' ? [{ ref, dict }] : []
    fields.push({
      name: (name ?? '').normalize('NFC'),
      ref: ref ?? DIRECT,
      dict,
      type,
      value,
      widgets: [...own, ...widgets],
    })
  }
  return fields
}

function mayBeSignature(file: PdfFile, type: string | null, value: PdfObject): boolean {
  if (type === 'Sig') return value !== null
  if (!isKind(value, 'ref') && !isKind(value, 'dict')) return false
  const dict = dictOf(file, value)
  return (
    dict !== null &&
    (dict.entries.has('ByteRange') || ['Sig', 'DocTimeStamp'].includes(nameOf(file, dict.entries.get('Type')) ?? ''))
  )
}
