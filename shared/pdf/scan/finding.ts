// What can be wrong with a file before anybody signs it: closed codes, how much each weighs, and where it is.
import type { Rectangle } from '../sign/appearance.ts'

/** `refuse`: whoever signs this may sign something else than what is seen. `warn`: it is said, and the signer decides. */
export const SCAN_SEVERITIES = {
  unreadable: 'refuse',
  encrypted: 'refuse',
  'earlier-revisions': 'warn',
  'bytes-outside-file': 'warn',
  'unreferenced-page': 'refuse',
  'unreferenced-catalog': 'refuse',
  'unreferenced-object': 'warn',
  'image-covers-text': 'refuse',
  'field-covers-text': 'refuse',
  'annotation-covers-text': 'refuse',
  'field-appearance-differs': 'refuse',
  'field-appearance-unread': 'warn',
  'appearances-left-to-reader': 'refuse',
  'form-font-embedded': 'warn',
  'form-font-drawn': 'refuse',
  'optional-content': 'warn',
  javascript: 'refuse',
  'open-action': 'refuse',
  'additional-actions': 'refuse',
  'launch-action': 'refuse',
  'submit-action': 'refuse',
  'uri-in-field': 'refuse',
  'embedded-file': 'warn',
  'external-content': 'refuse',
  xfa: 'refuse',
  'annotation-hidden': 'warn',
  'content-outside-page': 'warn',
  'annotation-outside-page': 'warn',
  'content-not-checked': 'warn',
} as const
export type ScanCode = keyof typeof SCAN_SEVERITIES
export type ScanSeverity = (typeof SCAN_SEVERITIES)[ScanCode]

export interface ScanFinding {
  readonly code: ScanCode
  readonly severity: ScanSeverity
  /** From 0; null where it is about the file. */
  readonly page: number | null
  /** In the space of the page. */
  readonly rectangle: Rectangle | null
  /** Number of the object. */
  readonly object: number | null
  /** Full name, for fields. */
  readonly field: string | null
}

/** A finding with null for what is not given. */
export function finding(code: ScanCode, where: Partial<Omit<ScanFinding, 'code' | 'severity'>> = {}): ScanFinding {
  const { page = null, rectangle = null, object = null, field = null } = where
  return { code, severity: SCAN_SEVERITIES[code], page, rectangle, object, field }
}
