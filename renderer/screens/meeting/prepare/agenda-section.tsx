// Section "Chương trình": the list of items, dragged or moved by keys, the line for the next one, and the sum of the time.
import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { formatTime } from '../../../../shared/text/dates.ts'
import { EmptyState } from '../../../components/empty-state.tsx'
import { endOf, plannedMinutes } from '../logic/item-clock.ts'
import { AgendaRow } from './agenda-row.tsx'
import { ItemForm } from './item-form.tsx'
import classes from './prepare.module.css'
import { useAgendaActs } from './use-agenda-acts.ts'
import { useDragWords } from './use-drag-words.ts'
import type { PaperUploads } from './use-paper-uploads.ts'

interface AgendaSectionProps {
  readonly board: MeetingBoard
  readonly uploads: PaperUploads
}

export function AgendaSection({ board, uploads }: AgendaSectionProps) {
  const { t } = useTranslation('prepare')
  const acts = useAgendaActs(board)
  const rows = inOrder(board.items)
  const dragWords = useDragWords(rows)
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const minutes = plannedMinutes(board.items)
  const over = minutes - board.meeting.plannedMinutes
  return (
    <>
      {rows.length === 0 && <EmptyState title={t('agenda.empty')} text={t('agenda.emptyText')} />}
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={dragWords}
        onDragEnd={({ active, over: target }) => {
          if (target !== null) void acts.drop(String(active.id), String(target.id))
        }}
      >
        <SortableContext items={rows.map(({ item }) => item.id)} strategy={verticalListSortingStrategy}>
          <ol className={classes.agenda}>
            {rows.map((row) => (
              <AgendaRow key={row.item.id} row={row} board={board} acts={acts} uploads={uploads} />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <div className={classes.addItem}>
        <ItemForm board={board} words={null} focus={false} onSave={(words) => acts.add(null, words)} />
      </div>
      {rows.length > 0 && (
        <Text className={classes.sum} data-over={over > 0 || undefined}>
          {t('agenda.sum', { minutes, end: formatTime(endOf(board.meeting.startsAt, minutes)) })}
          {over > 0 && ` ${t('agenda.sumOver', { over })}`}
        </Text>
      )}
    </>
  )
}
