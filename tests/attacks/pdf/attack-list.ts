// All attacks on signed PDFs.
import type { PdfAttack } from './attack.ts'
import { DOCUMENT, REPOINTED, SHADOWS } from './attacks-on-content.ts'
import { CERTIFICATIONS, EVIDENCE, FONT_FORGERIES, FORM_FORGERIES, LOCKS } from './attacks-on-permissions.ts'
import { ANNOTATIONS, SIGNATURES } from './attacks-on-view.ts'
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
  ...FONT_FORGERIES,
  ...EVIDENCE,
  ...DOCUMENT,
]
