import type { Envelope } from "#contract/envelope.ts";
import type { Mutation, MutationArgs } from "#contract/mutations.ts";
import type { Scope } from "#contract/scope.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { JsonFile } from "../../files/json-file.ts";
import { putEvent, removeEvent } from "./event-writes.ts";
import type { RemoteCalendar } from "./remote-calendar.ts";
import type { StreamDesk, WriteOutcome } from "./stream-desk.ts";
import type { StreamContent, StreamObject } from "./stream-file.ts";
import { StreamState, type StreamStateParts } from "./stream-state.ts";
import { movedTask, updatedTask } from "./task-edit.ts";
import { createTask, editTask, removeTask } from "./task-writes.ts";

/** The latest writes are known by their ids: one that is sent again was carried out. */
const MOST_DONE = 500;
/** A comparison that is younger does for the next one who asks. */
const FRESH_MS = 2000;

export interface CalendarStreamParts extends StreamStateParts {
  remote: RemoteCalendar;
  file: JsonFile<StreamContent>;
  /** Told to every page that listens. */
  onChanges: (envelopes: Envelope[]) => void;
  /** Pages have to ask for it again. */
  onMore: (head: number) => void;
  /** It could not be compared while a page waited. */
  onFailed: (error: DriveError) => void;
}

/**
 * One collection of a server as a scope, its events and its tasks: rows with a number, which pages have up to some number.
 * The server's truth is asked for by comparing; its texts are read when a page wants them, and are not kept.
 */
export class CalendarStream {
  readonly #parts: CalendarStreamParts;
  #state: StreamState | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #comparedAtMs = Number.NEGATIVE_INFINITY;
  /** A page was given less than there is. */
  #isOwing = false;
  /** What is known of each is not to be relied on. */
  #isAnew = false;

  constructor(parts: CalendarStreamParts) {
    this.#parts = parts;
  }

  get scope(): Scope {
    return this.#parts.scope;
  }

