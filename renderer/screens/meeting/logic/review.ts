// What the secretary should look at before publishing: warnings that name the thing; only an empty agenda stops the publication.
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'
import { childrenOf } from '../../../../shared/meeting/agenda.ts'
import { plannedMinutes } from './item-clock.ts'

export type Warning =
  | { readonly kind: 'agenda-empty' }
  | { readonly kind: 'no-papers' }
  | {
      readonly kind: 'item-without-papers' | 'item-without-presenter' | 'item-without-time'
      readonly number: string
      readonly title: string
      readonly itemId: string
    }
  | { readonly kind: 'longer-than-planned'; readonly by: number }
  | { readonly kind: 'starts-in-past' }

/** @param now the hub's time, ms */
export function warnings(board: MeetingBoard, now: number): readonly Warning[] {
  const { items, papers, meeting } = board
  if (Object.keys(items).length === 0) return [{ kind: 'agenda-empty' }]
  const found: Warning[] = []
  if (meeting.status === 'draft' && Date.parse(meeting.startsAt) < now) found.push({ kind: 'starts-in-past' })
  const withPapers = new Set(Object.values(papers).map((paper) => paper.itemId))
  if (withPapers.size === 0) found.push({ kind: 'no-papers' })
  for (const { item, number } of inOrder(items)) {
    const parts = childrenOf(items, item.id)
    const named = { number, title: item.title, itemId: item.id }
    const hasPapers = withPapers.has(item.id) || parts.some((part) => withPapers.has(part.id))
    if (withPapers.size > 0 && !hasPapers) found.push({ kind: 'item-without-papers', ...named })
    if (parts.length > 0) continue
    if (item.presenterId === null) found.push({ kind: 'item-without-presenter', ...named })
    if (item.minutes === 0) found.push({ kind: 'item-without-time', ...named })
  }
  const over = plannedMinutes(items) - meeting.plannedMinutes
  return over > 0 ? [...found, { kind: 'longer-than-planned', by: over }] : found
}
