// Attendance and quorum at the foot of the shared screen, in one line.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { liveQuorum } from '../meeting/logic/attendance.ts'
import classes from './shared-screen.module.css'

export function QuorumScreen({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('screen')
  const quorum = liveQuorum({ participants: board.participants, ruleSetId: board.meeting.ruleSetId })
  if (quorum === null) return null
  const { present, members, needed, met } = quorum
  const guests = Object.values(board.participants).filter(
    (p) => p.capacity !== 'member' && p.presence === 'present',
  ).length
  return (
    <>
      <p className={classes.quorum}>
        <strong>{t('present', { present, members })}</strong>
        {needed > 0 && (
          <span data-met={met || undefined}>
            <span aria-hidden>{met ? '✓' : '▲'}</span> {met ? t('quorumMet') : t('quorumMissing', { needed })}
          </span>
        )}
      </p>
      {guests > 0 && <p>{t('guests', { guests })}</p>}
    </>
  )
}
