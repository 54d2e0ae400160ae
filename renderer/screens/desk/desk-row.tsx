// One meeting on the desk: when, what, why I see it, what changed, whether the papers are here, and its one action.
import { Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { useMe } from '../../client/hooks.ts'
import { FormattedTime } from '../../components/formatted-time.tsx'
import { MeetingPill } from '../../components/meeting-pill.tsx'
import { usePersonName, useUnitName } from '../../components/person-name.tsx'
import { StatePill } from '../../components/state-pill.tsx'
import { ChangesSinceSeen } from './changes-since-seen.tsx'
import { DeskActions } from './desk-actions.tsx'
import classes from './desk.module.css'
import { PapersState } from './papers-state.tsx'

export function DeskRow({ entry }: { readonly entry: DeskEntry }) {
  const draft = entry.status === 'draft'
  return (
    <li className={classes.row}>
      <div className={classes.when}>
        <span className={classes.time}>
          <FormattedTime at={entry.startsAt} as="time" />
        </span>
        {(draft || entry.status === 'closed' || entry.status === 'cancelled') && (
          <Text size="sm" c="dimmed">
            <FormattedTime at={entry.startsAt} as="date" />
          </Text>
        )}
      </div>
      <div className={classes.what}>
        <Link
          to={draft ? '/meetings/$id/prepare' : '/meetings/$id'}
          params={{ id: entry.id }}
          className={classes.title}
        >
          {entry.title}
        </Link>
        <Why entry={entry} />
        <Group gap="xs" className={classes.pills ?? ''}>
          <Answer entry={entry} />
          {entry.status !== 'cancelled' && <PapersState entry={entry} />}
        </Group>
        {!draft && <ChangesSinceSeen entry={entry} />}
      </div>
      <DeskActions entry={entry} />
    </li>
  )
}

/** Body, place, and in which part this person is in it. */
function Why({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const { t: common } = useTranslation()
  const { personId } = useMe()
  const name = usePersonName()
  const unit = useUnitName()
  const parts = [
    unit(entry.bodyId),
    entry.room,
    entry.chairId === personId ? t('youChair') : t('chair', { name: name(entry.chairId) }),
    ...(entry.organiser && entry.chairId !== personId ? [t('organiser')] : []),
    ...(entry.capacity !== null && entry.capacity !== 'member' ? [common(`capacity.${entry.capacity}`)] : []),
  ]
  return <Text className={classes.why ?? ''}>{parts.join(' · ')}</Text>
}

function Answer({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation()
  if (entry.status !== 'published' || entry.capacity === null) return <MeetingPill status={entry.status} />
  if (entry.answer === 'confirmed') return <StatePill tone="done">{t('answer.confirmed')}</StatePill>
  if (entry.answer === 'absent') return <StatePill tone="neutral">{t('answer.absent')}</StatePill>
  return <StatePill tone="live">{t('answer.none')}</StatePill>
}
