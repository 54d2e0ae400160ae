// A meeting as chance leads it: random acts by random people, sensible and senseless, from the creation on. For tests only; the seed is everything.
import { COMMUNE, orgAct, STRANGER } from '../org/org.fixture.ts'
import { decideOrg } from '../org/decide.ts'
import { evolveOrg } from '../org/evolve.ts'
import type { OrgState } from '../org/state.ts'
import { sampleId } from '../sample/commune.ts'
import { PRESENCES, type MeetingAct } from './acts.ts'
import { decideMeeting } from './decide.ts'
import type { Context, Decision } from './decision.ts'
import {
  act,
  ADMIN,
  attaching,
  CHAIR,
  checkIn,
  CLERK,
  creation,
  describing,
  FILE,
  INVITEE,
  inviting,
  itemId,
  MEMBERS,
  motionId,
  moving,
  paperId,
  POLICE,
  proposing,
  putting,
  REASON,
  SECRETARY,
  STAND_IN,
} from './meeting.fixture.ts'
import { evolveMeeting } from './evolve.ts'
import type { Meeting, Motion } from './state.ts'

export interface Step {
  readonly act: MeetingAct
  readonly now: string
  readonly org: OrgState
  readonly before: Meeting | null
  readonly decision: Decision
  readonly after: Meeting | null
}

export interface Chance {
  readonly below: (n: number) => number
  readonly pick: <T>(from: readonly T[]) => T
}

/** Mulberry32: small, and the same everywhere. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const below = (n: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
  return {
    below,
    pick: <T>(from: readonly T[]): T => {
      const chosen = from[below(from.length)]
      if (chosen === undefined) throw new Error('nothing to pick from')
      return chosen
    },
  }
}

const PEOPLE = [...MEMBERS, SECRETARY, CLERK, INVITEE, STAND_IN, ADMIN, STRANGER]
const ITEMS = ['1', '2', '3', '4', '5', '6'].map(itemId)
const MOTIONS = [0, 1, 2, 3].map(motionId)
const PAPERS = [0, 1, 2, 3, 4].map(paperId)
const RULES = ['committee-session', 'council-resolution', 'council-two-thirds', 'working-opinion', 'mob-rule']
const CHOICES = ['for', 'for', 'against', 'abstain', 'maybe']

/** One act for each kind, with bodies that chance fills, mostly with what is there. */
function candidates({ below, pick }: Chance, state: Meeting | null): Readonly<Record<string, () => MeetingAct>> {
  const likely = (known: readonly string[], all: readonly string[]) =>
    pick(known.length > 0 && below(100) < 80 ? known : all)
  const motionIn = (status: Motion['status']) => {
    const known = Object.values(state?.motions ?? {}).filter((motion) => motion.status === status)
    return {
      motionId: likely(
        known.map((motion) => motion.id),
        MOTIONS,
      ),
    }
  }
  const reason = () => pick([null, REASON, REASON])
  const anyone = () => pick(PEOPLE)
  const item = () => pick(ITEMS)
  const seat = () => likely(MEMBERS, PEOPLE)
  return {
    create: () => creation({ ruleSetId: pick(RULES) }),
    describe: () =>
      describing({ room: `P${below(9)}`, chairId: pick([CHAIR, CHAIR, CHAIR, anyone()]), reason: reason() }),
    putItem: () => {
      const parentId = pick([null, null, item()])
      const presenterId = pick([null, anyone()])
      return putting(below(6) + 1, { parentId, presenterId, minutes: below(60), reason: reason() })
    },
    moveItem: () =>
      moving(item(), { parentId: pick([null, item()]), beforeId: pick([null, item()]), reason: reason() }),
    removeItem: () => act(SECRETARY, 'meeting.removeItem', { itemId: item(), reason: reason() }),
    attachPaper: () =>
      attaching(below(5), { itemId: item(), pages: pick([FILE.pages, FILE.pages, 9]), reason: reason() }),
    withdrawPaper: () =>
      act(SECRETARY, 'meeting.withdrawPaper', {
        paperId: likely(Object.keys(state?.papers ?? {}), PAPERS),
        reason: reason(),
      }),
    invite: () =>
      inviting(pick([INVITEE, STAND_IN, CLERK, anyone()]), { inPlaceOf: pick([null, anyone()]), reason: reason() }),
    uninvite: () =>
      act(SECRETARY, 'meeting.uninvite', { personId: pick([INVITEE, STAND_IN, CLERK, anyone()]), reason: reason() }),
    publish: () => act(SECRETARY, 'meeting.publish', {}),
    cancel: () => act(SECRETARY, 'meeting.cancel', { reason: REASON }),
    confirm: () => act(anyone(), 'meeting.confirm', {}),
    reportAbsence: () => act(anyone(), 'meeting.reportAbsence', { reason: REASON }),
    reportPapersReady: () => act(anyone(), 'meeting.reportPapersReady', { fingerprint: 'a'.repeat(64) }),
    checkIn: () => checkIn(seat()),
    markPresence: () => {
      const presence = pick(['present', 'present', 'present', 'present', ...PRESENCES] as const)
      return act(SECRETARY, 'meeting.markPresence', { personId: seat(), presence })
    },
    open: () => act(CHAIR, 'meeting.open', {}),
    goToItem: () => act(CHAIR, 'meeting.goToItem', { itemId: item() }),
    proposeMotion: () => proposing(below(4), pick(RULES), { itemId: item() }),
    withdrawMotion: () => act(SECRETARY, 'meeting.withdrawMotion', motionIn('proposed')),
    declareReady: () => act(anyone(), 'meeting.declareReady', motionIn('proposed')),
    openVote: () => act(CHAIR, 'meeting.openVote', motionIn('proposed')),
    castBallot: () => act(seat(), 'meeting.castBallot', { ...motionIn('open'), choice: pick(CHOICES) }),
    closeVote: () => act(CHAIR, 'meeting.closeVote', motionIn('open')),
    allowWriter: () => act(CHAIR, 'meeting.allowWriter', { personId: anyone(), allowed: pick([true, false]) }),
    close: () => act(CHAIR, 'meeting.close', {}),
  }
}

