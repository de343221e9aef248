import { generateKeyBetween } from "fractional-indexing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { taskSchema, type Task } from "#contract/entities/task.ts";
import {
  boardIdSchema,
  createId,
  nextTaskId,
  ownBoardId,
  ownColumnId,
  taskIdSchema,
  tasksChannelId,
  type BoardId,
  type SpaceId,
  type TaskId,
} from "#contract/ids.ts";
import { DIRECTORY, personScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { byOrder } from "../rules/tasks.ts";
import type { Store } from "../store/store.ts";
import { inbox, rejected, rowOf, spaceOf } from "./places.ts";
import { randomOf, type Random } from "./random.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const DAY_MS = 86_400_000;

interface TestBoard {
  id: BoardId;
  todo: string;
  doing: string;
  done: string;
}

function dayOf(timeZone: string, from: string): object {
  return { workingHours: { timeZone, days: [1, 2, 3, 4, 5], from, to: "18:00" } };
}

async function toldDue(by: TestPerson, id: string): Promise<number> {
  return (await told(by, id)).filter((kind) => kind === "taskDue").length;
}

/** Boards and tasks of spaces and people, over any store. */
export function describeTasks(name: string, open: () => Promise<Store>): void {
  describe(`${name}: tasks`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    let guest: TestPerson;
    let scope: Scope;
    let spaceId: SpaceId;
    let board: TestBoard;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      cy = await workplace.person("Cy");
      guest = await workplace.person("Guest", { isGuest: true });
      ({ scope, spaceId } = await spaceOf(ada, [bo]));
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
      board = await makeBoard(ada, "Chantiers");
    });
    afterAll(() => workplace.store.close());

    async function makeBoard(by: TestPerson, boardName: string): Promise<TestBoard> {
      const id = boardIdSchema.parse(createId());
      const [todo, doing, done] = [createId(), createId(), createId()];
      const columns = [
        { id: todo, name: "À faire", meaning: "todo", order: "a0" },
        { id: doing, name: "En cours", meaning: "doing", order: "a1" },
        { id: done, name: "Fait", meaning: "done", order: "a2" },
      ];
      await by.does("board.create", scope, { id, name: boardName, columns });
      return { id, todo, doing, done };
    }

    async function make(title: string, more: object = {}, by = ada): Promise<TaskId> {
      const id = taskIdSchema.parse(createId());
      const place = { boardId: board.id, columnId: board.todo, order: "a0" };
      await by.does("task.create", scope, { id, title, ...place, ...more });
      return id;
    }

    async function task(id: string, at = scope, by = ada): Promise<Task | undefined> {
      const row = await rowOf(by, at, "task", id);
      return row === undefined || row.op === "delete" ? undefined : taskSchema.parse(row.data);
    }

    const put = (by: TestPerson, id: string, columnId: string, order = "a0") =>
      by.does("task.move", scope, { id, boardId: board.id, columnId, order });
    const change = (by: TestPerson, id: string, changes: object, base: object = {}) =>
      by.mutate("task.update", scope, { id, base, changes });
    const changes = async (by: TestPerson, id: string, fields: object, base: object = {}) => {
      await by.does("task.update", scope, { id, base, changes: fields });
    };
    const refusal = async (by: TestPerson, command: string, args: object) =>
      rejected(await by.mutate(command, scope, args));
    const refusedChange = async (id: string, fields: object, by = ada) =>
      rejected(await change(by, id, fields));
    const deeds = async (id: string) => (await task(id))?.activity?.map(({ what }) => what);

    test("a board is made with its columns, read by the members of the space and by nobody else", async () => {
      const made = await makeBoard(bo, "Élections");
      const columns = (await ada.rows(scope, "boardColumn")).filter((row) => row.data["boardId"] === made.id);
      expect(new Set(columns.map((row) => row.data["name"]))).toEqual(
        new Set(["À faire", "En cours", "Fait"]),
      );
      for (const reader of [ada, guest])
        expect((await rowOf(reader, scope, "board", made.id))?.data).toMatchObject({
          name: "Élections",
          createdBy: bo.id,
        });
      expect((await cy.get(`/v1/sync?scope=${scope}`)).status).not.toBe(200);
      const args = { id: createId(), title: "t", boardId: made.id, columnId: made.todo, order: "a0" };
      expect(await refusal(cy, "task.create", args)).toBe("notFound");
      expect(await refusal(ada, "board.create", { id: createId(), name: "Vide", columns: [] })).toBe(
        "badRequest",
      );
    });

    test("a board and a column keep their ids: another board does not take them", async () => {
      const other = await makeBoard(ada, "Autre");
      const column = { id: board.doing, name: "Prise", meaning: "todo", order: "a0" };
      const columns = [column];
      const again = { name: "Encore", columns: [{ ...column, id: createId() }] };
      expect(await refusal(ada, "board.create", { ...again, id: board.id })).toBe("conflict");
      expect(await refusal(ada, "board.create", { ...again, id: createId(), columns })).toBe("conflict");
      expect(await refusal(ada, "boardColumn.create", { ...column, boardId: other.id })).toBe("conflict");
      expect((await rowOf(ada, scope, "boardColumn", board.doing))?.data).toMatchObject({
        boardId: board.id,
        name: "En cours",
      });
    });

    test("an archived board is read and not written; removed, it takes columns and tasks along", async () => {
      const old = await makeBoard(bo, "Vieux");
      const id = await make("Vieille", { boardId: old.id, columnId: old.todo, assigneeIds: [bo.id] });
      expect(await refusal(bo, "board.remove", { id: old.id })).toBe("conflict");
      await bo.does("board.archive", scope, { id: old.id });
      expect(await refusedChange(id, { dueAt: "2026-12-01" })).toBe("forbidden");
      expect(await refusal(guest, "board.unarchive", { id: old.id })).toBe("forbidden");
      await ada.does("board.remove", scope, { id: old.id });
      await ada.does("board.remove", scope, { id: old.id });
      expect([await task(id), await told(bo, id)]).toEqual([undefined, []]);
      expect((await rowOf(ada, scope, "boardColumn", old.todo))?.op ?? "delete").toBe("delete");
    });

    test("fields changed by two people both stand; of the same field the second conflicts", async () => {
      const id = await make("Réparer le portail");
      await changes(ada, id, { dueAt: "2026-12-01" });
      await changes(bo, id, { priority: "high" });
      expect(await task(id)).toMatchObject({ dueAt: "2026-12-01", priority: "high", createdBy: ada.id });
      const late = await change(bo, id, { dueAt: "2026-12-24" });
      expect(late).toMatchObject({ status: "conflict", current: { data: { dueAt: "2026-12-01" } } });
      await changes(bo, id, { dueAt: "2026-12-01" });
      await changes(bo, id, { dueAt: null }, { dueAt: "2026-12-01" });
      expect((await task(id))?.dueAt).toBeUndefined();
      expect(await refusedChange(id, { columnId: board.done })).toBe("badRequest");
      expect(await deeds(id)).toEqual(["created", "dueAt", "priority", "dueAt"]);
    });

    test("moves never conflict: the last one decides, and changes nothing else of the task", async () => {
      const id = await make("Vider la cave", { priority: "low" });
      await put(ada, id, board.doing, "a3");
      await put(bo, id, board.todo, "a7");
      await put(bo, id, board.todo, "a7");
      expect(await task(id)).toMatchObject({ columnId: board.todo, order: "a7", priority: "low" });
      const other = await makeBoard(ada, "Ailleurs");
      const away = { id, boardId: other.id, columnId: createId(), order: "a1" };
      await ada.does("task.move", scope, away);
      expect(await task(id)).toMatchObject({ boardId: other.id, columnId: other.todo, order: "a1" });
    });

    test("in a column that means done it is done, by whom and when; out of it it is open again", async () => {
      const id = await make("Commander le sel");
      await put(bo, id, board.done);
      expect((await task(id))?.done).toEqual({ personId: bo.id, at: toIsoTime(workplace.nowMs) });
      await put(ada, id, board.doing);
      const again = await task(id);
      expect(again?.done).toBeUndefined();
      expect(await deeds(id)).toEqual(["created", "moved", "done", "moved", "reopened"]);
      expect(again?.activity?.[1]).toMatchObject({ personId: bo.id, from: "À faire", to: "Fait" });
      const born = await make("Déjà fait", { columnId: board.done });
      expect((await task(born))?.done?.personId).toBe(ada.id);
    });

    test("a column that comes to mean done finishes its tasks", async () => {
      const own = await makeBoard(ada, "Revue");
      const id = await make("Relire", { boardId: own.id, columnId: own.doing });
      const args = { id: own.doing, boardId: own.id };
      await ada.does("boardColumn.update", scope, {
        ...args,
        base: { meaning: "doing" },
        changes: { meaning: "done" },
      });
      expect((await task(id))?.done?.personId).toBe(ada.id);
    });

    test("a column removed sends its tasks behind those of another, and the last one stays", async () => {
      const own = await makeBoard(ada, "Petit");
      const [a, b, c] = ["Premier", "Deuxième", "Ailleurs"];
      const first = await make(a, { boardId: own.id, columnId: own.doing, order: "a0" });
      const second = await make(b, { boardId: own.id, columnId: own.doing, order: "a1" });
      const third = await make(c, { boardId: own.id, columnId: own.done, order: "a5" });
      const remove = (id: string, intoId: string) => ({ id, boardId: own.id, intoId });
      expect(await refusal(ada, "boardColumn.remove", remove(own.doing, own.doing))).toBe("notFound");
      expect(await refusal(ada, "boardColumn.remove", remove(own.doing, board.todo))).toBe("notFound");
      await ada.does("boardColumn.remove", scope, remove(own.doing, own.done));
      const there = [await task(first), await task(second), await task(third)]
        .flatMap((each) => (each === undefined ? [] : [each]))
        .toSorted(byOrder);
      expect(there.map(({ title }) => title)).toEqual([c, a, b]);
      for (const each of there) expect([each.columnId, each.done?.personId]).toEqual([own.done, ada.id]);
      await ada.does("boardColumn.remove", scope, remove(own.doing, own.todo));
      await ada.does("boardColumn.remove", scope, remove(own.todo, own.done));
      for (const intoId of [own.done, own.todo, createId()])
        expect(await refusal(ada, "boardColumn.remove", remove(own.done, intoId))).toBe("notFound");
      await put(bo, await make("Perdue"), createId());
    });

    test("an order between which nothing can be put is refused", async () => {
      const args = { id: createId(), title: "t", boardId: board.id, columnId: board.todo };
      for (const order of ["", "z", "a00", "0a", "a é"])
        expect(await refusal(ada, "task.create", { ...args, order })).toBe("badRequest");
    });

    async function passUntil(time: string): Promise<void> {
      workplace.nowMs = Date.parse(time);
      await workplace.app.runDue();
    }

    test("what is given to somebody comes into their inbox, and is settled when it is done or taken back", async () => {
      const id = await make("Appeler la préfecture", { assigneeIds: [bo.id, ada.id] });
      expect([await told(bo, id), await told(ada, id)]).toEqual([["task"], []]);
      const item = (await inbox(bo)).find(({ excerpt }) => excerpt === "Appeler la préfecture");
      expect(item).toMatchObject({ kind: "task", ask: "do", actorId: ada.id, scope });
      await put(ada, id, board.done);
      expect(await told(bo, id)).toEqual(["taskNews"]);
      await put(ada, id, board.todo);
      expect(await told(bo, id)).toEqual(["task", "taskNews"]);
      await changes(ada, id, { assigneeIds: [guest.id] }, { assigneeIds: [bo.id, ada.id] });
      expect([await told(bo, id), await told(guest, id)]).toEqual([["taskNews"], ["task"]]);
      expect((await task(id))?.watcherIds).toEqual([ada.id, bo.id, guest.id]);
    });

    describe("the morning on which a task is due", () => {
      beforeAll(async () => {
        await bo.does("profile.update", DIRECTORY, dayOf("Europe/Paris", "08:30"));
        await guest.does("profile.update", DIRECTORY, dayOf("America/Guadeloupe", "07:00"));
      });

      test("each who has it is told when they begin to work, once", async () => {
        await passUntil("2027-01-10T12:00:00Z");
        const id = await make("Rendre le rapport", { assigneeIds: [bo.id, guest.id], dueAt: "2027-01-12" });
        await passUntil("2027-01-12T07:29:00Z");
        expect([await toldDue(bo, id), await toldDue(guest, id)]).toEqual([0, 0]);
        await passUntil("2027-01-12T07:30:00Z");
        expect([await toldDue(bo, id), await toldDue(guest, id), await toldDue(ada, id)]).toEqual([1, 0, 0]);
        const item = (await inbox(bo)).find(({ kind }) => kind === "taskDue");
        expect(item).toMatchObject({ ask: "do", excerpt: "Rendre le rapport", scope });
        await bo.does("notification.set", personScope(bo.id), { ids: [item?.id], isDone: true });
        await passUntil("2027-01-12T11:00:00Z");
        expect([await toldDue(bo, id), await toldDue(guest, id)]).toEqual([0, 1]);
        await changes(ada, id, { description: "Deux pages." });
        await passUntil("2027-01-13T12:00:00Z");
        expect(await toldDue(bo, id)).toBe(0);
        await put(ada, id, board.done);
        expect(await toldDue(guest, id)).toBe(0);
      });

      test("what is put off is settled and told again on its new day; what is done or put away is not told", async () => {
        await passUntil("2027-02-01T12:00:00Z");
        const more = { assigneeIds: [bo.id], dueAt: "2027-02-03" };
        const [moved, done, away] = [
          await make("Reporté", more),
          await make("Fait", more),
          await make("Rangé", more),
        ];
        await put(ada, done, board.done);
        await ada.does("task.archive", scope, { id: away });
        await passUntil("2027-02-03T08:00:00Z");
        expect([await toldDue(bo, moved), await toldDue(bo, done), await toldDue(bo, away)]).toEqual([
          1, 0, 0,
        ]);
        await changes(ada, moved, { dueAt: "2027-02-05" }, { dueAt: "2027-02-03" });
        expect(await toldDue(bo, moved)).toBe(0);
        await passUntil("2027-02-05T08:00:00Z");
        expect(await toldDue(bo, moved)).toBe(1);
        await changes(ada, moved, { assigneeIds: [guest.id] }, { assigneeIds: [bo.id] });
        expect(await toldDue(bo, moved)).toBe(0);
      });

      test("a time before work begins is told in time; the next one of a series has its own morning", async () => {
        await passUntil("2027-03-01T12:00:00Z");
        const early = await make("Livraison", { assigneeIds: [bo.id], dueAt: "2027-03-03T06:00:00.000Z" });
        const weekly = await make("Poubelles", {
          assigneeIds: [bo.id],
          dueAt: "2027-03-03",
          recurrence: { rule: "FREQ=WEEKLY" },
        });
        await put(ada, weekly, board.done);
        await passUntil("2027-03-03T05:59:00Z");
        expect([await toldDue(bo, early), await toldDue(bo, weekly)]).toEqual([1, 0]);
        await passUntil("2027-03-10T08:00:00Z");
        expect(await toldDue(bo, nextTaskId(weekly))).toBe(1);
      });

      test("one's own board tells oneself, and who wants none of it is told nothing", async () => {
        await passUntil("2027-04-01T12:00:00Z");
        const home = personScope(cy.id);
        const own = { boardId: ownBoardId(cy.id), columnId: ownColumnId(cy.id, "todo"), order: "a0" };
        const id = taskIdSchema.parse(createId());
        await cy.does("task.create", home, { id, title: "Vaccin", ...own, dueAt: "2027-04-02" });
        await bo.does("preferences.set", personScope(bo.id), { notices: { taskDue: "none" } });
        const given = await make("Sans rappel", { assigneeIds: [bo.id], dueAt: "2027-04-02" });
        await passUntil("2027-04-02T07:00:00Z");
        expect([await toldDue(cy, id), await toldDue(bo, given)]).toEqual([1, 0]);
        await bo.does("preferences.set", personScope(bo.id), { notices: null });
      });
    });

    test("people outside the space are given nothing; who has left keeps nobody from changing a task", async () => {
      const args = { id: createId(), title: "t", boardId: board.id, columnId: board.todo, order: "a0" };
      expect(await refusal(ada, "task.create", { ...args, assigneeIds: [cy.id] })).toBe("badRequest");
      const di = await workplace.person("Di");
      await di.does("space.join", scope, { spaceId });
      const id = await make("À reprendre", { assigneeIds: [di.id] });
      await di.does("space.leave", scope, { spaceId });
      await changes(ada, id, { dueAt: "2026-12-01" });
      await put(ada, id, board.done);
      await put(ada, id, board.todo);
      expect(await told(di, id)).toEqual([]);
      const base = { assigneeIds: [di.id] };
      const both = await change(ada, id, { assigneeIds: [di.id, cy.id] }, base);
      expect(rejected(both)).toBe("badRequest");
      await changes(ada, id, { assigneeIds: [bo.id] }, base);
      expect(await told(bo, id)).toEqual(["task"]);
    });

    test("two people who make tasks wait for one another at the same time: one of both stands, the other hears why", async () => {
      for (let round = 0; round < 5; round++) {
        const [one, two] = [await make("Un"), await make("Deux")];
        const answers = await Promise.all([
          ada.mutate("task.update", scope, { id: one, base: {}, changes: { blockedBy: [two] } }),
          bo.mutate("task.update", scope, { id: two, base: {}, changes: { blockedBy: [one] } }),
        ]);
        const refused = answers.filter(({ status }) => status === "rejected");
        expect(refused.map((answer) => rejected(answer))).toEqual(["badRequest"]);
        const waiting = [await task(one), await task(two)].filter((each) => each?.blockedBy !== undefined);
        expect(waiting).toHaveLength(1);
      }
      const [one, two, three] = [await make("Un"), await make("Deux"), await make("Trois")];
      await changes(ada, two, { blockedBy: [three] });
      const round = await Promise.all([
        ada.mutate("task.update", scope, { id: one, base: {}, changes: { blockedBy: [two] } }),
        bo.mutate("task.update", scope, { id: three, base: {}, changes: { blockedBy: [one] } }),
      ]);
      expect(round.map(({ status }) => status).toSorted()).toEqual(["applied", "rejected"]);
    });

    test("tasks never wait for one another in a circle, nor for what is not there", async () => {
      const first = await make("Un");
      const second = await make("Deux", { blockedBy: [first] });
      const third = await make("Trois", { blockedBy: [second] });
      for (const id of [first, second, third])
        expect(await refusedChange(first, { blockedBy: [id] })).toBe("badRequest");
      expect(await refusedChange(first, { blockedBy: [createId()] })).toBe("badRequest");
      await ada.does("task.archive", scope, { id: second });
      await ada.does("task.remove", scope, { id: second });
      await changes(bo, third, { priority: "urgent" });
      await changes(bo, third, { blockedBy: [second, first] }, { blockedBy: [second] });
      expect((await task(third))?.blockedBy).toContain(first);
    });

    test("parts have no parts", async () => {
      const whole = await make("Fête");
      const part = await make("Buvette", { parentId: whole });
      const args = { id: createId(), title: "t", boardId: board.id, columnId: board.todo, order: "a0" };
      expect(await refusal(ada, "task.create", { ...args, parentId: part })).toBe("badRequest");
      expect(await refusal(ada, "task.create", { ...args, parentId: createId() })).toBe("badRequest");
      const other = await make("Autre fête");
      expect(await refusedChange(whole, { parentId: other })).toBe("badRequest");
      expect(await refusedChange(other, { parentId: other })).toBe("badRequest");
    });

    test("nothing begins after it is due", async () => {
      const id = await make("Élaguer", { dueAt: "2026-12-01" });
      expect(await refusedChange(id, { startAt: "2026-12-02" })).toBe("badRequest");
      await changes(ada, id, { startAt: "2026-12-01T08:00:00.000Z" });
      const earlier = await change(bo, id, { dueAt: "2026-11-30" }, { dueAt: "2026-12-01" });
      expect(rejected(earlier)).toBe("badRequest");
    });

    test("finished, what recurs is there once more, due at the next time, its checklist begun anew", async () => {
      const dueMs = Math.floor(workplace.nowMs / 1000) * 1000 - 3.5 * DAY_MS;
      const dueAt = toIsoTime(dueMs);
      const item = { id: createId(), text: "Portes", order: "a0", isDone: true };
      const id = await make("Ronde", {
        dueAt,
        checklist: [item],
        assigneeIds: [bo.id],
        recurrence: { rule: "FREQ=DAILY;COUNT=6", zone: "UTC" },
      });
      await put(ada, id, board.done);
      const following = nextTaskId(id);
      expect(await task(following)).toMatchObject({
        columnId: board.todo,
        dueAt: toIsoTime(dueMs + 4 * DAY_MS),
        checklist: [{ ...item, isDone: false }],
        recurrence: { rule: "FREQ=DAILY;COUNT=2", zone: "UTC" },
      });
      expect((await task(following))?.done).toBeUndefined();
      expect(await told(bo, following)).toEqual(["task"]);
      await changes(bo, following, { title: "Ronde du soir" }, { title: "Ronde" });
      await put(ada, id, board.todo);
      await put(bo, id, board.done);
      expect((await task(following))?.title).toBe("Ronde du soir");
      expect((await ada.rows(scope, "task")).filter(({ data }) => data["title"] === "Ronde")).toHaveLength(1);
      await Promise.all([put(ada, following, board.done), put(bo, following, board.done)]);
      const last = nextTaskId(following);
      expect((await task(last))?.recurrence?.rule).toBe("FREQ=DAILY;COUNT=1");
      await put(ada, last, board.done);
      expect(await task(nextTaskId(last))).toBeUndefined();
    });

    test("what recurs by the day is due on a day, and begins as long before", async () => {
      const today = Date.parse(toIsoTime(workplace.nowMs).slice(0, 10));
      const day = (days: number) => toIsoTime(today + days * DAY_MS).slice(0, 10);
      const recurrence = { rule: "FREQ=WEEKLY", zone: "Europe/Paris" };
      const id = await make("Bulletin", { startAt: day(1), dueAt: day(3), recurrence });
      await put(ada, id, board.done);
      expect(await task(nextTaskId(id))).toMatchObject({ startAt: day(8), dueAt: day(10), recurrence });
    });

    test("a time of day stays the same on the clock when summer time ends", async () => {
      const before = workplace.nowMs;
      workplace.nowMs = Date.parse("2027-10-25T10:00:00Z");
      const recurrence = { rule: "FREQ=WEEKLY", zone: "Europe/Paris" };
      const id = await make("Arroser", { dueAt: "2027-10-25T07:00:00.000Z", recurrence });
      await put(ada, id, board.done);
      expect((await task(nextTaskId(id)))?.dueAt).toBe(toIsoTime(Date.parse("2027-11-01T08:00:00Z")));
      workplace.nowMs = before;
    });

    test("removed after it was made, the next one does not come back", async () => {
      const id = await make("Relevé", { dueAt: "2026-11-01", recurrence: { rule: "FREQ=MONTHLY" } });
      await put(ada, id, board.done);
      await ada.does("task.archive", scope, { id: nextTaskId(id) });
      await ada.does("task.remove", scope, { id: nextTaskId(id) });
      await put(ada, id, board.todo);
      await put(ada, id, board.done);
      expect(await task(nextTaskId(id))).toBeUndefined();
    });

    test("ticks of two people on two items both stand; ticking a removed one brings nothing back", async () => {
      const id = await make("Préparer le conseil");
      const [one, two] = [createId(), createId()];
      const set = (by: TestPerson, item: string, more: object) =>
        by.does("taskChecklist.set", scope, { taskId: id, id: item, ...more });
      await set(ada, two, { text: "Ordre du jour", order: "a1" });
      await set(ada, one, { text: "Salle", order: "a0" });
      await Promise.all([set(ada, one, { isDone: true }), set(bo, two, { isDone: true })]);
      expect((await task(id))?.checklist).toMatchObject([
        { id: one, text: "Salle", isDone: true },
        { id: two, text: "Ordre du jour", isDone: true },
      ]);
      await ada.does("taskChecklist.remove", scope, { taskId: id, id: one });
      await set(bo, one, { isDone: false });
      expect((await task(id))?.checklist?.map((item) => item.id)).toEqual([two]);
    });

    test("a task is removed once it is archived, with its parts, and leaves the inboxes", async () => {
      const id = await make("Déménagement", { assigneeIds: [bo.id] }, guest);
      const part = await make("Cartons", { parentId: id, assigneeIds: [bo.id] });
      expect(await refusal(ada, "task.remove", { id })).toBe("conflict");
      await bo.does("task.archive", scope, { id });
      await bo.does("task.archive", scope, { id });
      expect((await task(id))?.archivedAt).toBeDefined();
      expect([await told(bo, id), await told(bo, part)]).toEqual([[], ["task"]]);
      await ada.does("task.unarchive", scope, { id });
      expect(await deeds(id)).toEqual(["created", "archived", "unarchived"]);
      await ada.does("task.archive", scope, { id });
      expect(await refusal(bo, "task.remove", { id })).toBe("forbidden");
      await guest.does("task.remove", scope, { id });
      await guest.does("task.remove", scope, { id });
      expect([await task(id), await task(part), await told(bo, part)]).toEqual([undefined, undefined, []]);
    });

    test("guests change what they made and what was given to them, and nothing else", async () => {
      const theirs = await make("Devis", {}, guest);
      const given = await make("Plans", { assigneeIds: [guest.id] });
      const other = await make("Budget");
      for (const id of [theirs, given]) await changes(guest, id, { priority: "high" });
      expect(await refusedChange(other, { priority: "high" }, guest)).toBe("forbidden");
      const move = { id: other, boardId: board.id, columnId: board.done, order: "a0" };
      expect(await refusal(guest, "task.move", move)).toBe("forbidden");
      expect(await refusal(guest, "task.archive", { id: other })).toBe("forbidden");
      const item = { taskId: other, id: createId(), text: "x", order: "a0" };
      expect(await refusal(guest, "taskChecklist.set", item)).toBe("forbidden");
      const column = { id: createId(), boardId: board.id, name: "x", meaning: "todo", order: "a9" };
      expect(await refusal(guest, "boardColumn.create", column)).toBe("forbidden");
      await guest.does("task.watch", scope, { id: other });
    });

    test("everybody's own board begins with the first task on it, whichever column that is in", async () => {
      const home = personScope(cy.id);
      const boardId = ownBoardId(cy.id);
      const own = (title: string, meaning: "todo" | "done") => ({
        id: createId(),
        title,
        boardId,
        columnId: ownColumnId(cy.id, meaning),
        order: "a0",
      });
      const [first, second] = [own("Déjà fait", "done"), own("Impôts", "todo")];
      await cy.does("task.create", home, first);
      await cy.does("task.create", home, { ...second, assigneeIds: [cy.id] });
      expect((await task(first.id, home, cy))?.done?.personId).toBe(cy.id);
      expect((await task(second.id, home, cy))?.columnId).toBe(ownColumnId(cy.id, "todo"));
      expect(await cy.rows(home, "board")).toMatchObject([{ id: boardId }]);
      const columns = (await cy.rows(home, "boardColumn")).map(({ id }) => id);
      expect(new Set(columns)).toEqual(
        new Set((["todo", "doing", "done"] as const).map((meaning) => ownColumnId(cy.id, meaning))),
      );
      const elsewhere = { ...own("x", "todo"), boardId: ownBoardId(ada.id) };
      expect(rejected(await cy.mutate("task.create", home, elsewhere))).toBe("notFound");
      const given = { ...own("x", "todo"), assigneeIds: [ada.id] };
      expect(rejected(await cy.mutate("task.create", home, given))).toBe("badRequest");
      expect(rejected(await ada.mutate("task.create", home, own("x", "todo")))).toBe("badRequest");
    });

    test("who watches a task hears of a changed due date, until they no longer do", async () => {
      const id = await make("Permis de construire");
      await bo.does("task.watch", scope, { id });
      await changes(ada, id, { description: "Voir le plan." });
      expect(await told(bo, id)).toEqual([]);
      await changes(ada, id, { dueAt: "2026-12-01" });
      expect([await told(bo, id), await told(ada, id)]).toEqual([["taskNews"], []]);
      const [item] = (await inbox(bo)).filter(({ kind }) => kind === "taskNews").slice(-1);
      await bo.does("notification.set", personScope(bo.id), { ids: [item?.id], isDone: true });
      expect(await told(bo, id)).toEqual([]);
      await bo.does("task.unwatch", scope, { id });
      await changes(ada, id, { dueAt: "2026-12-02" }, { dueAt: "2026-12-01" });
      expect(await told(bo, id)).toEqual([]);
    });

    test("a task is discussed in one thread, whoever begins it first", async () => {
      const id = await make("Chauffage");
      const threadId = createId();
      await bo.does("task.discuss", scope, { id, messageId: threadId });
      await guest.does("task.discuss", scope, { id, messageId: createId() });
      const conversationId = tasksChannelId(spaceId);
      expect((await task(id))?.discussion).toEqual({ conversationId, threadId });
      await bo.sends(scope, conversationId, "Le devis est arrivé.", { threadId });
      const args = { id: createId(), conversationId, body: "à côté" };
      expect(await refusal(ada, "message.send", args)).toBe("forbidden");
    });

    test("whatever three people move on what they last saw, all see one order and every task once", async () => {
      const random = randomOf(20_261_123);
      await cy.does("space.join", scope, { spaceId });
      const played = await makeBoard(ada, "Mêlée");
      const columnIds = [played.todo, played.doing, played.done];
      const ids: TaskId[] = [];
      let last: string | null = null;
      for (let index = 0; index < 30; index += 1) {
        last = generateKeyBetween(last, null);
        const place = { boardId: played.id, columnId: columnIds[index % 3], order: last };
        ids.push(await make(`Tâche ${index}`, place));
      }
      const people = [ada, bo, cy];
      const lookAt = async (person: TestPerson) =>
        (await person.rows(scope, "task"))
          .filter(({ op, data }) => op === "put" && data["boardId"] === played.id)
          .map(({ data }) => taskSchema.parse(data));
      const views = await Promise.all(people.map(lookAt));
      const possible = new Map<string, string[]>();
      for (let round = 0; round < 50; round += 1) {
        const moves = views.map((view) => ({ boardId: played.id, ...randomMove(view, columnIds, random) }));
        const [one, two, three] = moves;
        if (one === undefined || two === undefined || three === undefined) throw new Error("three move");
        await Promise.all([
          ada.does("task.move", scope, one),
          bo.does("task.move", scope, two),
          cy.does("task.move", scope, three),
        ]);
        for (const { id } of moves)
          possible.set(
            id,
            moves.filter((move) => move.id === id).map((move) => `${move.columnId} ${move.order}`),
          );
        for (const [index, person] of people.entries())
          if (random(5) === 0) views[index] = await lookAt(person);
      }
      const [seen = [], ...others] = (await Promise.all(people.map(lookAt))).map((view) =>
        view.toSorted(byOrder),
      );
      for (const other of others) expect(other).toEqual(seen);
      expect(seen.map(({ id }) => id).sort()).toEqual(ids.toSorted());
      for (const { id, columnId, order, done } of seen) {
        const where = `${columnId} ${order}`;
        expect(possible.get(id) ?? [where]).toContain(where);
        expect(done !== undefined).toBe(columnId === played.done);
      }
    });
  });
}

/** What stands of a task in somebody's inbox, by kind. */
async function told(person: TestPerson, id: string): Promise<string[]> {
  const items = await inbox(person);
  return items
    .filter(({ object }) => object?.kind === "row" && object.id === id)
    .map(({ kind }) => kind)
    .sort();
}

/** Between two neighbours, as the view of whoever moves has them. */
function randomMove(view: readonly Task[], columnIds: readonly string[], random: Random) {
  const moved = view[random(view.length)];
  const columnId = columnIds[random(columnIds.length)];
  if (moved === undefined || columnId === undefined) throw new Error("there is nothing to move");
  const there = view.filter((task) => task.columnId === columnId && task.id !== moved.id).toSorted(byOrder);
  const at = random(there.length + 1);
  const before = there[at - 1]?.order ?? null;
  const after = there.slice(at).find(({ order }) => before === null || order > before)?.order ?? null;
  return { id: moved.id, columnId, order: generateKeyBetween(before, after) };
}
