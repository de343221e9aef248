import { timelineCollections } from "#contract/collections.ts";
import { envelopeSchema, type Envelope } from "#contract/envelope.ts";
import type { Scope } from "#contract/scope.ts";
import { syncMarkSchema, type SyncMark } from "#contract/sync.ts";
import type { Client } from "./client.ts";
import { expectFit, expectStatus, expectThat, Failure } from "./expect.ts";

export type Mark = SyncMark["mark"];
export type SyncLine = { envelope: Envelope } | { mark: Mark };

export interface SyncOptions {
  cursor?: string;
  limit?: number;
  timeline?: number;
}

/** Lines of a complete NDJSON answer. */
export async function readNdjson(response: Response): Promise<unknown[]> {
  const mediaType = response.headers.get("content-type") ?? "";
  expectThat(mediaType.startsWith("application/x-ndjson"), {
    expected: "Content-Type application/x-ndjson",
    got: mediaType,
    todo: "Name the media type of line-delimited JSON.",
  });
  const text = await response.text();
  expectThat(text === "" || text.endsWith("\n"), {
    expected: "a line feed after every line, the last included",
    got: `…${text.slice(-80)}`,
    todo: "A reader must be able to tell a whole line from one that was cut.",
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => parseLine(line));
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Failure({
      expected: "one JSON value a line",
      got: line.slice(0, 200),
      todo: "Write each line whole.",
    });
  }
}

/** One answer of `GET /v1/sync`. */
export async function syncOnce(client: Client, scope: Scope, options: SyncOptions = {}): Promise<SyncLine[]> {
  const query = new URLSearchParams({ scope });
  for (const [name, value] of Object.entries(options)) query.set(name, String(value));
  const response = await client.call(`/v1/sync?${query.toString()}`);
  await expectStatus(response, [200], "A reader of the scope gets its rows.");
  const lines = (await readNdjson(response)).map((line) => toLine(line, scope));
  const last = lines.at(-1);
  expectThat(last !== undefined && "mark" in last, {
    expected: "a mark as the last line",
    got: JSON.stringify(last ?? "no line at all"),
    todo: "End every answer with a mark, so that its reader can go on from there.",
  });
  return lines;
}

function toLine(value: unknown, scope: Scope): SyncLine {
  if (typeof value === "object" && value !== null && "mark" in value) {
    return { mark: expectFit(syncMarkSchema, value, "syncMarkSchema").mark };
  }
  const envelope = expectFit(envelopeSchema, value, "envelopeSchema");
  expectThat(envelope.scope === scope, {
    expected: `rows of ${scope}`,
    got: envelope.scope,
    todo: "A scope's stream holds rows of this scope only.",
  });
  return { envelope };
}

const MAX_ANSWERS = 2000;

/** All answers until a mark says `isEnd`. */
export async function syncAll(client: Client, scope: Scope, options: SyncOptions = {}): Promise<SyncLine[]> {
  const all: SyncLine[] = [];
  let next = options;
  for (let n = 0; n < MAX_ANSWERS; n += 1) {
    const lines = await syncOnce(client, scope, next);
    all.push(...lines);
    const mark = lastMark(lines);
    if (mark.isEnd === true) return all;
    next = { ...options, cursor: mark.cursor };
  }
  throw new Failure({
    expected: "an end",
    got: `${MAX_ANSWERS} answers without \`isEnd\``,
    todo: "Set `isEnd` on the last mark when nothing more is to come, and let every answer move its cursor on.",
  });
}

export function envelopesOf(lines: readonly SyncLine[]): Envelope[] {
  return lines.flatMap((line) => ("envelope" in line ? [line.envelope] : []));
}

export function marksOf(lines: readonly SyncLine[]): Mark[] {
  return lines.flatMap((line) => ("mark" in line ? [line.mark] : []));
}

export function lastMark(lines: readonly SyncLine[]): Mark {
  const mark = marksOf(lines).at(-1);
  if (mark !== undefined) return mark;
  throw new Failure({ expected: "a mark", got: "none", todo: "End every answer with a mark." });
}

/** What a reader holds after these lines: the highest `rev` of each row, deleted ones gone. */
export function standingRows(lines: readonly SyncLine[]): Map<string, Envelope> {
  const rows = new Map<string, Envelope>();
  for (const envelope of envelopesOf(lines)) {
    const key = `${envelope.collection} ${envelope.id}`;
    const known = rows.get(key);
    if (known === undefined || known.rev <= envelope.rev) rows.set(key, envelope);
  }
  for (const [key, { op }] of rows) if (op === "delete") rows.delete(key);
  return rows;
}

export function isTimeline({ collection }: Envelope): boolean {
  return timelineCollections.has(collection);
}
