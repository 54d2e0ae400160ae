// The agenda during the session: done, current and coming, planned against actual time, and the quorum below.
import { Button } from '@mantine/core'
import { IconCheck, IconPointFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { inOrder, type NumberedItem } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { formatDuration, formatMinutesOver } from '../../../../shared/text/dates.ts'
import { deviation, spent, stages, type ItemStage } from '../logic/item-clock.ts'
import classes from './agenda-column.module.css'
import { QuorumLine } from './quorum-line.tsx'

interface AgendaColumnProps {
  readonly board: MeetingBoard
  /** The item whose papers are shown. */
  readonly shownId: string | null
  readonly now: number
  readonly onShow: (itemId: string) => void
  /** Undefined for who may not lead. */
  readonly onGoTo: ((itemId: string) => void) | undefined
}

export function AgendaColumn({ board, shownId, now, onShow, onGoTo }: AgendaColumnProps) {
  const { t } = useTranslation('meeting')
  const { currentItemId } = board.meeting
  const at = stages(board.items, currentItemId)
  return (
    <nav className={classes.column} aria-label={t('agenda.heading')}>
      <h2 className={classes.heading}>{t('agenda.heading')}</h2>
      <ol className={classes.list}>
        {inOrder(board.items).map((row) => {
          const stage = at.get(row.item.id) ?? 'coming'
          const shown = row.item.id === shownId
          return (
            <li key={row.item.id} data-part={row.item.parentId !== null || undefined}>
              <button
                type="button"
                className={classes.item}
                data-stage={stage}
                aria-current={stage === 'current' ? 'step' : undefined}
                aria-pressed={shown}
                onClick={() => onShow(row.item.id)}
              >
                <ItemLine row={row} stage={stage} now={now} />
              </button>
              {shown && onGoTo !== undefined && stage !== 'current' && (
                <Button variant="subtle" fullWidth onClick={() => onGoTo(row.item.id)}>
                  {t('agenda.goTo')}
                </Button>
              )}
            </li>
          )
        })}
      </ol>
      <QuorumLine board={board} />
    </nav>
  )
}

interface ItemLineProps {
  readonly row: NumberedItem
  readonly stage: ItemStage
  readonly now: number
}

function ItemLine({ row, stage, now }: ItemLineProps) {
  const { t } = useTranslation('meeting')
  const { item, number } = row
  const over = deviation(item, now)
  return (
    <>
      <span className={classes.number}>{number}</span>
      <span className={classes.mark} aria-hidden>
        {stage === 'done' && <IconCheck size="1.125rem" />}
        {stage === 'current' && <IconPointFilled size="1.125rem" />}
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{item.title}</span>
        <span className={classes.time}>
          <span className="tm-visually-hidden">{t(`agenda.stage.${stage}`)}. </span>
          {stage === 'coming' && item.minutes > 0 && t('agenda.planned', { minutes: item.minutes })}
          {stage !== 'coming' && item.minutes === 0 && formatDuration(spent(item, now) / 1000)}
          {stage !== 'coming' &&
            item.minutes > 0 &&
            t('agenda.running', { spent: formatDuration(spent(item, now) / 1000), minutes: item.minutes })}
        </span>
      </span>
      {stage === 'done' && over !== null && (
        <span className={classes.over} data-over={over >= 60 || undefined}>
          <span className="tm-visually-hidden">{t('agenda.againstPlan')}: </span>
          {formatMinutesOver(over)}
        </span>
      )}
    </>
  )
}
