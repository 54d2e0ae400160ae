// Everything the ledger says, in memory: the organisation, all meetings, and the head of every chain.
import { GENESIS, type LedgerContent, type LedgerRow } from '../../shared/ledger/chain.ts'
import { evolveMeeting } from '../../shared/meeting/evolve.ts'
import type { Meeting, MeetingEvent } from '../../shared/meeting/state.ts'
import { evolveOrg } from '../../shared/org/evolve.ts'
import { EMPTY_ORG, type OrgEvent, type OrgState } from '../../shared/org/state.ts'
import { ORG_STREAM } from '../../shared/domain.ts'
import type { Store } from '../store/store.ts'

export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

export interface DomainState {
  readonly org: OrgState
  readonly meetings: ReadonlyMap<string, Meeting>
  readonly heads: ReadonlyMap<string, ChainHead>
}

export const EMPTY_DOMAIN: DomainState = { org: EMPTY_ORG, meetings: new Map(), heads: new Map() }

const MEETING_PREFIX = 'meeting/'
const BATCH = 1000

export function headOf(state: DomainState, stream: string): ChainHead {
  return state.heads.get(stream) ?? { seq: 0, hash: GENESIS }
}

/** The state after one sealed entry; maps are copied, rows are shared. */
export function applyEntry(state: DomainState, row: LedgerRow, content: LedgerContent): DomainState {
  const heads = new Map(state.heads).set(row.stream, { seq: row.seq, hash: row.hash })
  if (row.stream === ORG_STREAM) {
    const events = content.events as readonly OrgEvent[]
    return { ...state, heads, org: events.reduce((org, event) => evolveOrg(org, event, content.at), state.org) }
  }
  const id = row.stream.slice(MEETING_PREFIX.length)
  const events = content.events as readonly MeetingEvent[]
  const before = state.meetings.get(id) ?? null
  const after = events.reduce<Meeting | null>((meeting, event) => evolveMeeting(meeting, event, content.at), before)
  if (after === null || after === before) return { ...state, heads }
  return { ...state, heads, meetings: new Map(state.meetings).set(id, after) }
}

/** Reads the whole ledger back: what the hub knew before it stopped. */
export async function replay(store: Store): Promise<DomainState> {
  let state = EMPTY_DOMAIN
  for (const { stream } of await store.ledgerStreams()) {
    for await (const row of rowsOf(store, stream)) state = applyEntry(state, row, JSON.parse(row.text) as LedgerContent)
  }
  return state
}

/** All rows of a stream in order, read in batches. */
export async function* rowsOf(store: Store, stream: string): AsyncGenerator<LedgerRow> {
  for (let from = 1; ; from += BATCH) {
    const rows = await store.ledger(stream, from, BATCH)
    yield* rows
    if (rows.length < BATCH) return
  }
}
