// Which objects the newest trailer reaches, and what dictionaries among them do: scripts, actions, attachments, layers.
import type { PdfDict, PdfObject, PdfStream } from '../objects.ts'
import { isDict, isRef, nameOf } from '../write/make.ts'
import type { UpdateBase } from '../write/base.ts'
import { finding, type ScanCode, type ScanFinding } from './finding.ts'

export interface Reached {
  readonly numbers: ReadonlySet<number>
  readonly findings: readonly ScanFinding[]
}

const ACTIONS = new Map<string, ScanCode>([
  ['JavaScript', 'javascript'],
  ['Rendition', 'javascript'],
  ['Launch', 'launch-action'],
  ['GoToE', 'launch-action'],
  ['SubmitForm', 'submit-action'],
  ['ImportData', 'submit-action'],
  ['ResetForm', 'submit-action'],
])

/** Entries whose mere presence says it. `/AA` and `/XFA` have no other meaning in any dictionary. */
const ENTRIES = new Map<string, ScanCode>([
  ['AA', 'additional-actions'],
  ['XFA', 'xfa'],
  ['OCProperties', 'optional-content'],
  ['EmbeddedFiles', 'embedded-file'],
  ['JavaScript', 'javascript'],
])

/** Reads every object once. @throws PdfFault for what cannot be read */
export function reach(base: UpdateBase): Reached {
  const numbers = new Set<number>()
  const findings: ScanFinding[] = []
  const waiting: { readonly object: PdfObject; readonly number: number | null }[] = []
  const { Root, Info } = Object.fromEntries(base.trailer.entries)
  for (const object of [Root, Info]) if (object !== undefined) waiting.push({ object, number: null })
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { object, number } = next
    if (object === null || typeof object !== 'object') continue
    if (isRef(object)) {
      const entry = base.file.entries.get(object.number)
      if (numbers.has(object.number) || entry === undefined || entry.kind === 'free') continue
      numbers.add(object.number)
      waiting.push({ object: base.file.resolve(object), number: object.number })
    } else if (object.kind === 'array') for (const item of object.items) waiting.push({ object: item, number })
    else if (object.kind === 'dict' || object.kind === 'stream') {
      const dict = object.kind === 'dict' ? object : object.dict
      findings.push(...codesOf(base, object).map((code) => finding(code, { object: number })))
      for (const value of dict.entries.values()) waiting.push({ object: value, number })
    }
  }
  return { numbers, findings }
}

function codesOf(base: UpdateBase, object: PdfDict | PdfStream): readonly ScanCode[] {
  const { entries } = object.kind === 'dict' ? object : object.dict
  const codes = new Set<ScanCode>()
  const action = ACTIONS.get(nameOf(entries.get('S')) ?? '')
  if (action !== undefined) codes.add(action)
  for (const [key, code] of ENTRIES) if (entries.has(key)) codes.add(code)
  const type = nameOf(entries.get('Type'))
  if (type === 'Filespec' && entries.has('EF')) codes.add('embedded-file')
  // Content that is fetched from elsewhere can be exchanged there (ISO 32000-1, 7.3.8.2 and 8.10.4).
  if (
    (object.kind === 'stream' && entries.has('F')) ||
    (isDict(entries.get('Ref')) && nameOf(entries.get('Subtype')) === 'Form')
  )
    codes.add('external-content')
  if (type === 'Catalog' && opensByAction(base, entries.get('OpenAction'))) codes.add('open-action')
  return [...codes]
}

/** A place to show is harmless, whether it stands there itself or in an action that goes to it. */
function opensByAction(base: UpdateBase, object: PdfObject | undefined): boolean {
  const action = base.file.resolve(object ?? null)
  return isDict(action) && nameOf(action.entries.get('S')) !== 'GoTo'
}
