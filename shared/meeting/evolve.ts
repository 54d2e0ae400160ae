// What each event changes in a meeting: the one place where anything changes, sharing everything that did not.
import { assertNever } from '../assert-never.ts'
import type { Capacity, Presence } from './acts.ts'
import type { AgendaItem, Meeting, MeetingEvent, Motion, Participant } from './state.ts'

/** The state after the first event of a stream; every other event needs the state before it. */
export function evolveMeeting(state: Meeting | null, event: MeetingEvent, at: string): Meeting {
  if (event.type === 'created') return created(event)
  if (state === null) throw new Error(`event ${event.type} before the meeting was created`)
  switch (event.type) {
    case 'described':
      return { ...state, ...event.frame }
    case 'itemPut': {
      const before = state.items[event.item.id] ?? { spentMs: 0, runningSince: null }
      return { ...state, items: { ...state.items, [event.item.id]: { ...before, ...event.item } } }
    }
    case 'itemsPlaced':
      return { ...state, items: placed(state.items, event.places) }
    case 'itemRemoved':
      return { ...state, items: without(state.items, event.itemId) }
    case 'paperAttached':
      return { ...state, papers: { ...state.papers, [event.paper.id]: { ...event.paper, addedAt: at } } }
    case 'paperWithdrawn':
      return { ...state, papers: without(state.papers, event.paperId) }
    case 'invited': {
      const { personId, capacity, inPlaceOf } = event
      return {
        ...state,
        participants: { ...state.participants, [personId]: participant(personId, capacity, inPlaceOf) },
      }
    }
    case 'uninvited':
      return {
        ...state,
        participants: without(state.participants, event.personId),
        writers: without(state.writers, event.personId),
      }
    case 'changed': {
      const { by, what, subject, reason } = event
      return { ...state, changes: [...state.changes, { at, by, what, subject, reason }] }
    }
    case 'published':
      return { ...state, status: 'published', publishedAt: at }
    case 'cancelled':
      return { ...state, status: 'cancelled', cancelReason: event.reason }
    case 'answered':
      return inParticipant(state, event.personId, { answer: event.answer, answerReason: event.reason })
    case 'papersReady':
      return inParticipant(state, event.personId, { papersReady: event.fingerprint })
    case 'presence':
      return issueToArrived(
        inParticipant(state, event.personId, { presence: event.presence, presenceAt: at }),
        event.personId,
        event.presence,
      )
    case 'opened':
      return { ...state, status: 'open', openedAt: at }
    case 'itemReached':
      return { ...state, items: clocked(state, event.itemId, at), currentItemId: event.itemId }
    case 'motionProposed': {
      const empty = { ready: {}, electors: {}, issued: {}, ballots: {}, openedAt: null, closedAt: null, result: null }
      return {
        ...state,
        motions: { ...state.motions, [event.motion.id]: { ...event.motion, ...empty, status: 'proposed' } },
      }
    }
    case 'motionWithdrawn':
      return inMotion(state, event.motionId, () => ({ status: 'withdrawn' }))
    case 'readyDeclared':
      return inMotion(state, event.motionId, (motion) => ({ ready: { ...motion.ready, [event.personId]: at } }))
    case 'voteOpened': {
      const electors = Object.fromEntries(event.electors.map((id) => [id, true] as const))
      const here = event.electors.filter((id) => state.participants[id]?.presence === 'present')
      const issued = Object.fromEntries(here.map((id) => [id, true] as const))
      return inMotion(state, event.motionId, () => ({ status: 'open', openedAt: at, electors, issued }))
    }
    case 'ballotCast':
      return inMotion(state, event.motionId, (motion) => ({
        ballots: { ...motion.ballots, [event.personId]: { choice: event.choice, at } },
      }))
    case 'voteClosed': {
      const { counts, verdict } = event
      return inMotion(state, event.motionId, () => ({ status: 'closed', closedAt: at, result: { counts, verdict } }))
    }
    case 'writerAllowed': {
      const writers = event.allowed
        ? { ...state.writers, [event.personId]: true as const }
        : without(state.writers, event.personId)
      return { ...state, writers }
    }
    case 'closed':
      return { ...state, status: 'closed', closedAt: at }
    default:
      return assertNever(event)
  }
}

function created(event: Extract<MeetingEvent, { type: 'created' }>): Meeting {
  const { meetingId, bodyId, ruleSetId, by, frame, memberIds } = event
  return {
    ...frame,
    id: meetingId,
    bodyId,
    ruleSetId,
    status: 'draft',
    createdBy: by,
    publishedAt: null,
    openedAt: null,
    closedAt: null,
    cancelReason: null,
    items: {},
    papers: {},
    participants: Object.fromEntries(memberIds.map((id) => [id, participant(id, 'member', null)])),
    motions: {},
    currentItemId: null,
    writers: {},
    changes: [],
  }
}

function participant(personId: string, capacity: Capacity, inPlaceOf: string | null): Participant {
  const unanswered = {
    answer: 'none',
    answerReason: null,
    presence: 'none',
    presenceAt: null,
    papersReady: null,
  } as const
  return { personId, capacity, inPlaceOf, ...unanswered }
}

function without<T>(rows: Readonly<Record<string, T>>, id: string): Readonly<Record<string, T>> {
  const { [id]: _gone, ...rest } = rows
  return rest
}

function inParticipant(state: Meeting, id: string, values: Partial<Participant>): Meeting {
  const row = state.participants[id]
  return row === undefined ? state : { ...state, participants: { ...state.participants, [id]: { ...row, ...values } } }
}

function inMotion(state: Meeting, id: string, change: (motion: Motion) => Partial<Motion>): Meeting {
  const row = state.motions[id]
  return row === undefined ? state : { ...state, motions: { ...state.motions, [id]: { ...row, ...change(row) } } }
}

function placed(
  items: Meeting['items'],
  places: Readonly<Record<string, Pick<AgendaItem, 'parentId' | 'order'>>>,
): Meeting['items'] {
  const changed = Object.entries(places).flatMap(([id, place]) => {
    const item = items[id]
    return item === undefined ? [] : [[id, { ...item, ...place }] as const]
  })
  return { ...items, ...Object.fromEntries(changed) }
}

/** Stops the clock of the item that was current and starts the one of the next. */
function clocked(state: Meeting, nextId: string | null, at: string): Meeting['items'] {
  const items = { ...state.items }
  const current = state.currentItemId === null ? undefined : items[state.currentItemId]
  if (current !== undefined && current.runningSince !== null) {
    const spentMs = current.spentMs + Math.max(0, Date.parse(at) - Date.parse(current.runningSince))
    items[current.id] = { ...current, spentMs, runningSince: null }
  }
  const next = nextId === null ? undefined : items[nextId]
  if (next !== undefined) items[next.id] = { ...next, runningSince: at }
  return items
}

/** Who arrives while a vote is open gets a ballot. */
function issueToArrived(state: Meeting, personId: string, presence: Presence): Meeting {
  if (presence !== 'present') return state
  return Object.values(state.motions)
    .filter((motion) => motion.status === 'open' && motion.electors[personId] === true)
    .reduce((next, { id }) => inMotion(next, id, (m) => ({ issued: { ...m.issued, [personId]: true } })), state)
}
