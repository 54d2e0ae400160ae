// What each audience of a meeting may see of it, as plain typed data; unchanged parts stay the same objects.
import { once, onceEach } from '../memo.ts'
import { isOrganiser, mayWriteConclusions } from './access.ts'
import { fingerprintOf } from './papers.ts'
import { ruleSetVersion } from './rule-sets.ts'
import type { AgendaItem, Ballot, Change, Frame, Meeting, Motion, Paper, Participant } from './state.ts'
import { countMotion } from './tally.ts'

export type Audience = 'participants' | 'organisers'

export interface MeetingBoard {
  readonly meeting: MeetingHead
  readonly items: Readonly<Record<string, AgendaItem>>
  readonly papers: Readonly<Record<string, Paper>>
  readonly participants: Readonly<Record<string, ParticipantView>>
  readonly motions: Readonly<Record<string, MotionView>>
  readonly writers: Readonly<Record<string, true>>
  readonly changes: Readonly<Record<string, Change>>
}

export interface MeetingHead extends Frame {
  readonly id: string
  readonly bodyId: string
  readonly ruleSetId: string
  readonly status: Meeting['status']
  readonly createdBy: string
  readonly publishedAt: string | null
  readonly openedAt: string | null
  readonly closedAt: string | null
  readonly cancelReason: string | null
  readonly currentItemId: string | null
  readonly papersFingerprint: string
}

/** `answerReason` and `papersReady` are for the organisers: why a colleague is absent is nobody else's business. */
export type ParticipantView = Omit<Participant, 'answerReason' | 'papersReady'> & {
  readonly answerReason: string | null
  readonly papersReady: string | null
}

/** Who answered is shown while the vote runs; what, only after the close, or in sums where the rule set allows it. */
export type MotionView = Omit<Motion, 'ballots'> & {
  readonly answered: Readonly<Record<string, true>>
  readonly running: Readonly<Record<'for' | 'against' | 'abstain', number>> | null
  readonly ballots: Readonly<Record<string, Ballot>> | null
}

/** @param audience organisers see reasons of absence and who has loaded the papers */
export function viewMeeting(state: Meeting, audience: Audience): MeetingBoard {
  return {
    meeting: head(state),
    items: state.items,
    papers: state.papers,
    participants: audience === 'organisers' ? state.participants : discreet(state.participants),
    motions: motionsOf(state),
    writers: state.writers,
    changes: changesOf(state.changes),
  }
}

const head = once((state: Meeting): MeetingHead => {
  const { items: _i, papers, participants: _p, motions: _m, writers: _w, changes: _c, ...rest } = state
  return { ...rest, papersFingerprint: paperSet(papers) }
})

const paperSet = memoFingerprint()

function memoFingerprint(): (papers: Meeting['papers']) => string {
  const box = once((papers: Meeting['papers']) => ({ value: fingerprintOf(papers) }))
  return (papers) => box(papers).value
}

const discreet = onceEach((p: Participant): ParticipantView => ({ ...p, answerReason: null, papersReady: null }))

const changesOf = once((changes: readonly Change[]): Readonly<Record<string, Change>> =>
  Object.fromEntries(changes.map((c, i) => [`${i}`, c])),
)

const motionViews = new WeakMap<Motion, MotionView>()

function motionsOf(state: Meeting): Readonly<Record<string, MotionView>> {
  return Object.fromEntries(Object.entries(state.motions).map(([id, motion]) => [id, viewMotion(state, motion)]))
}

function viewMotion(state: Meeting, motion: Motion): MotionView {
  const known = motionViews.get(motion)
  if (known !== undefined) return known
  const rules = ruleSetVersion(motion.ruleSetId, motion.ruleSetVersion)
  const { ballots, ...rest } = motion
  const view: MotionView = {
    ...rest,
    answered: Object.fromEntries(Object.keys(ballots).map((id) => [id, true as const])),
    running: motion.status === 'open' && rules?.showRunningCounts === true ? countMotion(state, motion).choices : null,
    ballots: motion.status === 'closed' ? ballots : null,
  }
  motionViews.set(motion, view)
  return view
}

/** One line on a person's desk, with what only this person may see: the own ballots. */
export interface DeskEntry {
  readonly id: string
  readonly bodyId: string
  readonly title: string
  readonly kind: Meeting['kind']
  readonly startsAt: string
  readonly plannedMinutes: number
  readonly room: string
  readonly status: Meeting['status']
  readonly chairId: string
  /** Null for an organiser who does not take part. */
  readonly capacity: Participant['capacity'] | null
  readonly organiser: boolean
  readonly answer: Participant['answer']
  readonly presence: Participant['presence']
  readonly itemCount: number
  readonly paperCount: number
  readonly papersReady: boolean
  readonly changeCount: number
  readonly openMotionId: string | null
  readonly mayWriteConclusions: boolean
  readonly ballots: Readonly<Record<string, Ballot>>
}

export function deskEntry(state: Meeting, personId: string): DeskEntry {
  const participant = state.participants[personId]
  const { id, bodyId, title, kind, startsAt, plannedMinutes, room, status, chairId } = state
  const motions = Object.values(state.motions)
  return {
    id,
    bodyId,
    title,
    kind,
    startsAt,
    plannedMinutes,
    room,
    status,
    chairId,
    capacity: participant?.capacity ?? null,
    organiser: isOrganiser(state, personId),
    answer: participant?.answer ?? 'none',
    presence: participant?.presence ?? 'none',
    itemCount: Object.keys(state.items).length,
    paperCount: Object.keys(state.papers).length,
    papersReady: participant?.papersReady === paperSet(state.papers),
    changeCount: state.changes.length,
    openMotionId: motions.find((motion) => motion.status === 'open')?.id ?? null,
    mayWriteConclusions: mayWriteConclusions(state, personId),
    ballots: Object.fromEntries(
      motions.flatMap((motion) => {
        const ballot = motion.ballots[personId]
        return ballot === undefined ? [] : [[motion.id, ballot] as const]
      }),
    ),
  }
}

export interface DeskBoard {
  readonly meetings: Readonly<Record<string, DeskEntry>>
}
