// A signing desk over soft tokens as a test asks it: the person at the PIN window is the test, time is real unless it is pushed.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BridgeRequest, BridgeResponse } from '../../shared/desktop/contract.ts'
import type { Confirmation } from '../../electron/signing-desk/confirmation.ts'
import { createSigningDesk, type DeskParts, type SigningDesk } from '../../electron/signing-desk/desk.ts'
import { fingerprintOf } from '../../electron/signing-desk/devices.ts'
import { timers, type Schedule } from '../../electron/signing-desk/schedule.ts'
import type { SigningClient } from '../../electron/signing/client.ts'
import { nodePkiCrypto } from '../../electron/pki/node-crypto.ts'
import { NO_CACHE } from '../../electron/revocation/evidence-cache.ts'
import { documentFace } from '../../electron/signing-desk/this-machine.ts'
import type { BridgeResult } from '../../shared/desktop/bridge.ts'

export const PAPER = new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/nd30/phu-luc-2.pdf')))

export type StartRequest = BridgeRequest<'signing.start'>
export type BatchState = BridgeResponse<'signing.state'>

export interface DeskBench {
  readonly desk: SigningDesk
  /** Windows that were asked for, newest last; `closed` says whether the desk took them away. */
  readonly windows: { readonly question: Confirmation; closed: boolean }[]
  readonly faults: string[]
  /** A batch of so many papers, to be signed with the first certificate of the token. */
  start(token: string, papers: number, order?: Partial<StartRequest['order']>): Promise<string>
  state(batch: string): Promise<BatchState>
  /** Waits until the batch is in this phase. @throws when it takes too long */
  until(batch: string, phase: BatchState['phase']): Promise<BatchState>
  /** Types a PIN in the newest window. */
  type(pin: string, acceptLastTry?: boolean): boolean
}

/** No line to anybody: no service is asked, nothing is kept. */
export async function ownOfTests(): Promise<DeskParts['own']> {
  return {
    crypto: nodePkiCrypto,
    line: { proxy: null, authorities: [] },
    cache: NO_CACHE,
    now: () => Date.now(),
    font: new Uint8Array(await readFile(documentFace('nowhere'))),
  }
}

export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export function valueOf<T>(result: BridgeResult<T>): T {
  if (!result.ok) throw new Error(result.code)
  return result.value
}

export function deskBench(
  client: SigningClient,
  own: DeskParts['own'],
  trust: StartRequest['trust'],
  schedule: Schedule = timers,
): DeskBench {
  const windows: DeskBench['windows'] = []
  const faults: string[] = []
  const desk = createSigningDesk({
    client,
    ask: (question) => {
      const window = { question, closed: false }
      windows.push(window)
      return { url: null, close: () => void (window.closed = true) }
    },
    own,
    schedule,
    onFault: (fault) => faults.push(fault),
  })
  const state = async (batch: string) => valueOf(await desk.handlers['signing.state']({ batch }))
  return {
    ...{ desk, windows, faults, state },
    start: async (label, papers, order = {}) => {
      const token = (await client.tokens()).find(({ id }) => id.label === label)
      const certificates = token === undefined ? null : await client.certificates(token.id)
      const der = certificates?.ok === true ? certificates.value[0]?.der : undefined
      if (token === undefined || der === undefined) throw new Error(`no token ${label}`)
      const request: StartRequest = {
        documents: Array.from({ length: papers }, (_, at) => ({
          id: uuid(at),
          name: `Văn bản ${at}.pdf`,
          bytes: new Uint8Array(PAPER),
        })),
        token: token.id,
        certificate: fingerprintOf(der),
        order: { ...PLAIN_ORDER, ...order },
        trust,
      }
      return valueOf(await desk.handlers['signing.start'](request)).batch
    },
    until: async (batch, phase) => {
      for (let waited = 0; waited < 600; waited++) {
        const now_ = await state(batch)
        if (now_.phase === phase) return now_
        await new Promise((later) => setTimeout(later, 50))
      }
      throw new Error(`the batch stays ${JSON.stringify(await state(batch))}`)
    },
    type: (pin, acceptLastTry = false) =>
      windows.at(-1)?.question.answer({ pin: new TextEncoder().encode(pin), acceptLastTry }) ?? false,
  }
}

export const PLAIN_ORDER: StartRequest['order'] = {
  role: 'plain',
  certify: false,
  place: { page: 0, rectangle: [60, 60, 260, 110] },
  picture: null,
  number: null,
  date: null,
  copyForm: '',
  reason: null,
  level: 'B-B',
}
