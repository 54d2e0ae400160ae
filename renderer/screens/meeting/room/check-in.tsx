// Điểm danh: one button, until this person is in the room; whoever left may come back by it.
import { Button } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { useWaiting } from '../../../client/hooks.ts'
import { useAct } from '../parts/use-act.ts'
import classes from './now-column.module.css'
import type { Standing } from './use-room.ts'

interface CheckInProps {
  readonly board: MeetingBoard
  readonly standing: Standing
  /** Another step comes first, or the session is still far off: then this one is no cinnamon. */
  readonly quiet?: boolean
}

export function CheckIn({ board, standing, quiet = false }: CheckInProps) {
  const { t } = useTranslation('meeting')
  const act = useAct()
  const [busy, setBusy] = useState(false)
  const meetingId = board.meeting.id
  const queued = useWaiting().some(({ type, body }) => type === 'meeting.checkIn' && body['meetingId'] === meetingId)
  const { participant } = standing
  if (participant === undefined || participant.presence === 'present') return null
  const checkIn = async () => {
    setBusy(true)
    await act('meeting.checkIn', { meetingId })
    setBusy(false)
  }
  return (
    <section className={classes.part} aria-label={t('checkIn.heading')}>
      <p className={classes.hint}>{queued ? t('checkIn.waiting') : t(`checkIn.${participant.presence}`)}</p>
      <Button
        size="lg"
        {...(quiet ? { variant: 'default' } : { color: 'cinnamon' })}
        fullWidth
        loading={busy}
        disabled={queued}
        leftSection={<IconUserCheck size="1.25rem" aria-hidden />}
        onClick={() => void checkIn()}
      >
        {t('checkIn.verb')}
      </Button>
    </section>
  )
}
