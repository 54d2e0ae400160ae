// The database of one profile on this device: rooms, outbox, quarantine, papers and the device's key. Indexes are readable, contents sealed.
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Cipher } from './cipher.ts'
import { createStorageGuard, type StorageGuard } from './storage-problem.ts'

/** One update of a room that is durable at the hub; `bytes` sealed. */
export interface ConfirmedRow {
  readonly seq: number
  readonly room: string
  readonly epoch: number
  readonly bytes: Uint8Array
}

export interface RoomRow {
  readonly id: string
  /** The epoch whose rows are to be read. */
  readonly epoch: number
  /** Whether the hub let this person write when it last said so. */
  readonly write: boolean
}

/** One local change of a text that the hub has not made durable yet; `bytes` sealed. */
export interface UnacknowledgedRow {
  readonly n: number
  readonly room: string
  readonly epoch: number
  readonly bytes: Uint8Array
}

export interface OutboxRow {
  readonly n: number
  readonly id: string
  /** A sealed act. */
  readonly bytes: Uint8Array
}

export interface QuarantineRow {
  readonly id: string
  readonly time: string
  readonly bytes: Uint8Array
}

/** The manifest of a paper, as readable JSON: hashes, sizes, no content. */
export interface BlobRow {
  readonly sha256: string
  readonly manifest: unknown
}

/** A part of a paper; `bytes` sealed. */
export interface BlobPartRow {
  readonly hash: string
  readonly bytes: Uint8Array
}

export interface DeviceRow {
  readonly id: 'this'
  readonly deviceId: string
  readonly privateKey: CryptoKey
  readonly publicKey: { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
}

export interface SettingRow {
  readonly key: string
  readonly bytes: Uint8Array
}

/** Insert type of a table with a running key: the browser gives the number. */
type Numbered<T, K extends keyof T> = EntityTable<T, K>

export class ProfileDatabase extends Dexie {
  declare readonly confirmed: Numbered<ConfirmedRow, 'seq'>
  declare readonly room: Table<RoomRow, string>
  declare readonly unacknowledged: Numbered<UnacknowledgedRow, 'n'>
  declare readonly outbox: Numbered<OutboxRow, 'n'>
  declare readonly quarantine: Table<QuarantineRow, string>
  declare readonly blob: Table<BlobRow, string>
  declare readonly blobPart: Table<BlobPartRow, string>
  declare readonly device: Table<DeviceRow, string>
  declare readonly setting: Table<SettingRow, string>

  constructor(name: string, durability: 'strict' | 'relaxed') {
    super(name, { chromeTransactionDurability: durability })
    this.version(1).stores({
      confirmed: '++seq, [room+epoch], room',
      room: 'id',
      unacknowledged: '++n, room',
      outbox: '++n, &id',
      quarantine: 'id, time',
      blob: 'sha256',
      blobPart: 'hash',
      device: 'id',
      setting: 'key',
    })
  }
}

/**
 * One profile's storage. `strict` waits until the disk has it: for what exists nowhere else (acts, typed text, keys). `relaxed` is for what
 * the hub can send again (boards, papers); Chromium writes it several times faster.
 */
export interface Replica {
  readonly strict: ProfileDatabase
  readonly relaxed: ProfileDatabase
  readonly cipher: Cipher
  readonly guard: StorageGuard
  close(): void
}

/** `tra-my:<hub host and port>:<person id>` */
export function profileDatabaseName(hubHost: string, personId: string): string {
  return `tra-my:${hubHost}:${personId}`
}

/** Opens nothing yet: Dexie opens at the first use, and a failure then comes back through `guard`. */
export function openReplica(name: string, cipher: Cipher): Replica {
  const guard = createStorageGuard()
  const strict = new ProfileDatabase(name, 'strict')
  const relaxed = new ProfileDatabase(name, 'relaxed')
  for (const database of [strict, relaxed]) {
    // "Remove my data" in another window, or a newer version of the application: let go, and say so.
    database.on('versionchange', () => {
      database.close()
      guard.note('device-storage-closed')
    })
    database.on('close', () => guard.note('device-storage-closed'))
  }
  return {
    strict,
    relaxed,
    cipher,
    guard,
    close: () => {
      strict.close()
      relaxed.close()
    },
  }
}

/** Removes everything this profile keeps on this device. */
export async function deleteProfileDatabase(name: string): Promise<void> {
  await Dexie.delete(name)
}
