import { taskSchema, type Task } from "#contract/entities/task.ts";
import {
  boardIdSchema,
  createId,
  nextTaskId,
  ownBoardId,
  ownColumnId,
  taskIdSchema,
  type BoardId,
  type TaskId,
} from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { mutationOf, type Client } from "../client.ts";
import { expectEqual, expectFit, expectPresent, Skip } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { World } from "../world.ts";

interface Place {
  client: Client;
  scope: Scope;
  boardId: BoardId;
  todo: string;
  done: string;
}

/** A board of two columns in a space. @throws Skip without the module */
async function board(world: World): Promise<Place> {
  await requireModule(world);
  const { client } = await world.first();
  const { scope } = await world.space();
  const boardId = boardIdSchema.parse(createId());
  const [todo, done] = [createId(), createId()];
  const columns = [
    { id: todo, name: "À faire", meaning: "todo" as const, order: "a0" },
    { id: done, name: "Fait", meaning: "done" as const, order: "a1" },
  ];
  await client.apply("board.create", scope, { id: boardId, name: "Conformité", columns });
  return { client, scope, boardId, todo, done };
}

async function requireModule(world: World): Promise<void> {
  const { modules } = await world.capabilities();
  if (!modules.includes("tasks")) throw new Skip("the backend has no module tasks");
}

async function addTask({ client, scope, boardId, todo }: Place, more: object = {}): Promise<TaskId> {
  const id = taskIdSchema.parse(createId());
  await client.apply("task.create", scope, {
    id,
    boardId,
    columnId: todo,
    order: "a0",
    title: "Peindre",
    ...more,
  });
  return id;
}

async function taskIn({ client, scope }: Pick<Place, "client" | "scope">, id: string): Promise<Task> {
  const row = standingRows(await syncAll(client, scope)).get(`task ${id}`);
  const todo = "Write tasks as rows of their board's scope.";
  return expectFit(taskSchema, expectPresent(row, "the task's row", todo).data, "taskSchema");
}

const moveTo = ({ client, scope, boardId }: Place, id: TaskId, columnId: string, order = "a0") =>
  client.apply("task.move", scope, { id, boardId, columnId, order });

export const taskChecks = checks("tasks", "contract/entities/task.ts, contract/commands/tasks.ts", {
  "two fields changed by two both stand; of the same field the second conflicts": async (world) => {
    const place = await board(world);
    const id = await addTask(place);
    const change = (base: Record<string, unknown>, changes: Record<string, unknown>) =>
      mutationOf("task.update", place.scope, { id, base, changes });
    const results = await place.client.mutate(
      change({ title: "Peindre" }, { title: "Laquer" }),
      change({ dueAt: null }, { dueAt: "2030-01-07" }),
      change({ title: "Peindre" }, { title: "Vernir" }),
    );
    expectEqual(
      results.map(({ status }) => status),
      ["applied", "applied", "conflict"],
      "Compare each field with what was seen of it (base): only the same field conflicts.",
    );
    const { title, dueAt } = await taskIn(place, id);
    expectEqual([title, dueAt], ["Laquer", "2030-01-07"], "A conflict changes nothing.");
  },
  "moves never conflict: the last one decides, and changes nothing else": async (world) => {
    const place = await board(world);
    const id = await addTask(place);
    await moveTo(place, id, place.todo, "a7");
    await moveTo(place, id, place.todo, "a3");
    const { order, title } = await taskIn(place, id);
    expectEqual([order, title], ["a3", "Peindre"], "A move writes column and key, whatever they were.");
  },
  "a task is done while it stands in a column that means done": async (world) => {
    const place = await board(world);
    const id = await addTask(place);
    await moveTo(place, id, place.done);
    const { personId } = await world.first();
    const finished = await taskIn(place, id);
    expectEqual(finished.done?.personId, personId, "Set `done` when a task enters such a column.");
    await moveTo(place, id, place.todo);
    const { done } = await taskIn(place, id);
    expectEqual(done ?? null, null, "Clear `done` when it leaves it.");
  },
  "finished, what recurs is there once more, due at the next time": async (world) => {
    const place = await board(world);
    const recurrence = { rule: "FREQ=WEEKLY;COUNT=2" };
    const id = await addTask(place, { dueAt: "2035-01-01", recurrence });
    await moveTo(place, id, place.done);
    await moveTo(place, id, place.todo);
    await moveTo(place, id, place.done);
    const { dueAt } = await taskIn(place, nextTaskId(id));
    expectEqual(dueAt, "2035-01-08", "The next one has the id nextTaskId and is due as the rule says.");
    await moveTo(place, nextTaskId(id), place.done);
    const rows = standingRows(await syncAll(place.client, place.scope));
    const third = rows.has(`task ${nextTaskId(nextTaskId(id))}`);
    expectEqual(third, false, "COUNT counts down: after the last one there is none.");
  },
  "a column that is removed sends its tasks on, and what comes late goes to the first": async (world) => {
    const place = await board(world);
    const { client, scope, boardId, todo, done } = place;
    const id = await addTask(place);
    await client.apply("boardColumn.remove", scope, { id: todo, boardId, intoId: done });
    expectEqual((await taskIn(place, id)).columnId, done, "Tasks go into the column that is named.");
    await moveTo(place, id, todo);
    expectEqual((await taskIn(place, id)).columnId, done, "A column that is gone stands for the first one.");
  },
  "everybody's own board begins with the first task on it": async (world) => {
    await requireModule(world);
    const { client, personId, ownScope: scope } = await world.first();
    const boardId = ownBoardId(personId);
    const columnId = ownColumnId(personId, "todo");
    const id = taskIdSchema.parse(createId());
    await client.apply("task.create", scope, { id, boardId, columnId, order: "a0", title: "Pour moi" });
    const rows = standingRows(await syncAll(client, scope));
    expectPresent(
      rows.get(`board ${boardId}`),
      "the row of the board",
      "Make the board with its first task.",
    );
    for (const meaning of ["todo", "doing", "done"] as const)
      expectPresent(
        rows.get(`boardColumn ${ownColumnId(personId, meaning)}`),
        `its column ${meaning}`,
        "Make its columns with the ids ownColumnId.",
      );
    await client.apply("task.archive", scope, { id });
    await client.apply("task.remove", scope, { id });
  },
  "a key that is none, a circle and a start after the due day are refused": async (world) => {
    const place = await board(world);
    const first = await addTask(place);
    const second = await addTask(place, { blockedBy: [first] });
    const { client, scope, boardId, todo } = place;
    const results = await client.mutate(
      mutationOf("task.move", scope, { id: first, boardId, columnId: todo, order: "a00" }),
      mutationOf("task.update", scope, { id: first, base: {}, changes: { blockedBy: [second] } }),
      mutationOf("task.update", scope, {
        id: first,
        base: {},
        changes: { startAt: "2030-02-01", dueAt: "2030-01-01" },
      }),
    );
    expectEqual(
      results.map(({ status }) => status),
      ["rejected", "rejected", "rejected"],
      "Refuse for good what cannot be: it is never tried again.",
    );
  },
});
