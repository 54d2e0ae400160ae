// A meeting of the sample commune, brought to the state that a test needs by real acts.
import { randomUUID } from 'node:crypto'
import { SAMPLE_ACCOUNTS } from '../../shared/sample/accounts.ts'
import { SAMPLE_COMMITTEE_ID, samplePersonId } from '../../shared/sample/commune.ts'
import { logIn, type Person } from './person.ts'

const NOT_MEMBERS = ['thuky', 'vanthu', 'mattran', 'truongthon', 'quantri']
export const MEMBER_NAMES = SAMPLE_ACCOUNTS.map((account) => account.username).filter(
  (name) => !NOT_MEMBERS.includes(name),
)

export interface Scene {
  readonly url: string
  readonly meetingId: string
  readonly itemIds: readonly string[]
  readonly secretary: Person
  readonly chair: Person
}

async function must(answer: Promise<string>): Promise<void> {
  const said = await answer
  if (said !== 'ok') throw new Error(`the scene could not be set: ${said}`)
}

/** Draft with three items; the chair is Chủ tịch, the secretary Thư ký. */
export async function draftMeeting(url: string): Promise<Scene> {
  const secretary = await logIn(url, 'thuky')
  const chair = await logIn(url, 'chutich')
  const meetingId = randomUUID()
  await must(
    secretary.perform('meeting.create', {
      meetingId,
      bodyId: SAMPLE_COMMITTEE_ID,
      ruleSetId: 'committee-session',
      title: 'Phiên họp thường kỳ tháng 11',
      kind: 'ordinary',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      plannedMinutes: 180,
      room: 'Phòng họp tầng 2',
      chairId: chair.personId,
      secretaryIds: [secretary.personId],
    }),
  )
  const itemIds = [randomUUID(), randomUUID(), randomUUID()]
  const titles = ['Khai mạc', 'Tờ trình về thu gom rác thải nông thôn', 'Kết luận']
  for (const [i, itemId] of itemIds.entries()) {
    const item = {
      meetingId,
      itemId,
      parentId: null,
      title: titles[i] ?? '',
      presenterId: null,
      minutes: 20,
      reason: null,
    }
    await must(secretary.perform('meeting.putItem', item))
  }
  return { url, meetingId, itemIds, secretary, chair }
}

export async function publishedMeeting(url: string): Promise<Scene> {
  const scene = await draftMeeting(url)
  await must(scene.secretary.perform('meeting.publish', { meetingId: scene.meetingId }))
  return scene
}

/** @param present usernames of members who are in the room; the chair always is */
export async function openMeeting(url: string, present: readonly string[] = MEMBER_NAMES): Promise<Scene> {
  const scene = await publishedMeeting(url)
  const { meetingId } = scene
  for (const name of new Set(['chutich', ...present])) {
    const mark = { meetingId, personId: samplePersonId(name), presence: 'present' } as const
    await must(scene.secretary.perform('meeting.markPresence', mark))
  }
  await must(scene.chair.perform('meeting.open', { meetingId }))
  return scene
}

export interface VoteScene extends Scene {
  readonly motionId: string
}

export async function openVote(url: string, present: readonly string[] = MEMBER_NAMES): Promise<VoteScene> {
  const scene = await openMeeting(url, present)
  const motionId = randomUUID()
  const text = 'Thông qua phương án thu gom rác thải nông thôn năm 2027'
  const motion = {
    meetingId: scene.meetingId,
    motionId,
    itemId: scene.itemIds[1] ?? '',
    text,
    ruleSetId: 'committee-session',
  }
  await must(scene.secretary.perform('meeting.proposeMotion', motion))
  await must(scene.chair.perform('meeting.openVote', { meetingId: scene.meetingId, motionId }))
  return { ...scene, motionId }
}
