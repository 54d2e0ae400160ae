// The ballot: three large answers; the chosen one says how far it has got, and can be changed until the vote is closed.
import { IconCircle, IconCircleCheckFilled, IconClockHour4 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ruleSetVersion } from '../../../../shared/meeting/rule-sets.ts'
import type { Choice } from '../../../../shared/meeting/rules.ts'
import type { MeetingBoard, MotionView } from '../../../../shared/meeting/view.ts'
import type { RefusalCode } from '../../../../shared/refusal.ts'
import { formatTimeWithSeconds } from '../../../../shared/text/dates.ts'
import { useDesk, usePerform, useQuarantine, useWaiting } from '../../../client/hooks.ts'
import { RefusalMessage } from '../../../components/refusal.tsx'
import { ballotView, entitlement, type BallotStand } from '../logic/ballot.ts'
import type { Standing } from '../room/use-room.ts'
import classes from './ballot.module.css'
import { RunningCounts } from './running-counts.tsx'

interface BallotCardProps {
  readonly board: MeetingBoard
  readonly motion: MotionView
  readonly standing: Standing
}

export function BallotCard({ board, motion, standing }: BallotCardProps) {
  const { t } = useTranslation('vote')
  const issued = Object.keys(motion.issued).length
  const answered = Object.keys(motion.answered).length
  const right = entitlement(motion, standing.participant)
  return (
    <section className={classes.card} aria-labelledby="ballot-heading">
      <h2 id="ballot-heading" className={classes.heading}>
        {t('ballot.heading')}
      </h2>
      <p className={classes.question}>{motion.text}</p>
      {right === 'entitled' ? (
        <Answers meetingId={board.meeting.id} motion={motion} />
      ) : (
        <p className={classes.notEntitled}>{t(`ballot.why.${right}`)}</p>
      )}
      <p className={classes.answered} role="status">
        {t('ballot.answered', { answered, issued })}
      </p>
      {motion.running !== null && <RunningCounts running={motion.running} issued={issued} />}
    </section>
  )
}

function Answers({ meetingId, motion }: { readonly meetingId: string; readonly motion: MotionView }) {
  const { t } = useTranslation('vote')
  const perform = usePerform()
  const waiting = useWaiting()
  const { items: refusals } = useQuarantine()
  const recorded = useDesk()?.meetings[meetingId]?.ballots[motion.id] ?? null
  const [sending, setSending] = useState<Choice | null>(null)
  const [problem, setProblem] = useState<RefusalCode | null>(null)
  const view = ballotView(motion.id, recorded, waiting, refusals)
  const options = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)?.options ?? []

  const cast = async (choice: Choice) => {
    setSending(choice)
    setProblem(null)
    const outcome = await perform('meeting.castBallot', { meetingId, motionId: motion.id, choice })
    if (outcome.state === 'refused' || outcome.state === 'failed') setProblem(outcome.code)
    setSending(null)
  }
  const chosen = sending ?? (view.stand.state === 'none' ? null : view.stand.choice)
  const refused = problem ?? view.refused
  return (
    <>
      <div className={classes.answers} role="group" aria-labelledby="ballot-heading">
        {options.map((choice) => (
          <button
            key={choice}
            type="button"
            className={classes.answer}
            data-choice={choice}
            aria-pressed={chosen === choice}
            onClick={() => void cast(choice)}
          >
            {chosen === choice ? (
              view.stand.state === 'recorded' && sending === null ? (
                <IconCircleCheckFilled size="1.5rem" aria-hidden />
              ) : (
                <IconClockHour4 size="1.5rem" aria-hidden />
              )
            ) : (
              <IconCircle size="1.5rem" aria-hidden />
            )}
            <span>{t(`choice.${choice}`)}</span>
          </button>
        ))}
      </div>
      <p className={classes.stand} role="status" data-state={view.stand.state}>
        {sending === null ? <StandWords stand={view.stand} /> : t('ballot.sending')}
      </p>
      {refused !== null && <RefusalMessage code={refused} />}
    </>
  )
}

function StandWords({ stand }: { readonly stand: BallotStand }) {
  const { t } = useTranslation('vote')
  switch (stand.state) {
    case 'none':
      return <>{t('ballot.choose')}</>
    case 'recorded':
      return (
        <>
          <strong>{t('ballot.recorded', { time: formatTimeWithSeconds(stand.at) })}</strong> {t('ballot.changeable')}
        </>
      )
    case 'waiting':
      return (
        <>
          <strong>{t('ballot.waiting')}</strong>{' '}
          {stand.before === null
            ? t('ballot.waitingText')
            : t('ballot.waitingBefore', {
                choice: t(`choice.${stand.before.choice}`),
                time: formatTimeWithSeconds(stand.before.at),
              })}
        </>
      )
  }
}
