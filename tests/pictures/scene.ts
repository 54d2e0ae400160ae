// The meeting that the pictures show, set by real acts: agenda with presenters, answers, roll call, two votes.
import { randomUUID } from 'node:crypto'
import type { ActBody, ActType } from '../../shared/domain.ts'
import { SAMPLE_COMMITTEE_ID, samplePersonId } from '../../shared/sample/commune.ts'
import { MEMBER_NAMES } from '../support/meeting.ts'
import { logIn, type Person } from '../support/person.ts'
import { later } from './time.ts'

export const TITLE = 'Phiên họp thường kỳ tháng 11 năm 2026 của Ủy ban nhân dân xã'
/** Twice as long as a usual title: what does not fit must break well, not vanish. */
export const LONG_TITLE =
  'Phiên họp chuyên đề về phương án sắp xếp, ổn định dân cư vùng có nguy cơ sạt lở núi và lũ quét giai đoạn 2026–2030, có xét đến năm 2035, trên địa bàn các thôn vùng cao của xã Trà My'
const VOTED = 'Thông qua Tờ trình về phương án thu gom, xử lý rác thải sinh hoạt nông thôn năm 2027'
const VOTING = 'Thông qua Dự thảo Quy chế văn thư, lưu trữ của Ủy ban nhân dân xã Trà My'
/** Not in the room, and has said why. */
const AWAY = 'dantoc'

interface PlannedItem {
  readonly title: string
  readonly presenter: string
  readonly minutes: number
}
export const ITEMS: readonly PlannedItem[] = [
  { title: 'Khai mạc, thông qua chương trình', presenter: 'chutich', minutes: 10 },
  { title: 'Báo cáo tình hình kinh tế - xã hội tháng 11', presenter: 'kinhte', minutes: 30 },
  { title: 'Tờ trình về thu gom, xử lý rác thải sinh hoạt nông thôn', presenter: 'nongnghiep', minutes: 25 },
  { title: 'Dự thảo Quy chế văn thư, lưu trữ', presenter: 'tuphap', minutes: 40 },
  { title: 'Công tác phòng, chống bão lũ cuối năm', presenter: 'quansu', minutes: 20 },
  { title: 'Ý kiến khác và kết luận', presenter: 'chutich', minutes: 20 },
]

export interface Cast {
  readonly people: Readonly<Record<string, Person>>
  readonly one: (username: string) => Person
}

/** Everyone with a vote, and the secretary, each at a device of their own. */
export async function gather(url: string): Promise<Cast> {
  const people: Record<string, Person> = {}
  for (const name of ['thuky', ...MEMBER_NAMES]) {
    people[name] = await logIn(url, name)
    await later(1)
  }
  const one = (username: string) => {
    const person = people[username]
    if (person === undefined) throw new Error(`${username} is not in this scene`)
    return person
  }
  return { people, one }
}

export async function does<T extends ActType>(person: Person, type: T, body: ActBody<T>): Promise<void> {
  const said = await person.perform(type, body)
  if (said !== 'ok') throw new Error(`the scene could not be set: ${type} was answered with ${said}`)
  await later(1)
}

export interface Draft {
  readonly meetingId: string
  readonly itemIds: readonly string[]
}

/** A draft with its agenda; papers are added through the screen, as a secretary does. */
export async function drafted(
  { one }: Cast,
  title: string,
  days: number,
  items: readonly PlannedItem[] = ITEMS,
): Promise<Draft> {
  const secretary = one('thuky')
  const meetingId = randomUUID()
  const start = new Date(Date.now() + days * 86_400_000)
  start.setUTCHours(1, 0, 0, 0) // Eight in the morning in Việt Nam.
  await does(secretary, 'meeting.create', {
    meetingId,
    bodyId: SAMPLE_COMMITTEE_ID,
    ruleSetId: 'committee-session',
    title,
    kind: 'ordinary',
    startsAt: start.toISOString(),
    plannedMinutes: 180,
    room: 'Phòng họp tầng 2',
    chairId: samplePersonId('chutich'),
    secretaryIds: [secretary.personId],
  })
  const itemIds: string[] = []
  for (const item of items) {
    const itemId = randomUUID()
    itemIds.push(itemId)
    await does(secretary, 'meeting.putItem', {
      meetingId,
      itemId,
      parentId: null,
      title: item.title,
      presenterId: samplePersonId(item.presenter),
      minutes: item.minutes,
      reason: null,
    })
  }
  for (const guest of ['mattran', 'truongthon']) {
    await does(secretary, 'meeting.invite', {
      meetingId,
      personId: samplePersonId(guest),
      capacity: 'invitee',
      inPlaceOf: null,
      reason: null,
    })
  }
  return { meetingId, itemIds }
}

