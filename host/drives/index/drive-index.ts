import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  driveIdSchema,
  drivePathSchema,
  type DriveEntry,
  type DriveHit,
  type DriveId,
  type DriveInfo,
  type DrivePath,
} from "#contract/drives.ts";
import { AppError } from "#contract/problem.ts";
import { toIsoTime } from "#contract/time.ts";
import type { HostEvents } from "../../events.ts";
import { JsonFile } from "../../files/json-file.ts";
import { stackOf } from "../../log/crash-log.ts";
import type { Log } from "../../log/log.ts";
import type { Policies } from "../../policy/policies.ts";
import { DriveError } from "../drive-error.ts";
import type { DriveFiles, DriveWatcher } from "../drive-files.ts";
import type { DriveFacts, DriveService } from "../drive-service.ts";
import { Crawl, CRAWL_PACE, recordOf, type CrawlPace } from "./crawl.ts";
import { createExclusions } from "./exclusions.ts";
import type { StoreStatus } from "./index-calls.ts";
import { IndexClient } from "./index-client.ts";
import { parentOf, type IndexRecord } from "./records.ts";
import { driveKey } from "./sealed-file.ts";

const countsSchema = z.record(
  driveIdSchema,
  z.object({ entries: z.int().nonnegative(), completedAt: z.number().nullable() }),
);
type Counts = z.infer<typeof countsSchema>;

export interface DriveIndexOptions {
  dataDir: string;
  service: DriveService;
  files: DriveFiles;
  policies: Policies;
  events: HostEvents;
  lock: { isLocked: boolean };
  /** @throws AppError locked */
  key: () => Promise<Buffer>;
  log: Log;
  onNotice: (message: string) => void;
  now: () => number;
  random: () => number;
  pace?: CrawlPace;
  client?: IndexClient;
}

interface Running {
  crawl: Crawl;
  ending: AbortController;
  done: Promise<void>;
}

export interface SearchArgs {
  text: string;
  driveIds?: DriveId[] | undefined;
  limit: number;
}

/** Pages hear of a crawl this often. */
const TELL_MS = 2000;
/** After a failure, until it is tried again. */
const PAUSE_MS = 60_000;

/** Names of all drives that may be known without asking them: looked through in the background, searched at any time. */
export class DriveIndex implements DriveFacts, DriveWatcher {
  readonly #options: DriveIndexOptions;
  readonly #client: IndexClient;
  readonly #file: JsonFile<Counts>;
  readonly #running = new Map<DriveId, Running>();
  readonly #known = new Set<DriveId>();
  readonly #isLooking = new Set<DriveId>();
  readonly #paused = new Set<DriveId>();
  readonly #stops: (() => void)[] = [];
  #counts: Counts = {};
  #toldAt = 0;
  #isStopped = false;
  #arranging: Promise<void> = Promise.resolve();

  private constructor(options: DriveIndexOptions, file: JsonFile<Counts>, counts: Counts) {
    this.#options = { ...options, log: options.log.of("driveIndex") };
    this.#client = options.client ?? new IndexClient();
    this.#file = file;
    this.#counts = counts;
  }

  static async open(options: DriveIndexOptions): Promise<DriveIndex> {
    const file = new JsonFile<Counts>({
      path: join(options.dataDir, "drive-index.json"),
      schema: countsSchema,
      empty: () => ({}),
      onDamaged: options.onNotice,
    });
    return new DriveIndex(options, file, await file.read());
  }

