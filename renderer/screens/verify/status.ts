// The states of a file and of a signature, as tones of the screen.
import type { FileStatus } from '../../../shared/signature/report.ts'
import type { PillTone } from '../../components/state-pill.tsx'

export const STATUS_TONES: Readonly<Record<FileStatus, PillTone>> = {
  valid: 'done',
  'valid-changed': 'warning',
  invalid: 'danger',
  indeterminate: 'waiting',
  unsigned: 'neutral',
}
