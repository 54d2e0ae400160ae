// What the chair can do now, and which one step comes next: the console shows that one in cinnamon.
import type { Quorum } from '../../../../shared/meeting/rules.ts'
import type { AgendaItem } from '../../../../shared/meeting/state.ts'
import type { MeetingBoard, MotionView } from '../../../../shared/meeting/view.ts'
import { liveQuorum } from './attendance.ts'
import { itemAfter } from './item-clock.ts'

export type ChairStep =
  | { readonly kind: 'open-meeting'; readonly quorum: Quorum | null }
  | { readonly kind: 'close-vote'; readonly motion: MotionView }
  | { readonly kind: 'open-vote'; readonly motion: MotionView; readonly quorum: Quorum | null }
  | { readonly kind: 'next-item'; readonly item: AgendaItem }
  | { readonly kind: 'close-meeting' }
  | { readonly kind: 'none' }

/** A vote that runs comes first, then one that waits for its opening under the current item, then the agenda, then the end. */
export function nextStep(board: MeetingBoard): ChairStep {
  const { status, currentItemId, ruleSetId } = board.meeting
  const quorum = liveQuorum({ participants: board.participants, ruleSetId })
  if (status === 'published') return { kind: 'open-meeting', quorum }
  if (status !== 'open') return { kind: 'none' }
  const running = openMotion(board.motions)
  if (running !== null) return { kind: 'close-vote', motion: running }
  const waiting = motionsOf(board.motions, currentItemId).find((motion) => motion.status === 'proposed')
  if (waiting !== undefined) return { kind: 'open-vote', motion: waiting, quorum }
  const next = itemAfter(board.items, currentItemId)
  return next === null ? { kind: 'close-meeting' } : { kind: 'next-item', item: next }
}

export function openMotion(motions: MeetingBoard['motions']): MotionView | null {
  return Object.values(motions).find((motion) => motion.status === 'open') ?? null
}

/** The motions of an item in the order they were proposed, without the withdrawn ones. */
export function motionsOf(motions: MeetingBoard['motions'], itemId: string | null): readonly MotionView[] {
  return Object.values(motions)
    .filter((motion) => motion.itemId === itemId && motion.status !== 'withdrawn')
    .sort((a, b) => a.order - b.order)
}

/** What the screen's right column is about: the running vote, else the newest motion of the current item. */
export function motionInFocus(board: MeetingBoard): MotionView | null {
  return openMotion(board.motions) ?? motionsOf(board.motions, board.meeting.currentItemId).at(-1) ?? null
}
