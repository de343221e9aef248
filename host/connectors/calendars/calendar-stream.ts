import { randomUUID } from "node:crypto";
import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import type { Envelope } from "#contract/envelope.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import {
  boardIdSchema,
  calendarObjectKey,
  naturalId,
  remoteTaskId,
  remoteTaskUid,
  type PersonId,
} from "#contract/ids.ts";
import type { Mutation, MutationArgs } from "#contract/mutations.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import { DriveError } from "../../drives/drive-error.ts";
import type { JsonFile } from "../../files/json-file.ts";
import type { RemoteCalendar, RemoteObject } from "./remote-calendar.ts";
import type { StreamContent, StreamObject } from "./stream-file.ts";
import {
  describingCount,
  describingRows,
  objectRow,
  rowCollections,
  type DescribedCollection,
} from "./stream-rows.ts";
import { movedTask, newTask, updatedTask, type NewToDo, type TaskEdit } from "./task-edit.ts";
import { MOST_LABELS, standingToDo, type StandingToDo, type TaskPlace } from "./task-row.ts";

/** The latest writes are known by their ids: one that is sent again was carried out. */
const MOST_DONE = 500;
const MOST_GONE = 5000;
/** A comparison that is younger does for the next one who asks. */
const FRESH_MS = 2000;
/** Against somebody who writes all the time. */
const MOST_ATTEMPTS = 3;

export interface CalendarStreamParts {
  scope: Scope;
  remote: RemoteCalendar;
  file: JsonFile<StreamContent>;
  /** Whose account it stands in. */
  personId: () => PersonId;
  /** As pages are to see it. */
  describe: () => DescribedCollection;
  /** IANA zone of this machine. */
  zone: string;
  now: () => number;
  /** Told to every page that listens. */
  onChanges: (envelopes: Envelope[]) => void;
  /** Pages have to ask for it again. */
  onMore: (head: number) => void;
  /** It could not be compared while a page waited. */
  onFailed: (error: DriveError) => void;
}

/** What became of a write: the row that stands now. */
export type WriteOutcome =
  | { status: "applied"; changes: Envelope[] }
  | { status: "conflict"; current: Envelope };

/**
 * One collection of a server as a scope, its events and its tasks: rows with a number, which pages have up to some number. The server's truth is asked for by
 * comparing; its texts are read when a page wants them, and are not kept.
 */
