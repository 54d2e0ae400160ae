// Who else may write in the conclusions: chosen by who leads, for as long as the meeting is open.
import { Button, Checkbox, Popover, TextInput } from '@mantine/core'
import { IconUserEdit } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { rollOrder } from '../logic/attendance.ts'
import { matches } from '../logic/find-people.ts'
import { writesByOffice } from '../logic/standing.ts'
import { useAct } from '../parts/use-act.ts'
import classes from './conclusions.module.css'

export function Writers({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const nameOf = usePersonName()
  const act = useAct()
  const [query, setQuery] = useState('')
  /** Ticks on their way to the hub: a box answers the hand at once, and goes back when the hub says no. */
  const [pending, setPending] = useState<Readonly<Record<string, boolean>>>({})
  const { meeting, participants, writers } = board
  const people = rollOrder(participants, nameOf).filter(
    ({ personId }) => !writesByOffice(meeting, personId) && matches(nameOf(personId), query),
  )
  const allow = async (personId: string, allowed: boolean) => {
    setPending((before) => ({ ...before, [personId]: allowed }))
    await act('meeting.allowWriter', { meetingId: meeting.id, personId, allowed })
    setPending(({ [personId]: _settled, ...rest }) => rest)
  }
  return (
    <Popover position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconUserEdit size="1.25rem" aria-hidden />}>
          {t('conclusions.writers', { number: Object.keys(writers).length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.writersHelp}>{t('conclusions.writersHelp')}</p>
        <TextInput
          aria-label={t('conclusions.findWriter')}
          placeholder={t('conclusions.findWriter')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <ul className={classes.writers}>
          {people.map(({ personId }) => (
            <li key={personId}>
              <Checkbox
                className={classes.writer}
                label={nameOf(personId)}
                checked={pending[personId] ?? writers[personId] === true}
                onChange={(event) => void allow(personId, event.currentTarget.checked)}
              />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
