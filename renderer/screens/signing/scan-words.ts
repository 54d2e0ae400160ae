// What the look before signing found, in groups that a person can tell apart.
import type { ScanCode, ScanFinding, ScanSeverity } from '../../../shared/pdf/scan/finding.ts'

export const SCAN_WORDS = {
  unreadable: 'unreadable',
  encrypted: 'encrypted',
  'earlier-revisions': 'revisions',
  'bytes-outside-file': 'extra',
  'unreferenced-page': 'hiddenPage',
  'unreferenced-catalog': 'hiddenPage',
  'unreferenced-object': 'extra',
  'image-covers-text': 'covered',
  'field-covers-text': 'covered',
  'annotation-covers-text': 'covered',
  'field-appearance-differs': 'fieldDiffers',
  'field-appearance-unread': 'fieldUnread',
  'appearances-left-to-reader': 'fieldDiffers',
  'form-font-embedded': 'formFont',
  'form-font-drawn': 'fieldDiffers',
  'optional-content': 'layers',
  javascript: 'acts',
  'open-action': 'acts',
  'additional-actions': 'acts',
  'launch-action': 'acts',
  'submit-action': 'acts',
  'uri-in-field': 'acts',
  'embedded-file': 'attachment',
  'external-content': 'external',
  xfa: 'xfa',
  'annotation-hidden': 'hidden',
  'content-outside-page': 'outside',
  'annotation-outside-page': 'outside',
  'content-not-checked': 'notChecked',
} as const satisfies Readonly<Record<ScanCode, string>>
export type ScanWords = (typeof SCAN_WORDS)[ScanCode]

/** Cleaning writes the file anew; what cannot be read cannot be written anew either. */
const BEYOND_CLEANING: ReadonlySet<ScanCode> = new Set<ScanCode>(['unreadable', 'encrypted'])

export interface FindingGroup {
  readonly words: ScanWords
  readonly severity: ScanSeverity
  /** From 1, in order; empty where it is about the file. */
  readonly pages: readonly number[]
}

/** One group for each sentence and weight, refusals first. */
export function groupFindings(findings: readonly ScanFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, { words: ScanWords; severity: ScanSeverity; pages: Set<number> }>()
  for (const { code, severity, page } of findings) {
    const words = SCAN_WORDS[code]
    const key = `${severity} ${words}`
    const group = groups.get(key) ?? { words, severity, pages: new Set<number>() }
    if (page !== null) group.pages.add(page + 1)
    groups.set(key, group)
  }
  return [...groups.values()]
    .map(({ pages, ...group }) => ({ ...group, pages: [...pages].sort((a, b) => a - b) }))
    .sort((a, b) => Number(a.severity === 'warn') - Number(b.severity === 'warn'))
}

export function isRefused(findings: readonly ScanFinding[]): boolean {
  return findings.some(({ severity }) => severity === 'refuse')
}

export function canBeCleaned(findings: readonly ScanFinding[]): boolean {
  return findings.length > 0 && !findings.some(({ code }) => BEYOND_CLEANING.has(code))
}
