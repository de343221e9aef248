import { randomUUID } from "node:crypto";
import type { Envelope } from "#contract/envelope.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { boardIdSchema, calendarObjectKey, remoteTaskId, type PersonId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import type { Scope } from "#contract/scope.ts";
import type { RemoteObject } from "./remote-calendar.ts";
import type { StreamContent, StreamObject } from "./stream-file.ts";
import {
  describingCount,
  describingRows,
  objectRow,
  rowCollections,
  type DescribedCollection,
} from "./stream-rows.ts";
import { MOST_LABELS, standingToDo, type TaskPlace } from "./task-row.ts";

const MOST_GONE = 5000;

export interface StreamStateParts {
  scope: Scope;
  /** Whose account it stands in. */
  personId: () => PersonId;
  /** As pages are to see it. */
  describe: () => DescribedCollection;
  /** IANA zone of this machine. */
  zone: string;
  now: () => number;
}

type Gone = StreamContent["gone"][number];

/** What is known of one collection: its objects by name and by number, and the rows that pages have of them. */
export class StreamState {
  readonly content: StreamContent;
  /** Read in the last comparison, and not given to a page yet. */
  readonly texts = new Map<string, string>();
  readonly #parts: StreamStateParts;
  readonly #byName = new Map<string, StreamObject>();

  constructor(parts: StreamStateParts, kept: StreamContent) {
    this.#parts = parts;
    this.content = kept;
    // Later than any number of an earlier life, so that a lost file is noticed.
    if (kept.seq === 0) {
      kept.seq = Math.floor(parts.now() / 1000);
      kept.holds = [...parts.describe().holds];
    }
    for (const object of kept.objects) this.#byName.set(object.name, object);
  }

  get seq(): number {
    return this.content.seq;
  }

  find(id: string): StreamObject | undefined {
    return this.content.objects.find((object) => object.id === id);
  }

  named(name: string): StreamObject | undefined {
    return this.#byName.get(name);
  }

  names(): string[] {
    return [...this.#byName.keys()];
  }

  /** A new revision of one object. */
  take({ name, etag, data }: RemoteObject): StreamObject {
    const { content } = this;
    const reading = readObjectResource(data);
    const kind = reading.ok ? reading.facts.kind : "VEVENT";
    const uid = reading.ok && content.holds.includes(kind) ? reading.facts.uid : undefined;
    const keyOf = kind === "VTODO" ? remoteTaskId : calendarObjectKey;
    const id = uid === undefined ? null : keyOf(this.#parts.scope, uid);
    const isTwice = id !== null && content.objects.some((other) => other.id === id && other.name !== name);
    if (id === null || isTwice) return this.hide(name, etag);
    const known = this.#byName.get(name);
    // Under the same name there is another one now.
    if (known !== undefined && known.id !== null && known.id !== id) this.forget(known);
    const earlier = content.gone.find((one) => one.id === id);
    content.gone = content.gone.filter((one) => one.id !== id);
    if (kind === "VTODO") this.#label(data);
    content.seq += 1;
    const rev = Math.max(known?.id === id ? known.rev : 0, earlier?.rev ?? 0) + 1;
    this.texts.set(name, data);
    return this.#keep({ name, etag, kind, id, rev, seq: content.seq, atMs: this.#parts.now() });
  }

  /** It is there, and cannot be shown. */
  hide(name: string, etag: string): StreamObject {
    const known = this.#byName.get(name);
    if (known !== undefined && known.id !== null) this.forget(known);
    this.content.seq += 1;
    const { seq } = this.content;
    return this.#keep({ name, etag, kind: "VEVENT", id: null, rev: 1, seq, atMs: this.#parts.now() });
  }

  forget(object: StreamObject): Gone | undefined {
    const { content } = this;
    content.objects = content.objects.filter((one) => one !== object);
    this.#byName.delete(object.name);
    this.texts.delete(object.name);
    if (object.id === null) return undefined;
    content.seq += 1;
    const removed = { kind: object.kind, id: object.id, rev: object.rev + 1, seq: content.seq };
    content.gone.push(removed);
    if (content.gone.length > MOST_GONE) content.floor = content.gone.shift()?.seq ?? content.floor;
    return removed;
  }

  /** How it is described is another row when it is described otherwise. */
  describe(): void {
    const { content } = this;
    const described = this.#parts.describe();
    const says = JSON.stringify({ ...described, labels: content.labels });
    if (content.calendar.says === says) return;
    content.seq += describingCount(described);
    content.calendar = { rev: content.calendar.rev + 1, seq: content.seq, says };
  }

  /** Whether it holds something else than before: pages read it from the beginning then. */
  beginAnew(): boolean {
    const { content } = this;
    const { holds } = this.#parts.describe();
    if (holds.join() === content.holds.join()) return false;
    content.holds = [...holds];
    content.epoch = randomUUID();
    content.token = null;
    return true;
  }

  place(): TaskPlace {
    const { scope, personId, zone, describe } = this.#parts;
    const boardId = boardIdSchema.parse(describe().id);
    return { scope, boardId, labels: this.content.labels, personId: personId(), zone };
  }

  describing(): Envelope[] {
    const { scope, personId, describe } = this.#parts;
    const { calendar, labels } = this.content;
    const { rev, seq } = calendar;
    return describingRows(describe(), { scope, personId: personId(), labels, rev, seq });
  }

  /** What went since the comparison is told by the next one. */
  rowOf(object: StreamObject): Envelope[] {
    const text = this.texts.get(object.name);
    return text === undefined ? [] : objectRow(object, text, this.place());
  }

  deletion({ kind, id, rev, seq }: Gone): Envelope {
    const { scope } = this.#parts;
    return { scope, seq, collection: rowCollections[kind], id, rev, op: "delete", data: { id } };
  }

  /** Where a cursor stands. @throws AppError cursorExpired */
  seqOf(cursor: string): number {
    const { epoch, floor } = this.content;
    const [of, text = ""] = cursor.split(".");
    const seq = /^\d+$/.test(text) ? Number(text) : -1;
    if (of !== epoch || seq < 0 || (seq > 0 && seq < floor))
      throw new AppError("cursorExpired", { title: "This calendar is read anew" });
    return seq;
  }

  /** A category that was not known is one more label of the board. */
  #label(data: string): void {
    const { content } = this;
    const seen = standingToDo(data)?.toDo.categories ?? [];
    const unknown = seen.filter((each) => !content.labels.includes(each));
    const fresh = unknown.slice(0, MOST_LABELS - content.labels.length);
    if (fresh.length === 0) return;
    content.labels = [...content.labels, ...fresh];
    this.describe();
  }

  #keep(object: StreamObject): StreamObject {
    const { objects } = this.content;
    const known = this.#byName.get(object.name);
    if (known === undefined) objects.push(object);
    else objects.splice(objects.indexOf(known), 1, object);
    this.#byName.set(object.name, object);
    return object;
  }
}
