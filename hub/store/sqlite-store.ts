// The embedded driver of the store: one SQLite file, write-ahead log, flushed to the disk at every commit.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import type { LedgerRow } from '../../shared/ledger/chain.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { MIGRATIONS } from './sqlite-schema.ts'
import {
  StorageFull,
  type ActAnswer,
  type Credential,
  type SessionRow,
  type Store,
  type StoredText,
  type TextUpdate,
  type UploadRow,
} from './store.ts'

export interface SqliteOptions {
  /** The store reports `StorageFull` rather than grow beyond this; without it the disk is the limit. */
  readonly maxBytes?: number
}

/** @param file path of the database; made with its folder when missing */
export function openSqliteStore(file: string, options: SqliteOptions = {}): Store {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  // FULL flushes the log at every commit: what was answered as accepted survives a power cut (NORMAL would not promise that).
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  if (options.maxBytes !== undefined) {
    const pageBytes = db.pragma('page_size', { simple: true }) as number
    db.pragma(`max_page_count = ${Math.floor(options.maxBytes / pageBytes)}`)
  }
  migrate(db)
  return new SqliteStore(db)
}

function migrate(db: Database.Database): void {
  const done = db.pragma('user_version', { simple: true }) as number
  if (done > MIGRATIONS.length) throw new Error('the data folder was written by a newer version')
  db.transaction(() => {
    for (const sql of MIGRATIONS.slice(done)) db.exec(sql)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  })()
}

interface StoredLedger {
  stream: string
  seq: number
  act_id: string
  text: string
  previous: string
  hash: string
}
interface StoredSession {
  id: string
  person_id: string
  device_id: string
  created_at: string
  seen_at: string
  expires_at: string
}

