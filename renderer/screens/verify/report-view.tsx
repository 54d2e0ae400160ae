// One file: the sentence, its signatures, its revisions, and the report to take away.
import { Button, Group, Title } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FileReport } from '../../../shared/signature/report.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { printScreen, saveFile } from '../meeting/parts/desktop.ts'
import { RevisionList } from './revision-list.tsx'
import { SignatureCard } from './signature-card.tsx'
import { Verdict } from './verdict.tsx'
import classes from './verify.module.css'

interface ReportProps {
  readonly report: FileReport
  readonly bytes: Uint8Array
  readonly onForget: () => void
}

export function ReportView({ report, bytes, onForget }: ReportProps) {
  const { t } = useTranslation('verify')
  const saveJson = () => {
    const text = new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`)
    return saveFile(`${report.name.replace(/\.pdf$/i, '')}-kiem-tra.json`, text)
  }
  return (
    <article className={classes.report} aria-label={report.name}>
      <Verdict report={report} />
      <p className={classes.about}>
        {t('about', { name: report.name, time: formatDateTime(report.verifiedAt), count: report.signatures.length })}
      </p>
      {report.signatures.map((signature, index) => (
        <SignatureCard
          key={`${signature.field}-${index}`}
          signature={signature}
          number={index + 1}
          bytes={bytes}
          report={report}
        />
      ))}
      {report.revisions.length > 1 && <RevisionList report={report} bytes={bytes} />}
      <Group className={classes.tools ?? ''}>
        <Button
          variant="default"
          leftSection={<IconPrinter size="1.25rem" aria-hidden />}
          onClick={() => void printScreen()}
        >
          {t('print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size="1.25rem" aria-hidden />}
          onClick={() => void saveJson()}
        >
          {t('saveReport')}
        </Button>
        <Button variant="subtle" onClick={onForget}>
          {t('forget')}
        </Button>
      </Group>
      <details className={classes.evidence}>
        <summary>
          <Title order={3} size="h4">
            {t('fileEvidence')}
          </Title>
        </summary>
        <p className={classes.code}>{t('fingerprintOfFile', { value: report.sha256 })}</p>
      </details>
    </article>
  )
}
