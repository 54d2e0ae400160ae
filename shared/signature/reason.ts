// Why a signature has the status it has: every module's own codes under the name of its area, so that one list holds them all.
import type { ChangeCode } from '../pdf/changes/change.ts'
import type { StructureCode } from '../pdf/revisions/finding.ts'
import type { SignatureFinding } from '../pdf/revisions/signature.ts'
import type { PaperRefusal } from '../pdf/fault.ts'
import type { CmsReason } from '../pki/cms-reasons.ts'
import type { PathReasonCode } from '../pki/path-types.ts'
import type { TimestampReason } from '../pki/timestamp.ts'

/** `file`: it cannot be read at all. `field`: the signature's dictionary and what it covers. */
export type Reason =
  | `file.${PaperRefusal}`
  | `structure.${StructureCode}`
  | `field.${SignatureFinding}`
  | `cms.${CmsReason}`
  | `timestamp.${TimestampReason | PathReasonCode | 'from-the-future'}`
  | `path.${PathReasonCode}`
  | `change.${ChangeCode}`
