// Acts and the ledger over HTTP.
import type { FastifyInstance } from 'fastify'
import { ORG_STREAM } from '../../shared/domain.ts'
import { api, type ApiResponse } from '../../shared/hub/api.ts'
import { verifyChain, type LedgerContent, type LedgerRow } from '../../shared/ledger/chain.ts'
import { isAdministrator } from '../../shared/org/rights.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Sessions } from '../access/sessions.ts'
import { isoNow, type Clock } from '../clock.ts'
import { sendResult } from '../http/answer.ts'
import type { Store } from '../store/store.ts'
import type { Decider } from './decider.ts'
import { rowsOf } from './domain-state.ts'

export interface ActDeps {
  readonly store: Store
  readonly clock: Clock
  readonly decider: Decider
  readonly sessions: Sessions
}

export function registerActRoutes(app: FastifyInstance, deps: ActDeps): void {
  app.post(api.acts.path, async (request, reply) => {
    const act = (request.body as { act?: unknown } | null)?.act
    // Whoever must replace the password first may enrol the device meanwhile, and nothing else.
    const enrols = (act as { type?: unknown } | undefined)?.type === 'org.enrolDevice'
    const who = await deps.sessions.authenticate(request.headers.authorization, { beforePasswordChange: enrols })
    return await sendResult(reply, who.ok ? await deps.decider.submit(act, who.value) : who)
  })
  app.post(api.ledger.path, async (request, reply) => {
    const who = await deps.sessions.authenticate(request.headers.authorization)
    if (!who.ok) return await sendResult(reply, who)
    if (!isAdministrator(deps.decider.state.org, who.value.personId, isoNow(deps.clock)))
      return await sendResult(reply, refuse('forbidden'))
    return await sendResult(reply, await readLedger(deps, request.body))
  })
}

type LedgerPage = ApiResponse<'ledger'>

/** The newest entries of a stream, or of all streams by time. What a meeting said stays in the meeting: only who, when and what kind. */
async function readLedger(deps: ActDeps, body: unknown): Promise<Result<LedgerPage>> {
  const parsed = api.ledger.request.safeParse(body)
  if (!parsed.success) return refuse('malformed')
  const { stream, before, limit } = parsed.data
  const streams = await deps.store.ledgerStreams()
  const entries: LedgerPage['entries'] = []
  let brokenAt: LedgerPage['brokenAt'] = null
  // All chains are checked, whichever is shown: "intact" is said of the whole ledger.
  for (const { stream: name } of streams) {
    const rows: LedgerRow[] = []
    for await (const row of rowsOf(deps.store, name)) rows.push(row)
    const check = verifyChain(rows)
    if (!check.ok) brokenAt ??= { stream: name, seq: check.seq }
    if (stream !== null && stream !== name) continue
    const page = rows.filter((row) => before === null || row.seq < before).slice(-limit)
    entries.push(...page.map(entryOf))
  }
  entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : b.seq - a.seq))
  return ok({ streams: [...streams], entries: entries.slice(0, limit), intact: brokenAt === null, brokenAt })
}

function entryOf(row: LedgerRow): LedgerPage['entries'][number] {
  const { act, at } = JSON.parse(row.text) as LedgerContent
  const body = row.stream === ORG_STREAM ? act.body : null
  return {
    stream: row.stream,
    seq: row.seq,
    at,
    type: act.type,
    actor: act.actor,
    device: act.device,
    hash: row.hash,
    body,
  }
}
