// All areas of the domain in one place: which acts exist, which stream each belongs to. A new area is added here, once.
import type { z } from 'zod'
import { meetingActs, type MeetingAct } from './meeting/acts.ts'
import { orgActs, type OrgAct } from './org/acts.ts'

export const ACTS = { ...orgActs, ...meetingActs } as const
export type ActType = keyof typeof ACTS
export type ActBody<T extends ActType> = z.infer<(typeof ACTS)[T]>
export type DomainAct = OrgAct | MeetingAct

export const ORG_STREAM = 'org'

export function meetingStream(meetingId: string): string {
  return `meeting/${meetingId}`
}

export function isActType(type: string): type is ActType {
  return Object.hasOwn(ACTS, type)
}

export function isMeetingAct(act: DomainAct): act is MeetingAct {
  return act.type.startsWith('meeting.')
}

/** The ledger stream an act is decided in. */
export function streamOf(act: DomainAct): string {
  return isMeetingAct(act) ? meetingStream(act.body.meetingId) : ORG_STREAM
}
