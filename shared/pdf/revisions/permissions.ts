// What a signature says about later changes: DocMDP and FieldMDP in its references, the lock of its field (ISO 32000-2, 12.8.2 and 12.7.5.5).
import type { PdfFile } from '../file.ts'
import type { PdfDict, PdfObject } from '../objects.ts'
import type { FieldSelection, PdfSignature, SignatureFinding } from './signature.ts'
import { dictOf, itemsOf, nameOf, numberOf, textOf } from './values.ts'

/** Most references and field names that are read; real ones stay below twenty. */
const MAX_REFERENCES = 64
const MAX_FIELDS = 10_000
const TRANSFORM_VERSION = '1.2'
const DEFAULT_PERMISSION = 2

export type SignaturePermissions = Pick<PdfSignature, 'docMdp' | 'fieldMdp'>

export function readReferences(
  file: PdfFile,
  signature: PdfDict,
  findings: Set<SignatureFinding>,
): SignaturePermissions {
  const given = signature.entries.get('Reference')
  if (given === undefined) return { docMdp: null, fieldMdp: null }
  const items = itemsOf(file, given)
  if (items === null || items.length > MAX_REFERENCES) {
    findings.add('doc-mdp-malformed')
    return { docMdp: null, fieldMdp: null }
  }
  const docMdp: (1 | 2 | 3)[] = []
  const fieldMdp: FieldSelection[] = []
  let [certifications, selections] = [0, 0]
  for (const item of items) {
    const reference = dictOf(file, item)
    const parameters = dictOf(file, reference?.entries.get('TransformParams'))
    const method = nameOf(file, reference?.entries.get('TransformMethod'))
    if (method === 'DocMDP') {
      certifications++
      const permission = readDocMdp(file, parameters)
      if (permission === null) findings.add('doc-mdp-malformed')
      else docMdp.push(permission)
    } else if (method === 'FieldMDP') {
      selections++
      const selection = readSelection(file, parameters)
      if (selection === null || !hasVersion(file, parameters)) findings.add('field-mdp-malformed')
      else fieldMdp.push(selection)
    } else if (method !== 'UR' && method !== 'UR3' && method !== 'Identity') findings.add('doc-mdp-malformed')
  }
  if (certifications > 1) findings.add('doc-mdp-duplicate')
  if (selections > 1) findings.add('field-mdp-malformed')
  return { docMdp: docMdp[0] ?? null, fieldMdp: fieldMdp[0] ?? null }
}

/** `/Lock` of a signature field; its `/P` came with PDF 2.0. */
export function readLock(
  file: PdfFile,
  value: PdfObject | undefined,
  findings: Set<SignatureFinding>,
): PdfSignature['lock'] {
  if (value === undefined || value === null) return null
  const lock = dictOf(file, value)
  const selection = readSelection(file, lock)
  const permission = lock?.entries.has('P') === true ? permissionOf(file, lock.entries.get('P')) : null
  if (selection === null || (permission === null && lock?.entries.has('P') === true)) {
    findings.add('lock-malformed')
    return null
  }
  return { ...selection, permission }
}

/** @returns null where it is malformed: a permission that is not understood must never count as the default */
function readDocMdp(file: PdfFile, parameters: PdfDict | null): 1 | 2 | 3 | null {
  if (parameters === null || !hasVersion(file, parameters)) return null
  return parameters.entries.has('P') ? permissionOf(file, parameters.entries.get('P')) : DEFAULT_PERMISSION
}

/** `/V` is a name, `1.2`, which is also what its absence means (ISO 32000-1, tables 254 and 256). */
function hasVersion(file: PdfFile, parameters: PdfDict | null): boolean {
  const version = parameters?.entries.get('V')
  return version === undefined || nameOf(file, version) === TRANSFORM_VERSION
}

function permissionOf(file: PdfFile, value: PdfObject | undefined): 1 | 2 | 3 | null {
  const number = numberOf(file, value)
  return number === 1 || number === 2 || number === 3 ? number : null
}

function readSelection(file: PdfFile, parameters: PdfDict | null): FieldSelection | null {
  const action = nameOf(file, parameters?.entries.get('Action'))
  if (action === 'All') return { action, fields: [] }
  if (action !== 'Include' && action !== 'Exclude') return null
  const items = itemsOf(file, parameters?.entries.get('Fields'))
  if (items === null || items.length > MAX_FIELDS) return null
  const fields = items.map((item) => textOf(file, item)).filter((name) => name !== null)
  return fields.length === items.length ? { action, fields } : null
}
