// One driver as the application sees it: its process is started when needed, killed when it hangs, and every call is answered.
import type { SigningChild, SpawnSigning } from './signing-child.ts'
import { done, fault, type SigningFaultCode, type SigningResult } from './signing-fault.ts'
import {
  answerValueSchemas,
  signingAnswerSchema,
  type AnswerValue,
  type RequestType,
  type SigningRequest,
} from './protocol.ts'

/** A request without its number. */
export type Call<T extends RequestType> = Omit<Extract<SigningRequest, { type: T }>, 'id'>

export interface CallTerms {
  /** From the last sign of life in this lane: calls wait for each other in the process. */
  readonly limitMs: number
  /** Calls of one lane are worked off one after the other. */
  readonly lane: string
}

export interface ProcessLink {
  /** Starts the process if there is none; @returns the answer, or `driver-hung`, `driver-crashed`, or why the module does not load. */
  call<T extends RequestType>(call: Call<T>, terms: CallTerms): Promise<SigningResult<AnswerValue<T>>>
  /** Loads the module if it is not loaded. */
  load(): Promise<SigningResult<AnswerValue<'load'>>>
  /** Calls that have no answer yet. */
  readonly pending: number
  readonly running: boolean
  stop(): void
}

interface Pending {
  readonly type: RequestType
  readonly terms: CallTerms
  readonly settle: (result: SigningResult<unknown>) => void
  timer: NodeJS.Timeout
}

interface Life {
  readonly child: SigningChild
  readonly calls: Map<number, Pending>
  loaded: Promise<SigningResult<AnswerValue<'load'>>>
}

/** @param module path of the driver; null for a process that only reads a file */
export function createProcessLink(module: string | null, spawn: SpawnSigning, loadLimitMs: number): ProcessLink {
  let current: Life | null = null
  let nextId = 0

  const finish = (life: Life, code: SigningFaultCode): void => {
    if (current === life) current = null
    for (const pending of life.calls.values()) {
      clearTimeout(pending.timer)
      pending.settle(fault(code))
    }
    life.calls.clear()
  }
  const hung = (life: Life): void => {
    life.child.kill()
    finish(life, 'driver-hung')
  }

  const receive = (life: Life, message: unknown): void => {
    const answer = signingAnswerSchema.safeParse(message)
    const pending = answer.success ? life.calls.get(answer.data.id) : undefined
    if (!answer.success || pending === undefined) return
    const { data } = answer
    life.calls.delete(data.id)
    clearTimeout(pending.timer)
    for (const other of life.calls.values()) if (other.terms.lane === pending.terms.lane) other.timer.refresh()
    if (!data.ok) {
      pending.settle({ ok: false, fault: data.fault })
      return
    }
    const value = answerValueSchemas[pending.type].safeParse(data.value)
    pending.settle(value.success ? { ok: true, value: value.data } : fault('failed'))
  }

  const send = <T extends RequestType>(
    life: Life,
    call: Call<T>,
    terms: CallTerms,
  ): Promise<SigningResult<AnswerValue<T>>> =>
    new Promise((settle) => {
      const id = nextId++
      const timer = setTimeout(() => hung(life), terms.limitMs)
      // The value was checked against the schema of this very type.
      const typed = settle as (result: SigningResult<unknown>) => void
      life.calls.set(id, { type: call.type, terms, settle: typed, timer })
      life.child.post({ id, ...call })
    })

  const start = (): Life => {
    const child = spawn()
    const life: Life = { child, calls: new Map(), loaded: Promise.resolve(fault('failed')) }
    current = life
    child.onMessage((message) => receive(life, message))
    child.onExit(() => finish(life, 'driver-crashed'))
    life.loaded =
      module === null
        ? Promise.resolve(done({ description: '', manufacturer: '' }))
        : send<'load'>(life, { type: 'load', module }, { limitMs: loadLimitMs, lane: 'load' })
    return life
  }

  const loadedLife = async (): Promise<SigningResult<Life>> => {
    const life = current ?? start()
    const loaded = await life.loaded
    if (loaded.ok) return { ok: true, value: life }
    // A process without its module is of no use, and a driver may be replaced meanwhile.
    if (current === life) current = null
    life.child.kill()
    return loaded
  }

  return {
    call: async (call, terms) => {
      const life = await loadedLife()
      if (!life.ok) return life
      return life.value === current ? await send(life.value, call, terms) : fault('driver-crashed')
    },
    load: async () => {
      const life = await loadedLife()
      return life.ok ? await life.value.loaded : life
    },
    get pending() {
      return current?.calls.size ?? 0
    },
    get running() {
      return current !== null
    },
    stop: () => {
      const life = current
      if (life === null) return
      life.child.kill()
      finish(life, 'driver-crashed')
    },
  }
}
