// Leading the session: opening, moving through the agenda, putting motions, letting people write, closing.
import { assertNever } from '../assert-never.ts'
import { ok, refuse } from '../refusal.ts'
import { isChair, isOrganiser } from './access.ts'
import type { MeetingActOf } from './acts.ts'
import { inOrder } from './agenda.ts'
import type { Context, Decision } from './decision.ts'
import { ruleSet } from './rule-sets.ts'
import { quorum } from './rules.ts'
import type { Meeting, MeetingEvent } from './state.ts'
import { electorsOf, newMembers, presentAmong } from './tally.ts'

type LeadingAct = MeetingActOf<
  | 'meeting.open'
  | 'meeting.goToItem'
  | 'meeting.proposeMotion'
  | 'meeting.withdrawMotion'
  | 'meeting.allowWriter'
  | 'meeting.close'
>

export function lead(state: Meeting, act: LeadingAct, context: Context): Decision {
  if (!isOrganiser(state, act.actor)) return refuse('forbidden')
  switch (act.type) {
    case 'meeting.open':
      return open(state, act, context)
    case 'meeting.goToItem':
      if (state.status !== 'open') return refuse('meeting-not-open')
      if (state.items[act.body.itemId] === undefined) return refuse('item-not-found')
      return ok(act.body.itemId === state.currentItemId ? [] : [{ type: 'itemReached', itemId: act.body.itemId }])
    case 'meeting.proposeMotion':
      return propose(state, act)
    case 'meeting.withdrawMotion': {
      const motion = state.motions[act.body.motionId]
      if (motion === undefined) return refuse('motion-not-found')
      if (motion.status !== 'proposed') return refuse('motion-not-proposed')
      return ok([{ type: 'motionWithdrawn', motionId: motion.id }])
    }
    case 'meeting.allowWriter': {
      const { personId, allowed } = act.body
      if (state.participants[personId] === undefined) return refuse('participant-not-found')
      return ok([{ type: 'writerAllowed', personId, allowed }])
    }
    case 'meeting.close':
      return close(state, act)
    default:
      return assertNever(act)
  }
}

/** A session of a body is held when its quorum is present (Law 77/2015/QH13 art. 113 and 114); the chair opens it. */
function open(state: Meeting, act: MeetingActOf<'meeting.open'>, context: Context): Decision {
  if (!isChair(state, act.actor)) return refuse('forbidden')
  if (state.status !== 'published') return refuse('meeting-not-published')
  const rules = ruleSet(state.ruleSetId)
  if (rules === null) return refuse('rule-set-unknown')
  const joined = newMembers(state, context)
  const electors = electorsOf(state, context)
  if (!quorum(rules, presentAmong(state, electors), electors.length + joined.length).met)
    return refuse('quorum-not-met')
  const first = inOrder(state.items)[0]
  const events: MeetingEvent[] = [...joined, { type: 'opened' }]
  return ok(first === undefined ? events : [...events, { type: 'itemReached', itemId: first.item.id }])
}

function propose(state: Meeting, act: MeetingActOf<'meeting.proposeMotion'>): Decision {
  const { motionId, itemId, text, ruleSetId } = act.body
  const rules = ruleSet(ruleSetId)
  if (rules === null) return refuse('rule-set-unknown')
  if (state.items[itemId] === undefined) return refuse('item-not-found')
  if (state.motions[motionId] !== undefined) return refuse('already-exists')
  const order = Object.keys(state.motions).length
  return ok([
    { type: 'motionProposed', motion: { id: motionId, itemId, order, text, ruleSetId, ruleSetVersion: rules.version } },
  ])
}

function close(state: Meeting, act: MeetingActOf<'meeting.close'>): Decision {
  if (!isChair(state, act.actor)) return refuse('forbidden')
  if (state.status !== 'open') return refuse('meeting-not-open')
  if (Object.values(state.motions).some((motion) => motion.status === 'open')) return refuse('vote-still-open')
  return ok([{ type: 'itemReached', itemId: null }, { type: 'closed' }])
}
