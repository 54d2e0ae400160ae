// The steps of who leads, each with its confirmation where it cannot be taken back.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/assert-never.ts'
import type { MeetingBoard, MotionView } from '../../../../shared/meeting/view.ts'
import { confirmAction } from '../../../components/confirm.ts'
import type { ChairStep } from '../logic/chair-steps.ts'
import { useAct } from '../parts/use-act.ts'

interface ChairActs {
  /** @returns true when the step was taken or is on its way */
  take(step: ChairStep): Promise<boolean>
  withdrawMotion(motion: MotionView): Promise<boolean>
}

export function useChairActs(board: MeetingBoard): ChairActs {
  const { t } = useTranslation('meeting')
  const act = useAct()
  return useMemo<ChairActs>(() => {
    const meetingId = board.meeting.id
    const coming = Object.values(board.items).filter(
      (item) => item.spentMs === 0 && item.id !== board.meeting.currentItemId,
    ).length
    const take = async (step: ChairStep): Promise<boolean> => {
      switch (step.kind) {
        case 'open-meeting': {
          const present = Object.values(board.participants).filter((p) => p.presence === 'present').length
          const sure = await confirmAction({
            title: t('confirm.openMeeting.title'),
            consequence: t('confirm.openMeeting.consequence', { present }),
            verb: t('console.openMeeting'),
            keep: t('confirm.openMeeting.keep'),
          })
          return sure && act('meeting.open', { meetingId })
        }
        case 'next-item':
          return act('meeting.goToItem', { meetingId, itemId: step.item.id })
        case 'open-vote': {
          const present = Object.keys(board.participants).filter((id) => {
            const person = board.participants[id]
            return person?.capacity === 'member' && person.presence === 'present'
          }).length
          const sure = await confirmAction({
            title: t('confirm.openVote.title'),
            consequence: t('confirm.openVote.consequence', { text: step.motion.text, present }),
            verb: t('console.openVote'),
            keep: t('confirm.openVote.keep'),
          })
          return sure && act('meeting.openVote', { meetingId, motionId: step.motion.id })
        }
        case 'close-vote': {
          const sure = await confirmAction({
            title: t('confirm.closeVote.title'),
            consequence: t('confirm.closeVote.consequence', {
              collected: Object.keys(step.motion.answered).length,
              issued: Object.keys(step.motion.issued).length,
            }),
            verb: t('confirm.closeVote.verb'),
            keep: t('confirm.closeVote.keep'),
            danger: true,
          })
          return sure && act('meeting.closeVote', { meetingId, motionId: step.motion.id })
        }
        case 'close-meeting': {
          const sure = await confirmAction({
            title: t('confirm.closeMeeting.title'),
            consequence: t(coming === 0 ? 'confirm.closeMeeting.consequence' : 'confirm.closeMeeting.early', {
              coming,
            }),
            verb: t('console.closeMeeting'),
            keep: t('confirm.closeMeeting.keep'),
            danger: true,
          })
          return sure && act('meeting.close', { meetingId })
        }
        case 'none':
          return false
        default:
          return assertNever(step)
      }
    }
    return {
      take,
      withdrawMotion: async (motion) => {
        const sure = await confirmAction({
          title: t('confirm.withdrawMotion.title'),
          consequence: t('confirm.withdrawMotion.consequence', { text: motion.text }),
          verb: t('console.withdrawMotion'),
        })
        return sure && act('meeting.withdrawMotion', { meetingId, motionId: motion.id })
      },
    }
  }, [board, act, t])
}
