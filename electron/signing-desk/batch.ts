// Where a batch of documents stands: a state machine without time, tokens or files. What does not fit where it stands changes nothing.
import {
  DOCUMENT_CODES,
  type BatchPhase,
  type DocumentState,
  type SigningCode,
} from '../../shared/desktop/signing-codes.ts'
import type { SignatureLevel } from '../../shared/signature/report.ts'
import type { Missing } from './outcome.ts'

export interface BatchDocument {
  readonly id: string
  readonly state: DocumentState
  readonly level: SignatureLevel | null
  readonly code: SigningCode | null
  readonly missing: Missing | null
}

export interface Batch {
  readonly phase: BatchPhase
  /** Why it is `stopped` or `waiting-for-token`. */
  readonly code: SigningCode | null
  readonly documents: readonly BatchDocument[]
}

export type BatchEvent =
  /** The person has given the PIN. */
  | { readonly type: 'answered' }
  | { readonly type: 'expired' }
  | { readonly type: 'cancelled' }
  /** The session did not open, or what it needs is not on the token. */
  | { readonly type: 'refused'; readonly code: SigningCode }
  | { readonly type: 'started'; readonly document: string }
  | {
      readonly type: 'signed'
      readonly document: string
      readonly level: SignatureLevel
      readonly missing: Missing | null
    }
  | { readonly type: 'failed'; readonly document: string; readonly code: SigningCode }
  /** The PIN window is opened once more. */
  | { readonly type: 'resumed' }

export function newBatch(ids: readonly string[]): Batch {
  const documents = ids.map((id) => ({ id, state: 'waiting' as const, level: null, code: null, missing: null }))
  return { phase: 'confirming', code: null, documents }
}

export function hasEnded({ phase }: Batch): boolean {
  return phase === 'done' || phase === 'cancelled'
}

/** The first document that is to be signed now; null where nothing is to be done, or one is being signed. */
export function nextDocument({ phase, documents }: Batch): string | null {
  if (phase !== 'signing' || documents.some(({ state }) => state === 'signing')) return null
  return documents.find(({ state }) => state === 'waiting')?.id ?? null
}

/** Total: every event in every state. */
export function step(batch: Batch, event: BatchEvent): Batch {
  switch (event.type) {
    case 'answered':
      return batch.phase === 'confirming' ? { ...batch, phase: 'signing', code: null } : batch
    case 'expired':
      return batch.phase === 'confirming' ? halted(batch, 'confirm-expired') : batch
    case 'cancelled':
      return hasEnded(batch) ? batch : { ...untouched(batch), phase: 'cancelled', code: null }
    case 'refused':
      return batch.phase === 'signing' ? halted(batch, event.code) : batch
    case 'started':
      return nextDocument(batch) === event.document ? changed(batch, event.document, { state: 'signing' }) : batch
    case 'signed': {
      const { level, missing } = event
      return isSigning(batch, event.document)
        ? finished(changed(batch, event.document, { state: 'signed', level, missing }))
        : batch
    }
    case 'failed':
      if (!isSigning(batch, event.document)) return batch
      return isOfOneDocument(event.code)
        ? finished(changed(batch, event.document, { state: 'failed', code: event.code }))
        : halted(batch, event.code)
    case 'resumed':
      return batch.phase === 'stopped' || batch.phase === 'waiting-for-token'
        ? { ...batch, phase: 'confirming', code: null }
        : batch
  }
}

/** What stands in the way of one file lets the others be signed; a fault of token, PIN or certificate would meet them all. */
const OF_ONE_DOCUMENT: ReadonlySet<SigningCode> = new Set(
  DOCUMENT_CODES.filter((code) => !code.startsWith('certificate-')),
)

export function isOfOneDocument(code: SigningCode): boolean {
  return OF_ONE_DOCUMENT.has(code)
}

/** A token that was pulled is waited for; after everything else somebody has to decide. */
function halted(batch: Batch, code: SigningCode): Batch {
  const isGone = code === 'token-removed' || code === 'token-absent'
  return { ...untouched(batch), phase: isGone ? 'waiting-for-token' : 'stopped', code }
}

/** What was being signed is not signed. */
function untouched(batch: Batch): Batch {
  const documents = batch.documents.map((each) =>
    each.state === 'signing' ? { ...each, state: 'waiting' as const } : each,
  )
  return { ...batch, documents }
}

function finished(batch: Batch): Batch {
  const isOver = batch.documents.every(({ state }) => state === 'signed' || state === 'failed')
  return isOver ? { ...batch, phase: 'done', code: null } : batch
}

function isSigning(batch: Batch, document: string): boolean {
  return batch.phase === 'signing' && batch.documents.some(({ id, state }) => id === document && state === 'signing')
}

function changed(batch: Batch, document: string, change: Partial<BatchDocument>): Batch {
  return {
    ...batch,
    documents: batch.documents.map((each) => (each.id === document ? { ...each, ...change } : each)),
  }
}
