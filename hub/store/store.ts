// The one narrow door to durable state. Shaped so that SQLite (embedded) and PostgreSQL (several machines) can stand behind it with the same tables.
import type { LedgerRow } from '../../shared/ledger/chain.ts'
import type { RefusalCode } from '../../shared/refusal.ts'

/** How an act was answered, kept so that an act sent twice is answered twice and done once. `digest`: SHA-256 of the signed bytes. */
export type ActAnswer =
  | {
      readonly digest: string
      readonly accepted: { readonly stream: string; readonly seq: number; readonly at: string }
    }
  | { readonly digest: string; readonly refused: RefusalCode }

export interface ActRow {
  readonly row: LedgerRow
  readonly digest: string
  readonly at: string
}

export interface RefusalRow {
  readonly actId: string
  readonly digest: string
  readonly code: RefusalCode
  readonly at: string
}

export interface TextUpdate {
  readonly room: string
  readonly epoch: number
  readonly seq: number
  readonly at: string
  readonly personId: string
  readonly update: Uint8Array
  /** Client ids that this person wrote with for the first time in this update. */
  readonly binds: readonly number[]
}

export interface StoredText {
  readonly epoch: number
  /** Last seq of the room in this epoch; 0 when nothing was written yet. */
  readonly seq: number
  readonly snapshot: Uint8Array | null
  readonly updates: readonly Uint8Array[]
  /** Client id → person. */
  readonly bindings: ReadonlyMap<number, string>
}

export interface Credential {
  readonly personId: string
  /** Argon2id in PHC string form. */
  readonly hash: string
  readonly mustChange: boolean
}

export interface SessionRow {
  /** SHA-256 of the credential: the credential itself is nowhere in the store. */
  readonly id: string
  readonly personId: string
  readonly deviceId: string
  readonly createdAt: string
  readonly seenAt: string
  readonly expiresAt: string
}

export interface UploadRow {
  readonly sha256: string
  readonly personId: string
  readonly size: number
  readonly pages: number
  readonly at: string
}

/** Every call is one durable transaction. @throws StorageFull when the disk is full: then nothing of the call was written */
export interface Store {
  appendActs(accepted: readonly ActRow[], refused: readonly RefusalRow[]): Promise<void>
  actAnswer(actId: string): Promise<ActAnswer | null>
  /** Rows of a stream in order, from a seq on. */
  ledger(stream: string, fromSeq: number, limit: number): Promise<readonly LedgerRow[]>
  ledgerStreams(): Promise<readonly { readonly stream: string; readonly entries: number }[]>

  appendText(updates: readonly TextUpdate[]): Promise<void>
  text(room: string): Promise<StoredText | null>
  /** Replaces what came before `seq`; with a higher epoch the room starts anew from the snapshot and forgets its client ids. */
  saveTextSnapshot(room: string, epoch: number, seq: number, snapshot: Uint8Array): Promise<void>

  credential(personId: string): Promise<Credential | null>
  saveCredential(credential: Credential): Promise<void>
  sessions(personId: string): Promise<readonly SessionRow[]>
  session(id: string): Promise<SessionRow | null>
  saveSession(session: SessionRow): Promise<void>
  endSession(id: string): Promise<void>

  saveUpload(upload: UploadRow): Promise<void>
  uploads(): Promise<readonly UploadRow[]>
  close(): Promise<void>
}

/** The disk is full: nothing of the transaction was written, and nothing was answered as accepted. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
}
