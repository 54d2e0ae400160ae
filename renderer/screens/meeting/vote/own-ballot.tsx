// After the close: what this person's own ballot counted as, and why a later answer did not.
import { useTranslation } from 'react-i18next'
import type { MotionView } from '../../../../shared/meeting/view.ts'
import { formatTimeWithSeconds } from '../../../../shared/text/dates.ts'
import { useQuarantine, useWaiting } from '../../../client/hooks.ts'
import { RefusalMessage } from '../../../components/refusal.tsx'
import { ballotView } from '../logic/ballot.ts'
import classes from './ballot.module.css'

/** Renders nothing for who had no vote on this motion. */
export function OwnBallot({ motion, personId }: { readonly motion: MotionView; readonly personId: string }) {
  const { t } = useTranslation('vote')
  const waiting = useWaiting()
  const { items } = useQuarantine()
  if (motion.electors[personId] !== true) return null
  const { stand, refused } = ballotView(motion.id, motion.ballots?.[personId] ?? null, waiting, items)
  return (
    <>
      <p className={classes.own}>
        {stand.state === 'none' && t('own.none')}
        {stand.state === 'recorded' &&
          t('own.counted', { choice: t(`choice.${stand.choice}`), time: formatTimeWithSeconds(stand.at) })}
        {stand.state === 'waiting' && t('own.waiting', { choice: t(`choice.${stand.choice}`) })}
      </p>
      {refused !== null && <RefusalMessage code={refused} />}
    </>
  )
}
