// The verdict in one sentence: the outcome as a word with a shape, and what it rests on.
import { useTranslation } from 'react-i18next'
import type { MotionView } from '../../../../shared/meeting/view.ts'
import { StatePill } from '../../../components/state-pill.tsx'
import { useVerdictWords } from './verdict-words.ts'
import classes from './vote-result.module.css'

/** Renders nothing for a motion that is not closed. */
export function VerdictLine({ motion }: { readonly motion: MotionView }) {
  const { t } = useTranslation('vote')
  const words = useVerdictWords(motion)
  if (motion.result === null || words === null) return null
  const { outcome } = motion.result.verdict
  return (
    <p className={classes.verdictLine}>
      <StatePill tone={outcome === 'adopted' ? 'done' : 'danger'}>{t(`outcome.${outcome}`)}</StatePill>
      <span>{words.sentence}</span>
    </p>
  )
}
