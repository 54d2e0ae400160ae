// The papers of an item in the order they are read.
import type { Paper } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard } from '../../../../shared/meeting/view.ts'

type Papers = MeetingBoard['papers']

export function papersOf(papers: Papers, itemId: string | null): readonly Paper[] {
  return Object.values(papers)
    .filter((paper) => paper.itemId === itemId)
    .sort((a, b) => a.order - b.order || (a.addedAt < b.addedAt ? -1 : 1))
}
