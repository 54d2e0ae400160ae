// Every signature that a file has or ever had, with all that its structure says about it before any cryptography (ISO 32000-2, 12.8).
import { bytesToHex } from '@noble/hashes/utils.js'
import type { PdfRef } from '../objects.ts'
import { certificationFindings } from './certification.ts'
import { readLock, readReferences } from './permissions.ts'
import { PageFinder } from './placement.ts'
import type { Revision, RevisionedPdf } from './revisions.ts'
import { locateValue, readDictionary, type Located } from './signature-dictionary.ts'
import { newStepBudget, signatureFields, type SignatureField, type StepBudget } from './signature-fields.ts'
import type { PdfSignature, SignatureFinding, SignatureNote } from './signature.ts'
import { dictOf, refOf, valueOf } from './values.ts'

/** A signature while it is put together. */
export type Draft = {
  readonly signature: Omit<PdfSignature, 'findings' | 'notes'>
  /** Of this field with this dictionary, and of the dictionary alone. */
  readonly key: string
  readonly dictionary: string
  readonly findings: Set<SignatureFinding>
  readonly notes: Set<SignatureNote>
}

/**
 * Reads the signatures of all revisions: those that the newest has, those that some revision had and a later one no longer has
 * (`signature-removed`), and dictionaries that only `/Perms` leads to (`not-in-a-field`, or the note `usage-rights`).
 * What is said of a signature holds as of the revision in which it first appears, for that is what was signed.
 * @returns in the order in which they appear
 * @throws PdfFault paper-too-large beyond the limits, and nothing else
 */
export function readSignatures(pdf: RevisionedPdf): readonly PdfSignature[] {
  const budget = newStepBudget()
  const drafts = new Map<string, Draft>()
  let present = new Set<string>()
  for (const revision of pdf.revisions) {
    present = new Set()
    for (const draft of draftsOf(pdf, revision, budget, drafts)) {
      present.add(draft.key)
      drafts.set(draft.key, draft)
    }
  }
  const all = [...drafts.values()]
  for (const { key, findings } of all) if (!present.has(key)) findings.add('signature-removed')
  markShared(all)
  certificationFindings(pdf, all)
  return all.map(({ signature, findings, notes }) => ({
    ...signature,
    findings: [...findings].sort(),
    notes: [...notes].sort(),
  }))
}

function draftsOf(
  pdf: RevisionedPdf,
  revision: Revision,
  budget: StepBudget,
  known: ReadonlyMap<string, Draft>,
): readonly Draft[] {
  const { file, trailer } = revision
  const pages = new PageFinder(file, trailer, budget)
  const drafts: Draft[] = []
  const found = new Set<string>()
  for (const field of signatureFields(file, trailer, budget)) {
    const located = locateValue(file, field.ref, field.value)
    found.add(located?.key ?? '')
    // The name belongs to the key: one dictionary in two fields is two signatures to whoever looks at the form.
    const key = `${field.ref.number} ${field.name} ${located?.key ?? 'none'}`
    drafts.push(known.get(key) ?? fieldDraft(pdf, revision, { field, located, key, pages }))
  }
  const perms = dictOf(file, dictOf(file, trailer.entries.get('Root'))?.entries.get('Perms'))
  for (const entry of ['DocMDP', 'UR3'] as const) {
    const ref = refOf(perms?.entries.get(entry))
    const located = ref === null ? null : locateValue(file, ref, ref)
    if (ref === null || located === null || found.has(located.key)) continue
    const key = `${entry} ${located.key}`
    drafts.push(known.get(key) ?? permsDraft(pdf, revision, { ref, located, key, entry }))
  }
  return drafts
}

type FieldInput = {
  readonly field: SignatureField
  readonly located: Located | null
  readonly key: string
  readonly pages: PageFinder
}

function fieldDraft(pdf: RevisionedPdf, revision: Revision, { field, located, key, pages }: FieldInput): Draft {
  const findings = new Set<SignatureFinding>()
  const notes = new Set<SignatureNote>()
  if (field.type !== 'Sig') findings.add('field-type-wrong')
  if (field.widgets.length === 0) notes.add('widget-missing')
  if (field.widgets.length > 1) notes.add('several-widgets')
  const lock = readLock(revision.file, field.dict.entries.get('Lock'), findings)
  const place = { fieldName: field.name, fieldRef: field.ref, appearsIn: revision.index, lock, ...pages.place(field) }
  if (located === null) {
    findings.add(valueOf(revision.file, field.value) === null ? 'value-missing' : 'value-not-a-dictionary')
    return { signature: { ...NOTHING, ...place }, key, dictionary: key, findings, notes }
  }
  return {
    signature: { ...place, ...partsOf(pdf, revision, located, findings, notes) },
    key,
    dictionary: located.key,
    findings,
    notes,
  }
}

function permsDraft(
  pdf: RevisionedPdf,
  revision: Revision,
  { ref, located, key, entry }: { ref: PdfRef; located: Located; key: string; entry: 'DocMDP' | 'UR3' },
): Draft {
  const findings = new Set<SignatureFinding>()
  const notes = new Set<SignatureNote>()
  if (entry === 'UR3') notes.add('usage-rights')
  else findings.add('not-in-a-field')
  const place = { ...NOTHING, fieldRef: ref, appearsIn: revision.index }
  return {
    signature: { ...place, ...partsOf(pdf, revision, located, findings, notes) },
    key,
    dictionary: located.key,
    findings,
    notes,
  }
}

function partsOf(
  pdf: RevisionedPdf,
  revision: Revision,
  located: Located,
  findings: Set<SignatureFinding>,
  notes: Set<SignatureNote>,
): Omit<PdfSignature, 'fieldName' | 'fieldRef' | 'appearsIn' | 'lock' | 'page' | 'rect' | 'findings' | 'notes'> {
  const { dict, ref } = located
  const facts = readDictionary(pdf, revision, located, findings, notes)
  return { ...facts, ...readReferences(revision.file, dict, findings), dict, dictRef: ref }
}

/** The same dictionary in two fields, and the same contents in two dictionaries, are one act of signing shown twice. */
function markShared(drafts: readonly Draft[]): void {
  mark(drafts, 'signature-shared', ({ signature, dictionary }) => (signature.dict === null ? null : dictionary))
  const dictionaries = [...new Map(drafts.map((draft) => [draft.dictionary, draft])).values()]
  mark(dictionaries, 'contents-shared', ({ signature: { contents } }) =>
    contents === null ? null : bytesToHex(contents),
  )
}

function mark(drafts: readonly Draft[], code: SignatureFinding, keyOf: (draft: Draft) => string | null): void {
  const first = new Map<string, Draft>()
  for (const draft of drafts) {
    const key = keyOf(draft)
    if (key === null) continue
    const other = first.get(key)
    if (other === undefined) {
      first.set(key, draft)
      continue
    }
    other.findings.add(code)
    draft.findings.add(code)
  }
}

const NOTHING: Omit<PdfSignature, 'findings' | 'notes'> = {
  fieldName: '',
  fieldRef: { kind: 'ref', number: 0, generation: 0 },
  kind: 'malformed',
  byteRange: null,
  contents: null,
  contentsSpan: null,
  filter: '',
  subFilter: '',
  claimedTime: null,
  name: null,
  reason: null,
  location: null,
  contactInfo: null,
  revision: null,
  appearsIn: 0,
  page: null,
  rect: null,
  docMdp: null,
  fieldMdp: null,
  lock: null,
  dict: null,
  dictRef: null,
}
