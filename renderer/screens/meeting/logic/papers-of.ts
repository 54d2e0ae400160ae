// The papers of an item, or of a whole meeting, in the order they are read.
import { inOrder } from '../../../../shared/meeting/agenda.ts'
import type { Paper } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'

type Papers = MeetingBoard['papers']

export function papersOf(papers: Papers, itemId: string | null): readonly Paper[] {
  return Object.values(papers)
    .filter((paper) => paper.itemId === itemId)
    .sort((a, b) => a.order - b.order || (a.addedAt < b.addedAt ? -1 : 1))
}

/** All papers, item after item. */
export function papersInOrder({ items, papers }: Pick<MeetingBoard, 'items' | 'papers'>): readonly Paper[] {
  return inOrder(items).flatMap(({ item }) => papersOf(papers, item.id))
}
