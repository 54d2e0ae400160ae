// The right column, "Bây giờ": the current item with its time, and the vote, which takes the whole column while it runs.
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { formatDuration } from '../../../../shared/text/dates.ts'
import { PersonName } from '../../../components/person-name.tsx'
import { motionInFocus } from '../logic/chair-steps.ts'
import { timeLeft } from '../logic/item-clock.ts'
import { BallotCard } from '../vote/ballot-card.tsx'
import { MotionReady } from '../vote/motion-ready.tsx'
import { OwnBallot } from '../vote/own-ballot.tsx'
import { VerdictLine } from '../vote/verdict-line.tsx'
import { CheckIn } from './check-in.tsx'
import classes from './now-column.module.css'
import { QuorumLine } from './quorum-line.tsx'
import type { Standing } from './use-room.ts'

interface NowColumnProps {
  readonly board: MeetingBoard
  readonly standing: Standing
  readonly now: number
  readonly onShowResults: () => void
}

export function NowColumn({ board, standing, now, onShowResults }: NowColumnProps) {
  const { t } = useTranslation(['meeting', 'vote'])
  const motion = motionInFocus(board)
  const voting = motion?.status === 'open'
  return (
    <aside className={classes.column} data-voting={voting || undefined} aria-label={t('now.heading')}>
      {!voting && <CurrentItem board={board} now={now} />}
      <CheckIn board={board} standing={standing} />
      {motion?.status === 'proposed' && <MotionReady board={board} motion={motion} standing={standing} />}
      {voting && <BallotCard key={motion.id} board={board} motion={motion} standing={standing} />}
      {motion?.status === 'closed' && (
        <section className={classes.part} aria-label={t('vote:result')}>
          <h2 className={classes.label}>{t('vote:result')}</h2>
          <p className={classes.question}>{motion.text}</p>
          <VerdictLine motion={motion} />
          <OwnBallot motion={motion} personId={standing.personId} />
          <Button variant="default" fullWidth onClick={onShowResults}>
            {t('vote:showResult')}
          </Button>
        </section>
      )}
      <div className={classes.quorumHere}>
        <QuorumLine board={board} />
      </div>
    </aside>
  )
}

function CurrentItem({ board, now }: { readonly board: MeetingBoard; readonly now: number }) {
  const { t } = useTranslation('meeting')
  const row = inOrder(board.items).find(({ item }) => item.id === board.meeting.currentItemId)
  if (row === undefined) return null
  const { item, number } = row
  const left = timeLeft(item, now)
  return (
    <section className={classes.part} aria-label={t('now.item')}>
      <h2 className={classes.label}>{t('now.heading')}</h2>
      <p className={classes.title}>
        {number}. {item.title}
      </p>
      <p className={classes.clock} data-state={left.state}>
        <span className={classes.clockWord}>{t(`now.${left.state}`)}</span> {formatDuration(left.ms / 1000)}
      </p>
      {item.presenterId !== null && (
        <p className={classes.presenter}>
          {t('now.presenter')} <PersonName id={item.presenterId} />
        </p>
      )}
    </section>
  )
}
