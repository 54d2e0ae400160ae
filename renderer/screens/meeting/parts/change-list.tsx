// What changed after the publication, newest first: what, why, who and when.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { FormattedTime } from '../../../components/formatted-time.tsx'
import { PersonName } from '../../../components/person-name.tsx'
import classes from './change-list.module.css'

interface ChangeListProps {
  readonly changes: MeetingBoard['changes']
  /** The level of its heading on the page. */
  readonly level: 2 | 3
}

export function ChangeList({ changes, level }: ChangeListProps) {
  const { t } = useTranslation('meeting')
  const newestFirst = Object.entries(changes).sort(([a], [b]) => Number(b) - Number(a))
  if (newestFirst.length === 0) return null
  const Heading = `h${level}` as const
  return (
    <section aria-labelledby="meeting-changes">
      <Heading id="meeting-changes" className={classes.heading}>
        {t('changes.heading', { number: newestFirst.length })}
      </Heading>
      <ol className={classes.list}>
        {newestFirst.map(([key, change]) => (
          <li key={key} className={classes.change}>
            <p className={classes.what}>
              {t(`changes.${change.what}`)}: <strong>{change.subject}</strong>
            </p>
            <p className={classes.why}>{t('changes.reason', { reason: change.reason })}</p>
            <p className={classes.who}>
              <PersonName id={change.by} /> · <FormattedTime at={change.at} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}
