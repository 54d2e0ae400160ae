// The acts of a meeting, from its preparation to its closing.
import { z } from 'zod'
import { id } from '../id.ts'

const title = z.string().trim().min(1).max(500)
const sentence = z.string().trim().min(3).max(500)
const meetingId = id
/** Compulsory once the meeting is published: who was invited must see what changed and why (the decide function asks for it). */
const reason = sentence.nullable()

export const MEETING_KINDS = ['ordinary', 'extraordinary', 'thematic', 'working'] as const
export const CAPACITIES = ['member', 'invitee', 'stand-in'] as const
/** What an attendance officer may write down for another person (điểm danh hộ). */
export const PRESENCES = ['present', 'excused', 'unexcused', 'left'] as const

const frame = {
  title,
  kind: z.enum(MEETING_KINDS),
  /** UTC ISO 8601. */
  startsAt: z.iso.datetime({ offset: false }),
  plannedMinutes: z
    .number()
    .int()
    .min(5)
    .max(7 * 24 * 60),
  room: z.string().trim().min(1).max(200),
  chairId: id,
  secretaryIds: z.array(id).min(1).max(10),
}

export const meetingActs = {
  'meeting.create': z.strictObject({ meetingId, bodyId: id, ruleSetId: z.string().min(1).max(60), ...frame }),
  'meeting.describe': z.strictObject({ meetingId, ...frame, reason }),
  'meeting.putItem': z.strictObject({
    meetingId,
    itemId: id,
    /** Null for a main item; the id of a main item for a sub-item. */
    parentId: id.nullable(),
    title,
    /** A participant, or nobody yet. */
    presenterId: id.nullable(),
    minutes: z
      .number()
      .int()
      .min(0)
      .max(24 * 60),
    reason,
  }),
  'meeting.moveItem': z.strictObject({
    meetingId,
    itemId: id,
    parentId: id.nullable(),
    /** The item comes right before this one; null puts it last. */
    beforeId: id.nullable(),
    reason,
  }),
  'meeting.removeItem': z.strictObject({ meetingId, itemId: id, reason }),
  'meeting.attachPaper': z.strictObject({
    meetingId,
    itemId: id,
    paperId: id,
    name: title,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    size: z.number().int().min(1),
    pages: z.number().int().min(1),
    reason,
  }),
  'meeting.withdrawPaper': z.strictObject({ meetingId, paperId: id, reason }),
  'meeting.invite': z.strictObject({
    meetingId,
    personId: id,
    capacity: z.enum(['invitee', 'stand-in']),
    /** Whom a stand-in sits in for. */
    inPlaceOf: id.nullable(),
    reason,
  }),
  'meeting.uninvite': z.strictObject({ meetingId, personId: id, reason }),
  'meeting.publish': z.strictObject({ meetingId }),
  'meeting.cancel': z.strictObject({ meetingId, reason: sentence }),
  'meeting.confirm': z.strictObject({ meetingId }),
  'meeting.reportAbsence': z.strictObject({ meetingId, reason: sentence }),
  /** The device holds every paper of the set with this fingerprint (see papers.ts). */
  'meeting.reportPapersReady': z.strictObject({ meetingId, fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
  'meeting.checkIn': z.strictObject({ meetingId }),
  'meeting.markPresence': z.strictObject({ meetingId, personId: id, presence: z.enum(PRESENCES) }),
  'meeting.open': z.strictObject({ meetingId }),
  'meeting.goToItem': z.strictObject({ meetingId, itemId: id }),
  'meeting.proposeMotion': z.strictObject({
    meetingId,
    motionId: id,
    itemId: id,
    text: z.string().trim().min(3).max(2000),
    ruleSetId: z.string().min(1).max(60),
  }),
  'meeting.withdrawMotion': z.strictObject({ meetingId, motionId: id }),
  'meeting.declareReady': z.strictObject({ meetingId, motionId: id }),
  'meeting.openVote': z.strictObject({ meetingId, motionId: id }),
  'meeting.castBallot': z.strictObject({ meetingId, motionId: id, choice: z.string().min(1).max(40) }),
  'meeting.closeVote': z.strictObject({ meetingId, motionId: id }),
  'meeting.allowWriter': z.strictObject({ meetingId, personId: id, allowed: z.boolean() }),
  'meeting.close': z.strictObject({ meetingId }),
} as const

export type MeetingActType = keyof typeof meetingActs
export type MeetingAct = {
  [T in MeetingActType]: { readonly type: T; readonly actor: string; readonly body: z.infer<(typeof meetingActs)[T]> }
}[MeetingActType]
export type MeetingActOf<T extends MeetingActType> = Extract<MeetingAct, { type: T }>

export type MeetingKind = (typeof MEETING_KINDS)[number]
export type Capacity = (typeof CAPACITIES)[number]
export type Presence = (typeof PRESENCES)[number]