/** Published, answered by most, changed once. `undecided` has not answered: their screen shows the question. */
export async function published({ one }: Cast, { meetingId, itemIds }: Draft, undecided: string): Promise<void> {
  await does(one('thuky'), 'meeting.publish', { meetingId })
  for (const name of MEMBER_NAMES) {
    if (name === undecided) continue
    if (name === AWAY) await does(one(name), 'meeting.reportAbsence', { meetingId, reason: 'Đi công tác tại tỉnh' })
    else await does(one(name), 'meeting.confirm', { meetingId })
  }
  await does(one('thuky'), 'meeting.putItem', {
    meetingId,
    itemId: itemIds[4] ?? '',
    parentId: null,
    title: 'Công tác phòng, chống bão lũ cuối năm',
    presenterId: samplePersonId('quansu'),
    minutes: 30,
    reason: 'Thêm thời gian cho phương án sơ tán hai thôn vùng cao',
  })
}

/** Opened with fourteen of fifteen, the second item a little too long, six minutes into the third. */
export async function heldTo({ one }: Cast, { meetingId, itemIds }: Draft): Promise<void> {
  for (const name of MEMBER_NAMES) {
    const presence = name === AWAY ? 'excused' : 'present'
    await does(one('thuky'), 'meeting.markPresence', { meetingId, personId: samplePersonId(name), presence })
  }
  await does(one('chutich'), 'meeting.open', { meetingId })
  const minutesBefore = [9, 32]
  for (const [i, itemId] of itemIds.slice(1, 3).entries()) {
    await later((minutesBefore[i] ?? 0) * 60)
    await does(one('chutich'), 'meeting.goToItem', { meetingId, itemId })
  }
  await later(6 * 60)
}

/** The vote of the third item, closed: 12 for, 1 against, 1 not voting. */
export async function votedThird(cast: Cast, draft: Draft): Promise<void> {
  const motionId = await putToVote(cast, draft.meetingId, draft.itemIds[2] ?? '', VOTED)
  const present = MEMBER_NAMES.filter((name) => name !== AWAY)
  for (const name of present) {
    const choice = name === 'taichinh' ? 'against' : name === 'giaoduc' ? 'abstain' : 'for'
    await does(cast.one(name), 'meeting.castBallot', { meetingId: draft.meetingId, motionId, choice })
  }
  await does(cast.one('chutich'), 'meeting.closeVote', { meetingId: draft.meetingId, motionId })
}

/** At the fourth item with its vote open; nine have answered. */
export async function votingFourth(cast: Cast, { meetingId, itemIds }: Draft, undecided: string): Promise<void> {
  const itemId = itemIds[3] ?? ''
  await later(15 * 60)
  await does(cast.one('chutich'), 'meeting.goToItem', { meetingId, itemId })
  const motionId = await putToVote(cast, meetingId, itemId, VOTING)
  const early = MEMBER_NAMES.filter((name) => name !== AWAY && name !== undecided && name !== 'chutich').slice(0, 9)
  for (const name of early) await does(cast.one(name), 'meeting.castBallot', { meetingId, motionId, choice: 'for' })
}

async function putToVote({ one }: Cast, meetingId: string, itemId: string, text: string): Promise<string> {
  const motionId = randomUUID()
  await does(one('thuky'), 'meeting.proposeMotion', {
    meetingId,
    motionId,
    itemId,
    text,
    ruleSetId: 'committee-session',
  })
  await does(one('chutich'), 'meeting.openVote', { meetingId, motionId })
  return motionId
}
