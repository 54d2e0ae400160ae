// The vote: ready, open, one ballot a member, changeable until the hub closes it, then the count and the verdict for good.
import { assertNever } from '../assert-never.ts'
import { voteHasEnded } from '../org/rights.ts'
import { ok, refuse } from '../refusal.ts'
import { isChair } from './access.ts'
import type { MeetingActOf } from './acts.ts'
import type { Context, Decision } from './decision.ts'
import { ruleSetVersion } from './rule-sets.ts'
import { quorum, verdict } from './rules.ts'
import type { Meeting, Motion } from './state.ts'
import { countMotion, electorsOf, presentAmong } from './tally.ts'

type VotingAct = MeetingActOf<'meeting.declareReady' | 'meeting.openVote' | 'meeting.castBallot' | 'meeting.closeVote'>

export function vote(state: Meeting, act: VotingAct, context: Context): Decision {
  const motion = state.motions[act.body.motionId]
  if (motion === undefined) return refuse('motion-not-found')
  switch (act.type) {
    case 'meeting.declareReady':
      if (motion.status !== 'proposed') return refuse('motion-not-proposed')
      if (state.participants[act.actor]?.capacity !== 'member') return refuse('not-entitled-to-vote')
      return ok([{ type: 'readyDeclared', motionId: motion.id, personId: act.actor }])
    case 'meeting.openVote':
      return openVote(state, motion, act, context)
    case 'meeting.castBallot':
      return castBallot(state, motion, act, context)
    case 'meeting.closeVote': {
      if (!isChair(state, act.actor)) return refuse('forbidden')
      if (motion.status !== 'open') return refuse(motion.status === 'closed' ? 'vote-closed' : 'vote-not-open')
      const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
      if (rules === null) return refuse('rule-set-unknown')
      const counts = countMotion(state, motion)
      return ok([{ type: 'voteClosed', motionId: motion.id, counts, verdict: verdict(rules, counts) }])
    }
    default:
      return assertNever(act)
  }
}

/** Electors are the members of the body on this very day who take part; one vote at a time; the quorum must be in the room. */
function openVote(
  state: Meeting,
  motion: Motion,
  act: MeetingActOf<'meeting.openVote'>,
  { org, now }: Context,
): Decision {
  if (!isChair(state, act.actor)) return refuse('forbidden')
  if (state.status !== 'open') return refuse('meeting-not-open')
  if (motion.status !== 'proposed') return refuse(motion.status === 'closed' ? 'vote-closed' : 'motion-not-proposed')
  if (Object.values(state.motions).some((other) => other.status === 'open')) return refuse('vote-still-open')
  const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
  if (rules === null) return refuse('rule-set-unknown')
  const electors = electorsOf(state, { org, now })
  const present = presentAmong(state, electors)
  if (!quorum(rules, present, electors.length).met) return refuse('quorum-not-met')
  return ok([{ type: 'voteOpened', motionId: motion.id, electors }])
}

/** The vote is personal (Law 77/2015/QH13 art. 117): no invitee, no stand-in, nobody whose seat has ended, nobody outside the room. */
function castBallot(
  state: Meeting,
  motion: Motion,
  act: MeetingActOf<'meeting.castBallot'>,
  { org, now }: Context,
): Decision {
  if (motion.status === 'closed') return refuse('vote-closed')
  if (motion.status !== 'open') return refuse('vote-not-open')
  if (voteHasEnded(org, act.actor, state.bodyId, now)) return refuse('position-ended')
  if (motion.electors[act.actor] !== true) return refuse('not-entitled-to-vote')
  if (state.participants[act.actor]?.presence !== 'present') return refuse('not-checked-in')
  const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
  const choice = rules?.options.find((option) => option === act.body.choice)
  if (choice === undefined) return refuse('choice-unknown')
  return ok([{ type: 'ballotCast', motionId: motion.id, personId: act.actor, choice }])
}
