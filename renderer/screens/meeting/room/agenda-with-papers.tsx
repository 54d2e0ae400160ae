// The agenda as it is read before and after a session: items with presenter and time, and their papers to open.
import { IconFileText } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inOrder, type NumberedItem } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { formatDuration, formatMinutesOver, formatTime } from '../../../../shared/text/dates.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { StatePill } from '../../../components/state-pill.tsx'
import { VerdictLine } from '../vote/verdict-line.tsx'
import { motionsOf } from '../logic/chair-steps.ts'
import { deviation, endOf, plannedMinutes } from '../logic/item-clock.ts'
import { papersOf } from '../logic/papers-of.ts'
import classes from './agenda-with-papers.module.css'
import { PaperBundle } from './paper-bundle.tsx'

interface AgendaWithPapersProps {
  readonly board: MeetingBoard
  readonly onRead: (paperId: string) => void
}

export function AgendaWithPapers({ board, onRead }: AgendaWithPapersProps) {
  const { t } = useTranslation('meeting')
  const { startsAt, openedAt, closedAt } = board.meeting
  const end = formatTime(endOf(startsAt, plannedMinutes(board.items)))
  return (
    <section className={classes.agenda} aria-labelledby="agenda-heading">
      <h2 id="agenda-heading" className={classes.heading}>
        {t('agenda.heading')}
      </h2>
      <p className={classes.span}>
        {openedAt !== null && closedAt !== null
          ? t('agenda.heldSpan', { start: formatTime(openedAt), end: formatTime(closedAt) })
          : t('agenda.plannedSpan', { start: formatTime(startsAt), end })}
      </p>
      <ol className={classes.list}>
        {inOrder(board.items).map((row) => (
          <Item key={row.item.id} row={row} board={board} onRead={onRead} />
        ))}
      </ol>
      <PaperBundle board={board} />
    </section>
  )
}

function Item({ row, board, onRead }: AgendaWithPapersProps & { readonly row: NumberedItem }) {
  const { t } = useTranslation('meeting')
  const nameOf = usePersonName()
  const { item, number } = row
  // Nothing runs before and after a session.
  const taken = item.spentMs
  const over = deviation(item, 0)
  const about = [
    ...(item.presenterId === null ? [] : [nameOf(item.presenterId)]),
    ...(item.minutes === 0 ? [] : [t('agenda.planned', { minutes: item.minutes })]),
    ...(taken === 0
      ? []
      : [
          t('agenda.took', {
            time: formatDuration(taken / 1000),
            over: over === null ? '' : ` (${formatMinutesOver(over)})`,
          }),
        ]),
  ].join(' · ')
  return (
    <li className={classes.item} data-part={item.parentId !== null || undefined}>
      <h3 className={classes.title}>
        <span className={classes.number}>{number}.</span> {item.title}
      </h3>
      {about !== '' && <p className={classes.about}>{about}</p>}
      <ul className={classes.papers} aria-label={t('paper.of', { title: item.title })}>
        {papersOf(board.papers, item.id).map((paper) => (
          <li key={paper.id}>
            <button type="button" className={classes.paper} onClick={() => onRead(paper.id)}>
              <IconFileText size="1.25rem" aria-hidden />
              <span className={classes.paperName}>{paper.name}</span>
              {paper.late && <StatePill tone="waiting">{t('paper.late')}</StatePill>}
              <span className={classes.pages}>{t('paper.pages', { pages: paper.pages })}</span>
            </button>
          </li>
        ))}
      </ul>
      {motionsOf(board.motions, item.id).map((motion) => (
        <div key={motion.id} className={classes.motion}>
          <p className={classes.motionText}>{motion.text}</p>
          <VerdictLine motion={motion} />
        </div>
      ))}
    </li>
  )
}
