// What difference analysis can say about one change after a signature: closed codes, and the permission each of them needs.
import type { PdfFault } from '../fault.ts'

/**
 * Never part of what a signer saw, so no DocMDP level forbids them (ISO 32000-2, 12.8.2.2.2 as resolved in pdf-issues#766
 * for DSS and document time-stamps; metadata and version marks are what honest long-term updates of other products touch).
 */
const ALWAYS = [
  'dss-extended',
  'timestamp-added',
  'metadata-updated',
  'extensions-declared',
  'version-raised',
  'ltv-after-p1',
] as const

/** Filling in and signing: DocMDP 2 and 3, and documents that are not certified (ISO 32000-2, table 257). */
const FORM = [
  'field-filled',
  'field-appearance-refreshed',
  'appearance-unreadable',
  'signature-added',
  'signature-field-added',
  'form-flags-set',
  'form-resources-added',
] as const

/** Only DocMDP 3 (ISO 32000-2, table 257). */
const ANNOTATION = ['annotation-added', 'annotation-changed', 'annotation-removed'] as const

/** No permission covers these. */
type Never =
  | 'annotation-over-content'
  | 'annotation-with-action'
  | 'annotation-not-permitted'
  | 'appearance-differs-from-value'
  | 'catalog-changed'
  | 'certification-after-approval'
  | 'change-after-p1'
  | 'content-changed'
  | 'coverage-unknown'
  | 'dss-entries-removed'
  | 'dss-malformed'
  | 'field-definition-changed'
  | 'field-locked'
  | 'field-removed'
  | 'font-changed'
  | 'form-definition-changed'
  | 'malformed-signature-added'
  | 'metadata-rewritten'
  | 'new-field-not-signature'
  | 'new-field-over-content'
  | 'object-stream-replaced'
  | 'page-changed'
  | 'pages-changed'
  | 'perms-changed'
  | 'second-certification'
  | 'signature-after-p1'
  | 'signature-changed'
  | 'signature-removed'
  | 'signature-reused'
  | 'structure'
  | 'too-large'
  | 'trailer-changed'
  | 'unexplained-change'
  | 'unreadable-object'
  | 'unreferenced-object'

export type ChangeCode = (typeof ALWAYS)[number] | (typeof FORM)[number] | (typeof ANNOTATION)[number] | Never
export type Permission = 'always' | 'form' | 'annotation' | 'never'
export type Rectangle = readonly [number, number, number, number]

/** What happened, before anyone asked whether it was allowed. Pages count from 0, rectangles are in default user space. */
export interface Finding {
  readonly code: ChangeCode
  readonly field?: string
  readonly before?: string | null
  readonly after?: string | null
  readonly page?: number
  readonly rect?: Rectangle
  /** Which object of the file, for the evidence annex. */
  readonly object?: number
  /** The finding of the reader behind `structure`. */
  readonly detail?: string
}

export interface Change extends Finding {
  /** Index of the revision in which it appears. */
  readonly revision: number
  readonly permitted: boolean
}

export interface ChangeReport {
  readonly verdict: 'none' | 'permitted' | 'forbidden'
  readonly changes: readonly Change[]
}

const NEEDS: ReadonlyMap<ChangeCode, Permission> = new Map<ChangeCode, Permission>([
  ...ALWAYS.map((code) => [code, 'always'] as const),
  ...FORM.map((code) => [code, 'form'] as const),
  ...ANNOTATION.map((code) => [code, 'annotation'] as const),
])

/** What a change needs; a code that no list permits is never permitted. */
export function needs(code: ChangeCode): Permission {
  return NEEDS.get(code) ?? 'never'
}

/** A fault of reading while comparing: closed by default, it counts as a change. */
export function faultCode(fault: PdfFault): ChangeCode {
  return fault.code === 'paper-too-large' ? 'too-large' : 'unreadable-object'
}
