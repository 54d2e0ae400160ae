// What the signatures of a document allow from a revision on: DocMDP, FieldMDP and the locks of signature fields (ISO 32000-2, 12.8.2).
import type { PdfSignature } from '../revisions/signature.ts'
import { needs, type Change, type ChangeCode, type Finding } from './change.ts'

export type FieldLock = { readonly action: 'All' | 'Include' | 'Exclude'; readonly fields: readonly string[] }

export interface Permissions {
  /** DocMDP; without any certification, forms may be filled and signed, and nothing be annotated. */
  readonly level: 1 | 2 | 3
  readonly locks: readonly FieldLock[]
}

const WITHOUT_CERTIFICATION = 2
/** Changes of one field, which its lock forbids. */
const OF_A_FIELD: ReadonlySet<ChangeCode> = new Set([
  'field-filled',
  'field-appearance-refreshed',
  'appearance-unreadable',
  'signature-added',
  'signature-field-added',
])
const LONG_TERM: ReadonlySet<ChangeCode> = new Set(['dss-extended', 'timestamp-added'])

/**
 * What holds for changes made after revision `until`: a signature binds what comes after it, not the increment it was made in,
 * so that a clerk can fill in fields and lock them at one stroke.
 */
export function permissionsAfter(signatures: readonly PdfSignature[], until: number): Permissions {
  const bound = signatures.filter(({ revision }) => revision !== null && revision <= until)
  const levels = bound.flatMap(({ docMdp, lock }) =>
    [docMdp, lock?.permission ?? null].filter((level) => level !== null),
  )
  const locks = bound.flatMap(({ fieldMdp, lock }) => [fieldMdp, lock].filter((given) => given !== null))
  return { level: levels.length === 0 ? WITHOUT_CERTIFICATION : strictest(levels), locks }
}

function strictest(levels: readonly (1 | 2 | 3)[]): 1 | 2 | 3 {
  return levels.includes(1) ? 1 : levels.includes(2) ? 2 : 3
}

/** A name locks the field and all fields below it, and no field that merely begins with the same letters (ISO 32000-2, table 256). */
export function isLocked(field: string, lock: FieldLock): boolean {
  const listed = lock.fields.some((name) => field === name || field.startsWith(`${name}.`))
  return lock.action === 'All' || (lock.action === 'Include' ? listed : !listed)
}

/** Each finding as allowed or not, under the code that says why not. */
export function judged(findings: readonly Finding[], revision: number, permissions: Permissions): readonly Change[] {
  const changes = findings.map((finding) => {
    const code = refusal(finding, permissions)
    if (code === null) return { ...finding, revision, permitted: needs(finding.code) !== 'never' }
    return { ...finding, code, detail: finding.code, revision, permitted: false }
  })
  // Acrobat and Foxit call such a file changed although ISO's resolved text allows it (pdf-issues#766): the reader should know.
  const surprising = permissions.level === 1 && findings.some(({ code }) => LONG_TERM.has(code))
  return surprising ? [...changes, { code: 'ltv-after-p1', revision, permitted: true }] : changes
}

function refusal(finding: Finding, { level, locks }: Permissions): ChangeCode | null {
  const need = needs(finding.code)
  if (need === 'form' && level < 2) return finding.code === 'signature-added' ? 'signature-after-p1' : 'change-after-p1'
  if (need === 'annotation' && level < 3) return 'annotation-not-permitted'
  const { field } = finding
  if (field === undefined || !OF_A_FIELD.has(finding.code)) return null
  return locks.some((lock) => isLocked(field, lock)) ? 'field-locked' : null
}