  start(): void {
    const { events, policies } = this.#options;
    const arrange = (): void => void this.#arrange();
    this.#stops.push(
      policies.subscribe(arrange),
      events.subscribe((event) => {
        if (event.type === "drivesChanged") arrange();
        if (event.type === "lockChanged" || event.type === "secretsChanged") arrange();
      }),
    );
    arrange();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const stop of this.#stops) stop();
    await this.#arranging;
    await this.#endAll();
  }

  indexOf(id: DriveId): DriveInfo["index"] {
    const link = this.#options.service.links().find(({ definition }) => definition.id === id);
    if (link === undefined || !this.#options.service.isIndexed(link.definition)) return null;
    const { entries, completedAt } = this.#counts[id] ?? { entries: 0, completedAt: null };
    return {
      entries,
      isRunning: this.#running.has(id) && this.#isLooking.has(id),
      completedAt: completedAt === null ? null : toIsoTime(completedAt),
    };
  }

  async forget(id: DriveId): Promise<void> {
    await this.#end(id);
    this.#known.delete(id);
    await this.#client.forget(id);
    await rm(this.#folderOf(id), { recursive: true, force: true });
    if (this.#counts[id] !== undefined) await this.#count(id, undefined);
  }

  async setIndexed(id: DriveId, isIndexed: boolean): Promise<void> {
    if (!isIndexed) await this.forget(id);
    await this.#arrange();
  }

  put(id: DriveId, entry: DriveEntry): void {
    void this.#note(id, { kind: "put", folder: parentOf(entry.path), entry: recordOf(entry) });
  }

  removed(id: DriveId, path: DrivePath): void {
    void this.#note(id, { kind: "removed", path });
  }

  arrived(id: DriveId, path: DrivePath): void {
    this.#running.get(id)?.crawl.arrived(path);
  }

  /** Also of drives that are away. @throws AppError locked */
  async search({ text, driveIds, limit }: SearchArgs): Promise<DriveHit[]> {
    const { service } = this.#options;
    const wanted = service
      .links()
      .map(({ definition }) => definition)
      .filter((one) => service.isIndexed(one) && (driveIds?.includes(one.id) ?? true))
      .map(({ id }) => id);
    if (wanted.length === 0) return [];
    await this.#knowAll();
    const found = await this.#client.call("search", { driveIds: wanted, text, limit }, wanted);
    return found.flatMap(({ driveId, path, isFolder, sizeBytes, time }) => {
      const parsed = drivePathSchema.safeParse(path);
      if (!parsed.success) return [];
      const kind = isFolder ? ("folder" as const) : ("file" as const);
      const modifiedAt = time === 0 ? null : toIsoTime(time * 1000);
      return [{ driveId: driveIdSchema.parse(driveId), path: parsed.data, kind, sizeBytes, modifiedAt }];
    });
  }

  /** Begins and ends crawls as drives, policies and the lock want it; one change after the other. */
  #arrange(): Promise<void> {
    this.#arranging = this.#arranging
      .then(() => this.#arrangeNow())
      .catch((error: unknown) => this.#failed(error));
    return this.#arranging;
  }

  async #arrangeNow(): Promise<void> {
    const { service, lock } = this.#options;
    if (lock.isLocked) {
      await this.#endAll();
      return;
    }
    if (this.#isStopped) return;
    for (const { definition, standing } of service.links()) {
      const { id } = definition;
      const isWanted = service.isIndexed(definition);
      if (!isWanted && (this.#counts[id] !== undefined || this.#known.has(id))) await this.forget(id);
      if (!isWanted || standing.state !== "connected") await this.#end(id);
      else if (!this.#running.has(id) && !this.#paused.has(id)) await this.#begin(id);
    }
  }

  async #begin(id: DriveId): Promise<void> {
    await this.#knowAll();
    const { files, policies, now, random, pace = CRAWL_PACE } = this.#options;
    const patterns = policies.get("DriveIndexExclusions") ?? [];
    const ending = new AbortController();
    const crawl = new Crawl({
      id,
      source: {
        capabilities: (signal) => files.capabilities(id, signal),
        stat: (path, signal) => files.stat(id, path, signal),
        list: (path, signal) => files.list(id, path, signal),
        changes: (cursor, signal) => files.changes(id, cursor, signal),
      },
      target: {
        open: async () => this.#opened(await this.#client.open(id)),
        apply: (records) => this.#client.call("apply", { driveId: id, records }, [id]),
        due: (count) => this.#client.call("due", { driveId: id, count }, [id]),
      },
      isExcluded: createExclusions(patterns),
      rules: JSON.stringify(patterns),
      pace,
      now,
      random,
      onStatus: (status, isLooking) => this.#onStatus(id, status, isLooking),
    });
    const done = crawl.run(ending.signal).catch((error: unknown) => {
      if (ending.signal.aborted) return;
      this.#failed(error);
      this.#pause(id);
    });
    const running = { crawl, ending, done };
    this.#running.set(id, running);
    void done.then(() => {
      if (this.#running.get(id) === running) this.#running.delete(id);
      this.#isLooking.delete(id);
    });
  }

  /** Whatever went wrong: not tried again at once. */
  #pause(id: DriveId): void {
    this.#paused.add(id);
    const again = (): void => {
      this.#paused.delete(id);
      void this.#arrange();
    };
    setTimeout(again, PAUSE_MS * (1 + this.#options.random())).unref();
  }

  #opened(status: StoreStatus | undefined): StoreStatus {
    if (status === undefined) throw new AppError("cancelled", { title: "The drive is gone" });
    return status;
  }

  async #end(id: DriveId): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.ending.abort();
    await running.done;
    this.#running.delete(id);
  }

  /** Nothing of a name stays in memory. */
  async #endAll(): Promise<void> {
    for (const id of this.#running.keys()) await this.#end(id);
    this.#known.clear();
    await this.#client.release();
    await this.#file.update(() => this.#counts);
  }

  async #knowAll(): Promise<void> {
    const { service, key } = this.#options;
    const master = await key();
    for (const { definition } of service.links()) {
      if (!service.isIndexed(definition) || this.#known.has(definition.id)) continue;
      const { id } = definition;
      this.#known.add(id);
      this.#client.know({ driveId: id, folder: this.#folderOf(id), key: driveKey(master, id) });
    }
  }

  async #note(id: DriveId, record: IndexRecord): Promise<void> {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.crawl.noted(record);
    try {
      const status = await this.#client.call("apply", { driveId: id, records: [record] }, [id]);
      this.#onStatus(id, status, this.#isLooking.has(id));
    } catch (error) {
      this.#failed(error);
    }
  }

  #onStatus(id: DriveId, { entries, state }: StoreStatus, isLooking: boolean): void {
    const was = this.#counts[id];
    const changed = this.#isLooking.has(id) !== isLooking;
    if (isLooking) this.#isLooking.add(id);
    else this.#isLooking.delete(id);
    this.#counts = { ...this.#counts, [id]: { entries, completedAt: state.completedAt } };
    const isSame = was?.entries === entries && was.completedAt === state.completedAt && !changed;
    if (isSame || (!changed && this.#options.now() - this.#toldAt < TELL_MS)) return;
    this.#toldAt = this.#options.now();
    if (!isLooking) void this.#file.update(() => this.#counts).catch((error: unknown) => this.#failed(error));
    this.#options.service.tell();
  }

  async #count(id: DriveId, count: Counts[DriveId] | undefined): Promise<void> {
    const others = Object.entries(this.#counts).filter(([one]) => one !== id);
    this.#counts = countsSchema.parse(
      Object.fromEntries(count === undefined ? others : [...others, [id, count]]),
    );
    await this.#file.update(() => this.#counts);
  }

  #folderOf(id: DriveId): string {
    return join(this.#options.dataDir, "drive-index", id);
  }

  #failed(error: unknown): void {
    // Out of reach or locked: it goes on when that is over.
    const isExpected = error instanceof DriveError || error instanceof AppError;
    this.#options.log.write(
      isExpected ? "information" : "error",
      "Names of a drive were not looked through",
      {
        reason: isExpected ? error.kind : stackOf(error),
      },
    );
  }
}
