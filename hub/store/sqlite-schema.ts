// Tables of the store, in the subset of SQL that SQLite and PostgreSQL share. A change is a new entry at the end, never an edit.

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE ledger (
    stream TEXT NOT NULL, seq INTEGER NOT NULL, act_id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, at TEXT NOT NULL,
    text TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (stream, seq)
  );
  CREATE TABLE refusal (act_id TEXT PRIMARY KEY, digest TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL);
  CREATE TABLE text_update (
    room TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, person_id TEXT NOT NULL,
    body BLOB NOT NULL, PRIMARY KEY (room, epoch, seq)
  );
  CREATE TABLE text_snapshot (room TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL);
  CREATE TABLE text_client (
    room TEXT NOT NULL, epoch INTEGER NOT NULL, client_id INTEGER NOT NULL, person_id TEXT NOT NULL,
    PRIMARY KEY (room, epoch, client_id)
  );
  CREATE TABLE credential (person_id TEXT PRIMARY KEY, hash TEXT NOT NULL, must_change INTEGER NOT NULL);
  CREATE TABLE session (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL, device_id TEXT NOT NULL, created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL, expires_at TEXT NOT NULL
  );
  CREATE INDEX session_person ON session (person_id);
  CREATE TABLE upload (
    sha256 TEXT NOT NULL, person_id TEXT NOT NULL, size INTEGER NOT NULL, pages INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (sha256, person_id)
  );
  `,
]
