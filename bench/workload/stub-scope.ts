import type { Envelope } from "#contract/envelope.ts";
import type { SyncMark } from "#contract/sync.ts";
import type { WorkloadScope } from "./workload.ts";

const LINES_PER_MARK = 500;

/** One scope as a backend would answer for it, serialised beforehand so that answering costs next to nothing. */
export class StubScope {
  readonly scope: string;
  head: number;
  readonly #content: WorkloadScope;
  readonly #tail: { seq: number; line: string }[] = [];
  readonly #snapshots = new Map<string, Buffer>();

  constructor(content: WorkloadScope) {
    this.#content = content;
    this.scope = content.scope;
    this.head = content.head;
  }

  /** A small row as it was at first. */
  find(id: string): Envelope | undefined {
    return this.#content.small.find((row) => row.id === id);
  }

  /** The NDJSON answer to `/v1/sync` of this scope. */
  answer(cursor: string | undefined, timeline: number, limit: number): Buffer {
    const [kind, place] = (cursor ?? "snapshot:0").split(":");
    const from = Number(place);
    if (kind === "seq") return this.#tailAnswer(from);
    const key = `${String(from)} ${String(timeline)} ${String(limit)}`;
    const known = this.#snapshots.get(key);
    if (known !== undefined && this.#tail.length === 0) return known;
    const answer = this.#snapshotAnswer(from, timeline, limit);
    this.#snapshots.set(key, answer);
    return answer;
  }

  /** A live change: kept for those who catch up later. */
  append(envelope: Envelope): Envelope {
    this.head += 1;
    const placed = { ...envelope, seq: this.head };
    this.#tail.push({ seq: placed.seq, line: JSON.stringify(placed) });
    return placed;
  }

  /** Messages of a conversation or thread strictly before `before`, newest first, then their reactions. */
  history(query: {
    conversationId: string;
    threadId: string | null;
    before: string | null;
    limit: number;
  }): Buffer {
    const before = query.before?.split("~")[0];
    const found: Envelope[] = [];
    let hasOlder = false;
    for (const row of this.#content.timeline) {
      if (row.collection !== "message" || row.data["conversationId"] !== query.conversationId) continue;
      if ((row.data["threadId"] ?? null) !== query.threadId) continue;
      if (before !== undefined && String(row.data["sentAt"]) >= before) continue;
      hasOlder = found.length === query.limit;
      if (hasOlder) break;
      found.push(row);
    }
    const ids = new Set(found.map(({ id }) => id));
    const reactions = this.#content.timeline.filter(
      (row) => row.collection === "reaction" && ids.has(String(row.data["messageId"])),
    );
    return toNdjson([...found, ...reactions, { history: { hasOlder } }].map((line) => JSON.stringify(line)));
  }

  #tailAnswer(after: number): Buffer {
    const lines = this.#tail.filter(({ seq }) => seq > after).map(({ line }) => line);
    return toNdjson([...lines, JSON.stringify(this.#endMark(undefined))]);
  }

  #snapshotAnswer(from: number, timeline: number, limit: number): Buffer {
    const { small, timeline: all } = this.#content;
    const rows = [...small, ...all.slice(0, timeline)];
    const until = Math.min(rows.length, from + limit);
    const lines: string[] = [];
    for (let i = from; i < until; i++) {
      lines.push(JSON.stringify(rows[i]));
      const isMarkDue = (i + 1 - from) % LINES_PER_MARK === 0 || i + 1 === until;
      if (isMarkDue && i + 1 < rows.length) lines.push(JSON.stringify(snapshotMark(i + 1, rows.length)));
    }
    if (until === rows.length) {
      for (const { line } of this.#tail) lines.push(line);
      lines.push(JSON.stringify(this.#endMark(all.length > timeline)));
    }
    return toNdjson(lines);
  }

  #endMark(hasOlder: boolean | undefined): SyncMark {
    const end = { cursor: `seq:${String(this.head)}`, seq: this.head, isEnd: true };
    return { mark: hasOlder === undefined ? end : { ...end, hasOlder } };
  }
}

function snapshotMark(place: number, total: number): SyncMark {
  return { mark: { cursor: `snapshot:${String(place)}`, seq: 0, total } };
}

function toNdjson(lines: readonly string[]): Buffer {
  return Buffer.from(lines.length === 0 ? "" : `${lines.join("\n")}\n`);
}
