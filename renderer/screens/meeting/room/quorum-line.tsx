// "Có mặt 13/15 · đủ số lượng (cần 10)": the live quorum in words, with a shape beside the colour.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { StatePill } from '../../../components/state-pill.tsx'
import { liveQuorum } from '../logic/attendance.ts'
import classes from './room.module.css'

export function QuorumLine({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('meeting')
  const quorum = liveQuorum({ participants: board.participants, ruleSetId: board.meeting.ruleSetId })
  if (quorum === null) return null
  const { present, members, needed, met } = quorum
  return (
    <p className={classes.quorum} role="status">
      <strong>{t('quorum.present', { present, members })}</strong>{' '}
      {needed === 0 ? (
        <span>{t('quorum.none')}</span>
      ) : (
        <StatePill tone={met ? 'done' : 'warning'}>
          {met ? t('quorum.met', { needed }) : t('quorum.missing', { needed })}
        </StatePill>
      )}
    </p>
  )
}
