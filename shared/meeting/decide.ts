// What happens to a meeting because of an act: events, or the reason why not. Pure and total; sorts the acts by the part they touch.
import { assertNever } from '../assert-never.ts'
import { refuse } from '../refusal.ts'
import type { MeetingAct } from './acts.ts'
import { answer, confirmable } from './decide-attendance.ts'
import { create, prepare } from './decide-preparation.ts'
import { lead } from './decide-session.ts'
import { vote } from './decide-vote.ts'
import { mayRead } from './access.ts'
import type { Context, Decision } from './decision.ts'
import type { Meeting } from './state.ts'

/** @param state null while no act created the meeting */
export function decideMeeting(state: Meeting | null, act: MeetingAct, context: Context): Decision {
  if (act.type === 'meeting.create') return create(state, act, context)
  // A meeting that one may not see does not exist for one: the refusal must not tell.
  if (state === null || !mayRead(state, act.actor)) return refuse('not-found')
  if (state.status === 'cancelled') return refuse('meeting-cancelled')
  if (state.status === 'closed') return refuse('meeting-closed')
  switch (act.type) {
    case 'meeting.describe':
    case 'meeting.putItem':
    case 'meeting.moveItem':
    case 'meeting.removeItem':
    case 'meeting.attachPaper':
    case 'meeting.withdrawPaper':
    case 'meeting.invite':
    case 'meeting.uninvite':
    case 'meeting.publish':
    case 'meeting.cancel':
      return prepare(state, act, context)
    case 'meeting.confirm':
    case 'meeting.reportAbsence':
      return confirmable(state, act)
    case 'meeting.reportPapersReady':
    case 'meeting.checkIn':
    case 'meeting.markPresence':
      return answer(state, act)
    case 'meeting.open':
    case 'meeting.goToItem':
    case 'meeting.proposeMotion':
    case 'meeting.withdrawMotion':
    case 'meeting.allowWriter':
    case 'meeting.close':
      return lead(state, act, context)
    case 'meeting.declareReady':
    case 'meeting.openVote':
    case 'meeting.castBallot':
    case 'meeting.closeVote':
      return vote(state, act, context)
    default:
      return assertNever(act)
  }
}
