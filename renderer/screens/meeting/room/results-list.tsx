// All results of the meeting so far, item after item.
import { IconChartBar } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { motionsOf } from '../logic/chair-steps.ts'
import { VoteResult } from '../vote-result.tsx'
import classes from './room.module.css'

export function ResultsList({ board }: { readonly board: MeetingBoard }) {
  const { t } = useTranslation('vote')
  const closed = inOrder(board.items).flatMap(({ item }) =>
    motionsOf(board.motions, item.id).filter((motion) => motion.status === 'closed'),
  )
  if (closed.length === 0) {
    return <EmptyState title={t('noResults')} text={t('noResultsText')} icon={<IconChartBar size="2rem" />} />
  }
  return (
    <div className={classes.results}>
      <h2 className="tm-visually-hidden">{t('result')}</h2>
      {closed.map((motion) => (
        <VoteResult key={motion.id} motion={motion} meetingTitle={board.meeting.title} />
      ))}
    </div>
  )
}
