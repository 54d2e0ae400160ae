// Sends what a person does: written to this device first, then to the hub, in order, once, as often as the line needs.
import { ACTS, type ActType } from '../../shared/domain.ts'
import type { Act, UnsignedAct } from '../../shared/ledger/act.ts'
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import type { OutboxStore, StoredAct } from '../replica/outbox-store.ts'
import type { Quarantine } from '../replica/quarantine.ts'
import { createValue, type Watchable } from '../replica/value.ts'
import type { ActOutcome, Perform, WaitingAct } from './contract.ts'

/** How long a person watches a button before the screen says "Đang chờ gửi" instead. */
const PATIENCE_MS = 6000
const RETRY_MS = [1000, 2000, 5000, 10_000, 20_000] as const

/** `later`: not answered, or not now (line, overload, full disk, no session): the act stays. */
export type SendAnswer =
  | { readonly state: 'accepted'; readonly at: string }
  | { readonly state: 'refused'; readonly code: RefusalCode }
  | { readonly state: 'later' }

/** What windows of one profile tell each other; the shape of BroadcastChannel, as far as it is needed. */
export interface OutboxChannel {
  postMessage(message: OutboxNews): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

/** The outbox changed; `outcome` when an act was answered. */
export interface OutboxNews {
  readonly outcome: Extract<ActOutcome, { state: 'accepted' | 'refused' }> | null
}

export interface OutboxOptions {
  readonly store: OutboxStore
  readonly quarantine: Quarantine
  readonly envelope: { readonly actor: string; readonly device: string }
  readonly sign: (act: UnsignedAct) => Promise<Act>
  readonly send: (act: Act) => Promise<SendAnswer>
  /** ms; the hub's clock as well as this device knows it. */
  readonly hubNow: () => number
  /** The line is known to be down: nobody waits for an answer then. */
  readonly isOffline: () => boolean
  /** Runs the work while no other window of this profile does the same. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly channel: OutboxChannel | null
  /** From 0 to 1. */
  readonly random: () => number
  readonly patienceMs?: number
  readonly retryMs?: readonly number[]
}

export interface Outbox {
  readonly perform: Perform
  readonly waiting: Watchable<readonly WaitingAct[]>
  /** The line is back, or somebody logged in: try now. Resolves when there is nothing more to do for the moment. */
  nudge(): Promise<void>
  close(): void
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, quarantine, envelope, channel, random, patienceMs = PATIENCE_MS, retryMs = RETRY_MS } = options
  const waiting = createValue<readonly WaitingAct[]>([])
  /** Acts whose person still watches: their refusal is shown there and needs no quarantine. */
  const watched = new Map<string, (outcome: ActOutcome) => void>()
  let round: Promise<void> | null = null
  let again = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | null = null
  let closed = false
  let writing: Promise<unknown> = Promise.resolve()

  const reload = async (): Promise<Result<readonly StoredAct[]>> => {
    const rows = await store.all()
    if (rows.ok && !closed) waiting.set(rows.value.flatMap(({ act }) => (act === null ? [] : [waitingAct(act)])))
    return rows
  }
  const settle = (outcome: ActOutcome & { readonly id: string }) => {
    watched.get(outcome.id)?.(outcome)
    watched.delete(outcome.id)
  }
  const tellOthers = (outcome: OutboxNews['outcome']) => channel?.postMessage({ outcome })

  /** @returns whether the next act may be tried */
  const sendOne = async ({ id, act }: StoredAct): Promise<boolean> => {
    const answer: SendAnswer = act === null ? { state: 'refused', code: 'malformed' } : await options.send(act)
    if (closed || answer.state === 'later') return false
    // Whoever watches shows the refusal; nobody watches after a restart, after the patience, or in another window.
    const unseen = answer.state === 'refused' && !watched.has(id)
    const item = unseen ? await quarantine.rowOf(quarantined(id, act, answer.code, options.hubNow())) : null
    const removed = await store.remove(id, item)
    // The answer is known and will be the same next time; only this device could not write it down.
    if (!removed.ok) return false
    const outcome: OutboxNews['outcome'] =
      answer.state === 'accepted'
        ? { state: 'accepted', id, at: answer.at }
        : { state: 'refused', id, code: answer.code }
    waiting.set(waiting.current().filter((other) => other.id !== id))
    settle(outcome)
    if (unseen) await quarantine.reload()
    tellOthers(outcome)
    return true
  }

  const drain = async () => {
    while (!closed) {
      const rows = await reload()
      const next = rows.ok ? rows.value[0] : undefined
      if (next === undefined) return
      if (!(await sendOne(next))) {
        failures += 1
        for (const id of [...watched.keys()]) settle({ state: 'waiting', id })
        retryLater()
        return
      }
      failures = 0
    }
  }
  const retryLater = () => {
    if (timer !== null) clearTimeout(timer)
    const base = retryMs[Math.min(failures - 1, retryMs.length - 1)] ?? PATIENCE_MS
    if (!closed) timer = setTimeout(() => void nudge(), base * (0.75 + random() / 2))
  }
  const nudge = (): Promise<void> => {
    again = true
    round ??= (async () => {
      while (again && !closed) {
        again = false
        if (timer !== null) clearTimeout(timer)
        await options.alone(drain)
      }
      round = null
    })()
    return round
  }

  const perform: Perform = async (type, body) => {
    const parsed = ACTS[type].safeParse(body)
    if (!parsed.success) return { state: 'failed', code: 'malformed' }
    const id = crypto.randomUUID()
    const time = new Date(options.hubNow()).toISOString()
    const write = async () => {
      const act = await options.sign({ id, type, version: 1, body: parsed.data, ...envelope, time })
      return { act, added: await store.add(act) }
    }
    // Signing takes its time: the order of the wishes is the order of the calls, not of the signatures.
    const written = writing.then(write)
    writing = written.catch(() => undefined)
    const { act, added } = await written
    if (!added.ok) return { state: 'failed', code: added.code }
    waiting.set([...waiting.current().filter((other) => other.id !== id), waitingAct(act)])
    tellOthers(null)
    if (options.isOffline()) {
      void nudge()
      return { state: 'waiting', id }
    }
    const outcome = new Promise<ActOutcome>((resolve) => {
      const patience = setTimeout(() => settle({ state: 'waiting', id }), patienceMs)
      watched.set(id, (answer) => {
        clearTimeout(patience)
        resolve(answer)
      })
    })
    void nudge()
    return outcome
  }

  if (channel !== null) {
    channel.onmessage = (event: MessageEvent<OutboxNews>) => {
      const { outcome } = event.data
      if (outcome !== null && watched.has(outcome.id)) {
        settle(outcome)
        // The window that sent it did not know that somebody watches here.
        if (outcome.state === 'refused') void quarantine.dismiss(outcome.id)
      } else if (outcome?.state === 'refused') void quarantine.reload()
      void reload()
    }
  }
  return {
    perform,
    waiting,
    nudge,
    close: () => {
      closed = true
      if (timer !== null) clearTimeout(timer)
      for (const id of [...watched.keys()]) settle({ state: 'waiting', id })
      channel?.close()
    },
  }
}

function waitingAct({ id, type, body, time }: Act): WaitingAct {
  // Only acts that `perform` has checked come in here.
  return { id, type: type as ActType, body, time }
}

function quarantined(id: string, act: Act | null, code: RefusalCode, now: number) {
  const type = act === null ? null : (act.type as ActType)
  return {
    id,
    kind: 'act',
    type,
    body: act?.body ?? null,
    text: null,
    code,
    time: new Date(now).toISOString(),
  } as const
}
