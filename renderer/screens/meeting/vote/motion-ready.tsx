// A motion that is put but not open yet: the question, and "Sẵn sàng" for who will vote on it.
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard, MotionView } from '../../../../shared/meeting/view.ts'
import { useWaiting } from '../../../client/hooks.ts'
import { members, isPresent } from '../logic/attendance.ts'
import { useAct } from '../parts/use-act.ts'
import type { Standing } from '../room/use-room.ts'
import classes from './ballot.module.css'

interface MotionReadyProps {
  readonly board: MeetingBoard
  readonly motion: MotionView
  readonly standing: Standing
}

export function MotionReady({ board, motion, standing }: MotionReadyProps) {
  const { t } = useTranslation('vote')
  const act = useAct()
  const { participant, personId } = standing
  const ready = motion.ready[personId] !== undefined
  const queued = useWaiting().some(
    ({ type, body }) => type === 'meeting.declareReady' && body['motionId'] === motion.id,
  )
  const present = members(board.participants).filter(isPresent).length
  return (
    <section className={classes.card} data-quiet aria-labelledby="motion-heading">
      <h2 id="motion-heading" className={classes.heading}>
        {t('motion.heading')}
      </h2>
      <p className={classes.question}>{motion.text}</p>
      {participant?.capacity === 'member' ? (
        <Button
          size="lg"
          fullWidth
          variant={ready ? 'light' : 'filled'}
          disabled={queued}
          aria-pressed={ready}
          leftSection={ready ? <IconCheck size="1.25rem" aria-hidden /> : undefined}
          onClick={() => {
            if (!ready) void act('meeting.declareReady', { meetingId: board.meeting.id, motionId: motion.id })
          }}
        >
          {ready ? t('motion.isReady') : queued ? t('ballot.waiting') : t('motion.ready')}
        </Button>
      ) : (
        <p className={classes.notEntitled}>{t(`ballot.why.${participant?.capacity ?? 'not-participant'}`)}</p>
      )}
      <p className={classes.answered} role="status">
        {t('motion.readyCount', { ready: Object.keys(motion.ready).length, present })}
      </p>
    </section>
  )
}
