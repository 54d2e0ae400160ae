// The one sentence on top: three states, and "not enough data" only where trust or revocation is missing.
import {
  IconAlertTriangle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconFileOff,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FileReport, FileStatus } from '../../../shared/signature/report.ts'
import { spokenReasons } from './reason-sentence.ts'
import { STATUS_TONES } from './status.ts'
import classes from './verify.module.css'

const ICONS: Readonly<Record<FileStatus, TablerIcon>> = {
  valid: IconCircleCheckFilled,
  'valid-changed': IconAlertTriangle,
  invalid: IconCircleXFilled,
  indeterminate: IconCircleDashed,
  unsigned: IconFileOff,
}

export function Verdict({ report }: { readonly report: FileReport }) {
  const { t } = useTranslation('verify')
  const Icon = ICONS[report.status]
  const reasons = [...new Set([...report.reasons, ...report.signatures.flatMap((each) => each.reasons)])]
  const spoken = report.status === 'invalid' || report.status === 'indeterminate' ? spokenReasons(reasons) : []
  return (
    <section className={classes.verdict} data-tone={STATUS_TONES[report.status]} role="status">
      <Icon size="2.5rem" aria-hidden="true" className={classes.verdictIcon} />
      <div>
        <h2 className={classes.verdictTitle}>{t(`status.${report.status}`)}</h2>
        <p className={classes.verdictText}>
          {spoken.length === 0 ? t(`statusText.${report.status}`) : spoken.map((key) => t(`reason.${key}`)).join(' ')}
        </p>
      </div>
    </section>
  )
}
