// What the agenda editor does to the agenda: each gesture one act, with its reason after publication and its way back.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActBody } from '../../../../shared/domain.ts'
import type { Paper } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { followerOf, placeOf, placeOfDrop, type Move, type Place } from '../logic/agenda-moves.ts'
import { offerUndo } from '../parts/undo.tsx'
import { useAct } from '../parts/use-act.ts'
import { useChangeReason } from './change-reason.tsx'

/** What a person types of an item. */
export interface ItemWords {
  readonly title: string
  readonly presenterId: string | null
  readonly minutes: number
}

export interface AgendaActs {
  add(parentId: string | null, words: ItemWords): Promise<boolean>
  change(itemId: string, words: ItemWords): Promise<boolean>
  move(itemId: string, move: Move): Promise<boolean>
  drop(activeId: string, overId: string): Promise<boolean>
  remove(itemId: string): Promise<void>
  readonly withdraw: (paper: Paper) => Promise<void>
}

export function useAgendaActs(board: MeetingBoard): AgendaActs {
  const act = useAct()
  const reasons = useChangeReason()
  const { t } = useTranslation('prepare')
  return useMemo<AgendaActs>(() => {
    const { items } = board
    const meetingId = board.meeting.id
    const titleOf = (itemId: string) => items[itemId]?.title ?? ''

    const put = async (body: Omit<ActBody<'meeting.putItem'>, 'meetingId' | 'reason'>, what: string) => {
      const given = await reasons.ask(what)
      return given !== null && act('meeting.putItem', { meetingId, ...body, reason: given.reason })
    }
    const place = async (itemId: string, to: Place | null) => {
      if (to === null) return false
      const given = await reasons.ask(t('agenda.moveAsk', { title: titleOf(itemId) }))
      return given !== null && act('meeting.moveItem', { meetingId, itemId, ...to, reason: given.reason })
    }
    return {
      add: (parentId, words) =>
        put({ itemId: crypto.randomUUID(), parentId, ...words }, t('agenda.addAsk', { title: words.title })),
      change: (itemId, words) =>
        put(
          { itemId, parentId: items[itemId]?.parentId ?? null, ...words },
          t('agenda.changeAsk', { title: words.title }),
        ),
      move: (itemId, move) => place(itemId, placeOf(items, itemId, move)),
      drop: (activeId, overId) => place(activeId, placeOfDrop(items, activeId, overId)),
      remove: async (itemId) => {
        const item = items[itemId]
        if (item === undefined) return
        const beforeId = followerOf(items, itemId)
        const given = await reasons.ask(t('agenda.removeAsk', { title: item.title }))
        if (given === null || !(await act('meeting.removeItem', { meetingId, itemId, ...given }))) return
        offerUndo(t('agenda.removed', { title: item.title }), async () => {
          const { parentId, title, presenterId, minutes } = item
          const back = reasons.undoing(given)
          const done = await act('meeting.putItem', {
            meetingId,
            itemId,
            parentId,
            title,
            presenterId,
            minutes,
            ...back,
          })
          if (done && beforeId !== null)
            await act('meeting.moveItem', { meetingId, itemId, parentId, beforeId, ...back })
        })
      },
      withdraw: async (paper) => {
        const given = await reasons.ask(t('papers.withdrawAsk', { name: paper.name }))
        if (given === null || !(await act('meeting.withdrawPaper', { meetingId, paperId: paper.id, ...given }))) return
        offerUndo(t('papers.withdrawn', { name: paper.name }), () => {
          const { itemId, name, sha256, size, pages } = paper
          const again = { meetingId, itemId, paperId: crypto.randomUUID(), name, sha256, size, pages }
          return act('meeting.attachPaper', { ...again, ...reasons.undoing(given) })
        })
      },
    }
  }, [board, act, reasons, t])
}
