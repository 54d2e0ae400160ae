// The current item with its number, who presents it, and the clock; beside a presented page it is smaller.
import { useTranslation } from 'react-i18next'
import { inOrder } from '../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../shared/meeting/view.ts'
import { formatDuration } from '../../../shared/text/dates.ts'
import { PersonName } from '../../components/person-name.tsx'
import { timeLeft } from '../meeting/logic/item-clock.ts'
import classes from './shared-screen.module.css'

interface CurrentItemScreenProps {
  readonly board: MeetingBoard
  readonly now: number
  readonly beside?: boolean
}

export function CurrentItemScreen({ board, now, beside = false }: CurrentItemScreenProps) {
  const { t } = useTranslation('screen')
  const rows = inOrder(board.items)
  const row = rows.find(({ item }) => item.id === board.meeting.currentItemId)
  if (row === undefined) return <p className={classes.message}>{t('noItem')}</p>
  const { item, number } = row
  const left = timeLeft(item, now)
  return (
    <section className={classes.item} data-beside={beside || undefined}>
      <p className={classes.itemNumber}>
        {t('item', { number, total: rows.filter((each) => each.item.parentId === null).length })}
      </p>
      <h2 className={classes.itemTitle}>{item.title}</h2>
      {item.presenterId !== null && (
        <p className={classes.presenter}>
          <PersonName id={item.presenterId} />
        </p>
      )}
      <p className={classes.clock} data-state={left.state}>
        <span className={classes.clockWord}>{t(left.state)}</span>
        <span>{formatDuration(left.ms / 1000)}</span>
      </p>
    </section>
  )
}
