// Keeps one hub process alive for as long as the application runs: starts it, waits for its address, starts it again when it dies.
import { z } from 'zod'
import type { HubListening, HubOptions } from '../../hub/start-contract.ts'
import { hubUrlSchema } from '../../shared/desktop/contract.ts'

/** A started hub process, whatever started it. */
export interface HubChild {
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  /** Asks it to end; what it has accepted is durable already, so nothing is lost when it must be killed. */
  stop(): void
  kill(): void
}

export interface HubSupervisor {
  /** The address of the first start; later starts keep it. Rejects when the hub never came up. */
  readonly listening: Promise<HubListening>
  /** Ends the hub and waits for it; no start follows. */
  stop(): Promise<void>
}

export interface SupervisorParts {
  readonly start: (options: HubOptions) => HubChild
  /** Monotonic milliseconds. */
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
}

export const SUPERVISION = {
  firstDelayMs: 250,
  longestDelayMs: 10_000,
  /** A hub that lived this long was well: the next fault starts from the short delay again. */
  wellMs: 30_000,
  /** Starts that never reached `listening` before we say that this hub does not come up. */
  vainStarts: 5,
  /** Time to close its files after being asked to stop. */
  stopMs: 5_000,
} as const

const listeningSchema = z.strictObject({
  type: z.literal('listening'),
  url: hubUrlSchema,
  pid: z.number().int().nonnegative(),
})

/** 250 ms, 500 ms, … 10 s. @param failures starts in a row that ended soon, 1 and up */
export function restartDelay(failures: number): number {
  return Math.min(SUPERVISION.firstDelayMs * 2 ** (failures - 1), SUPERVISION.longestDelayMs)
}

export function superviseHub(first: HubOptions, parts: SupervisorParts): HubSupervisor {
  const state: { child: HubChild | null; stopping: boolean; options: HubOptions; ended: Promise<void> } = {
    child: null,
    stopping: false,
    options: first,
    ended: Promise.resolve(),
  }

  const runOnce = (heard: (report: HubListening) => void): Promise<void> => {
    const child = parts.start(state.options)
    state.child = child
    return new Promise((exited) => {
      child.onMessage((message) => {
        const report = listeningSchema.safeParse(message)
        if (report.success) heard(report.data)
      })
      child.onExit(() => {
        state.child = null
        exited()
      })
    })
  }

  const listening = new Promise<HubListening>((reached, gaveUp) => {
    let everHeard = false
    const heard = (report: HubListening): void => {
      everHeard = true
      // The page's policy and the address on people's tablets name this port: every later start takes it again.
      state.options = { ...state.options, port: Number(new URL(report.url).port) || state.options.port }
      reached(report)
    }
    const keepAlive = async (): Promise<void> => {
      for (let failures = 0; !state.stopping;) {
        const startedAt = parts.now()
        state.ended = runOnce(heard)
        await state.ended
        failures = parts.now() - startedAt >= SUPERVISION.wellMs ? 1 : failures + 1
        if (!everHeard && failures >= SUPERVISION.vainStarts) break
        if (!isStopping(state)) await parts.wait(restartDelay(failures))
      }
      gaveUp(new Error('the hub process ended before it was listening'))
    }
    keepAlive().catch(gaveUp)
  })
  // Whoever waits for the address sees the failure; nobody waiting is no crash.
  listening.catch(() => undefined)

  return {
    listening,
    stop: async () => {
      state.stopping = true
      state.child?.stop()
      await Promise.race([state.ended, parts.wait(SUPERVISION.stopMs)])
      state.child?.kill()
      await state.ended
    },
  }
}

/** Read anew after an await: `stop` may have been called meanwhile. */
function isStopping(state: { readonly stopping: boolean }): boolean {
  return state.stopping
}
