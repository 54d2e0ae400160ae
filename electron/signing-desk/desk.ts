// The signing desk of this machine: batches that pages ask for, a window in which the person confirms each, and the tokens behind it.
import { randomUUID } from 'node:crypto'
import { bridgeFail, bridgeOk, type BridgeResult } from '../../shared/desktop/bridge.ts'
import type { BridgeRequest, BridgeResponse } from '../../shared/desktop/contract.ts'
import { raiseLevel } from '../signature/raise-level.ts'
import type { SignatureSurroundings } from '../signature/surroundings.ts'
import type { SigningClient } from '../signing/client.ts'
import { hasEnded } from './batch.ts'
import type { AskPerson } from './confirmation.ts'
import { createDevices, fingerprintOf } from './devices.ts'
import { openBatch, type OpenBatch } from './open-batch.ts'
import { missingOf } from './outcome.ts'
import type { Schedule } from './schedule.ts'
import { surroundingsFor } from './trust.ts'

type SigningChannel =
  | 'signing.devices'
  | 'signing.start'
  | 'signing.state'
  | 'signing.result'
  | 'signing.resume'
  | 'signing.cancel'
  | 'signing.raise'

/** The handlers of the bridge for these channels, in every shell. */
export type DeskHandlers = {
  readonly [C in SigningChannel]: (request: BridgeRequest<C>) => Promise<BridgeResult<BridgeResponse<C>>>
}

export interface SigningDesk {
  readonly handlers: DeskHandlers
  /** Cancels every batch, frees the tokens, ends the signing processes. */
  close(): Promise<void>
}

export interface DeskParts {
  readonly client: SigningClient
  readonly ask: AskPerson
  /** What signing needs besides what the page trusts. */
  readonly own: Omit<SignatureSurroundings, 'anchors' | 'timestampServices'>
  readonly schedule: Schedule
  readonly onFault: (error: string) => void
}

export const DESK_LIMITS = {
  /** People sign one batch at a time; more than this is a page gone wrong. */
  openBatches: 4,
  /** Open ones and those that have ended: their documents lie in memory. */
  keptBatches: 8,
  /** After that nobody fetches the result any more. */
  restMs: 30 * 60_000,
} as const

export function createSigningDesk({ client, ask, own, schedule, onFault }: DeskParts): SigningDesk {
  const devices = createDevices(client, schedule, own.now)
  const batches = new Map<string, OpenBatch>()
  const forgetting = new Map<string, () => void>()

  const forget = (id: string): void => {
    batches.get(id)?.cancel()
    batches.delete(id)
    forgetting.get(id)?.()
    forgetting.delete(id)
  }
  /** @returns false when there are too many */
  const makeRoom = (): boolean => {
    const open = [...batches.values()].filter((batch) => !hasEnded(batch.state()))
    if (open.length >= DESK_LIMITS.openBatches) return false
    if (batches.size >= DESK_LIMITS.keptBatches) {
      const oldest = [...batches].find(([, batch]) => hasEnded(batch.state()))
      if (oldest !== undefined) forget(oldest[0])
    }
    return true
  }
  const withBatch = <T>(
    id: string,
    work: (batch: OpenBatch) => BridgeResult<T> | Promise<BridgeResult<T>>,
  ): Promise<BridgeResult<T>> => {
    const batch = batches.get(id)
    return Promise.resolve(batch === undefined ? bridgeFail('batch-unknown') : work(batch))
  }

  const handlers: DeskHandlers = {
    'signing.devices': async () => bridgeOk(await devices.answer()),
    'signing.start': async (request) => {
      const known = await devices.find(request.token)
      if (known === null) return bridgeFail('token-absent')
      const listed = known.certificates.ok ? known.certificates.value : []
      const chosen = listed.find(({ der }) => fingerprintOf(der) === request.certificate)
      if (chosen === undefined) return bridgeFail('certificate-not-found')
      if (!makeRoom()) return bridgeFail('batches-full')
      const id = randomUUID()
      const onRest = (): void => {
        forgetting.get(id)?.()
        forgetting.set(
          id,
          schedule(DESK_LIMITS.restMs, () => forget(id)),
        )
      }
      const surroundings = surroundingsFor(request.trust, own)
      const batch = openBatch(request, known, chosen, {
        ...{ client, devices, ask, schedule, surroundings, onFault, onRest },
      })
      batches.set(id, batch)
      return bridgeOk({ batch: id, confirmUrl: batch.ask() })
    },
    'signing.state': ({ batch }) => withBatch(batch, (found) => bridgeOk(stateOf(found))),
    'signing.result': ({ batch, document }) =>
      withBatch(batch, (found) => {
        const bytes = found.result(document)
        return bytes === null ? bridgeFail('batch-not-ready') : bridgeOk({ bytes: new Uint8Array(bytes) })
      }),
    'signing.resume': ({ batch }) =>
      withBatch(batch, async (found) => {
        if ((await devices.find(found.token)) === null) return bridgeFail('token-absent')
        const { phase } = found.state()
        if (phase !== 'stopped' && phase !== 'waiting-for-token') return bridgeFail('batch-not-ready')
        forgetting.get(batch)?.()
        return bridgeOk({ confirmUrl: found.resume() })
      }),
    'signing.cancel': ({ batch }) =>
      withBatch(batch, (found) => {
        found.cancel()
        return bridgeOk({})
      }),
    'signing.raise': async ({ bytes, level, trust }) => {
      const outcome = await raiseLevel(bytes, level, surroundingsFor(trust, own))
      if (!outcome.ok) return bridgeOk({ raised: false, code: outcome.code })
      const missing = missingOf(outcome.shortfall)
      return bridgeOk({ raised: true, bytes: new Uint8Array(outcome.bytes), level: outcome.level, missing })
    },
  }

  return {
    handlers,
    close: async () => {
      const open = [...batches.values()]
      for (const id of [...batches.keys()]) forget(id)
      devices.close()
      await Promise.all(open.map((batch) => batch.close()))
      await client.close()
    },
  }
}

function stateOf(batch: OpenBatch): BridgeResponse<'signing.state'> {
  const { phase, code, documents } = batch.state()
  return { phase, code, documents: documents.map((each) => ({ ...each })) }
}
