// A meeting of the sample committee at each stage of its life, and the acts that lead there: for tests only.
import { COMMUNE, NOW } from '../org/org.fixture.ts'
import { votingMembers } from '../org/rights.ts'
import type { OrgState } from '../org/state.ts'
import type { RefusalCode } from '../refusal.ts'
import { SAMPLE_COMMITTEE_ID, sampleId, samplePersonId } from '../sample/commune.ts'
import type { MeetingAct, MeetingActOf, MeetingActType } from './acts.ts'
import { decideMeeting } from './decide.ts'
import type { Context } from './decision.ts'
import { evolveMeeting } from './evolve.ts'
import type { Meeting } from './state.ts'

export const CHAIR = samplePersonId('chutich')
export const SECRETARY = samplePersonId('thuky')
export const CLERK = samplePersonId('vanthu')
export const POLICE = samplePersonId('congan')
export const INVITEE = samplePersonId('mattran')
export const STAND_IN = samplePersonId('truongthon')
export const ADMIN = samplePersonId('quantri')

export const MEETING_ID = sampleId('meeting/1')
export const MEMBERS: readonly string[] = votingMembers(COMMUNE, SAMPLE_COMMITTEE_ID, NOW)
/** All members, the chair first. */
export const CHAIR_FIRST: readonly string[] = [CHAIR, ...MEMBERS.filter((id) => id !== CHAIR)]

export const itemId = (n: number | string) => sampleId(`item/${n}`)
export const paperId = (n: number) => sampleId(`paper/${n}`)
export const motionId = (n: number) => sampleId(`motion/${n}`)
export const fileHash = (n: number) => n.toString(16).padStart(64, '0')

export const REASON = 'Theo yêu cầu của Chủ tịch'
export const FILE = { size: 1000, pages: 3 } as const

export type Body<T extends MeetingActType> = Omit<MeetingActOf<T>['body'], 'meetingId'>

export function act<T extends MeetingActType>(actor: string, type: T, body: Body<T>): MeetingAct {
  // Type and body belong together by the signature; TypeScript cannot see it through the union.
  return { type, actor, body: { meetingId: MEETING_ID, ...body } } as unknown as MeetingAct
}

export function contextOf(now = NOW, org: OrgState = COMMUNE): Context {
  return { now, org, uploaded: () => FILE }
}

/** The state after acts that must all be accepted. @throws with the code of the first that is refused */
export function after(state: Meeting | null, acts: readonly MeetingAct[], context = contextOf()): Meeting {
  let next = state
  for (const each of acts) {
    const decision = decideMeeting(next, each, context)
    if (!decision.ok) throw new Error(`${each.type} was refused: ${decision.code}`)
    for (const event of decision.value) next = evolveMeeting(next, event, context.now)
  }
  if (next === null) throw new Error('no act created the meeting')
  return next
}

/** The code with which an act is refused; null when it is accepted. */
export function refusal(state: Meeting | null, each: MeetingAct, context = contextOf()): RefusalCode | null {
  const decision = decideMeeting(state, each, context)
  return decision.ok ? null : decision.code
}

export const FRAME = {
  title: 'Phiên họp thường kỳ tháng 11',
  kind: 'ordinary',
  startsAt: '2026-11-24T01:00:00Z',
  plannedMinutes: 120,
  room: 'Phòng họp số 1',
  chairId: CHAIR,
  secretaryIds: [SECRETARY],
} as const

export function creation(over: Partial<Body<'meeting.create'>> = {}, actor = SECRETARY): MeetingAct {
  const frame = { ...FRAME, secretaryIds: [...FRAME.secretaryIds] }
  return act(actor, 'meeting.create', {
    bodyId: SAMPLE_COMMITTEE_ID,
    ruleSetId: 'committee-session',
    ...frame,
    ...over,
  })
}

export function describing(over: Partial<Body<'meeting.describe'>> = {}): MeetingAct {
  const frame = { ...FRAME, secretaryIds: [...FRAME.secretaryIds] }
  return act(SECRETARY, 'meeting.describe', { ...frame, reason: null, ...over })
}

export function putting(n: number | string, over: Partial<Body<'meeting.putItem'>> = {}): MeetingAct {
  const plain = {
    itemId: itemId(n),
    parentId: null,
    title: `Nội dung ${n}`,
    presenterId: null,
    minutes: 15,
    reason: null,
  }
  return act(SECRETARY, 'meeting.putItem', { ...plain, ...over })
}

export function moving(id: string, over: Partial<Body<'meeting.moveItem'>> = {}): MeetingAct {
  return act(SECRETARY, 'meeting.moveItem', { itemId: id, parentId: null, beforeId: null, reason: null, ...over })
}

export function attaching(n: number, over: Partial<Body<'meeting.attachPaper'>> = {}): MeetingAct {
  const paper = { itemId: itemId(1), paperId: paperId(n), name: `Tài liệu ${n}`, sha256: fileHash(n), ...FILE }
  return act(SECRETARY, 'meeting.attachPaper', { ...paper, reason: null, ...over })
}

export function inviting(personId: string, over: Partial<Body<'meeting.invite'>> = {}): MeetingAct {
  return act(SECRETARY, 'meeting.invite', { personId, capacity: 'invitee', inPlaceOf: null, reason: null, ...over })
}

export function proposing(
  n: number,
  ruleSetId = 'committee-session',
  over: Partial<Body<'meeting.proposeMotion'>> = {},
) {
  const motion = { motionId: motionId(n), itemId: itemId(1), text: `Thông qua nội dung ${n}`, ruleSetId }
  return act(SECRETARY, 'meeting.proposeMotion', { ...motion, ...over })
}

export const checkIn = (personId: string) => act(personId, 'meeting.checkIn', {})
export const openVote = (n: number, actor = CHAIR) => act(actor, 'meeting.openVote', { motionId: motionId(n) })
export const closeVote = (n: number, actor = CHAIR) => act(actor, 'meeting.closeVote', { motionId: motionId(n) })
export const cast = (personId: string, choice: string, n = 1) =>
  act(personId, 'meeting.castBallot', { motionId: motionId(n), choice })

/** Items 1, 2 and 2.1, one paper, an invitee and a stand-in for the head of the police. */
export const DRAFT: Meeting = after(null, [
  creation(),
  putting(1),
  putting(2),
  putting('2.1', { parentId: itemId(2) }),
  attaching(1),
  inviting(INVITEE),
  inviting(STAND_IN, { capacity: 'stand-in', inPlaceOf: POLICE }),
])
export const PUBLISHED: Meeting = after(DRAFT, [act(SECRETARY, 'meeting.publish', {})])

/** Open, with the chair and further members in the room: `present` people with a vote. */
export function opened(present = MEMBERS.length): Meeting {
  return after(PUBLISHED, [...CHAIR_FIRST.slice(0, present).map(checkIn), act(CHAIR, 'meeting.open', {})])
}

/** Open, with motion 1 being voted on. */
export function voting(ruleSetId = 'committee-session', present = MEMBERS.length): Meeting {
  return after(opened(present), [proposing(1, ruleSetId), openVote(1)])
}
