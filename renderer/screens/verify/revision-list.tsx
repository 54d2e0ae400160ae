// The versions that a file went through; each can be saved as it was.
import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FileReport } from '../../../shared/signature/report.ts'
import { saveFile } from '../meeting/parts/desktop.ts'
import { nameIn } from '../../components/name-in.ts'
import classes from './verify.module.css'

export function RevisionList({ report, bytes }: { readonly report: FileReport; readonly bytes: Uint8Array }) {
  const { t } = useTranslation('verify')
  return (
    <section className={classes.section} aria-label={t('revisions.title')}>
      <Title order={3}>{t('revisions.title')}</Title>
      <ul className={classes.revisions}>
        {report.revisions.map(({ end }, index) => {
          const number = index + 1
          const signers = report.signatures
            .filter(({ coverage, signer }) => coverage.revision === number && signer !== null)
            .map(({ signer }) => nameIn(signer?.subject ?? ''))
          return (
            <li key={end} className={classes.revision}>
              <span className={classes.words}>
                <strong>{t('revisions.number', { number })}</strong>
                <span className={classes.weak}>
                  {signers.length === 0
                    ? t('revisions.unsigned')
                    : t('revisions.signedBy', { names: signers.join(', ') })}
                </span>
              </span>
              <Button
                variant="subtle"
                aria-label={t('revisions.saveLabel', { number })}
                onClick={() =>
                  void saveFile(`${report.name.replace(/\.pdf$/i, '')}-ban-${number}.pdf`, bytes.slice(0, end))
                }
              >
                {t('revisions.save')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
