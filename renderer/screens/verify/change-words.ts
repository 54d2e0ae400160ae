// What a change is called: the codes of the verifier in groups that a person can tell apart.

export type ChangeWords =
  'filled' | 'signed' | 'annotated' | 'evidence' | 'content' | 'form' | 'covered' | 'hidden' | 'other'

const WORDS: Readonly<Record<string, ChangeWords>> = {
  'field-filled': 'filled',
  'field-appearance-refreshed': 'filled',
  'appearance-unreadable': 'filled',
  'signature-added': 'signed',
  'signature-field-added': 'signed',
  'annotation-added': 'annotated',
  'annotation-changed': 'annotated',
  'annotation-removed': 'annotated',
  'annotation-not-permitted': 'annotated',
  'annotation-with-action': 'hidden',
  'annotation-over-content': 'covered',
  'new-field-over-content': 'covered',
  'dss-extended': 'evidence',
  'timestamp-added': 'evidence',
  'metadata-updated': 'evidence',
  'content-changed': 'content',
  'page-changed': 'content',
  'pages-changed': 'content',
  'catalog-changed': 'content',
  'font-changed': 'content',
  'field-locked': 'form',
  'field-definition-changed': 'form',
  'field-removed': 'form',
  'form-definition-changed': 'form',
  'new-field-not-signature': 'form',
  'appearance-differs-from-value': 'hidden',
  'unexplained-change': 'hidden',
  'unreferenced-object': 'hidden',
}

export function changeWords(code: string): ChangeWords {
  return WORDS[code] ?? 'other'
}

/** Permitted, and nothing that anybody could see: listed only when it was not permitted. */
export const SILENT_CHANGES: ReadonlySet<string> = new Set([
  'dss-extended',
  'timestamp-added',
  'metadata-updated',
  'extensions-declared',
  'version-raised',
  'ltv-after-p1',
  'form-flags-set',
  'form-resources-added',
  'signature-field-added',
])
