import { createHash } from "node:crypto";
import { drivePathSchema, type DriveEntry, type DriveId, type DrivePath } from "#contract/drives.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveCapabilities, DriveChange } from "../drive.ts";
import type { DueFolder, StoreStatus } from "./index-calls.ts";
import { lastName, parentOf, pathIn, type EntryRecord, type IndexRecord } from "./records.ts";

/** What a crawl needs of the drive. */
export interface CrawlSource {
  capabilities: (signal: AbortSignal) => Promise<DriveCapabilities>;
  stat: (path: DrivePath, signal: AbortSignal) => Promise<DriveEntry>;
  list: (path: DrivePath, signal: AbortSignal) => AsyncIterable<DriveEntry>;
  changes: (cursor: string | null, signal: AbortSignal) => AsyncIterable<DriveChange>;
}

/** What it needs of the names. */
export interface CrawlTarget {
  open: () => Promise<StoreStatus>;
  apply: (records: IndexRecord[]) => Promise<StoreStatus>;
  due: (count: number) => Promise<DueFolder[]>;
}

export interface CrawlPace {
  /** Least rest after each folder; at least as long as it took, too. */
  restMs: number;
  /** Between two looks at everything. */
  passMs: number;
  /** Between two questions of what changed. */
  changesMs: number;
  /** Every so many passes nothing is left out because it looks unchanged. */
  thoroughEvery: number;
}

export const CRAWL_PACE: CrawlPace = {
  restMs: 15,
  passMs: 30 * 60_000,
  changesMs: 5 * 60_000,
  thoroughEvery: 40,
};

export interface CrawlOptions {
  id: DriveId;
  source: CrawlSource;
  target: CrawlTarget;
  isExcluded: (name: string) => boolean;
  /** What is left out, as one text: another one means that everything is looked at anew. */
  rules: string;
  pace: CrawlPace;
  now: () => number;
  random: () => number;
  onStatus: (status: StoreStatus, isRunning: boolean) => void;
}

/** Folders asked for at a time, and names that are kept back until they are written. */
const FOLDERS = 16;
const BATCH = 2000;
/** A folder that changed so lately may change again within the same time stamp. */
const FRESH_MS = 3000;

/**
 * Looks through a drive, one folder at a time and with rests, and again after a while: what looks unchanged is left out.
 * Whoever ends it at any moment loses some folders' worth of work.
 */
export class Crawl {
  readonly #options: CrawlOptions;
  #records: IndexRecord[] = [];
  #size = 0;
  /** Folders that came from elsewhere with all that they hold. */
  readonly #arrived: DueFolder[] = [];
  #wake: (() => void) | undefined;
  #isVisiting = false;
  /** What became known of the drive while a folder was being looked at. */
  #meanwhile: IndexRecord[] = [];

  constructor(options: CrawlOptions) {
    this.#options = options;
  }

  /** Until it is ended. @throws DriveError when the drive is out of reach */
  async run(signal: AbortSignal): Promise<void> {
    let status = await this.#options.target.open();
    this.#options.onStatus(status, false);
    for (;;) {
      await this.#rest(status, signal);
      signal.throwIfAborted();
      await this.#visitArrived(status, signal);
      status = await this.#look(status, signal);
      this.#options.onStatus(status, false);
    }
  }

  /** This folder came with all that it holds. */
  arrived(path: DrivePath): void {
    this.#arrived.push({ path, version: "" });
    this.#wake?.();
  }

  /** Known otherwise, and applied already: what was looked at before it came is not to undo it. */
  noted(record: IndexRecord): void {
    if (this.#isVisiting) this.#meanwhile.push(record);
    else if (this.#records.length > 0) this.#add(record, 1);
  }

  /** Until there is something to do. */
  async #rest({ state }: StoreStatus, signal: AbortSignal): Promise<void> {
    const { pace, now, random, rules } = this.#options;
    if (state.pass > state.completedPass || state.completedAt === null || state.rules !== rules) return;
    const every = state.cursor === null ? pace.passMs : pace.changesMs;
    const ms = Math.max(0, state.completedAt + every * (0.75 + random() / 2) - now());
    if (this.#arrived.length === 0) await this.#sleep(state.cursor === null ? ms : every, signal);
  }

  async #look(status: StoreStatus, signal: AbortSignal): Promise<StoreStatus> {
    const { state } = status;
    const { target, pace, rules, now } = this.#options;
    const isUnderWay = state.pass > state.completedPass;
    const isWhole = !isUnderWay && state.completedAt !== null && state.rules === rules;
    const isOld = state.completedAt !== null && now() - state.completedAt > pace.passMs * pace.thoroughEvery;
    if (isWhole && state.cursor !== null && !isOld) return this.#follow(state.cursor, status, signal);
    if (isWhole && !isOld && now() - (state.completedAt ?? 0) < pace.passMs / 2) return status;
    let current = status;
    if (!isUnderWay) {
      const pass = state.pass + 1;
      const isThorough = state.rules !== rules || pass % pace.thoroughEvery === 1;
      current = await target.apply([{ kind: "began", pass, rules, isThorough }]);
    }
    this.#options.onStatus(current, true);
    return this.#pass(current, signal);
  }

  async #pass(begun: StoreStatus, signal: AbortSignal): Promise<StoreStatus> {
    const { target, now } = this.#options;
    const { pass } = begun.state;
    for (;;) {
      const due = await target.due(FOLDERS);
      if (due.length === 0) break;
      for (const folder of due) await this.#visit(folder, pass, signal);
      await this.#flush();
    }
    const done = await target.apply([{ kind: "completed", pass, at: now() }]);
    return this.#begin(done, signal);
  }

