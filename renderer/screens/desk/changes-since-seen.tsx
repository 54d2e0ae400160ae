// What changed in a published meeting since this person last looked, with the reason of each change.
import { Button, Collapse, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Change } from '../../../shared/meeting/state.ts'
import type { DeskEntry } from '../../../shared/meeting/view.ts'
import { formatDateTime } from '../../../shared/text/dates.ts'
import { useMe, useMeeting } from '../../client/hooks.ts'
import { usePersonName } from '../../components/person-name.tsx'
import classes from './desk.module.css'
import { markChangesSeen, useUnseenChanges } from './seen-changes.ts'

export function ChangesSinceSeen({ entry }: { readonly entry: DeskEntry }) {
  const { t } = useTranslation('desk')
  const { personId } = useMe()
  const unseen = useUnseenChanges(personId, entry.id, entry.changeCount)
  const [shown, { toggle }] = useDisclosure(false)
  if (unseen === 0) return null
  return (
    <div className={classes.changes}>
      <Text fw={500} className={classes.changeCount ?? ''}>
        {t('changes.count', { count: unseen })}
      </Text>
      <Button variant="subtle" onClick={toggle} aria-expanded={shown}>
        {shown ? t('changes.hide') : t('changes.show')}
      </Button>
      <Button variant="subtle" onClick={() => markChangesSeen(personId, entry.id, entry.changeCount)}>
        {t('changes.seen')}
      </Button>
      <Collapse expanded={shown} className={classes.changeBox ?? ''}>
        {shown && <ChangeList meetingId={entry.id} newest={unseen} />}
      </Collapse>
    </div>
  )
}

function ChangeList({ meetingId, newest }: { readonly meetingId: string; readonly newest: number }) {
  const { t } = useTranslation('desk')
  const board = useMeeting(meetingId)
  if (board === null) return <Text c="dimmed">{t('changes.loading')}</Text>
  const changes = Object.entries(board.changes)
    .sort(([a], [b]) => Number(b) - Number(a))
    .slice(0, newest)
  return (
    <ul className={classes.changeList}>
      {changes.map(([index, change]) => (
        <ChangeRow key={index} change={change} />
      ))}
    </ul>
  )
}

function ChangeRow({ change }: { readonly change: Change }) {
  const { t } = useTranslation('desk')
  const name = usePersonName()
  return (
    <li>
      <Text>{t(`changes.${change.what}`, { subject: change.subject })}</Text>
      <Text size="sm">{t('changes.reason', { reason: change.reason })}</Text>
      <Text size="sm" c="dimmed">
        {t('changes.by', { name: name(change.by), time: formatDateTime(change.at) })}
      </Text>
    </li>
  )
}
