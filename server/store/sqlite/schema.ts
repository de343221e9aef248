import type { DatabaseSync } from "node:sqlite";
import { AppError } from "#contract/problem.ts";

/** In order, each run once; a new version of the server adds one at the end and never changes those before. */
const migrations = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE scopes (key INTEGER PRIMARY KEY, scope TEXT NOT NULL UNIQUE, head INTEGER NOT NULL) STRICT;
  CREATE TABLE rows (
    scope INTEGER NOT NULL REFERENCES scopes (key),
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    op TEXT NOT NULL,
    data TEXT NOT NULL,
    timeline_key TEXT,
    conversation_id TEXT,
    parent_id TEXT
  ) STRICT;
  CREATE UNIQUE INDEX rows_by_id ON rows (scope, collection, id);
  CREATE UNIQUE INDEX rows_by_seq ON rows (scope, seq);
  CREATE INDEX rows_small ON rows (scope, seq) WHERE timeline_key IS NULL;
  CREATE INDEX rows_timeline ON rows (scope, timeline_key) WHERE timeline_key IS NOT NULL;
  CREATE INDEX rows_history ON rows (scope, conversation_id, parent_id, collection, timeline_key)
    WHERE timeline_key IS NOT NULL;
  CREATE TABLE readers (
    person TEXT NOT NULL, scope INTEGER NOT NULL REFERENCES scopes (key), PRIMARY KEY (person, scope)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX readers_by_scope ON readers (scope);
  CREATE TABLE mutations (
    person TEXT NOT NULL, id TEXT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (person, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE accounts (
    person TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    email TEXT,
    password_hash TEXT,
    issuer TEXT,
    subject TEXT,
    is_disabled INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX accounts_by_email ON accounts (email);
  CREATE UNIQUE INDEX accounts_by_subject ON accounts (issuer, subject) WHERE subject IS NOT NULL;
  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    session_id TEXT NOT NULL,
    person TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    is_used INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_session ON sessions (session_id);
  CREATE INDEX sessions_by_person ON sessions (person);
  CREATE TABLE blobs (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    received_bytes INTEGER NOT NULL,
    is_complete INTEGER NOT NULL,
    sha256 TEXT
  ) STRICT;
  `,
  `
  ALTER TABLE sessions ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN used_at_ms INTEGER;
  DELETE FROM sessions WHERE is_used = 1;
  ALTER TABLE sessions DROP COLUMN is_used;
  `,
  `
  CREATE TABLE due (
    scope INTEGER NOT NULL REFERENCES scopes (key),
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, collection, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX due_by_time ON due (due_at_ms);
  CREATE INDEX blobs_by_scope ON blobs (scope);
  `,
  `
  CREATE INDEX rows_of_everyone ON rows (parent_id, collection) WHERE timeline_key IS NULL AND parent_id IS NOT NULL;
  CREATE INDEX rows_waiting ON rows (scope, conversation_id) WHERE timeline_key IS NULL AND conversation_id IS NOT NULL;
  UPDATE rows SET parent_id = json_extract(data, '$.messageId'),
    conversation_id = CASE WHEN json_extract(data, '$.doneAt') IS NULL THEN json_extract(data, '$.conversationId') END
    WHERE collection = 'notification' AND op = 'put';
  `,
  `
  CREATE TABLE attendance (
    person TEXT NOT NULL, process TEXT NOT NULL, is_active INTEGER NOT NULL, PRIMARY KEY (person, process)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE invitation_links (
    invitation TEXT PRIMARY KEY, space TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE guests (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO guests SELECT id FROM rows WHERE collection = 'person' AND op = 'put'
    AND scope = (SELECT key FROM scopes WHERE scope = 'directory') AND json_extract(data, '$.isGuest') = 1;
  INSERT OR IGNORE INTO scopes (scope, head) VALUES ('administration', 0);
  INSERT OR IGNORE INTO readers (person, scope)
    SELECT id, (SELECT key FROM scopes WHERE scope = 'administration') FROM rows
    WHERE collection = 'person' AND op = 'put' AND scope = (SELECT key FROM scopes WHERE scope = 'directory')
      AND EXISTS (SELECT 1 FROM json_each(data, '$.roles') WHERE value = 'administrator')
      AND coalesce(json_extract(data, '$.isDeactivated'), 0) = 0 AND coalesce(json_extract(data, '$.isGuest'), 0) = 0;
  `,
  `
  ALTER TABLE blobs ADD COLUMN touched_at_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE blobs ADD COLUMN is_condemned INTEGER NOT NULL DEFAULT 0;
  UPDATE blobs SET touched_at_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
  CREATE INDEX blobs_unfinished ON blobs (owner) WHERE is_complete = 0;
  CREATE INDEX blobs_condemned ON blobs (id) WHERE is_condemned = 1;
  `,
  `
  CREATE TABLE calendar_names (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (scope, id, name)
  ) STRICT;
  CREATE INDEX calendar_names_by_name ON calendar_names (scope, name);
  `,
  `
  CREATE TABLE calendar_feeds (
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL,
    scope TEXT NOT NULL, calendar TEXT NOT NULL, created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX calendar_feeds_by_person ON calendar_feeds (person);
  `,
  `
  UPDATE rows SET parent_id = lower(json_extract(data, '$.email')) WHERE collection = 'person' AND op = 'put';
  `,
];

const SCHEMA_VERSION = migrations.length;

/** @throws AppError unsupported when the data were written by a newer server. */
export function migrate(db: DatabaseSync, createEpoch: () => string): void {
  db.exec(
    "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
  );
  const row = db.prepare("SELECT coalesce(max(version), 0) AS version FROM migrations").get();
  const current = Number(row?.["version"]);
  if (current > SCHEMA_VERSION) {
    throw new AppError("unsupported", {
      title: "These data were written by a newer server",
      detail: `The data have schema version ${current}, this server knows up to ${SCHEMA_VERSION}. Install the newer server.`,
    });
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < current) continue;
    db.exec("BEGIN IMMEDIATE");
    db.exec(migration);
    db.prepare("INSERT INTO migrations (version) VALUES (?)").run(index + 1);
    if (index === 0) {
      db.prepare("INSERT INTO meta (name, value) VALUES ('epoch', ?)").run(createEpoch());
    }
    db.exec("COMMIT");
  }
}
