// What changed after a signature: field, old and new value, and the page before and after.
import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileReport, ReportChange, SignatureReport } from '../../../shared/signature/report.ts'
import { StatePill } from '../../components/state-pill.tsx'
import { ChangePictures } from './change-pictures.tsx'
import { changeWords, SILENT_CHANGES } from './change-words.ts'
import { fieldWords } from './field-words.ts'
import classes from './verify.module.css'

interface ChangeProps {
  readonly signature: SignatureReport
  readonly report: FileReport
  readonly bytes: Uint8Array
}

export function ChangeList({ signature, report, bytes }: ChangeProps) {
  const { t } = useTranslation('verify')
  const [shown, setShown] = useState<number | null>(null)
  const changes = signature.changesAfter.filter(({ code, permitted }) => !permitted || !SILENT_CHANGES.has(code))
  if (signature.coverage.revision === null) return null
  // Where the content itself no longer fits, "nothing changed" would be untrue.
  if (changes.length === 0 && signature.status === 'invalid') return null
  if (changes.length === 0) return <p className={classes.noChange}>{t('changes.none')}</p>
  const pages = [...new Set(changes.flatMap(({ page }) => (page === null ? [] : [page])))].sort((a, b) => a - b)
  return (
    <div className={classes.changes}>
      <h4 className={classes.changesTitle}>{t('changes.title', { count: changes.length })}</h4>
      <ul className={classes.changeRows}>
        {changes.map((change, index) => (
          <ChangeRow key={index} change={change} />
        ))}
      </ul>
      <Group>
        {pages.map((page) => (
          <Button
            key={page}
            variant="default"
            aria-expanded={shown === page}
            onClick={() => setShown(shown === page ? null : page)}
          >
            {shown === page ? t('changes.hidePage', { page }) : t('changes.showPage', { page })}
          </Button>
        ))}
      </Group>
      {shown !== null && (
        <ChangePictures
          page={shown}
          before={bytes.subarray(0, report.revisions[signature.coverage.revision - 1]?.end)}
          after={bytes}
        />
      )}
    </div>
  )
}

function ChangeRow({ change }: { readonly change: ReportChange }) {
  const { t } = useTranslation('verify')
  const { field, before, after, page, permitted } = change
  return (
    <li className={classes.change}>
      <span className={classes.changeWhat}>
        {t(`change.${changeWords(change.code)}`)}
        {field !== null && ` · ${fieldWords(t, field)}`}
        {page !== null && ` · ${t('place', { page })}`}
      </span>
      {(before !== null || after !== null) && (
        <span className={classes.values}>
          <del>{before ?? t('changes.empty')}</del>
          <span aria-hidden="true">→</span>
          <ins>{after ?? t('changes.empty')}</ins>
        </span>
      )}
      <StatePill tone={permitted ? 'done' : 'danger'}>
        {permitted ? t('changes.permitted') : t('changes.forbidden')}
      </StatePill>
    </li>
  )
}
