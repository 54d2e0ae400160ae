// Who is ready for the vote that is coming, or has answered the one that runs; the names are one press away.
import { Button, Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { byGivenName, isPresent, members } from '../logic/attendance.ts'
import { motionInFocus } from '../logic/chair-steps.ts'
import classes from './console.module.css'

export function VoteProgress({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('vote')
  const nameOf = usePersonName()
  const motion = motionInFocus(board)
  if (motion === null || (motion.status !== 'proposed' && motion.status !== 'open')) return null
  const open = motion.status === 'open'
  const expected = open
    ? Object.keys(motion.issued)
    : members(board.participants)
        .filter(isPresent)
        .map((person) => person.personId)
  const done = open ? motion.answered : motion.ready
  const names = (ids: readonly string[]) => ids.map(nameOf).sort(byGivenName)
  const yes = expected.filter((id) => done[id] !== undefined)
  const not = expected.filter((id) => done[id] === undefined)
  const kind = open ? 'answered' : 'ready'
  return (
    <Popover position="top-start" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="light" color={open ? 'cinnamon' : 'forest'}>
          {t(`progress.${kind}`, { done: yes.length, of: expected.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div
          className={classes.names}
          tabIndex={0}
          role="region"
          aria-label={t(`progress.${kind}`, { done: yes.length, of: expected.length })}
        >
          <h3>{t(`progress.${kind}Not`, { number: not.length })}</h3>
          <p>{not.length === 0 ? t('progress.nobody') : names(not).join(', ')}</p>
          <h3>{t(`progress.${kind}Yes`, { number: yes.length })}</h3>
          <p>{yes.length === 0 ? t('progress.nobody') : names(yes).join(', ')}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
