import { isoTimeSchema, toIsoTime } from "#contract/time.ts";
import type { Board, BoardColumn, Task } from "#contract/entities/task.ts";
import { ownBoardId, type PersonId } from "#contract/ids.ts";
import { personScope, scopeSchema, type Scope } from "#contract/scope.ts";
import type { BoardSummary, PlacedTask, TaskView } from "#contract/views/tasks.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { Briefs } from "../briefs.ts";
import { findMessage } from "../find-message.ts";
import { fold } from "../fold.ts";
import { tasksKey } from "../outbox.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { TaskOverlay, type LaidTask } from "../task-overlay.ts";
import { placeRights, type PlaceRights } from "./place-rights.ts";

/** Views that were made of tasks that have not changed since: most of a board does not when one card moves. */
export type TaskMemory = WeakMap<Task, { stamp: string; view: TaskView }>;

interface TaskSources {
  context: QueryContext;
  reader: Reader;
  memory: TaskMemory;
  /** Without what was done to each task: a list of thousands does not show it. */
  isBrief?: boolean;
}

/** The boards and tasks of one place, as their reader sees them. */
export class TaskPlace {
  readonly rights: PlaceRights;
  readonly overlay: TaskOverlay;
  readonly people = new Set<PersonId>();
  readonly #context: QueryContext;
  readonly #reader: Reader;
  readonly #memory: TaskMemory;
  readonly #isBrief: boolean;
  readonly #parts = new Map<string, { done: number; all: number }>();

  constructor(
    { context, reader, memory, isBrief = false }: TaskSources,
    rights: PlaceRights,
    overlay: TaskOverlay,
  ) {
    this.#context = context;
    this.#reader = reader;
    this.#memory = memory;
    this.#isBrief = isBrief;
    this.rights = rights;
    this.overlay = overlay;
    for (const { task } of overlay.tasks.values()) {
      if (task.parentId === undefined || task.archivedAt !== undefined) continue;
      const parts = this.#parts.get(task.parentId) ?? { done: 0, all: 0 };
      parts.all += 1;
      if (task.done !== undefined) parts.done += 1;
      this.#parts.set(task.parentId, parts);
    }
  }

  /** On a board that is open: neither put away nor a template. */
  isUsed({ task }: LaidTask): boolean {
    const board = this.overlay.boards.get(task.boardId);
    const isOpen = board !== undefined && board.archivedAt === undefined;
    return isOpen && task.archivedAt === undefined && task.isTemplate !== true;
  }

  async view(laid: LaidTask, sort: string): Promise<TaskView> {
    const { task, pending, refused } = laid;
    const { createdBy, assigneeIds = [], watcherIds = [], done } = task;
    this.people.add(createdBy);
    for (const id of [...assigneeIds, ...watcherIds]) this.people.add(id);
    if (done !== undefined) this.people.add(done.personId);
    if (!this.#isBrief) for (const { personId } of task.activity ?? []) this.people.add(personId);
    const meaning = this.overlay.columnOf(task)?.meaning ?? "todo";
    const facts = {
      meaning,
      isLate: this.isLate(task),
      openBlockers: this.#openBlockers(task),
      parts: this.#parts.get(task.id) ?? { done: 0, all: 0 },
      comments: await this.comments(task),
      canWrite: this.canWrite(task),
    };
    const stamp = JSON.stringify([facts, sort, pending, refused.map(({ mutationId }) => mutationId)]);
    const known = this.#memory.get(task);
    if (known?.stamp === stamp) return known.view;
    const { scope } = this.rights;
    const told = this.#isBrief ? withoutActivity(task) : task;
    const view: TaskView = {
      key: task.id,
      sort,
      scope,
      task: told,
      ...facts,
      pending,
      refused: [...refused],
    };
    this.#memory.set(task, { stamp, view });
    return view;
  }

  async placed(laid: LaidTask, sort: string): Promise<PlacedTask> {
    const { task } = laid;
    const board = this.overlay.boards.get(task.boardId);
    return {
      ...(await this.view(laid, sort)),
      place: {
        boardId: task.boardId,
        boardName: board?.name ?? "",
        accountName: board?.remote?.accountName ?? null,
        space: this.space(),
        columnName: this.overlay.columnOf(task)?.name ?? "",
      },
    };
  }

  space(): PlacedTask["place"]["space"] {
    const { space } = this.rights;
    return space === null ? null : { id: space.id, name: space.name, emoji: space.emoji ?? "" };
  }

  canWrite(task: Task): boolean {
    const { canWrite, isGuest, me } = this.rights;
    const isTheirs = task.createdBy === me || task.assigneeIds?.includes(me) === true;
    if (this.overlay.boards.get(task.boardId)?.remote?.canWrite === false) return false;
    return canWrite && (!isGuest || isTheirs);
  }

  /** Until the end of its day where the reader is, or its time. */
  isLate({ dueAt, done }: Task): boolean {
    return dueAt !== undefined && done === undefined && this.#reader.isPast(endOf(dueAt));
  }

  summary(board: Board): BoardSummary {
    const { rights, overlay } = this;
    const { role, scope, canWrite, canRun, isGuest, me } = rights;
    const counts = { open: 0, late: 0, archived: 0 };
    for (const { task } of overlay.tasks.values()) {
      if (task.boardId !== board.id || task.isTemplate === true) continue;
      if (task.archivedAt !== undefined) counts.archived += 1;
      else if (task.done === undefined) {
        counts.open += 1;
        if (this.isLate(task)) counts.late += 1;
      }
    }
    const isOpen = canWrite && board.archivedAt === undefined && board.remote?.canWrite !== false;
    const isOwn = board.id === ownBoardId(me);
    return {
      key: board.id,
      sort: `${this.#sortOf(board, isOwn)}~${fold(board.name)}~${board.id}`,
      scope,
      board,
      space: this.space(),
      role,
      ...counts,
      canWrite: isOpen,
      // What lies elsewhere is arranged there.
      canArrange: isOpen && !isGuest && board.remote === undefined,
      canRun:
        board.remote === undefined && (canRun || (canWrite && !isGuest && board.createdBy === me)) && !isOwn,
      pending: overlay.boardPending.get(board.id) ?? null,
      ...this.#reader.keptness(scope),
    };
  }

  /** The reader's own, then those of spaces, then what lies elsewhere. */
  #sortOf({ remote }: Board, isOwn: boolean): string {
    const { space } = this.rights;
    if (remote !== undefined) return `2~${fold(remote.accountName)}~${remote.accountId}`;
    return space === null ? `0${isOwn ? "0" : "1"}` : `1~${fold(space.name)}`;
  }