/** What mostly happens at each stage; anything may happen at any. Endings are rare, so that meetings live long enough. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  none: ['create'],
  draft: [
    'putItem',
    'putItem',
    'moveItem',
    'removeItem',
    'attachPaper',
    'withdrawPaper',
    'invite',
    'describe',
    'publish',
  ],
  published: [
    ...['checkIn', 'checkIn', 'checkIn', 'checkIn', 'markPresence', 'confirm', 'reportAbsence', 'open'],
    ...['putItem', 'uninvite', 'proposeMotion', 'reportPapersReady'],
  ],
  open: [
    ...['castBallot', 'castBallot', 'castBallot', 'castBallot', 'castBallot', 'openVote', 'openVote', 'closeVote'],
    ...['checkIn', 'markPresence', 'goToItem', 'proposeMotion', 'declareReady', 'allowWriter', 'moveItem'],
  ],
}

function nextAct(by: Chance, state: Meeting | null, late: boolean): MeetingAct {
  const all = candidates(by, state)
  const usual = USUAL[state?.status ?? 'none'] ?? []
  const names = usual.length > 0 && by.below(100) < 85 ? usual : Object.keys(all)
  const rare = late && by.below(8) === 0 ? by.pick(['closeVote', 'close', 'cancel']) : by.pick(names)
  const name = !late && (rare === 'close' || rare === 'cancel') && by.below(4) > 0 ? 'confirm' : rare
  const chosen = all[name]
  if (chosen === undefined) throw new Error(`no candidate ${name}`)
  const made = chosen()
  return by.below(100) < 88 ? made : { ...made, actor: by.pick(PEOPLE) }
}

/** Seats of the committee end and are given anew while the meeting goes on. */
function orgAfterChance(by: Chance, org: OrgState, now: string): OrgState {
  const change =
    by.below(2) === 0
      ? orgAct('org.endPosition', { positionId: sampleId('position/congan/0'), until: now.slice(0, 10) })
      : orgAct('org.givePosition', {
          positionId: sampleId(`position/again/${by.below(1_000_000)}`),
          personId: POLICE,
          unitId: sampleId('unit/ubnd'),
          title: 'Ủy viên UBND',
          role: 'member',
          from: now.slice(0, 10),
        })
  const decision = decideOrg(org, change, now)
  return decision.ok ? decision.value.reduce((next, event) => evolveOrg(next, event, now), org) : org
}

/** Decides and applies `length` acts one after another, exactly as a hub does. `see` gets each state before it is used again. */
export function randomRun(seed: number, length: number, see: (state: Meeting) => Meeting = (state) => state): Step[] {
  const by = chance(seed)
  const steps: Step[] = []
  let time = Date.parse('2026-11-23T02:00:00.000Z')
  let org = COMMUNE
  let state: Meeting | null = null
  for (let i = 0; i < length; i += 1) {
    time += by.below(120_000)
    const now = new Date(time).toISOString()
    if (by.below(100) === 0) org = orgAfterChance(by, org, now)
    const context: Context = { now, org, uploaded: (_hash, personId) => (personId === STRANGER ? null : FILE) }
    const each = nextAct(by, state, i > length * 0.8)
    const before: Meeting | null = state
    const decision = decideMeeting(before, each, context)
    if (decision.ok) for (const event of decision.value) state = see(evolveMeeting(state, event, now))
    steps.push({ act: each, now, org, before, decision, after: state })
  }
  return steps
}
