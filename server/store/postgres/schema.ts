import type { PoolClient } from "pg";
import { AppError } from "#contract/problem.ts";
import { integerOf } from "../columns.ts";
import { queryRows } from "./queries.ts";

/** In order, each run once. Every table of content carries its scope, by which a cluster may share it out. */
const migrations = [
  `
  CREATE TABLE meta (name text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE scopes (scope text COLLATE "C" PRIMARY KEY, head bigint NOT NULL);
  CREATE TABLE rows (
    scope text COLLATE "C" NOT NULL,
    collection text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    rev integer NOT NULL,
    op text NOT NULL,
    data text NOT NULL,
    timeline_key text COLLATE "C",
    conversation_id text COLLATE "C",
    parent_id text COLLATE "C",
    PRIMARY KEY (scope, collection, id)
  );
  CREATE UNIQUE INDEX rows_by_seq ON rows (scope, seq);
  CREATE INDEX rows_small ON rows (scope, seq) WHERE timeline_key IS NULL;
  CREATE INDEX rows_timeline ON rows (scope, timeline_key) WHERE timeline_key IS NOT NULL;
  CREATE INDEX rows_history ON rows (scope, conversation_id, parent_id, collection, timeline_key)
    WHERE timeline_key IS NOT NULL;
  CREATE TABLE readers (
    scope text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, PRIMARY KEY (scope, person)
  );
  CREATE INDEX readers_by_person ON readers (person);
  CREATE TABLE mutations (person text NOT NULL, id text NOT NULL, outcome text NOT NULL, PRIMARY KEY (person, id));
  CREATE TABLE accounts (
    person text PRIMARY KEY,
    username text COLLATE "C" NOT NULL UNIQUE,
    email text,
    password_hash text,
    issuer text,
    subject text,
    is_disabled boolean NOT NULL
  );
  CREATE INDEX accounts_by_email ON accounts (email);
  CREATE UNIQUE INDEX accounts_by_subject ON accounts (issuer, subject) WHERE subject IS NOT NULL;
  CREATE TABLE sessions (
    token_hash text PRIMARY KEY,
    kind text NOT NULL,
    session_id text NOT NULL,
    person text NOT NULL,
    expires_at_ms bigint NOT NULL,
    is_used boolean NOT NULL
  );
  CREATE INDEX sessions_by_session ON sessions (session_id);
  CREATE INDEX sessions_by_person ON sessions (person);
  CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);
  CREATE TABLE blobs (
    id text PRIMARY KEY,
    owner text NOT NULL,
    scope text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    received_bytes bigint NOT NULL,
    is_complete boolean NOT NULL,
    sha256 text
  );
  CREATE TABLE blob_parts (
    id text NOT NULL REFERENCES blobs (id) ON DELETE CASCADE,
    first bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (id, first)
  );
  ALTER TABLE blob_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
  `,
  `
  ALTER TABLE sessions ADD COLUMN generation integer NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN used_at_ms bigint;
  DELETE FROM sessions WHERE is_used;
  ALTER TABLE sessions DROP COLUMN is_used;
  `,
  `
  CREATE TABLE due (
    scope text COLLATE "C" NOT NULL,
    collection text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    due_at_ms bigint NOT NULL,
    PRIMARY KEY (scope, collection, id)
  );
  CREATE INDEX due_by_time ON due (due_at_ms);
  CREATE INDEX blobs_by_scope ON blobs (scope);
  `,
  `
  CREATE INDEX rows_of_everyone ON rows (parent_id, collection) WHERE timeline_key IS NULL AND parent_id IS NOT NULL;
  CREATE INDEX rows_waiting ON rows (scope, conversation_id) WHERE timeline_key IS NULL AND conversation_id IS NOT NULL;
  UPDATE rows SET parent_id = data::json ->> 'messageId',
    conversation_id = CASE WHEN data::json ->> 'doneAt' IS NULL THEN data::json ->> 'conversationId' END
    WHERE collection = 'notification' AND op = 'put';
  `,
  `
  CREATE TABLE processes (id text PRIMARY KEY, seen_at timestamptz NOT NULL);
  CREATE TABLE attendance (
    person text NOT NULL, process text NOT NULL, is_active boolean NOT NULL, PRIMARY KEY (person, process)
  );
  CREATE INDEX attendance_by_process ON attendance (process);
  CREATE TABLE invitation_links (invitation text PRIMARY KEY, space text NOT NULL, token_hash text NOT NULL UNIQUE);
  CREATE TABLE guests (person text PRIMARY KEY);
  INSERT INTO guests SELECT id FROM rows WHERE scope = 'directory' AND collection = 'person' AND op = 'put'
    AND data::json ->> 'isGuest' = 'true';
  INSERT INTO scopes (scope, head) VALUES ('administration', 0) ON CONFLICT DO NOTHING;
  INSERT INTO readers (scope, person) SELECT 'administration', id FROM rows
    WHERE scope = 'directory' AND collection = 'person' AND op = 'put'
      AND data::json ->> 'roles' LIKE '%"administrator"%' AND coalesce(data::json ->> 'isDeactivated', '') <> 'true'
      AND coalesce(data::json ->> 'isGuest', '') <> 'true'
    ON CONFLICT DO NOTHING;
  `,
  `
  ALTER TABLE blobs ADD COLUMN touched_at_ms bigint NOT NULL DEFAULT 0;
  ALTER TABLE blobs ADD COLUMN is_condemned boolean NOT NULL DEFAULT false;
  UPDATE blobs SET touched_at_ms = floor(extract(epoch FROM now()) * 1000);
  CREATE INDEX blobs_unfinished ON blobs (owner) WHERE NOT is_complete;
  CREATE INDEX blobs_condemned ON blobs (id) WHERE is_condemned;
  `,
  `
  CREATE TABLE calendar_names (
    key bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    scope text NOT NULL, id text NOT NULL, name text NOT NULL, UNIQUE (scope, id, name)
  );
  CREATE INDEX calendar_names_by_name ON calendar_names (scope, name);
  `,
  `
  CREATE TABLE calendar_feeds (
    id text PRIMARY KEY, token_hash text NOT NULL UNIQUE, person text NOT NULL,
    scope text NOT NULL, calendar text NOT NULL, created_at_ms bigint NOT NULL
  );
  CREATE INDEX calendar_feeds_by_person ON calendar_feeds (person);
  `,
  `
  UPDATE rows SET parent_id = lower(data::json ->> 'email') WHERE collection = 'person' AND op = 'put';
  `,
];

/** Any number, the same for all: servers that start together take turns. */
const MIGRATION_LOCK = 7_205_759;

/** @throws AppError unsupported when the data were written by a newer server. */
export async function migrate(client: PoolClient, createEpoch: () => string): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
  try {
    await client.query(
      "CREATE TABLE IF NOT EXISTS migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const [row] = await queryRows(client, "SELECT coalesce(max(version), 0) AS version FROM migrations");
    await runMissing(client, integerOf(row?.["version"]));
    await client.query("INSERT INTO meta (name, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING", [
      createEpoch(),
    ]);
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]);
  }
}

async function runMissing(client: PoolClient, current: number): Promise<void> {
  if (current > migrations.length) {
    throw new AppError("unsupported", {
      title: "These data were written by a newer server",
      detail: `The database has schema version ${current}, this server knows up to ${migrations.length}. Install the newer server.`,
    });
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < current) continue;
    await client.query("BEGIN");
    try {
      await client.query(migration);
      await client.query("INSERT INTO migrations (version) VALUES ($1)", [index + 1]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    }
  }
}
