// The rows of the meeting list: when, what, why, and its state.
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { FormattedTime } from '../../components/formatted-time.tsx'
import { MeetingPill } from '../../components/meeting-pill.tsx'
import { usePersonName, useUnitName } from '../../components/person-name.tsx'
import { PickList } from '../../components/pick-list.tsx'
import classes from './meetings.module.css'

export function MeetingList({ entries }: { readonly entries: readonly DeskEntry[] }) {
  const { t } = useTranslation('desk')
  const navigate = useNavigate()
  const open = (entry: DeskEntry) => {
    const to = entry.status === 'draft' ? '/meetings/$id/prepare' : '/meetings/$id'
    void navigate({ to, params: { id: entry.id } })
  }
  return (
    <PickList
      rows={entries}
      label={t('list.label')}
      idOf={(entry) => entry.id}
      render={(entry) => <Row entry={entry} />}
      onOpen={open}
      rowRem={5}
    />
  )
}

function Row({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const name = usePersonName()
  const unit = useUnitName()
  return (
    <>
      <div className={classes.when}>
        <span className={classes.date}>
          <FormattedTime at={entry.startsAt} as="date" />
        </span>
        <FormattedTime at={entry.startsAt} as="time" />
      </div>
      <div className={classes.what}>
        <span className={classes.title}>{entry.title}</span>
        <span className={classes.why}>
          {[unit(entry.bodyId), entry.room, t('chair', { name: name(entry.chairId) })].join(' · ')}
        </span>
      </div>
      <MeetingPill status={entry.status} />
    </>
  )
}
