// One person's ballot on one motion: may this person vote, and how far has the answer got.
import type { QuarantinedItem, WaitingAct } from '../../../client/contract.ts'
import type { Choice } from '../../../../shared/meeting/rules.ts'
import type { Ballot } from '../../../../shared/meeting/state.ts'
import type { MotionView, ParticipantView } from '../../../../shared/meeting/view.ts'
import type { RefusalCode } from '../../../../shared/refusal.ts'

type Entitlement = 'entitled' | 'invitee' | 'stand-in' | 'not-participant' | 'not-checked-in' | 'no-seat'

/** The same question as the hub answers, asked early so that nobody presses a button that cannot work. */
export function entitlement(motion: Pick<MotionView, 'electors'>, me: ParticipantView | undefined): Entitlement {
  if (me === undefined) return 'not-participant'
  if (me.capacity !== 'member') return me.capacity
  if (motion.electors[me.personId] !== true) return 'no-seat'
  return me.presence === 'present' ? 'entitled' : 'not-checked-in'
}

export type BallotStand =
  | { readonly state: 'none' }
  /** Safe on this device; `before` is what the hub already holds. */
  | { readonly state: 'waiting'; readonly choice: Choice; readonly before: Ballot | null }
  | { readonly state: 'recorded'; readonly choice: Choice; readonly at: string }

interface BallotView {
  readonly stand: BallotStand
  /** Why the last answer was not taken; the recorded one, if any, still holds. */
  readonly refused: RefusalCode | null
}

const CHOICES: readonly Choice[] = ['for', 'against', 'abstain']

function choiceIn(body: Readonly<Record<string, unknown>> | null, motionId: string): Choice | null {
  return body?.['motionId'] === motionId ? (CHOICES.find((choice) => choice === body['choice']) ?? null) : null
}

/**
 * @param recorded the own ballot as the hub holds it
 * @param waiting the outbox; the newest answer on this motion counts
 * @param refusals what the hub did not take, newest last
 */
export function ballotView(
  motionId: string,
  recorded: Ballot | null,
  waiting: readonly WaitingAct[],
  refusals: readonly Pick<QuarantinedItem, 'type' | 'body' | 'code'>[],
): BallotView {
  const queued = waiting
    .filter((act) => act.type === 'meeting.castBallot')
    .map((act) => choiceIn(act.body, motionId))
    .findLast((choice) => choice !== null)
  const refused = refusals
    .filter((item) => item.type === 'meeting.castBallot' && choiceIn(item.body, motionId) !== null)
    .at(-1)
  const code = queued === undefined ? (refused?.code ?? null) : null
  if (queued !== undefined) return { stand: { state: 'waiting', choice: queued, before: recorded }, refused: null }
  if (recorded === null) return { stand: { state: 'none' }, refused: code }
  return { stand: { state: 'recorded', choice: recorded.choice, at: recorded.at }, refused: code }
}
