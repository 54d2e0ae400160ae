// Who may see a meeting, prepare it, lead it and write in its conclusions.
import type { Meeting } from './state.ts'

export function isSecretary(meeting: Meeting, personId: string): boolean {
  return meeting.secretaryIds.includes(personId)
}

export function isChair(meeting: Meeting, personId: string): boolean {
  return meeting.chairId === personId
}

/** Prepares, changes and keeps the record: the secretaries and the chair, and who created it. */
export function isOrganiser(meeting: Meeting, personId: string): boolean {
  return isSecretary(meeting, personId) || isChair(meeting, personId) || meeting.createdBy === personId
}

/** A draft is seen by its organisers; after publication also by everyone who takes part. Nobody else, whatever the position. */
export function mayRead(meeting: Meeting, personId: string): boolean {
  if (isOrganiser(meeting, personId)) return true
  return meeting.publishedAt !== null && meeting.participants[personId] !== undefined
}

/** Conclusions are written while the meeting is open, by its secretaries, the chair and whom they allowed. */
export function mayWriteConclusions(meeting: Meeting, personId: string): boolean {
  if (meeting.status !== 'open') return false
  return isSecretary(meeting, personId) || isChair(meeting, personId) || meeting.writers[personId] === true
}
