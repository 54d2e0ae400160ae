// Who a person is in a meeting, read from its board: the same question that shared/meeting/access.ts answers from the state.
import type { MeetingHead } from '../../../../shared/meeting/view.ts'

type Leaders = Pick<MeetingHead, 'chairId' | 'secretaryIds' | 'createdBy'>

/** Prepares, changes and keeps the record: the chair, the secretaries, and who created it. */
export function organises({ chairId, secretaryIds, createdBy }: Leaders, personId: string): boolean {
  return chairId === personId || createdBy === personId || secretaryIds.includes(personId)
}

/** May write in the conclusions once the meeting is open, without being allowed by name. */
export function writesByOffice({ chairId, secretaryIds }: Leaders, personId: string): boolean {
  return chairId === personId || secretaryIds.includes(personId)
}
