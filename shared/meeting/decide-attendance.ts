// Coming or not coming: answers to the invitation, papers on the device, check-in, roll call for others.
import { assertNever } from '../assert-never.ts'
import { ok, refuse } from '../refusal.ts'
import { isOrganiser } from './access.ts'
import type { MeetingActOf } from './acts.ts'
import type { Decision } from './decision.ts'
import type { Meeting } from './state.ts'

/** Confirming and reporting absence end when the meeting opens; from then on the roll call counts. */
export function confirmable(state: Meeting, act: MeetingActOf<'meeting.confirm' | 'meeting.reportAbsence'>): Decision {
  if (state.participants[act.actor] === undefined) return refuse('not-participant')
  if (state.status !== 'published') return refuse('meeting-not-published')
  const personId = act.actor
  return act.type === 'meeting.confirm'
    ? ok([{ type: 'answered', personId, answer: 'confirmed', reason: null }])
    : ok([{ type: 'answered', personId, answer: 'absent', reason: act.body.reason }])
}

export function answer(
  state: Meeting,
  act: MeetingActOf<'meeting.reportPapersReady' | 'meeting.checkIn' | 'meeting.markPresence'>,
): Decision {
  if (state.status === 'draft') return refuse('meeting-not-published')
  switch (act.type) {
    case 'meeting.reportPapersReady':
      if (state.participants[act.actor] === undefined) return refuse('not-participant')
      return ok([{ type: 'papersReady', personId: act.actor, fingerprint: act.body.fingerprint }])
    case 'meeting.checkIn':
      if (state.participants[act.actor] === undefined) return refuse('not-participant')
      return ok([{ type: 'presence', personId: act.actor, presence: 'present' }])
    case 'meeting.markPresence':
      if (!isOrganiser(state, act.actor)) return refuse('forbidden')
      if (state.participants[act.body.personId] === undefined) return refuse('participant-not-found')
      return ok([{ type: 'presence', personId: act.body.personId, presence: act.body.presence }])
    default:
      return assertNever(act)
  }
}
