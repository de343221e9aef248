import { generateNKeysBetween } from "fractional-indexing";
import { boardColumnSchema, boardSchema, taskSchema, type Task } from "#contract/entities/task.ts";
import { naturalId, ownBoardId, ownColumnId, type PersonId } from "#contract/ids.ts";
import { personScope, spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { demoBoards, type BoardScript } from "./boards-data.ts";
import { demoPersonId } from "./people.ts";
import { putRow } from "./put-row.ts";
import { demoSpaceId } from "./workplace.ts";

const DAY_MS = 86_400_000;

/** Boards of spaces and of the demonstration's own person. */
export function createBoards(nowMs: number): RowWrite[] {
  return demoBoards.flatMap((board) => rowsOf(board, nowMs));
}

function rowsOf(script: BoardScript, nowMs: number): RowWrite[] {
  const { key, space, by } = script;
  const me = demoPersonId(by);
  const scope = space === null ? personScope(me) : spaceScope(demoSpaceId(space));
  const boardId = space === null ? ownBoardId(me) : naturalId("demo", "board", key);
  const labels = Object.entries(script.labels).map(([name, colour]) => ({
    id: naturalId("demo", "label", key, name),
    name,
    colour,
  }));
  const board = {
    id: boardId,
    name: script.name,
    ...(script.emoji === "" ? {} : { emoji: script.emoji }),
    ...(labels.length === 0 ? {} : { labels }),
    createdBy: me,
    createdAt: toIsoTime(nowMs - 90 * DAY_MS),
  };
  const columns = script.script.split("== ").slice(1);
  const orders = generateNKeysBetween(null, null, columns.length);
  const rows = [putRow(scope, "board", boardSchema.parse(board))];
  for (const [index, text] of columns.entries()) {
    const [head = "", ...lines] = text.trim().split("\n");
    const found = /^(.+) \((todo|doing|done)(?:, limit (\d+))?\)$/u.exec(head);
    const meaning = found?.[2];
    if (meaning !== "todo" && meaning !== "doing" && meaning !== "done")
      throw new Error(`no column: ${head}`);
    const columnId = space === null ? ownColumnId(me, meaning) : naturalId("demo", "column", key, head);
    const limit = found?.[3] === undefined ? {} : { limit: Number(found[3]) };
    const column = { id: columnId, boardId, name: found?.[1], meaning, ...limit, order: orders[index] };
    rows.push(putRow(scope, "boardColumn", boardColumnSchema.parse(column)));
    const keys = generateNKeysBetween(null, null, lines.length);
    for (const [place, line] of lines.entries()) {
      const at = { key, boardId, columnId, order: keys[place] ?? "a0", isDone: meaning === "done" };
      rows.push(putRow(scope, "task", taskOf(line, { ...at, by: me, nowMs })));
    }
  }
  return rows;
}

interface At {
  key: string;
  boardId: string;
  columnId: string;
  order: string;
  isDone: boolean;
  by: PersonId;
  nowMs: number;
}

function taskOf(line: string, at: At): Task {
  const [title = "", marks = ""] = line.split(" | ");
  const { key, boardId, columnId, order, isDone, by, nowMs } = at;
  const assigneeIds = Array.from(marks.matchAll(/@(\w+)/gu), ([, handle = ""]) => demoPersonId(handle));
  const labelIds = Array.from(marks.matchAll(/#([\p{L}]+)/gu), ([, name = ""]) =>
    naturalId("demo", "label", key, name),
  );
  const due = /(?:^| )([+-]\d+)(?: (\d\d):(\d\d))?/u.exec(marks);
  const estimate = /~(\d+)/u.exec(marks)?.[1];
  const ticks = /\[(\d+)\/(\d+)\]/u.exec(marks);
  const rule = /every (\S+)/u.exec(marks)?.[1];
  const madeMs = nowMs - 20 * DAY_MS;
  const day = due === null ? nowMs : nowMs + Number(due[1]) * DAY_MS;
  const [doneBy = by] = assigneeIds;
  return taskSchema.parse({
    id: naturalId("demo", "task", key, title),
    boardId,
    columnId,
    order,
    title,
    ...(assigneeIds.length === 0 ? {} : { assigneeIds, watcherIds: [by, ...assigneeIds] }),
    ...(due === null
      ? {}
      : { dueAt: due[2] === undefined ? dayOf(day) : atClock(day, due[2], due[3] ?? "00") }),
    ...(marks.includes("!!") ? { priority: "urgent" } : marks.includes("!") ? { priority: "high" } : {}),
    ...(labelIds.length === 0 ? {} : { labelIds }),
    ...(estimate === undefined ? {} : { estimateMinutes: Number(estimate) }),
    ...(ticks === null ? {} : { checklist: checklistOf(key, title, Number(ticks[1]), Number(ticks[2])) }),
    ...(rule === undefined ? {} : { recurrence: { rule, zone: "Europe/Paris" } }),
    createdBy: by,
    createdAt: toIsoTime(madeMs),
    ...(isDone ? { done: { at: toIsoTime(Math.min(day, nowMs - DAY_MS)), personId: doneBy } } : {}),
    activity: [{ personId: by, at: toIsoTime(madeMs), what: "created" }],
  });
}

const steps = [
  "Prévenir le collège",
  "Préparer le matériel",
  "Se rendre sur place",
  "Tester avec un agent",
  "Photographier",
  "Compléter l’inventaire",
  "Mettre à jour la procédure",
  "Clore le ticket",
];

function checklistOf(key: string, title: string, ticked: number, count: number) {
  const orders = generateNKeysBetween(null, null, count);
  return orders.map((order, index) => ({
    id: naturalId("demo", "item", key, title, String(index)),
    text: steps[index] ?? `Étape ${index + 1}`,
    isDone: index < ticked,
    order,
  }));
}

function dayOf(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: "Europe/Paris" }).format(ms);
}

/** Winter time all year is exact enough for a made-up task. */
function atClock(ms: number, hours: string, minutes: string): string {
  return toIsoTime(Date.parse(`${dayOf(ms)}T${hours}:${minutes}:00+01:00`));
}
