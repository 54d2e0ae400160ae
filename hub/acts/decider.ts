// The one who decides: takes admitted acts in order, decides them on the newest state, makes the batch durable in one commit, and only then answers and shows.
import { isMeetingAct, streamOf } from '../../shared/domain.ts'
import { LIMITS } from '../../shared/hub/wire.ts'
import { sealEntry, type LedgerContent } from '../../shared/ledger/chain.ts'
import { decideMeeting } from '../../shared/meeting/decide.ts'
import { decideOrg } from '../../shared/org/decide.ts'
import { HUB_ACTOR } from '../../shared/org/state.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { isoNow, type Clock } from '../clock.ts'
import { RateLimit } from '../rate-limit.ts'
import { StorageFull, type ActAnswer, type ActRow, type RefusalRow, type Store } from '../store/store.ts'
import { admit, type AdmittedAct, type Sender } from './admit.ts'
import { applyEntry, headOf, type DomainState } from './domain-state.ts'

export interface Accepted {
  readonly stream: string
  readonly seq: number
  readonly at: string
}

/** Told after each durable batch, with the streams that it touched. */
export type Committed = (streams: ReadonlySet<string>) => void

interface Waiting {
  readonly admitted: AdmittedAct
  readonly answer: (result: Result<Accepted>) => void
}

export interface DeciderOptions {
  readonly store: Store
  readonly clock: Clock
  readonly state: DomainState
  readonly uploaded: (sha256: string, personId: string) => { size: number; pages: number } | null
  readonly onCommitted: Committed
  readonly onFault: (error: unknown) => void
}

export class Decider {
  readonly #options: DeciderOptions
  readonly #rate: RateLimit
  readonly #pending = new Map<string, { digest: string; answer: Promise<Result<Accepted>> }>()
  #state: DomainState
  #queue: Waiting[] = []
  #flushing = false

  constructor(options: DeciderOptions) {
    this.#options = options
    this.#state = options.state
    this.#rate = new RateLimit(options.clock, LIMITS.actsPerMinute, LIMITS.actsPerMinute / 60)
  }

  get state(): DomainState {
    return this.#state
  }

  /** Answers after the act is durable, or with the code why it is not done. Sent twice: answered twice, done once. */
  async submit(raw: unknown, sender: Sender): Promise<Result<Accepted>> {
    const admitted = admit(raw, sender, this.#state.org, this.#options.clock.now())
    if (!admitted.ok) return admitted
    const { act, digest } = admitted.value
    const pending = this.#pending.get(act.id)
    if (pending !== undefined) return pending.digest === digest ? await pending.answer : refuse('act-id-reused')
    if (sender.personId !== HUB_ACTOR && !this.#rate.take(sender.personId)) return refuse('rate-limited')
    const answer = this.#answerOnce(admitted.value)
    this.#pending.set(act.id, { digest, answer })
    try {
      return await answer
    } finally {
      this.#pending.delete(act.id)
    }
  }

  async #answerOnce(admitted: AdmittedAct): Promise<Result<Accepted>> {
    const earlier = await this.#options.store.actAnswer(admitted.act.id)
    if (earlier !== null) return repeated(earlier, admitted.digest)
    return await new Promise((answer) => {
      this.#queue.push({ admitted, answer })
      if (!this.#flushing) {
        this.#flushing = true
        setImmediate(() => void this.#flush())
      }
    })
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue
      this.#queue = []
      await this.#decideBatch(batch)
    }
    this.#flushing = false
  }

  async #decideBatch(batch: readonly Waiting[]): Promise<void> {
    const accepted: ActRow[] = []
    const refused: RefusalRow[] = []
    const answers: (() => void)[] = []
    const streams = new Set<string>()
    let state = this.#state
    for (const { admitted, answer } of batch) {
      const { act, domainAct, digest } = admitted
      const at = isoNow(this.#options.clock)
      const decision = this.#decide(state, admitted, at)
      if (!decision.ok) {
        refused.push({ actId: act.id, digest, code: decision.code, at })
        answers.push(() => answer(decision))
        continue
      }
      const stream = streamOf(domainAct)
      const head = headOf(state, stream)
      const content: LedgerContent = { stream, seq: head.seq + 1, at, act, events: decision.value }
      const row = sealEntry(content, head.hash)
      accepted.push({ row, digest, at })
      streams.add(stream)
      state = applyEntry(state, row, content)
      answers.push(() => answer(ok({ stream, seq: content.seq, at })))
    }
    try {
      await this.#options.store.appendActs(accepted, refused)
    } catch (error) {
      if (!(error instanceof StorageFull)) this.#options.onFault(error)
      const code = error instanceof StorageFull ? 'storage-full' : 'hub-unavailable'
      for (const { answer } of batch) answer(refuse(code))
      return
    }
    this.#state = state
    if (streams.size > 0) this.#options.onCommitted(streams)
    for (const answer of answers) answer()
  }

  #decide(state: DomainState, { domainAct }: AdmittedAct, now: string) {
    if (!isMeetingAct(domainAct)) return decideOrg(state.org, domainAct, now)
    const meeting = state.meetings.get(domainAct.body.meetingId) ?? null
    return decideMeeting(meeting, domainAct, { now, org: state.org, uploaded: this.#options.uploaded })
  }
}

function repeated(earlier: ActAnswer, digest: string): Result<Accepted> {
  if (earlier.digest !== digest) return refuse('act-id-reused')
  return 'accepted' in earlier ? ok(earlier.accepted) : refuse(earlier.refused)
}