  /** When it was last compared, ms; undefined: not since the start. */
  get comparedAtMs(): number | undefined {
    return Number.isFinite(this.#comparedAtMs) ? this.#comparedAtMs : undefined;
  }

  get unreadable(): number {
    return this.#state?.content.objects.filter(({ id }) => id === null).length ?? 0;
  }

  async head(): Promise<number> {
    return (await this.#opened()).seq;
  }

  /** Compares with the server, and tells pages what is new. @throws DriveError */
  compare(signal: AbortSignal): Promise<void> {
    return this.#exclusively(() => this.#compare(signal));
  }

  /**
   * `GET /v1/sync` of this scope: what came after `cursor`. While its server cannot be asked, its name alone, and pages are
   * told when there is more.
   * @throws AppError cursorExpired
   */
  sync(
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<{ envelopes: Envelope[]; cursor: string; seq: number }> {
    return this.#exclusively(async () => {
      const state = await this.#opened();
      const after = cursor === undefined ? 0 : state.seqOf(cursor);
      const { content } = state;
      try {
        if (this.#parts.now() - this.#comparedAtMs > FRESH_MS) await this.#compare(signal);
        // It may have begun anew.
        if (cursor !== undefined) state.seqOf(cursor);
        const envelopes = await this.#after(after, signal);
        state.texts.clear();
        return { envelopes, cursor: `${content.epoch}.${content.seq}`, seq: content.seq };
      } catch (error) {
        if (!(error instanceof DriveError)) throw error;
        this.#isOwing = true;
        this.#parts.onFailed(error);
        state.describe();
        return { envelopes: state.describing(), cursor: `${content.epoch}.${after}`, seq: after };
      }
    });
  }

  /** @throws AppError what cannot be written for good; DriveError what may be tried again */
  write(mutation: Mutation, write: RemoteWrite, signal: AbortSignal): Promise<WriteOutcome> {
    return this.#exclusively(async () => {
      const state = await this.#opened();
      const { content } = state;
      if (content.done.includes(mutation.id)) {
        const standing = state.find(write.args.id);
        const changes = await this.#envelopesOf(standing === undefined ? [] : [standing], signal);
        return { status: "applied", changes };
      }
      const outcome = await carryOut(this.#desk(state, signal), write);
      if (outcome.status === "applied") {
        content.done = [...content.done, mutation.id].slice(-MOST_DONE);
        await this.#save();
        this.#parts.onChanges(outcome.changes);
      }
      return outcome;
    });
  }

  #desk(state: StreamState, signal: AbortSignal): StreamDesk {
    const { remote, now, onChanges } = this.#parts;
    return {
      state,
      remote,
      nowMs: now(),
      signal,
      compare: () => this.#compare(signal),
      after: (seq) => this.#after(seq, signal),
      envelopesOf: (objects) => this.#envelopesOf(objects, signal),
      tell: async (seq) => {
        await this.#save();
        onChanges(await this.#after(seq, signal));
      },
    };
  }

  async #compare(signal: AbortSignal): Promise<void> {
    const { remote, now, onChanges, onMore } = this.#parts;
    const state = await this.#opened();
    const { content } = state;
    if (state.beginAnew()) {
      this.#isAnew = true;
      this.#isOwing = true;
    }
    const before = state.seq;
    state.describe();
    const listing = await remote.list(content.token, signal);
    const fresh = listing.put.filter(({ name, etag }) => this.#isAnew || state.named(name)?.etag !== etag);
    const texts = await remote.read(
      fresh.map(({ name }) => name),
      signal,
    );
    const read = new Map(texts.map((text) => [text.name, text]));
    for (const named of fresh) {
      const text = read.get(named.name);
      if (text === undefined) state.hide(named.name, named.etag);
      else state.take(text);
    }
    const here = listing.isWhole ? new Set(listing.put.map(({ name }) => name)) : undefined;
    const removed = here === undefined ? listing.removed : state.names().filter((name) => !here.has(name));
    for (const name of removed) {
      const known = state.named(name);
      if (known !== undefined) state.forget(known);
    }
    const isMoved = state.seq !== before || content.token !== listing.token;
    content.token = listing.token;
    if (isMoved) await this.#save();
    this.#comparedAtMs = now();
    this.#isAnew = false;
    if (this.#isOwing) {
      this.#isOwing = false;
      onMore(state.seq);
    } else if (state.seq !== before) onChanges(await this.#after(before, signal));
  }

  async #after(seq: number, signal: AbortSignal): Promise<Envelope[]> {
    const state = await this.#opened();
    const { calendar, objects, gone } = state.content;
    const described = calendar.seq > seq ? state.describing() : [];
    // What a page without anything has never heard of needs not be taken from it.
    const removed = seq === 0 ? [] : gone.filter((one) => one.seq > seq).map((one) => state.deletion(one));
    const later = objects.filter((object) => object.seq > seq);
    return [...described, ...removed, ...(await this.#envelopesOf(later, signal))];
  }

  async #envelopesOf(objects: readonly StreamObject[], signal: AbortSignal): Promise<Envelope[]> {
    const state = await this.#opened();
    const missing = objects.filter(({ name, id }) => id !== null && !state.texts.has(name));
    const texts = await this.#parts.remote.read(
      missing.map(({ name }) => name),
      signal,
    );
    for (const { name, data } of texts) state.texts.set(name, data);
    return objects.flatMap((object) => state.rowOf(object));
  }

  async #opened(): Promise<StreamState> {
    if (this.#state !== undefined) return this.#state;
    const kept = structuredClone(await this.#parts.file.read());
    // Somebody else may have opened it meanwhile.
    this.#state ??= new StreamState(this.#parts, kept);
    return this.#state;
  }

  async #save(): Promise<void> {
    const { content } = await this.#opened();
    await this.#parts.file.update(() => structuredClone(content));
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

function carryOut(desk: StreamDesk, { name, args }: RemoteWrite): Promise<WriteOutcome> {
  switch (name) {
    case "calendarObject.put":
      return putEvent(desk, args);
    case "calendarObject.remove":
      return removeEvent(desk, args);
    case "task.create":
      return createTask(desk, args);
    case "task.update":
      return editTask(desk, args.id, (standing, place) => updatedTask(standing, args, place, desk.nowMs));
    case "task.move":
      return editTask(desk, args.id, (standing, place) => movedTask(standing, args, place, desk.nowMs));
    case "task.remove":
      return removeTask(desk, args.id);
  }
}

/** The writes that a collection takes. */
export type RemoteWrite =
  | { name: "calendarObject.put"; args: MutationArgs<"calendarObject.put"> }
  | { name: "calendarObject.remove"; args: MutationArgs<"calendarObject.remove"> }
  | { name: "task.create"; args: MutationArgs<"task.create"> }
  | { name: "task.update"; args: MutationArgs<"task.update"> }
  | { name: "task.move"; args: MutationArgs<"task.move"> }
  | { name: "task.remove"; args: MutationArgs<"task.remove"> };
