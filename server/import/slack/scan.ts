import { AppError, type Problem } from "#contract/problem.ts";
import type { ExportSource } from "./export-source.ts";
import { readJsonArray } from "./json-array.ts";
import type { ThreadTally } from "./messages.ts";
import { authorOf } from "./people.ts";
import { slackMessageSchema, type SlackMessage } from "./slack-schemas.ts";

/** What the first pass learns of one conversation. Memory grows with its threads and authors, not with its messages. */
export interface Scan {
  /** Day files that read well, oldest first. */
  files: string[];
  failed: { file: string; problem: Problem }[];
  threads: Map<string, ThreadTally>;
  /** Slack ids of those who wrote, with a message of each. */
  authors: Map<string, SlackMessage>;
  lastTs: string;
  unreadable: number;
}

export async function scanFolder(
  source: ExportSource,
  folder: string,
  onBytes: (bytes: number) => void,
): Promise<Scan> {
  const scan: Scan = {
    files: [],
    failed: [],
    threads: new Map(),
    authors: new Map(),
    lastTs: "",
    unreadable: 0,
  };
  for (const file of dayFiles(source, folder)) await scanFile(source, file, { scan, onBytes });
  await findPlainRoots(source, scan);
  return scan;
}

export function isDayFile(name: string): boolean {
  return /^[^/]+\/\d{4}-\d{2}-\d{2}\.json$/.test(name);
}

/** End of the last day that the export has (24 h after its beginning), 0 without any. */
export function endOfExportMs(source: ExportSource): number {
  const last = [...source.files.keys()]
    .filter(isDayFile)
    .map((name) => name.slice(-"2026-01-31.json".length, -".json".length))
    .toSorted()
    .at(-1);
  const startMs = last === undefined ? Number.NaN : Date.parse(`${last}T00:00:00.000Z`);
  return Number.isNaN(startMs) ? 0 : startMs + 24 * 3600 * 1000;
}

function dayFiles(source: ExportSource, folder: string): string[] {
  return [...source.files.keys()]
    .filter((name) => name.startsWith(`${folder}/`) && isDayFile(name))
    .toSorted();
}

async function scanFile(
  source: ExportSource,
  file: string,
  { scan, onBytes }: { scan: Scan; onBytes: (bytes: number) => void },
): Promise<void> {
  // the whole file first: nothing is kept of one that breaks off
  const found: { threads: Map<string, ThreadTally>; authors: Map<string, SlackMessage>; lastTs: string } = {
    threads: new Map(),
    authors: new Map(),
    lastTs: "",
  };
  let unreadable = 0;
  try {
    for await (const value of readMessages(source, file, onBytes)) {
      if (value === undefined) unreadable += 1;
      else tally(value, found);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    scan.failed.push({ file, problem: error.problem });
    return;
  }
  scan.files.push(file);
  scan.unreadable += unreadable;
  if (found.lastTs > scan.lastTs) scan.lastTs = found.lastTs;
  for (const [slackId, message] of found.authors)
    if (!scan.authors.has(slackId)) scan.authors.set(slackId, message);
  for (const [ts, part] of found.threads) mergeTally(scan.threads, ts, part);
}

/** Messages of one file; undefined for what is not one. */
export async function* readMessages(
  source: ExportSource,
  file: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SlackMessage | undefined> {
  const chunks = await source.open(file);
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of chunks) {
        if (!(chunk instanceof Uint8Array)) continue;
        onBytes(chunk.byteLength);
        yield chunk;
      }
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError("badRequest", {
        title: "A file of the export cannot be read",
        detail: `${file}: ${why}`,
        cause,
      });
    }
  };
  for await (const values of readJsonArray(file, counted())) {
    for (const value of values) {
      const parsed = slackMessageSchema.safeParse(value);
      yield parsed.success && authorOf(parsed.data) !== undefined ? parsed.data : undefined;
    }
  }
}

function tally(message: SlackMessage, found: Pick<Scan, "threads" | "authors" | "lastTs">): void {
  const author = authorOf(message) ?? "";
  if (!found.authors.has(author)) found.authors.set(author, message);
  if (message.ts > found.lastTs) found.lastTs = message.ts;
  const root = message.thread_ts ?? undefined;
  if (root === undefined) return;
  const isRoot = root === message.ts;
  mergeTally(found.threads, root, {
    replies: isRoot ? 0 : 1,
    lastTs: isRoot ? "" : message.ts,
    repliers: isRoot ? [] : [author],
    hasRoot: isRoot,
  });
}

function mergeTally(threads: Map<string, ThreadTally>, ts: string, part: ThreadTally): void {
  const known = threads.get(ts);
  if (known === undefined) {
    threads.set(ts, part);
    return;
  }
  known.replies += part.replies;
  if (part.lastTs > known.lastTs) known.lastTs = part.lastTs;
  known.hasRoot ||= part.hasRoot;
  for (const author of part.repliers) {
    known.repliers = [...known.repliers.filter((other) => other !== author), author].slice(-5);
  }
}

/** Some exporters do not mark roots: those that replies name are looked for among all messages. */
async function findPlainRoots(source: ExportSource, scan: Scan): Promise<void> {
  const missing = new Set([...scan.threads].filter(([, thread]) => !thread.hasRoot).map(([ts]) => ts));
  if (missing.size === 0) return;
  for (const file of scan.files) {
    for await (const message of readMessages(source, file, () => undefined)) {
      const thread =
        message === undefined || !missing.has(message.ts) ? undefined : scan.threads.get(message.ts);
      if (thread !== undefined) thread.hasRoot = true;
    }
  }
}
