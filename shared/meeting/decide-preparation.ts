// Preparing a meeting: frame, agenda, papers, people, publication. After publication each change needs a reason that everyone reads.
import { assertNever } from '../assert-never.ts'
import { mayPrepareFor, positionsOf, votingMembers } from '../org/rights.ts'
import { ok, refuse } from '../refusal.ts'
import { isChair, isOrganiser, isSecretary, mayRead } from './access.ts'
import type { MeetingActOf } from './acts.ts'
import { childrenOf, placesAfterMove } from './agenda.ts'
import type { Context, Decision } from './decision.ts'
import { ruleSet } from './rule-sets.ts'
import type { ChangeKind, Frame, Meeting, MeetingEvent } from './state.ts'
import { newMembers } from './tally.ts'

type PreparingAct = MeetingActOf<
  | 'meeting.describe'
  | 'meeting.putItem'
  | 'meeting.moveItem'
  | 'meeting.removeItem'
  | 'meeting.attachPaper'
  | 'meeting.withdrawPaper'
  | 'meeting.invite'
  | 'meeting.uninvite'
  | 'meeting.publish'
  | 'meeting.cancel'
>

/** All voting members of the body take part from the start: nobody can be left out of a vote by not being invited. */
export function create(state: Meeting | null, act: MeetingActOf<'meeting.create'>, { org, now }: Context): Decision {
  const { meetingId, bodyId, ruleSetId, ...frame } = act.body
  if (state !== null) return refuse(mayRead(state, act.actor) ? 'already-exists' : 'forbidden')
  if (!mayPrepareFor(org, act.actor, bodyId, now)) return refuse('forbidden')
  if (ruleSet(ruleSetId) === null) return refuse('rule-set-unknown')
  const memberIds = votingMembers(org, bodyId, now)
  const wrong = frameFault(frame, memberIds, org)
  if (wrong !== null) return refuse(wrong)
  return ok([{ type: 'created', meetingId, bodyId, ruleSetId, by: act.actor, frame, memberIds }])
}

export function prepare(state: Meeting, act: PreparingAct, context: Context): Decision {
  if (!isOrganiser(state, act.actor)) return refuse('forbidden')
  if (!stillPrepares(state, act.actor, context)) return refuse('position-ended')
  switch (act.type) {
    case 'meeting.describe': {
      const { meetingId: _id, reason, ...frame } = act.body
      const memberIds = Object.values(state.participants).flatMap((p) => (p.capacity === 'member' ? [p.personId] : []))
      const wrong = frameFault(frame, memberIds, context.org)
      if (wrong !== null) return refuse(wrong)
      return changing(state, act.actor, reason, 'described', frame.title, [{ type: 'described', frame }])
    }
    case 'meeting.putItem':
      return putItem(state, act)
    case 'meeting.moveItem':
      return moveItem(state, act)
    case 'meeting.removeItem':
      return removeItem(state, act)
    case 'meeting.attachPaper':
      return attachPaper(state, act, context)
    case 'meeting.withdrawPaper': {
      const paper = state.papers[act.body.paperId]
      if (paper === undefined) return refuse('paper-not-found')
      const events: MeetingEvent[] = [{ type: 'paperWithdrawn', paperId: paper.id }]
      return changing(state, act.actor, act.body.reason, 'paper-withdrawn', paper.name, events)
    }
    case 'meeting.invite':
      return invite(state, act, context)
    case 'meeting.uninvite':
      return uninvite(state, act, context)
    case 'meeting.publish':
      if (state.status !== 'draft') return refuse('meeting-not-draft')
      if (Object.keys(state.items).length === 0) return refuse('agenda-empty')
      return ok([...newMembers(state, context), { type: 'published' }])
    case 'meeting.cancel':
      if (state.status === 'open') return refuse('meeting-not-published')
      return ok([{ type: 'cancelled', reason: act.body.reason }])
    default:
      return assertNever(act)
  }
}

/** Who was named chair or secretary prepares while holding any position; who only created it, while preparing for the body. */
function stillPrepares(state: Meeting, personId: string, { org, now }: Context): boolean {
  const named = isChair(state, personId) || isSecretary(state, personId)
  return named ? positionsOf(org, personId, now).length > 0 : mayPrepareFor(org, personId, state.bodyId, now)
}

function frameFault(frame: Frame, memberIds: readonly string[], org: Context['org']) {
  if (!memberIds.includes(frame.chairId)) return 'chair-not-member'
  return frame.secretaryIds.every((id) => org.people[id] !== undefined) ? null : 'secretary-required'
}

/** Draft: the change alone. Later: the change and its reason, for the eyes of everyone invited. */
function changing(
  state: Meeting,
  by: string,
  reason: string | null,
  what: ChangeKind,
  subject: string,
  events: readonly MeetingEvent[],
): Decision {
  if (state.status === 'draft') return ok(events)
  if (reason === null) return refuse('reason-required')
  return ok([...events, { type: 'changed', by, what, subject, reason }])
}

