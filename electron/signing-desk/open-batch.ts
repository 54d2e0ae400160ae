// One batch as long as the desktop remembers it: its documents, its question to the person, its run, and what came of it.
import type { BridgeRequest } from '../../shared/desktop/contract.ts'
import type { ConfirmView } from '../confirm/confirm-view.ts'
import type { SignatureSurroundings } from '../signature/surroundings.ts'
import type { TokenCertificate } from '../signing/certificate-info.ts'
import type { SigningClient, TokenId } from '../signing/client.ts'
import { hasEnded, newBatch, step, type Batch, type BatchEvent } from './batch.ts'
import { issuerChain } from './chain.ts'
import type { AskPerson, ConfirmAnswer, Confirmation, ShownConfirmation } from './confirmation.ts'
import { fingerprintOf, type Devices, type KnownToken } from './devices.ts'
import { markOnPage } from './mark.ts'
import type { Schedule } from './schedule.ts'
import { runBatch } from './signing-run.ts'

/** Somebody fetches the token from a drawer; whoever takes longer has gone away, and the window should not stay. */
export const CONFIRM_MS = 5 * 60_000

export interface BatchParts {
  readonly client: SigningClient
  readonly devices: Devices
  readonly ask: AskPerson
  readonly schedule: Schedule
  readonly surroundings: SignatureSurroundings
  /** Told the class of what nobody foresaw; messages may carry parts of documents. */
  readonly onFault: (error: string) => void
  /** The batch has come to rest: it is over, or waits for somebody. */
  readonly onRest: () => void
}

export interface OpenBatch {
  readonly token: TokenId
  state(): Batch
  result(document: string): Uint8Array | null
  /** Opens the PIN window. @returns its address, where the page has to open it */
  ask(): string | null
  resume(): string | null
  cancel(): void
  /** Everything at once, for the end of the application. Resolves when the token is free. */
  close(): Promise<void>
}

export function openBatch(
  { documents, token, certificate, order }: BridgeRequest<'signing.start'>,
  known: KnownToken,
  chosen: TokenCertificate,
  parts: BatchParts,
): OpenBatch {
  const originals = new Map(documents.map(({ id, bytes }) => [id, bytes]))
  const signed = new Map<string, Uint8Array>()
  const names = documents.map(({ name, bytes }) => ({ name, mark: markOnPage(bytes, order.role, order.place) }))
  let batch = newBatch([...originals.keys()])
  let shown: ShownConfirmation | null = null
  let stopExpiry = (): void => undefined
  let running = Promise.resolve()

  // While the person reads the question, the chain is looked for.
  const others = known.certificates.ok
    ? known.certificates.value.map(({ der }) => der).filter((der) => fingerprintOf(der) !== certificate)
    : []
  const chain = issuerChain(chosen.der, others, parts.surroundings)
  chain.catch(() => undefined)

  const tell = (event: BatchEvent): void => {
    const before = batch
    batch = step(batch, event)
    if (event.type === 'signed') originals.delete(event.document)
    if (hasEnded(batch)) originals.clear()
    if (batch.phase === 'cancelled') signed.clear()
    if (batch.phase !== before.phase && batch.phase !== 'signing' && batch.phase !== 'confirming') parts.onRest()
  }
  const put = (question: Confirmation): string | null => {
    shown = parts.ask(question)
    stopExpiry = parts.schedule(CONFIRM_MS, () => {
      takeAway()
      tell({ type: 'expired' })
    })
    return shown.url
  }
  const takeAway = (): void => {
    stopExpiry()
    const window = shown
    shown = null
    window?.close()
  }
  const run = async (answer: ConfirmAnswer): Promise<void> => {
    const task = {
      client: parts.client,
      ...{ token, certificate, chain, order, tell },
      surroundings: parts.surroundings,
      original: (document: string) => originals.get(document) ?? null,
      keep: (document: string, bytes: Uint8Array) => void signed.set(document, bytes),
      now: () => batch,
    }
    try {
      await runBatch(task, answer)
    } catch (error) {
      parts.onFault(error instanceof Error ? error.name : typeof error)
      tell({ type: 'refused', code: 'failed' })
    }
  }
  const viewNow = (): ConfirmView => ({
    documents: names,
    ...{ role: order.role, certify: order.certify, reason: order.reason, level: order.level },
    certificate: {
      owner: chosen.info?.commonName ?? chosen.info?.subject ?? '',
      organization: chosen.info?.organization ?? null,
      issuer: chosen.info?.issuerName ?? '',
      serialNumber: chosen.info?.serialNumber ?? '',
      notAfter: chosen.info === null ? null : new Date(chosen.info.notAfter).toISOString(),
    },
    token: token.label,
    pin: parts.devices.pinOf(token),
    pinPad: known.state.pinPad,
    picture: order.picture === null ? null : Buffer.from(order.picture).toString('base64'),
  })
  const question = (): Confirmation => {
    let isOpen = true
    const isWanted = (): boolean => isOpen && batch.phase === 'confirming'
    return {
      view: viewNow,
      answer: (answer) => {
        if (!isWanted() || (answer.pin === null) !== known.state.pinPad) {
          answer.pin?.fill(0)
          return false
        }
        isOpen = false
        tell({ type: 'answered' })
        takeAway()
        // The session of an earlier run has to be over before the token is asked again.
        running = running.then(() => run(answer))
        return true
      },
      cancel: () => {
        if (!isWanted()) return
        isOpen = false
        tell({ type: 'cancelled' })
        takeAway()
      },
    }
  }

  return {
    token,
    state: () => batch,
    result: (document) => signed.get(document) ?? null,
    ask: () => put(question()),
    resume: () => {
      tell({ type: 'resumed' })
      return put(question())
    },
    cancel: () => {
      tell({ type: 'cancelled' })
      takeAway()
    },
    close: async () => {
      tell({ type: 'cancelled' })
      takeAway()
      await running
    },
  }
}
