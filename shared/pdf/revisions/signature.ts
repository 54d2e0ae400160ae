// A signature as the file has it: plain data, and the closed list of what can be wrong with it before any cryptography.
import type { PdfDict, PdfRef } from '../objects.ts'

/** Each of these makes a signature invalid: no honest signer writes them. */
export const SIGNATURE_FINDINGS = [
  'byte-range-beyond-file',
  'byte-range-end-not-revision',
  'byte-range-indirect',
  'byte-range-malformed',
  'byte-range-missing',
  'byte-range-negative',
  'byte-range-overlapping',
  'byte-range-start-not-zero',
  'certification-after-approval',
  'contents-empty',
  'contents-in-object-stream',
  'contents-indirect',
  'contents-malformed',
  'contents-missing',
  'contents-not-der',
  'contents-not-hexadecimal',
  'contents-padding-not-zero',
  'contents-shared',
  'contents-zero',
  'doc-mdp-duplicate',
  'doc-mdp-malformed',
  'duplicate-key',
  'field-mdp-malformed',
  'field-type-wrong',
  'filter-missing',
  'gap-not-contents',
  'lock-malformed',
  'not-in-a-field',
  'perms-mismatch',
  'perms-removed',
  'second-certification',
  'signature-removed',
  'signature-shared',
  'sub-filter-missing',
  'sub-filter-unknown',
  'type-wrong',
  'value-missing',
  'value-not-a-dictionary',
] as const
export type SignatureFinding = (typeof SIGNATURE_FINDINGS)[number]

/** Worth knowing, and no fault: `certification-without-perms` is what some products write. */
export type SignatureNote =
  'certification-without-perms' | 'claimed-time-malformed' | 'several-widgets' | 'usage-rights' | 'widget-missing'

export type FieldSelection = {
  readonly action: 'All' | 'Include' | 'Exclude'
  readonly fields: readonly string[]
}

/** `[start, end)` in the whole file. */
export type Span = { readonly start: number; readonly end: number }

export interface PdfSignature {
  /** Full name, NFC; empty for a dictionary that no field has. */
  readonly fieldName: string
  /** Number 0 where the field stands directly in another object. */
  readonly fieldRef: PdfRef
  readonly kind: 'signature' | 'document-timestamp' | 'malformed'
  readonly byteRange: readonly [number, number, number, number] | null
  /** The CMS, its padding removed. */
  readonly contents: Uint8Array | null
  /** Where the hexadecimal string stands, with its angle brackets. */
  readonly contentsSpan: Span | null
  readonly filter: string
  readonly subFilter: string
  /** `/M` in ISO 8601, with the zone it names; without one where it names none. */
  readonly claimedTime: string | null
  readonly name: string | null
  readonly reason: string | null
  readonly location: string | null
  readonly contactInfo: string | null
  /** Index of the revision whose end the ByteRange covers exactly; null: coverage is wrong. */
  readonly revision: number | null
  /** Index of the revision in which it first appears. */
  readonly appearsIn: number
  /** Counts from 0. */
  readonly page: number | null
  /** Left, bottom, right, top in default user space. */
  readonly rect: readonly [number, number, number, number] | null
  readonly docMdp: 1 | 2 | 3 | null
  readonly fieldMdp: FieldSelection | null
  /** `/Lock` of its field, as of the revision in which it was signed; `permission` is its `/P` (ISO 32000-2, table 236). */
  readonly lock: (FieldSelection & { readonly permission: 1 | 2 | 3 | null }) | null
  /** The signature dictionary, where it is one; its reference, where it has one. */
  readonly dict: PdfDict | null
  readonly dictRef: PdfRef | null
  readonly findings: readonly SignatureFinding[]
  readonly notes: readonly SignatureNote[]
}
