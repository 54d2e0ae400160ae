// All attacks on signed PDFs.
import type { PdfAttack } from './attack.ts'
import { ANNOTATIONS, DOCUMENT, REPOINTED, SHADOWS, SIGNATURES } from './attacks-on-content.ts'
import { CERTIFICATIONS, EVIDENCE, FORM_FORGERIES, LOCKS } from './attacks-on-permissions.ts'
import { FORGERIES, INCREMENTAL, REUSE, WRAPPING } from './attacks-on-structure.ts'

export const ALL_ATTACKS: readonly PdfAttack[] = [
  ...FORGERIES,
  ...INCREMENTAL,
  ...WRAPPING,
  ...REUSE,
  ...SHADOWS,
  ...REPOINTED,
  ...ANNOTATIONS,
  ...SIGNATURES,
  ...CERTIFICATIONS,
  ...LOCKS,
  ...FORM_FORGERIES,
  ...EVIDENCE,
  ...DOCUMENT,
]