class SqliteStore implements Store {
  readonly #db: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  constructor(db: Database.Database) {
    this.#db = db
  }

  async appendActs(...[accepted, refused]: Parameters<Store['appendActs']>): Promise<void> {
    await this.#commit(() => {
      const entry = this.#sql(
        'INSERT INTO ledger (stream, seq, act_id, digest, at, text, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      for (const { row, digest, at } of accepted) {
        entry.run(row.stream, row.seq, row.actId, digest, at, row.text, row.previous, row.hash)
      }
      const refusal = this.#sql(
        'INSERT INTO refusal (act_id, digest, code, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      for (const { actId, digest, code, at } of refused) refusal.run(actId, digest, code, at)
    })
  }

  async actAnswer(actId: string): Promise<ActAnswer | null> {
    const accepted = this.#sql('SELECT stream, seq, at, digest FROM ledger WHERE act_id = ?').get(actId) as
      { stream: string; seq: number; at: string; digest: string } | undefined
    if (accepted !== undefined) {
      const { digest, ...place } = accepted
      return await Promise.resolve({ digest, accepted: place })
    }
    const refused = this.#sql('SELECT digest, code FROM refusal WHERE act_id = ?').get(actId) as
      { digest: string; code: RefusalCode } | undefined
    return refused === undefined ? null : { digest: refused.digest, refused: refused.code }
  }

  async ledger(stream: string, fromSeq: number, limit: number): Promise<readonly LedgerRow[]> {
    const rows = this.#sql('SELECT * FROM ledger WHERE stream = ? AND seq >= ? ORDER BY seq LIMIT ?').all(
      stream,
      fromSeq,
      limit,
    )
    return await Promise.resolve(
      (rows as StoredLedger[]).map(({ act_id: actId, stream: s, seq, text, previous, hash }) => ({
        stream: s,
        seq,
        actId,
        text,
        previous,
        hash,
      })),
    )
  }

  async ledgerStreams(): Promise<readonly { stream: string; entries: number }[]> {
    const rows = this.#sql('SELECT stream, COUNT(*) AS entries FROM ledger GROUP BY stream ORDER BY stream').all()
    return await Promise.resolve(rows as { stream: string; entries: number }[])
  }

  async appendText(updates: readonly TextUpdate[]): Promise<void> {
    await this.#commit(() => {
      const insert = this.#sql(
        'INSERT INTO text_update (room, epoch, seq, at, person_id, body) VALUES (?, ?, ?, ?, ?, ?)',
      )
      const bind = this.#sql(
        'INSERT INTO text_client (room, epoch, client_id, person_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      for (const { room, epoch, seq, at, personId, update, binds } of updates) {
        insert.run(room, epoch, seq, at, personId, update)
        for (const client of binds) bind.run(room, epoch, client, personId)
      }
    })
  }

  async text(room: string): Promise<StoredText | null> {
    const snapshot = this.#sql('SELECT epoch, seq, body FROM text_snapshot WHERE room = ?').get(room) as
      { epoch: number; seq: number; body: Buffer } | undefined
    const epoch = snapshot?.epoch ?? 1
    const from = snapshot?.seq ?? 0
    const rows = this.#sql(
      'SELECT seq, body FROM text_update WHERE room = ? AND epoch = ? AND seq > ? ORDER BY seq',
    ).all(room, epoch, from) as {
      seq: number
      body: Buffer
    }[]
    if (snapshot === undefined && rows.length === 0) return null
    const clients = this.#sql('SELECT client_id, person_id FROM text_client WHERE room = ? AND epoch = ?').all(
      room,
      epoch,
    ) as {
      client_id: number
      person_id: string
    }[]
    return await Promise.resolve({
      epoch,
      seq: rows.at(-1)?.seq ?? from,
      snapshot: snapshot?.body ?? null,
      updates: rows.map((row) => row.body),
      bindings: new Map(clients.map((row) => [row.client_id, row.person_id])),
    })
  }

  async saveTextSnapshot(room: string, epoch: number, seq: number, snapshot: Uint8Array): Promise<void> {
    await this.#commit(() => {
      this.#sql(
        `INSERT INTO text_snapshot (room, epoch, seq, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (room) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, body = excluded.body`,
      ).run(room, epoch, seq, snapshot)
      this.#sql('DELETE FROM text_update WHERE room = ? AND (epoch < ? OR (epoch = ? AND seq <= ?))').run(
        room,
        epoch,
        epoch,
        seq,
      )
      this.#sql('DELETE FROM text_client WHERE room = ? AND epoch < ?').run(room, epoch)
    })
  }

  async credential(personId: string): Promise<Credential | null> {
    const row = this.#sql('SELECT hash, must_change FROM credential WHERE person_id = ?').get(personId) as
      { hash: string; must_change: number } | undefined
    return await Promise.resolve(
      row === undefined ? null : { personId, hash: row.hash, mustChange: row.must_change === 1 },
    )
  }

  async saveCredential({ personId, hash, mustChange }: Credential): Promise<void> {
    await this.#commit(() =>
      this.#sql(
        `INSERT INTO credential (person_id, hash, must_change) VALUES (?, ?, ?)
         ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, must_change = excluded.must_change`,
      ).run(personId, hash, mustChange ? 1 : 0),
    )
  }

  async sessions(personId: string): Promise<readonly SessionRow[]> {
    const rows = this.#sql('SELECT * FROM session WHERE person_id = ? ORDER BY seen_at DESC').all(personId)
    return await Promise.resolve((rows as StoredSession[]).map(sessionOf))
  }

  async session(id: string): Promise<SessionRow | null> {
    const row = this.#sql('SELECT * FROM session WHERE id = ?').get(id) as StoredSession | undefined
    return await Promise.resolve(row === undefined ? null : sessionOf(row))
  }

  async saveSession({ id, personId, deviceId, createdAt, seenAt, expiresAt }: SessionRow): Promise<void> {
    await this.#commit(() =>
      this.#sql(
        `INSERT INTO session (id, person_id, device_id, created_at, seen_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, expires_at = excluded.expires_at`,
      ).run(id, personId, deviceId, createdAt, seenAt, expiresAt),
    )
  }

  async endSession(id: string): Promise<void> {
    await this.#commit(() => this.#sql('DELETE FROM session WHERE id = ?').run(id))
  }

  async saveUpload({ sha256, personId, size, pages, at }: UploadRow): Promise<void> {
    await this.#commit(() =>
      this.#sql(
        'INSERT INTO upload (sha256, person_id, size, pages, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(sha256, personId, size, pages, at),
    )
  }

  async uploads(): Promise<readonly UploadRow[]> {
    const rows = this.#sql('SELECT sha256, person_id AS personId, size, pages, at FROM upload').all()
    return await Promise.resolve(rows as UploadRow[])
  }

  async close(): Promise<void> {
    this.#db.close()
    await Promise.resolve()
  }

  #sql(text: string): Database.Statement {
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    const statement = this.#db.prepare(text)
    this.#statements.set(text, statement)
    return statement
  }

  async #commit(write: () => unknown): Promise<void> {
    try {
      this.#db.transaction(write)()
    } catch (error) {
      if (error instanceof Database.SqliteError && /^SQLITE_(FULL|IOERR)/.test(error.code)) {
        throw new StorageFull('the disk took no more', { cause: error })
      }
      throw error
    }
    await Promise.resolve()
  }
}

function sessionOf(row: StoredSession): SessionRow {
  return {
    id: row.id,
    personId: row.person_id,
    deviceId: row.device_id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  }
}
