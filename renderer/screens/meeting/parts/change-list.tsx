// What changed after the publication, newest first: what, why, who and when.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { FormattedTime } from '../../../components/formatted-time.tsx'
import { PersonName } from '../../../components/person-name.tsx'
import classes from './change-list.module.css'

export function ChangeList({ changes }: { readonly changes: MeetingBoard['changes'] }) {
  const { t } = useTranslation('meeting')
  const newestFirst = Object.entries(changes).sort(([a], [b]) => Number(b) - Number(a))
  if (newestFirst.length === 0) return null
  return (
    <section aria-labelledby="meeting-changes">
      <h3 id="meeting-changes" className={classes.heading}>
        {t('changes.heading', { number: newestFirst.length })}
      </h3>
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