export class CalendarStream {
  readonly #parts: CalendarStreamParts;
  #state: StreamContent | undefined;
  readonly #byName = new Map<string, StreamObject>();
  /** Read in the last comparison, and not given to a page yet. */
  readonly #texts = new Map<string, string>();
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
    return this.#state?.objects.filter(({ id }) => id === null).length ?? 0;
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
      const known = await this.#opened();
      const after = cursor === undefined ? 0 : this.#seqOf(cursor, known);
      try {
        if (this.#parts.now() - this.#comparedAtMs > FRESH_MS) await this.#compare(signal);
        if (cursor !== undefined) this.#seqOf(cursor, known);
        const envelopes = await this.#after(known, after, signal);
        this.#texts.clear();
        return { envelopes, cursor: `${known.epoch}.${known.seq}`, seq: known.seq };
      } catch (error) {
        if (!(error instanceof DriveError)) throw error;
        this.#isOwing = true;
        this.#parts.onFailed(error);
        this.#describe(known);
        return { envelopes: this.#describing(known), cursor: `${known.epoch}.${after}`, seq: after };
      }
    });
  }

  /** @throws AppError what cannot be written for good; DriveError what may be tried again */
  write(mutation: Mutation, write: RemoteWrite, signal: AbortSignal): Promise<WriteOutcome> {
    return this.#exclusively(async () => {
      const state = await this.#opened();
      const former = state.objects.find(({ id }) => id === write.args.id);
      if (state.done.includes(mutation.id))
        return {
          status: "applied",
          changes: await this.#envelopesOf(former === undefined ? [] : [former], signal),
        };
      const outcome = await this.#carryOut(write, former, signal);
      if (outcome.status === "applied") {
        state.done = [...state.done, mutation.id].slice(-MOST_DONE);
        await this.#save(state);
        this.#parts.onChanges(outcome.changes);
      }
      return outcome;
    });
  }

  #carryOut(
    { name, args }: RemoteWrite,
    former: StreamObject | undefined,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const nowMs = this.#parts.now();
    switch (name) {
      case "calendarObject.put":
        return this.#put(args, former, signal);
      case "calendarObject.remove":
        return this.#remove(args, former, signal);
      case "task.create":
        return this.#createTask(args, signal);
      case "task.update":
        return this.#edit(args.id, (standing, place) => updatedTask(standing, args, place, nowMs), signal);
      case "task.move":
        return this.#edit(args.id, (standing, place) => movedTask(standing, args, place, nowMs), signal);
      case "task.remove":
        return this.#removeTask(former, signal);
    }
  }

  async #createTask(args: MutationArgs<"task.create">, signal: AbortSignal): Promise<WriteOutcome> {
    const state = await this.#opened();
    const before = state.seq;
    const { scope, now } = this.#parts;
    // What has this UID was made by this very write, whose answer was lost.
    await this.#putNew(newTask(args, this.#place(state), now()), signal);
    const made = state.objects.find(({ id }) => id === remoteTaskId(scope, remoteTaskUid(scope, args.id)));
    if (made === undefined) throw gone();
    return { status: "applied", changes: await this.#after(state, Math.min(before, made.seq - 1), signal) };
  }

  /** One that is there already stays as it is. */
  async #putNew({ uid, data }: NewToDo, signal: AbortSignal): Promise<void> {
    const name = nameOf(uid);
    try {
      const etag = await this.#parts.remote.put(name, data, null, signal);
      await this.#written(name, etag === null ? undefined : { name, etag, data }, signal);
    } catch (error) {
      if (!(error instanceof DriveError && (error.fault === "changed" || error.fault === "exists")))
        throw error;
      await this.#written(name, undefined, signal);
    }
  }

  /** Made on what stands there now, and again when somebody else was faster: what they changed of other fields stays. */
  async #edit(
    id: string,
    edit: (standing: StandingToDo, place: TaskPlace) => TaskEdit,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const state = await this.#opened();
    const before = state.seq;
    for (let attempt = 1; ; attempt += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each attempt begins with what stands by then
      const [entry, text] = await this.#standing(state, id, signal);
      const standing = standingToDo(text);
      if (standing === undefined) throw gone();
      const edited = edit(standing, this.#place(state));
      if (edited === undefined) {
        const [current] = this.#rowOf(state, entry, text);
        if (current === undefined) throw gone();
        return { status: "conflict", current };
      }
      try {
        // oxlint-disable-next-line no-await-in-loop -- what follows is there before what it follows is done
        for (const added of edited.added) await this.#putNew(added, signal);
        if (edited.data !== text) {
          const { name, etag } = entry;
          // oxlint-disable-next-line no-await-in-loop -- as above
          const written = await this.#parts.remote.put(name, edited.data, etag, signal);
          const known = written === null ? undefined : { name, etag: written, data: edited.data };
          // oxlint-disable-next-line no-await-in-loop -- as above
          await this.#written(name, known, signal);
        }
        const now = state.objects.find((object) => object.id === id);
        // oxlint-disable-next-line no-await-in-loop -- the last of the loop
        return {
          status: "applied",
          changes: await this.#after(state, Math.min(before, (now?.seq ?? 1) - 1), signal),
        };
      } catch (error) {
        const isFaster = error instanceof DriveError && error.fault === "changed";
        if (!isFaster || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  /** What its server has of it at this moment; what is new in it pages are told. @throws AppError notFound: it went */
  async #standing(
    state: StreamContent,
    id: string,
    signal: AbortSignal,
  ): Promise<readonly [StreamObject, string]> {
    const former = state.objects.find((object) => object.id === id);
    const [read] = former === undefined ? [] : await this.#parts.remote.read([former.name], signal);
    if (former === undefined || read === undefined) {
      await this.#compare(signal);
      throw gone();
    }
    if (read.etag === former.etag) return [former, read.data];
    const before = state.seq;
    const entry = this.#take(state, read);
    await this.#save(state);
    this.#parts.onChanges(await this.#after(state, before, signal));
    if (entry.id !== id) throw gone();
    return [entry, read.data];
  }

  async #removeTask(former: StreamObject | undefined, signal: AbortSignal): Promise<WriteOutcome> {
    if (former === undefined) return { status: "applied", changes: [] };
    try {
      await this.#parts.remote.remove(former.name, former.etag, signal);
    } catch (error) {
      if (!(error instanceof DriveError && error.fault === "changed")) throw error;
      await this.#compare(signal);
      const state = await this.#opened();
      const current = state.objects.find(({ id }) => id === former.id);
      const [envelope] = current === undefined ? [] : await this.#envelopesOf([current], signal);
      return envelope === undefined
        ? { status: "applied", changes: [] }
        : { status: "conflict", current: envelope };
    }
    return this.#removed(former);
  }

  async #removed(former: StreamObject): Promise<WriteOutcome> {
    const removed = this.#forget(await this.#opened(), former);
    return { status: "applied", changes: removed === undefined ? [] : [this.#deletion(removed)] };
  }

  async #put(
    args: MutationArgs<"calendarObject.put">,
    former: StreamObject | undefined,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    const { scope, remote } = this.#parts;
    const reading = readObjectResource(args.data);
    if (!reading.ok)
      throw new AppError("badRequest", {
        title: "This event cannot be read",
        detail: reading.message,
        pointer: "args.data",
      });
    const { uid } = reading.facts;
    if (args.id !== calendarObjectKey(scope, uid))
      throw new AppError("badRequest", { title: "The id is not that of this event", pointer: "args.id" });
    if (former === undefined && args.baseRevision !== undefined) throw gone();
    if (former !== undefined && former.rev !== args.baseRevision)
      return this.#conflict(former, args.data, signal);
    const name = former?.name ?? nameOf(uid);
    try {
      const etag = await remote.put(name, args.data, former?.etag ?? null, signal);
      return await this.#written(name, etag === null ? undefined : { name, etag, data: args.data }, signal);
    } catch (error) {
      if (!(error instanceof DriveError && (error.fault === "changed" || error.fault === "exists")))
        throw error;
      await this.#compare(signal);
      const current = (await this.#opened()).objects.find(({ id }) => id === args.id);
      if (current === undefined) throw gone();
      return this.#conflict(current, args.data, signal);
    }
  }

  /** What stands says the same: it was this write, whose answer was lost. */
  async #conflict(current: StreamObject, data: string, signal: AbortSignal): Promise<WriteOutcome> {
    const [envelope] = await this.#envelopesOf([current], signal);
    if (envelope === undefined) throw gone();
    const { data: standing } = calendarObjectSchema.parse(envelope.data);
    return saysTheSame(standing, data)
      ? { status: "applied", changes: [envelope] }
      : { status: "conflict", current: envelope };
  }

  async #remove(
    args: MutationArgs<"calendarObject.remove">,
    former: StreamObject | undefined,
    signal: AbortSignal,
  ): Promise<WriteOutcome> {
    if (former === undefined) return { status: "applied", changes: [] };
    if (former.rev !== args.baseRevision) return this.#conflict(former, "", signal);
    try {
      await this.#parts.remote.remove(former.name, former.etag, signal);
    } catch (error) {
      if (!(error instanceof DriveError && error.fault === "changed")) throw error;
      await this.#compare(signal);
      const current = (await this.#opened()).objects.find(({ id }) => id === args.id);
      return current === undefined ? { status: "applied", changes: [] } : this.#conflict(current, "", signal);
    }
    return this.#removed(former);
  }

  /** A server that says no version of what it took may have written something else: it is read back. */
  async #written(name: string, object: RemoteObject | undefined, signal: AbortSignal): Promise<WriteOutcome> {
    const [standing] = object === undefined ? await this.#parts.remote.read([name], signal) : [object];
    const state = await this.#opened();
    const entry = standing === undefined ? undefined : this.#take(state, standing);
    if (standing === undefined || entry === undefined) throw gone();
    return { status: "applied", changes: this.#rowOf(state, entry, standing.data) };
  }

  async #compare(signal: AbortSignal): Promise<void> {
    const { remote, now, onChanges, onMore } = this.#parts;
    const state = await this.#opened();
    this.#begunAnew(state);
    const before = state.seq;
    this.#describe(state);
    const listing = await remote.list(state.token, signal);
    const fresh = listing.put.filter(
      ({ name, etag }) => this.#isAnew || this.#byName.get(name)?.etag !== etag,
    );
    const texts = await remote.read(
      fresh.map(({ name }) => name),
      signal,
    );
    const read = new Map(texts.map((text) => [text.name, text]));
    for (const named of fresh) {
      const text = read.get(named.name);
      if (text === undefined) this.#hide(state, named.name, named.etag);
      else this.#take(state, text);
    }
    const here = listing.isWhole ? new Set(listing.put.map(({ name }) => name)) : undefined;
    const removed =
      here === undefined ? listing.removed : [...this.#byName.keys()].filter((name) => !here.has(name));
    for (const name of removed) {
      const known = this.#byName.get(name);
      if (known !== undefined) this.#forget(state, known);
    }
    const isMoved = state.seq !== before || state.token !== listing.token;
    state.token = listing.token;
    if (isMoved) await this.#save(state);
    this.#comparedAtMs = now();
    this.#isAnew = false;
    if (this.#isOwing) {
      this.#isOwing = false;
      onMore(state.seq);
    } else if (state.seq !== before) onChanges(await this.#after(state, before, signal));
  }

  /** A new revision of one object. */
  #take(state: StreamContent, { name, etag, data }: RemoteObject): StreamObject {
    const reading = readObjectResource(data);
    const kind = reading.ok ? reading.facts.kind : "VEVENT";
    const uid = reading.ok && state.holds.includes(kind) ? reading.facts.uid : undefined;
    const keyOf = kind === "VTODO" ? remoteTaskId : calendarObjectKey;
    const id = uid === undefined ? null : keyOf(this.#parts.scope, uid);
    const isTwice = id !== null && state.objects.some((other) => other.id === id && other.name !== name);
    if (id === null || isTwice) return this.#hide(state, name, etag);
    const known = this.#byName.get(name);
    // Under the same name there is another event now.
    if (known !== undefined && known.id !== null && known.id !== id) this.#forget(state, known);
    const earlier = state.gone.find((one) => one.id === id);
    state.gone = state.gone.filter((one) => one.id !== id);
    if (kind === "VTODO") this.#label(state, data);
    state.seq += 1;
    const rev = Math.max(known?.id === id ? known.rev : 0, earlier?.rev ?? 0) + 1;
    this.#texts.set(name, data);
    return this.#keep(state, { name, etag, kind, id, rev, seq: state.seq, atMs: this.#parts.now() });
  }

  /** A category that was not known is one more label of the board. */
  #label(state: StreamContent, data: string): void {
    const seen = standingToDo(data)?.toDo.categories ?? [];
    const fresh = seen
      .filter((each) => !state.labels.includes(each))
      .slice(0, MOST_LABELS - state.labels.length);
    if (fresh.length === 0) return;
    state.labels = [...state.labels, ...fresh];
    this.#describe(state);
  }

  /** It is there, and cannot be shown. */
  #hide(state: StreamContent, name: string, etag: string): StreamObject {
    const known = this.#byName.get(name);
    if (known !== undefined && known.id !== null) this.#forget(state, known);
    state.seq += 1;
    const { seq } = state;
    return this.#keep(state, { name, etag, kind: "VEVENT", id: null, rev: 1, seq, atMs: this.#parts.now() });
  }

  #keep(state: StreamContent, object: StreamObject): StreamObject {
    const known = this.#byName.get(object.name);
    if (known === undefined) state.objects.push(object);
    else state.objects.splice(state.objects.indexOf(known), 1, object);
    this.#byName.set(object.name, object);
    return object;
  }

  #forget(state: StreamContent, object: StreamObject): StreamContent["gone"][number] | undefined {
    state.objects = state.objects.filter((one) => one !== object);
    this.#byName.delete(object.name);
    this.#texts.delete(object.name);
    if (object.id === null) return undefined;
    state.seq += 1;
    const removed = { kind: object.kind, id: object.id, rev: object.rev + 1, seq: state.seq };
    state.gone.push(removed);
    if (state.gone.length > MOST_GONE) state.floor = state.gone.shift()?.seq ?? state.floor;
    return removed;
  }

  #describe(state: StreamContent): void {
    const described = this.#parts.describe();
    const says = JSON.stringify({ ...described, labels: state.labels });
    if (state.calendar.says === says) return;
    state.seq += describingCount(described);
    state.calendar = { rev: state.calendar.rev + 1, seq: state.seq, says };
  }

  /** It holds something else than before: all of it is read again, and pages read it from the beginning. */
  #begunAnew(state: StreamContent): void {
    const { holds } = this.#parts.describe();
    if (holds.join() === state.holds.join()) return;
    state.holds = [...holds];
    state.epoch = randomUUID();
    state.token = null;
    this.#isAnew = true;
    this.#isOwing = true;
  }

  async #after(state: StreamContent, seq: number, signal: AbortSignal): Promise<Envelope[]> {
    const objects = state.objects.filter((object) => object.seq > seq);
    const calendar = state.calendar.seq > seq ? this.#describing(state) : [];
    // What a page without anything has never heard of needs not be taken from it.
    const removed =
      seq === 0 ? [] : state.gone.filter((one) => one.seq > seq).map((one) => this.#deletion(one));
    return [...calendar, ...removed, ...(await this.#envelopesOf(objects, signal))];
  }

  async #envelopesOf(objects: readonly StreamObject[], signal: AbortSignal): Promise<Envelope[]> {
    const state = await this.#opened();
    const missing = objects.filter(({ name, id }) => id !== null && !this.#texts.has(name));
    const texts = await this.#parts.remote.read(
      missing.map(({ name }) => name),
      signal,
    );
    for (const { name, data } of texts) this.#texts.set(name, data);
    return objects.flatMap((object) => this.#rowOf(state, object, this.#texts.get(object.name)));
  }

  /** What went since the comparison is told by the next one. */
  #rowOf(state: StreamContent, object: StreamObject, text: string | undefined): Envelope[] {
    return text === undefined ? [] : objectRow(object, text, this.#place(state));
  }

  #place({ labels }: StreamContent): TaskPlace {
    const { scope, personId, zone, describe } = this.#parts;
    return { scope, boardId: boardIdSchema.parse(describe().id), labels, personId: personId(), zone };
  }

  #deletion({ kind, id, rev, seq }: StreamContent["gone"][number]): Envelope {
    return {
      scope: this.#parts.scope,
      seq,
      collection: rowCollections[kind],
      id,
      rev,
      op: "delete",
      data: { id },
    };
  }

  #describing({ calendar: { rev, seq }, labels }: StreamContent): Envelope[] {
    const { scope, personId, describe } = this.#parts;
    return describingRows(describe(), { scope, personId: personId(), labels, rev, seq });
  }

  #seqOf(cursor: string, { epoch, floor }: StreamContent): number {
    const [of, text = ""] = cursor.split(".");
    const seq = /^\d+$/.test(text) ? Number(text) : -1;
    if (of !== epoch || seq < 0 || (seq > 0 && seq < floor))
      throw new AppError("cursorExpired", { title: "This calendar is read anew" });
    return seq;
  }

  async #opened(): Promise<StreamContent> {
    if (this.#state !== undefined) return this.#state;
    const read = structuredClone(await this.#parts.file.read());
    // Later than any number of an earlier life, so that a lost file is noticed.
    if (read.seq === 0) {
      read.seq = Math.floor(this.#parts.now() / 1000);
      read.holds = [...this.#parts.describe().holds];
    }
    for (const object of read.objects) this.#byName.set(object.name, object);
    this.#state = read;
    return read;
  }

  async #save(state: StreamContent): Promise<void> {
    await this.#parts.file.update(() => structuredClone(state));
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
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

/** Line for line, whatever the order, the folds and who wrote it: servers write objects in their own way. */
function saysTheSame(one: string, other: string): boolean {
  return linesOf(one) === linesOf(other);
}

function linesOf(text: string): string {
  const lines = text.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
  return lines
    .filter((line) => line !== "" && !/^PRODID[;:]/i.test(line))
    .toSorted()
    .join("\n");
}

function nameOf(uid: string): string {
  // What a server, a proxy or a disk would take amiss in a name is left to a hash.
  return /^[\w.@-]{1,120}$/.test(uid) && !uid.startsWith(".")
    ? `${uid}.ics`
    : `${naturalId("remoteName", uid)}.ics`;
}

function gone(): AppError {
  return new AppError("notFound", { title: "This is no longer here" });
}