function putItem(state: Meeting, act: MeetingActOf<'meeting.putItem'>): Decision {
  const { itemId, parentId, title, presenterId, minutes, reason } = act.body
  const parent = parentId === null ? null : state.items[parentId]
  if (parent === undefined) return refuse('item-not-found')
  if (parent !== null && (parent.parentId !== null || parent.id === itemId)) return refuse('item-too-deep')
  if (
    presenterId !== null &&
    state.participants[presenterId] === undefined &&
    !state.secretaryIds.includes(presenterId)
  ) {
    return refuse('participant-not-found')
  }
  const before = state.items[itemId]
  if (before !== undefined && before.parentId !== parentId && childrenOf(state.items, itemId).length > 0)
    return refuse('item-too-deep')
  const order =
    before?.parentId === parentId ? before.order : (childrenOf(state.items, parentId).at(-1)?.order ?? -1) + 1
  const events: MeetingEvent[] = [
    { type: 'itemPut', item: { id: itemId, parentId, order, title, presenterId, minutes } },
  ]
  return changing(state, act.actor, reason, before === undefined ? 'item-added' : 'item-changed', title, events)
}

function moveItem(state: Meeting, act: MeetingActOf<'meeting.moveItem'>): Decision {
  const { itemId, parentId, beforeId, reason } = act.body
  const item = state.items[itemId]
  const parent = parentId === null ? null : state.items[parentId]
  if (item === undefined || parent === undefined) return refuse('item-not-found')
  const becomesPartOfPart = parent !== null && (parent.parentId !== null || childrenOf(state.items, itemId).length > 0)
  if (becomesPartOfPart || parentId === itemId) return refuse('item-too-deep')
  if (beforeId === itemId && item.parentId === parentId) return ok([])
  if (beforeId !== null && state.items[beforeId]?.parentId !== parentId) return refuse('item-not-found')
  const places = placesAfterMove(state.items, itemId, parentId, beforeId)
  return changing(state, act.actor, reason, 'item-moved', item.title, [{ type: 'itemsPlaced', places }])
}

function removeItem(state: Meeting, act: MeetingActOf<'meeting.removeItem'>): Decision {
  const item = state.items[act.body.itemId]
  if (item === undefined) return refuse('item-not-found')
  const used =
    childrenOf(state.items, item.id).length > 0 ||
    Object.values(state.papers).some((paper) => paper.itemId === item.id) ||
    Object.values(state.motions).some((motion) => motion.itemId === item.id)
  if (used || state.currentItemId === item.id) return refuse('item-has-parts')
  return changing(state, act.actor, act.body.reason, 'item-removed', item.title, [
    { type: 'itemRemoved', itemId: item.id },
  ])
}

function attachPaper(state: Meeting, act: MeetingActOf<'meeting.attachPaper'>, context: Context): Decision {
  const { itemId, paperId, name, sha256, reason } = act.body
  if (state.items[itemId] === undefined) return refuse('item-not-found')
  if (state.papers[paperId] !== undefined) return refuse('already-exists')
  const file = context.uploaded(sha256, act.actor)
  // Size and pages are the hub's own count: what the act says of them is not believed.
  if (file?.size !== act.body.size || file.pages !== act.body.pages) return refuse('paper-not-uploaded')
  const order =
    Object.values(state.papers).reduce((last, p) => (p.itemId === itemId ? Math.max(last, p.order) : last), -1) + 1
  const paper = {
    id: paperId,
    itemId,
    order,
    name,
    sha256,
    size: file.size,
    pages: file.pages,
    late: state.status !== 'draft',
  }
  return changing(state, act.actor, reason, 'paper-added', name, [{ type: 'paperAttached', paper }])
}

function invite(state: Meeting, act: MeetingActOf<'meeting.invite'>, { org }: Context): Decision {
  const { personId, capacity, inPlaceOf, reason } = act.body
  const person = org.people[personId]
  if (person === undefined) return refuse('not-found')
  if (state.participants[personId] !== undefined) return refuse('participant-exists')
  const fits = capacity === 'stand-in' ? isMember(state, inPlaceOf) : inPlaceOf === null
  if (!fits) return refuse('participant-not-found')
  return changing(state, act.actor, reason, 'invited', person.name, [
    { type: 'invited', personId, capacity, inPlaceOf },
  ])
}

function uninvite(state: Meeting, act: MeetingActOf<'meeting.uninvite'>, { org }: Context): Decision {
  const { personId, reason } = act.body
  const participant = state.participants[personId]
  if (participant === undefined) return refuse('participant-not-found')
  if (participant.capacity === 'member') return refuse('participant-is-member')
  return changing(state, act.actor, reason, 'uninvited', org.people[personId]?.name ?? personId, [
    { type: 'uninvited', personId },
  ])
}

function isMember(state: Meeting, personId: string | null): boolean {
  return personId !== null && state.participants[personId]?.capacity === 'member'
}