  #openBlockers({ blockedBy = [] }: Task): number {
    return blockedBy.filter((id) => {
      const task = this.overlay.tasks.get(id)?.task;
      return task !== undefined && task.done === undefined && task.archivedAt === undefined;
    }).length;
  }

  /** As far as the beginning of the thread is here. */
  async comments({ discussion }: Task): Promise<number> {
    if (discussion === undefined) return 0;
    const { conversationId, threadId } = discussion;
    const root = await findMessage(this.#context, this.#reader, { conversationId, messageId: threadId });
    return root?.replyCount ?? 0;
  }
}

function withoutActivity({ activity: _activity, ...task }: Task): Task {
  return task;
}

/** The moment at which a due day or time is over. */
function endOf(dueAt: string) {
  const time = isoTimeSchema.safeParse(dueAt);
  if (time.success) return time.data;
  const [year = 0, month = 1, day = 1] = dueAt.split("-").map(Number);
  return toIsoTime(new Date(year, month - 1, day + 1).getTime());
}

/** Undefined for what is somebody else's. */
export async function openTasks(
  context: QueryContext,
  reader: Reader,
  {
    scope,
    me,
    memory,
    isBrief = false,
  }: { scope: Scope; me: PersonId; memory: TaskMemory; isBrief?: boolean },
): Promise<TaskPlace | undefined> {
  const rights = await placeRights(reader, scope, me);
  if (rights === undefined) return undefined;
  const rows = {
    boards: await reader.rows(scope, "board"),
    columns: await reader.rows(scope, "boardColumn"),
    tasks: await reader.rows(scope, "task"),
  };
  const entries = reader.pending(tasksKey(scope));
  return new TaskPlace({ context, reader, memory, isBrief }, rights, new TaskOverlay(rows, entries, me));
}

/** Every place that has boards, the reader's own first: of spaces those of which they are members. */
export async function openAllTasks(
  context: QueryContext,
  reader: Reader,
  { me, memory }: { me: PersonId; memory: TaskMemory },
): Promise<TaskPlace[]> {
  const scopes = new Set<Scope>([personScope(me)]);
  for (const { scope } of await reader.everywhere("board")) scopes.add(scopeSchema.parse(scope));
  for (const { mutation } of reader.allPending())
    if (mutation.name === "board.create") scopes.add(mutation.scope);
  const places: TaskPlace[] = [];
  for (const scope of scopes) {
    const place = await openTasks(context, reader, { scope, me, memory });
    if (place !== undefined && (place.rights.space === null || place.rights.role !== null))
      places.push(place);
  }
  return places;
}

/** In the order of a board: column, key, id. What parts them comes before every letter of a key: `a1` before `a1V`. */
export function boardSort(columns: readonly BoardColumn[], task: Task): string {
  const index = columns.findIndex(({ id }) => id === task.columnId);
  return `${String(Math.max(0, index)).padStart(3, "0")} ${task.order} ${task.id}`;
}

/** By due time, then priority, then the latest first made. */
export function dueSort({ dueAt, priority, createdAt, id }: Task): string {
  const rank = { urgent: 0, high: 1, normal: 2, low: 3 }[priority ?? "normal"];
  return `${dueAt ?? "9999"}~${rank}~${createdAt}~${id}`;
}

export async function peopleIn(
  reader: Reader,
  ids: Iterable<PersonId>,
): Promise<Record<string, PersonBrief>> {
  const briefs = new Briefs(reader);
  const found: Record<string, PersonBrief> = {};
  for (const id of ids) found[id] = await briefs.get(id);
  return found;
}
