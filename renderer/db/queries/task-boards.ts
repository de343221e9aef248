import { personScope, spaceScope } from "#contract/scope.ts";
import { savedItemId } from "#contract/ids.ts";
import type { BoardSummary, TaskView } from "#contract/views/tasks.ts";
import type { QueryArgs, QueryInfo } from "#contract/worker.ts";
import { fold } from "../fold.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { byOrder } from "../task-overlay.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";
import {
  boardSort,
  openAllTasks,
  openTasks,
  peopleIn,
  type TaskMemory,
  type TaskPlace,
} from "./task-place.ts";

export function createBoardsQuery(context: QueryContext, { spaceId }: QueryArgs<"boards">): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  return personalQuery(context, NOTHING, async (reader, me) => {
    const places =
      spaceId === undefined
        ? await openAllTasks(context, reader, { me, memory })
        : [await openTasks(context, reader, { scope: spaceScope(spaceId), me, memory })];
    const items: BoardSummary[] = [];
    for (const place of places)
      if (place !== undefined)
        for (const board of place.overlay.boards.values()) items.push(place.summary(board));
    return { items: items.toSorted(bySort), info: {} };
  });
}

export function createBoardQuery(context: QueryContext, { scope, boardId }: QueryArgs<"board">): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  const empty = { items: [], info: { summary: null, columns: [], templates: [], people: {} } };
  return personalQuery(context, empty, async (reader, me) => {
    const place = await openTasks(context, reader, { scope, me, memory, isBrief: true });
    const board = place?.overlay.boards.get(boardId);
    if (place === undefined || board === undefined) return empty;
    const columns = [...place.overlay.columnsOf(boardId)];
    const items: TaskView[] = [];
    const templates: TaskView[] = [];
    for (const laid of place.overlay.tasks.values()) {
      const { task } = laid;
      if (task.boardId !== boardId || task.parentId !== undefined) continue;
      if (task.archivedAt !== undefined) continue;
      if (task.isTemplate === true) {
        templates.push(await place.view(laid, fold(task.title)));
        continue;
      }
      items.push(await place.view(laid, boardSort(columns, task)));
    }
    items.sort(bySort);
    templates.sort(bySort);
    const people = await peopleIn(reader, place.people);
    return { items, info: { summary: place.summary(board), columns, templates, people } };
  });
}

function bySort(a: { sort: string }, b: { sort: string }): number {
  return a.sort < b.sort ? -1 : 1;
}

type Info = QueryInfo<"task">;

const NOBODY: Info = {
  task: null,
  board: null,
  columns: [],
  parent: null,
  blockers: [],
  blocks: [],
  people: {},
  isWatched: false,
  remindAt: null,
  discussion: null,
};

/** One task with all that is known of it. */
export function createTaskQuery(context: QueryContext, { scope, taskId }: QueryArgs<"task">): LiveQuery {
  const memory: TaskMemory = new WeakMap();
  return personalQuery(context, { items: [], info: NOBODY }, async (reader, me) => {
    const place = await openTasks(context, reader, { scope, me, memory });
    const laid = place?.overlay.tasks.get(taskId);
    if (place === undefined || laid === undefined) return { items: [], info: NOBODY };
    const { task } = laid;
    const board = place.overlay.boards.get(task.boardId);
    const viewsOf = async (ids: Iterable<string>) => {
      const views: TaskView[] = [];
      for (const id of ids) {
        const other = place.overlay.tasks.get(id);
        if (other !== undefined) views.push(await place.view(other, ""));
      }
      return views;
    };
    const all = [...place.overlay.tasks.values()].map((each) => each.task);
    const waiting = all.filter(({ blockedBy }) => blockedBy?.includes(taskId) === true);
    const parts = all.filter(({ parentId, archivedAt }) => parentId === taskId && archivedAt === undefined);
    const items: TaskView[] = [];
    for (const part of parts.toSorted(byOrder)) {
      const own = place.overlay.tasks.get(part.id);
      if (own !== undefined) items.push(await place.view(own, `${part.order} ${part.id}`));
    }
    const [parent] = await viewsOf(task.parentId === undefined ? [] : [task.parentId]);
    const saved = await reader.row(personScope(me), "savedItem", savedItemId(me, taskId));
    const info: Info = {
      task: await place.placed(laid, ""),
      board: board === undefined ? null : place.summary(board),
      columns: [...place.overlay.columnsOf(task.boardId)],
      parent: parent ?? null,
      blockers: await viewsOf(task.blockedBy ?? []),
      blocks: await viewsOf(waiting.map(({ id }) => id)),
      people: await peopleIn(reader, place.people),
      isWatched: task.watcherIds?.includes(me) === true,
      remindAt:
        saved?.remindedAt === undefined && saved?.doneAt === undefined ? (saved?.remindAt ?? null) : null,
      discussion: await discussionOf(reader, place, task),
    };
    return { items, info };
  });
}

async function discussionOf(
  reader: Reader,
  place: TaskPlace,
  task: TaskView["task"],
): Promise<Info["discussion"]> {
  if (task.discussion === undefined) return null;
  const { conversationId, threadId } = task.discussion;
  const follow = await reader.row(personScope(place.rights.me), "follow", threadId);
  return {
    conversationId,
    threadId,
    comments: await place.comments(task),
    isFollowed: follow?.isFollowed ?? false,
  };
}
