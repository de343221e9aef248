import type { CalendarComponent } from "#contract/calendar-accounts.ts";
import { calendarSchema, type CalendarObjectRow } from "#contract/entities/calendar.ts";
import { boardColumnSchema, boardSchema, type LabelColour } from "#contract/entities/task.ts";
import type { Envelope } from "#contract/envelope.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import {
  boardIdSchema,
  remoteColumnId,
  type BoardId,
  type CalendarId,
  type CalendarObjectId,
  type PersonId,
} from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { StreamObject } from "./stream-file.ts";
import { labelsOf, standingToDo, taskOf, type TaskPlace } from "./task-row.ts";

/** A collection of a server as pages are to see it. */
export interface DescribedCollection {
  id: string;
  name: string;
  colour: LabelColour;
  holds: readonly CalendarComponent[];
  account: { id: string; name: string; isSubscription: boolean };
  canWrite: boolean;
}

export const rowCollections = { VEVENT: "calendarObject", VTODO: "task" } as const;

/** Interfaces say the names of columns in their language. */
const columns = [
  { meaning: "todo", name: "À faire", order: "a0" },
  { meaning: "doing", name: "En cours", order: "a1" },
  { meaning: "done", name: "Terminé", order: "a2" },
] as const;

interface Told {
  scope: Scope;
  personId: PersonId;
  labels: readonly string[];
  rev: number;
  /** Of the last of them: each has a number of its own. */
  seq: number;
}

/** How many numbers `describingRows` takes. */
export function describingCount({ holds }: Pick<DescribedCollection, "holds">): number {
  return (holds.includes("VEVENT") ? 1 : 0) + (holds.includes("VTODO") ? 1 + columns.length : 0);
}

/** The calendar and the board, as far as there are such. */
export function describingRows(described: DescribedCollection, told: Told): Envelope[] {
  const { id, name, colour, holds, account, canWrite } = described;
  const { scope, personId, labels, rev, seq } = told;
  const made = { createdBy: personId, createdAt: toIsoTime(0) };
  const remote = { accountId: account.id, accountName: account.name, canWrite };
  const rows: Envelope[] = [];
  const first = seq - describingCount(described) + 1;
  const add = (collection: string, rowId: string, data: Envelope["data"]) =>
    rows.push({ scope, seq: first + rows.length, collection, id: rowId, rev, op: "put", data });
  if (holds.includes("VEVENT")) {
    const { isSubscription } = account;
    const calendar = { id, name, colour, kind: "remote", remote: { ...remote, isSubscription }, ...made };
    add("calendar", id, calendarSchema.parse(calendar));
  }
  if (holds.includes("VTODO")) {
    const boardId = boardIdSchema.parse(id);
    const shown = labels.length === 0 ? {} : { labels: labelsOf({ scope, labels }) };
    add("board", id, boardSchema.parse({ id, name, remote, ...shown, ...made }));
    for (const column of columns) {
      const columnId = remoteColumnId(boardId, column.meaning);
      add("boardColumn", columnId, boardColumnSchema.parse({ ...column, id: columnId, boardId }));
    }
  }
  return rows;
}

/** The row of one object; none where it cannot be shown. */
export function objectRow(object: StreamObject, text: string, place: TaskPlace): Envelope[] {
  const { id, rev, seq, atMs, kind } = object;
  if (id === null) return [];
  const envelope = { scope: place.scope, seq, collection: rowCollections[kind], id, rev, op: "put" as const };
  if (kind === "VTODO") {
    const standing = standingToDo(text);
    return standing === undefined ? [] : [{ ...envelope, data: taskOf(standing, place, atMs) }];
  }
  const data = eventRow(object, text, place);
  return data === undefined ? [] : [{ ...envelope, data }];
}

function eventRow(
  { id, rev, atMs }: StreamObject,
  text: string,
  { boardId, personId }: { boardId: BoardId; personId: PersonId },
): CalendarObjectRow | undefined {
  const reading = readObjectResource(text);
  if (!reading.ok) return undefined;
  const { uid, kind, summary, startsMs, endsMs, hasRecurrence } = reading.facts;
  const at = toIsoTime(atMs);
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made by calendarObjectKey
    id: id as CalendarObjectId,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one id for the collection, as calendar and as board
    calendarId: boardId as string as CalendarId,
    data: text,
    uid,
    kind,
    hasRecurrence,
    ...(summary === undefined ? {} : { summary }),
    ...(startsMs === undefined ? {} : { startsAt: toIsoTime(startsMs) }),
    ...(endsMs === undefined ? {} : { endsAt: toIsoTime(endsMs) }),
    attendeeIds: [],
    revision: rev,
    createdBy: personId,
    createdAt: at,
    modifiedAt: at,
  };
}
