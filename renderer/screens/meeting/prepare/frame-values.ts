// What the form of a meeting's frame holds, how it is checked (the very schema of the act), and its way to and from the act.
import { z } from 'zod'
import { meetingActs } from '../../../../shared/meeting/acts.ts'
import type { Frame } from '../../../../shared/meeting/state.ts'
import type { MeetingHead } from '../../../../shared/meeting/view.ts'
import { fromPicker, toPicker } from '../logic/when.ts'

const act = meetingActs['meeting.create'].shape

export const frameSchema = z.object({
  title: act.title,
  bodyId: act.bodyId,
  kind: act.kind,
  /** `YYYY-MM-DD` and `HH:mm` in Vietnam. */
  day: z.iso.date(),
  time: z.string().regex(/^\d{2}:\d{2}/),
  plannedMinutes: act.plannedMinutes,
  room: act.room,
  chairId: act.chairId,
  secretaryIds: act.secretaryIds,
  ruleSetId: act.ruleSetId,
})
export type FrameValues = z.infer<typeof frameSchema>

export function valuesOf(head: MeetingHead): FrameValues {
  const { title, bodyId, kind, startsAt, plannedMinutes, room, chairId, secretaryIds, ruleSetId } = head
  const { day, time } = toPicker(startsAt)
  return { title, bodyId, kind, day, time, plannedMinutes, room, chairId, secretaryIds: [...secretaryIds], ruleSetId }
}

/** The frame as the acts carry it; null when day and time make no moment. */
export function frameOf(values: FrameValues): (Frame & { readonly secretaryIds: string[] }) | null {
  const startsAt = fromPicker(values.day, values.time)
  if (startsAt === null) return null
  const { title, kind, plannedMinutes, room, chairId, secretaryIds } = values
  return { title: title.trim(), kind, startsAt, plannedMinutes, room: room.trim(), chairId, secretaryIds }
}

/** Whether two frames say the same, so that typing a letter and taking it away saves nothing. */
export function sameFrame(a: Frame, b: Frame): boolean {
  const keys = ['title', 'kind', 'startsAt', 'plannedMinutes', 'room', 'chairId'] as const
  return keys.every((key) => a[key] === b[key]) && a.secretaryIds.join() === b.secretaryIds.join()
}
