// What every part of the meeting room asks: the board, who I am in it, and who is called what.
import { organises } from '../logic/standing.ts'
import type { MeetingBoard, ParticipantView } from '../../../../shared/meeting/view.ts'
import { useMe } from '../../../client/hooks.ts'

export interface Standing {
  readonly personId: string
  /** Undefined for an organiser who does not take part. */
  readonly participant: ParticipantView | undefined
  readonly chair: boolean
  readonly organiser: boolean
}

export function useStanding(board: MeetingBoard): Standing {
  const { personId } = useMe()
  const { chairId } = board.meeting
  return {
    personId,
    participant: board.participants[personId],
    chair: chairId === personId,
    organiser: organises(board.meeting, personId),
  }
}

/** Presenting is for who leads, who keeps the record, and who presents the item. */
export function mayPresent(board: MeetingBoard, { personId, chair }: Standing): boolean {
  const { currentItemId, secretaryIds } = board.meeting
  const item = currentItemId === null ? undefined : board.items[currentItemId]
  return chair || secretaryIds.includes(personId) || item?.presenterId === personId
}
