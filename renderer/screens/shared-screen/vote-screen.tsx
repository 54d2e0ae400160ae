// The vote for the whole room: the question with who is ready or has answered, and after the close the bars and the verdict.
import { useTranslation } from 'react-i18next'
import type { MeetingBoard, MotionView } from '../../../shared/meeting/view.ts'
import { isPresent, members } from '../meeting/logic/attendance.ts'
import { ChoiceBars } from '../meeting/vote/choice-bars.tsx'
import { useVerdictWords } from '../meeting/vote/verdict-words.ts'
import classes from './shared-screen.module.css'

export function VoteScreen({ board, motion }: { readonly board: MeetingBoard; readonly motion: MotionView }) {
  const { t } = useTranslation('screen')
  const open = motion.status === 'open'
  const issued = Object.keys(motion.issued).length
  const count = open ? Object.keys(motion.answered).length : Object.keys(motion.ready).length
  const of = open ? issued : members(board.participants).filter(isPresent).length
  return (
    <section className={classes.vote}>
      <p className={classes.voteState} data-open={open || undefined}>
        {open ? t('voteOpen') : t('voteComing')}
      </p>
      <h2 className={classes.question}>{motion.text}</h2>
      <p className={classes.progress}>
        <strong>{t('of', { count, of })}</strong> {open ? t('answered') : t('ready')}
      </p>
      {motion.running !== null && <Bars choices={motion.running} base={issued} />}
    </section>
  )
}

/** Renders nothing for a motion that is not closed. */
export function ResultScreen({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation(['screen', 'vote'])
  const words = useVerdictWords(motion)
  if (motion.result === null) return null
  const { counts, verdict } = motion.result
  return (
    <section className={classes.vote}>
      <p className={classes.voteState}>{t('result')}</p>
      <h2 className={classes.question} data-small>
        {motion.text}
      </h2>
      <Bars choices={counts.choices} base={counts.members} />
      <p className={classes.verdict} data-outcome={verdict.outcome}>
        <strong>
          <span aria-hidden>{verdict.outcome === 'adopted' ? '✓' : '✕'}</span> {t(`vote:outcome.${verdict.outcome}`)}
        </strong>
        <span>{words?.sentence}</span>
      </p>
      <p className={classes.collected}>
        {t('collected', { collected: counts.collected, issued: counts.issued, members: counts.members })}
      </p>
    </section>
  )
}

function Bars(props: Parameters<typeof ChoiceBars>[0]) {
  return (
    <div className={classes.bars}>
      <ChoiceBars {...props} />
    </div>
  )
}