  async #visitArrived({ state }: StoreStatus, signal: AbortSignal): Promise<void> {
    for (let folder = this.#arrived.pop(); folder !== undefined; folder = this.#arrived.pop()) {
      const children = await this.#visit(folder, state.pass, signal);
      for (const path of children) this.#arrived.push({ path, version: "" });
      await this.#flush();
    }
  }

  /** One folder, and a rest. The folders in it, where it was listed. */
  async #visit(folder: DueFolder, pass: number, signal: AbortSignal): Promise<string[]> {
    signal.throwIfAborted();
    const { pace, now, random } = this.#options;
    const startedAt = now();
    this.#isVisiting = true;
    const children = await this.#record(folder, pass, signal);
    this.#isVisiting = false;
    for (const record of this.#meanwhile.splice(0)) this.#add(record, 1);
    if (this.#size >= BATCH) await this.#flush();
    const ms = Math.max(pace.restMs, now() - startedAt) * (0.5 + random());
    if (pace.restMs > 0) await this.#sleep(ms, signal);
    return children;
  }

  async #record({ path, version }: DueFolder, pass: number, signal: AbortSignal): Promise<string[]> {
    const place = drivePathSchema.parse(path);
    try {
      const seen = this.#versionOf(await this.#options.source.stat(place, signal));
      if (seen !== "" && seen === version) {
        this.#add({ kind: "seen", path, pass }, 1);
        return [];
      }
      const entries: EntryRecord[] = [];
      for await (const entry of this.#options.source.list(place, signal))
        if (!this.#options.isExcluded(entry.name)) entries.push(recordOf(entry));
      this.#add({ kind: "listing", path, pass, version: seen, entries }, entries.length);
      return entries.flatMap(([name, isFolder]) => (isFolder === 1 ? [pathIn(path, name)] : []));
    } catch (error) {
      this.#fail(error, path, pass);
      return [];
    }
  }

  /** What a folder's failure means for its names. @throws what is not about this folder alone */
  #fail(error: unknown, path: string, pass: number): void {
    const fault = error instanceof DriveError ? error.fault : undefined;
    if ((fault === "notFound" || fault === "notAFolder") && path !== "")
      this.#add({ kind: "removed", path }, 1);
    else if (fault === "forbidden" || fault === "outside")
      this.#add({ kind: "listing", path, pass, version: "", entries: [] }, 1);
    else if (fault !== "damaged" && fault !== "invalidName" && fault !== "tooLarge") throw error;
    // What cannot be understood is left as it was known, and looked at again next time.
  }

  /** Where the drive tells what changed: from here on. */
  async #begin(status: StoreStatus, signal: AbortSignal): Promise<StoreStatus> {
    const { canTellChanges } = await this.#options.source.capabilities(signal);
    return canTellChanges && status.state.cursor === null ? this.#follow(null, status, signal) : status;
  }

  async #follow(cursor: string | null, status: StoreStatus, signal: AbortSignal): Promise<StoreStatus> {
    try {
      for await (const change of this.#options.source.changes(cursor, signal)) {
        if (change.kind === "cursor") this.#add({ kind: "cursor", cursor: change.cursor }, 1);
        else if (change.kind === "removed") this.#add({ kind: "removed", path: change.path }, 1);
        else this.#put(change.entry);
        if (this.#size >= BATCH) await this.#flush();
      }
      return await this.#flush(status);
    } catch (error) {
      const isOld =
        error instanceof DriveError && (error.fault === "notFound" || error.fault === "unsupported");
      if (!isOld) throw error;
      // Too old to be told from: the next look is at everything.
      return this.#options.target.apply([{ kind: "cursor", cursor: null }]);
    }
  }

  #put(entry: DriveEntry): void {
    const { isExcluded } = this.#options;
    if (entry.path.split("/").some(isExcluded)) return;
    this.#add({ kind: "put", folder: parentOf(entry.path), entry: recordOf(entry) }, 1);
  }

  #versionOf({ version, modifiedAt }: DriveEntry): string {
    const isFresh = modifiedAt !== null && this.#options.now() - Date.parse(modifiedAt) < FRESH_MS;
    const text = version ?? modifiedAt;
    if (text === null || isFresh) return "";
    return createHash("sha256").update(text).digest("hex").slice(0, 16);
  }

  #add(record: IndexRecord, size: number): void {
    this.#records.push(record);
    this.#size += Math.max(1, size);
  }

  async #flush(status?: StoreStatus): Promise<StoreStatus> {
    const records = this.#records;
    this.#records = [];
    this.#size = 0;
    if (records.length === 0 && status !== undefined) return status;
    const now = await this.#options.target.apply(records);
    this.#options.onStatus(now, now.state.pass > now.state.completedPass);
    return now;
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, ms).unref();
      signal.addEventListener("abort", done, { once: true });
      this.#wake = done;
      if (signal.aborted) done();
    });
  }
}

export function recordOf({ path, name, kind, sizeBytes, modifiedAt }: DriveEntry): EntryRecord {
  const time = modifiedAt === null ? 0 : Math.max(0, Math.floor(Date.parse(modifiedAt) / 1000));
  return [
    name === "" ? lastName(path) : name,
    kind === "folder" ? 1 : 0,
    sizeBytes,
    Math.min(time, 0xffffffff),
  ];
}
