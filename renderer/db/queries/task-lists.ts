import type { Task } from "#contract/entities/task.ts";
import { isoTimeSchema } from "#contract/time.ts";
import type { PersonId } from "#contract/ids.ts";
import type { MyTaskGroup } from "#contract/views/tasks.ts";
import type { QueryArgs, QueryItem } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { MINUTE_STREAM } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { wordsOf } from "./document-words.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";
import { dueSort, openAllTasks, openTasks, peopleIn, type TaskMemory } from "./task-place.ts";

/** What the reader has to do, and what they wait for, across all boards. */
export function createMyTasksQuery(context: QueryContext): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  return personalQuery(context, { items: [], info: { people: {} } }, async (reader, me) => {
    const items: QueryItem<"myTasks">[] = [];
    const people = new Set<PersonId>();
    // Days begin and end.
    reader.watch(MINUTE_STREAM);
    const today = dayHere(new Date(reader.now()));
    for (const place of await openAllTasks(context, reader, { me, memory })) {
      for (const laid of place.overlay.tasks.values()) {
        const { task } = laid;
        if (task.done !== undefined || !place.isUsed(laid)) continue;
        const group = groupOf(task, {
          me,
          isOwn: place.rights.space === null,
          today,
          isLate: place.isLate(task),
        });
        if (group !== null) items.push({ ...(await place.placed(laid, dueSort(task))), group });
      }
      for (const id of place.people) people.add(id);
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: { people: await peopleIn(reader, people) } };
  });
}

/** Null for what is not the reader's. */
function groupOf(
  task: Task,
  { me, isOwn, today, isLate }: { me: PersonId; isOwn: boolean; today: string; isLate: boolean },
): MyTaskGroup | null {
  const { assigneeIds = [], createdBy, dueAt } = task;
  const isMine = assigneeIds.includes(me) || (assigneeIds.length === 0 && isOwn);
  if (!isMine) return createdBy === me && assigneeIds.length > 0 ? "waiting" : null;
  if (dueAt === undefined) return "noDate";
  if (isLate) return "late";
  const day = isoTimeSchema.safeParse(dueAt).success ? dayHere(new Date(dueAt)) : dueAt;
  if (day <= today) return "today";
  return day <= dayAfter(today, 7) ? "week" : "later";
}

/** `2026-11-23` where the reader is. */
function dayHere(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0")).join("-");
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function createArchivedTasksQuery(
  context: QueryContext,
  { scope, boardId }: QueryArgs<"archivedTasks">,
): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  return personalQuery(context, { items: [], info: { people: {} } }, async (reader, me) => {
    const place = await openTasks(context, reader, { scope, me, memory });
    if (place === undefined) return { items: [], info: { people: {} } };
    const items: QueryItem<"archivedTasks">[] = [];
    for (const laid of place.overlay.tasks.values()) {
      const { boardId: on, archivedAt, id } = laid.task;
      if (on === boardId && archivedAt !== undefined)
        items.push(await place.view(laid, `${newestFirst(archivedAt)}~${id}`));
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items, info: { people: await peopleIn(reader, place.people) } };
  });
}

export function createTaskSearchQuery(
  context: QueryContext,
  { text, scope, limit }: QueryArgs<"taskSearch">,
): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  const wanted = wordsOf(text).map((word) => ` ${word}`);
  return personalQuery(context, NOTHING, async (reader, me) => {
    const items: QueryItem<"taskSearch">[] = [];
    for (const place of await openAllTasks(context, reader, { me, memory })) {
      if (scope !== undefined && place.rights.scope !== scope) continue;
      for (const laid of place.overlay.tasks.values()) {
        const words = ` ${wordsOf(laid.task.title).join(" ")}`;
        if (!place.isUsed(laid) || !wanted.every((word) => words.includes(word))) continue;
        const { done } = laid.task;
        items.push(await place.placed(laid, `${done === undefined ? 0 : 1}~${dueSort(laid.task)}`));
      }
    }
    items.sort((a, b) => (a.sort < b.sort ? -1 : 1));
    return { items: items.slice(0, limit), info: {} };
  });
}
