// One item of the agenda being prepared: what it is, who presents it, how long, its papers, and what can be done with it.
import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconGripVertical, IconPencil } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { NumberedItem } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { usePersonName } from '../../../components/person-name.tsx'
import { placeOf, type Move } from '../logic/agenda-moves.ts'
import { ItemForm } from './item-form.tsx'
import { ItemPapers } from './item-papers.tsx'
import classes from './prepare.module.css'
import type { AgendaActs } from './use-agenda-acts.ts'
import type { PaperUploads } from './use-paper-uploads.ts'

interface AgendaRowProps {
  readonly row: NumberedItem
  readonly board: MeetingBoard
  readonly acts: AgendaActs
  readonly uploads: PaperUploads
}

const KEYS: Readonly<Record<string, Move>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'into', ArrowLeft: 'out' }

export function AgendaRow({ row, board, acts, uploads }: AgendaRowProps) {
  const { t } = useTranslation('prepare')
  const nameOf = usePersonName()
  const { item, number } = row
  const [editing, setEditing] = useState<'item' | 'part' | null>(null)
  const sortable = useSortable({ id: item.id, attributes: { roleDescription: t('drag.role') } })
  const can = (move: Move) => placeOf(board.items, item.id, move) !== null

  const moveByKey = (event: KeyboardEvent) => {
    const move = KEYS[event.key]
    if (!event.altKey || move === undefined || !can(move)) return
    event.preventDefault()
    void acts.move(item.id, move)
  }
  const about = [
    item.presenterId === null ? t('agenda.noPresenter') : nameOf(item.presenterId),
    item.minutes === 0 ? t('agenda.noMinutes') : t('agenda.minutesOf', { minutes: item.minutes }),
  ].join(' · ')
  return (
    <li
      ref={sortable.setNodeRef}
      className={classes.row}
      data-part={item.parentId !== null || undefined}
      data-dragging={sortable.isDragging || undefined}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
      onKeyDown={moveByKey}
    >
      <div className={classes.rowHead}>
        <ActionIcon
          {...sortable.attributes}
          {...sortable.listeners}
          ref={sortable.setActivatorNodeRef}
          className={classes.grip}
          aria-label={t('agenda.drag', { number, title: item.title })}
        >
          <IconGripVertical size="1.25rem" aria-hidden />
        </ActionIcon>
        {editing === 'item' ? (
          <ItemForm
            board={board}
            words={item}
            focus
            onSave={(words) => acts.change(item.id, words)}
            onLeave={() => setEditing(null)}
          />
        ) : (
          <>
            <div className={classes.rowWords}>
              <h3 className={classes.rowTitle}>
                <span className={classes.rowNumber}>{number}.</span> {item.title}
              </h3>
              <p className={classes.rowAbout}>{about}</p>
            </div>
            <div className={classes.rowActions}>
              <Button
                variant="subtle"
                leftSection={<IconPencil size="1.125rem" aria-hidden />}
                aria-label={t('agenda.editItem', { title: item.title })}
                onClick={() => setEditing('item')}
              >
                {t('agenda.edit')}
              </Button>
              <Tooltip label={t('agenda.up')}>
                <ActionIcon
                  className={classes.move ?? ''}
                  aria-label={t('agenda.upItem', { title: item.title })}
                  disabled={!can('up')}
                  onClick={() => void acts.move(item.id, 'up')}
                >
                  <IconArrowUp size="1.25rem" aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Tooltip label={t('agenda.down')}>
                <ActionIcon
                  className={classes.move ?? ''}
                  aria-label={t('agenda.downItem', { title: item.title })}
                  disabled={!can('down')}
                  onClick={() => void acts.move(item.id, 'down')}
                >
                  <IconArrowDown size="1.25rem" aria-hidden />
                </ActionIcon>
              </Tooltip>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon aria-label={t('agenda.moreItem', { title: item.title })}>
                    <IconDots size="1.25rem" aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  {item.parentId === null && (
                    <Menu.Item onClick={() => setEditing('part')}>{t('agenda.addPart')}</Menu.Item>
                  )}
                  <Menu.Item disabled={!can('into')} onClick={() => void acts.move(item.id, 'into')}>
                    {t('agenda.into')}
                  </Menu.Item>
                  <Menu.Item disabled={!can('out')} onClick={() => void acts.move(item.id, 'out')}>
                    {t('agenda.out')}
                  </Menu.Item>
                  <Menu.Divider />
                  <Menu.Item c="var(--tm-danger-text)" onClick={() => void acts.remove(item.id)}>
                    {t('agenda.remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </div>
          </>
        )}
      </div>
      <ItemPapers item={item} board={board} uploads={uploads} onWithdraw={acts.withdraw} />
      {editing === 'part' && (
        <div className={classes.newPart}>
          <ItemForm
            board={board}
            words={{ title: '', presenterId: item.presenterId, minutes: 10 }}
            focus
            onSave={(words) => acts.add(item.id, words)}
            onLeave={() => setEditing(null)}
          />
        </div>
      )}
    </li>
  )
}
