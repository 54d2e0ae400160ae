// Checks a whole ledger from outside: every chain, every signature against the keys that the ledger itself enrolled, every event read back.
import { meetingStream, ORG_STREAM } from '../../shared/domain.ts'
import { verifyChain, type ChainFault, type LedgerContent, type LedgerRow } from '../../shared/ledger/chain.ts'
import { evolveOrg } from '../../shared/org/evolve.ts'
import { EMPTY_ORG, HUB_ACTOR, type OrgEvent, type OrgState } from '../../shared/org/state.ts'
import type { PublicKey } from '../../shared/org/acts.ts'
import { rowsOf } from '../acts/domain-state.ts'
import { signedBy } from '../acts/signature.ts'
import type { Store } from '../store/store.ts'

export type StreamReport =
  | { readonly stream: string; readonly ok: true; readonly entries: number; readonly head: string }
  | {
      readonly stream: string
      readonly ok: false
      readonly seq: number
      readonly fault: ChainFault | 'signature' | 'unreadable'
    }

/** One report a stream, the organisation first because its entries hold the keys of all devices. */
export async function* checkLedger(store: Store): AsyncGenerator<StreamReport> {
  const streams = (await store.ledgerStreams()).map((entry) => entry.stream)
  let org: OrgState = EMPTY_ORG
  for (const stream of [...streams].sort((a, b) => Number(b === ORG_STREAM) - Number(a === ORG_STREAM))) {
    const rows: LedgerRow[] = []
    for await (const row of rowsOf(store, stream)) rows.push(row)
    const chain = chainOf(rows)
    if (!chain.ok) {
      yield { stream, ok: false, seq: chain.seq, fault: chain.fault }
      continue
    }
    const signatures = checkSignatures(rows, org)
    org = signatures.org
    yield signatures.wrong === null
      ? { stream, ok: true, entries: chain.entries, head: chain.head }
      : { stream, ok: false, seq: signatures.wrong, fault: 'signature' }
  }
}

function chainOf(rows: readonly LedgerRow[]) {
  try {
    return verifyChain(rows)
  } catch {
    return { ok: false, seq: rows[0]?.seq ?? 0, fault: 'unreadable' } as const
  }
}

/** A revoked device's earlier acts stay valid: the key is what counts, and it is never deleted. */
function checkSignatures(
  rows: readonly LedgerRow[],
  before: OrgState,
): { readonly wrong: number | null; readonly org: OrgState } {
  let org = before
  for (const row of rows) {
    const { act, events, at, stream } = JSON.parse(row.text) as LedgerContent
    if (stream === ORG_STREAM)
      org = (events as readonly OrgEvent[]).reduce((state, event) => evolveOrg(state, event, at), org)
    const key: PublicKey | undefined = org.devices[act.actor === HUB_ACTOR ? HUB_ACTOR : act.device]?.publicKey
    if (key === undefined || !signedBy(act, key) || !belongsTo(act.body, stream)) return { wrong: row.seq, org }
  }
  return { wrong: null, org }
}

/** An entry moved into another meeting's stream would be a signed act in the wrong place. */
function belongsTo(body: Readonly<Record<string, unknown>>, stream: string): boolean {
  return stream === ORG_STREAM || (typeof body['meetingId'] === 'string' && meetingStream(body['meetingId']) === stream)
}
