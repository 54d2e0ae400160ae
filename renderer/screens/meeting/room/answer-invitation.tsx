// Xác nhận tham dự or Báo vắng, and what this person answered; both can be changed until the meeting is opened.
import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { useWaiting } from '../../../client/hooks.ts'
import { askReason } from '../../../components/confirm.ts'
import { StatePill } from '../../../components/state-pill.tsx'
import { useAct } from '../parts/use-act.ts'
import classes from './invitation.module.css'
import type { Standing } from './use-room.ts'

interface AnswerInvitationProps {
  readonly board: MeetingBoard
  readonly standing: Standing
}

const TONES = { none: 'waiting', confirmed: 'done', absent: 'neutral' } as const

export function AnswerInvitation({ board, standing }: AnswerInvitationProps) {
  const { t } = useTranslation(['meeting', 'common'])
  const act = useAct()
  const meetingId = board.meeting.id
  const queued = useWaiting().some(
    ({ type, body }) =>
      (type === 'meeting.confirm' || type === 'meeting.reportAbsence') && body['meetingId'] === meetingId,
  )
  const { participant } = standing
  if (participant === undefined) return <p className={classes.hint}>{t('invitation.organiserOnly')}</p>
  const { answer } = participant
  const reportAbsence = async () => {
    const reason = await askReason({
      title: t('invitation.absenceTitle'),
      consequence: t('invitation.absenceConsequence'),
      verb: t('invitation.absent'),
      help: t('invitation.absenceHelp'),
    })
    if (reason !== null) await act('meeting.reportAbsence', { meetingId, reason })
  }
  return (
    <section className={classes.answer} aria-labelledby="invitation-answer">
      <h2 id="invitation-answer" className={classes.answerHeading}>
        {t('invitation.heading')}
      </h2>
      <p role="status">
        <StatePill tone={queued ? 'waiting' : TONES[answer]}>
          {queued ? t('invitation.queued') : t(`common:answer.${answer}`)}
        </StatePill>
      </p>
      <Group gap="sm">
        {answer !== 'confirmed' && (
          <Button
            size="lg"
            color={answer === 'none' ? 'cinnamon' : 'forest'}
            disabled={queued}
            onClick={() => void act('meeting.confirm', { meetingId })}
          >
            {t('invitation.confirm')}
          </Button>
        )}
        {answer !== 'absent' && (
          <Button size="lg" variant="default" disabled={queued} onClick={() => void reportAbsence()}>
            {t('invitation.absent')}
          </Button>
        )}
      </Group>
    </section>
  )
}
