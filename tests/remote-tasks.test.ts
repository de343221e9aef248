import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { boardSchema, taskSchema, type Task } from "#contract/entities/task.ts";
import type { Envelope } from "#contract/envelope.ts";
import {
  boardIdSchema,
  createId,
  nextTaskId,
  remoteColumnId,
  remoteTaskId,
  remoteTaskUid,
  taskIdSchema,
  type BoardId,
  type TaskId,
} from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { startRadicale, type RadicalePeer } from "./peers/radicale.ts";
import { accountId, machine } from "./support/remote-machine.ts";

const radicale = await startRadicale();
afterAll(() => radicale?.remove());

/** As another program writes it, with what nobody here knows. */
const toDo = (uid: string, summary: string, ...lines: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//else//where//EN",
    "X-ODD:before",
    "BEGIN:VTODO",
    `UID:${uid}`,
    "DTSTAMP:20261120T080000Z",
    "CREATED:20261120T080000Z",
    "LAST-MODIFIED:20261120T080000Z",
    `SUMMARY;LANGUAGE=fr:${summary}`,
    ...lines,
    'X-ODD;X-PARAMETER="a:b":kept \\, as it',
    "  is folded",
    "END:VTODO",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const tasksIn = (envelopes: readonly Envelope[]): Task[] =>
  envelopes
    .filter(({ collection, op }) => collection === "task" && op === "put")
    .map(({ data }) => taskSchema.parse(data));

/** What it says, without when it was changed: Radicale writes lines in an order and with folds of its own. */
const linesOf = (text: string) =>
  text
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n")
    .filter((line) => line !== "" && !/^(?:DTSTAMP|LAST-MODIFIED|PRODID):/.test(line))
    .toSorted();

function made(scope: Scope, boardId: BoardId, fields: object = {}) {
  const id = taskIdSchema.parse(createId());
  const columnId = remoteColumnId(boardId, "todo");
  return {
    id,
    uid: remoteTaskUid(scope, id),
    args: { id, boardId, columnId, order: "a0", title: "Made here", ...fields },
  };
}

describe.skipIf(radicale === undefined)("lists of tasks of Radicale", () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- skipped without it
  const peer = radicale as RadicalePeer;
  const given = { accountId, kind: "caldav" as const, username: peer?.username, password: peer?.password };
  const fileOf = (list: string, name: string) => join(peer.folder, list, name);
  const filesIn = (list: string) =>
    readdirSync(join(peer.folder, list)).filter((file) => !file.startsWith("."));

  async function oneList(name: string, files: Record<string, string> = {}, components = ["VTODO"]) {
    const address = await peer.makeCalendar(name, { title: name, components });
    for (const [file, text] of Object.entries(files)) writeFileSync(fileOf(name, file), text);
    const here = await machine();
    const account = await here.service.add({ ...given, address });
    const scope = account.calendars[0]!.scope;
    const first = await here.sync(scope);
    const boardId = boardIdSchema.parse(first.envelopes.find(({ collection }) => collection === "board")?.id);
    return {
      ...here,
      account,
      scope,
      first,
      boardId,
      /** What stands there by now. */
      tasks: async () => tasksIn((await here.sync(scope)).envelopes),
      task: async (uid: string) =>
        tasksIn((await here.sync(scope)).envelopes).find(({ id }) => id === remoteTaskId(scope, uid)),
      move: (id: TaskId, meaning: "todo" | "doing" | "done", order = "a0") =>
        here.write(scope, "task.move", { id, boardId, columnId: remoteColumnId(boardId, meaning), order }),
    };
  }

  test("a list is a board with its tasks, and what is finished here is finished there with all else byte for byte", async () => {
    const before = toDo(
      "milk",
      "Buy milk",
      "DESCRIPTION:Two\\nlitres",
      "DUE;VALUE=DATE:20261201",
      "PRIORITY:2",
      "CATEGORIES:Home,Shop",
      "STATUS:NEEDS-ACTION",
    );
    const { account, first, boardId, task, move } = await oneList("thin", { "milk.ics": before });
    expect(account.calendars).toMatchObject([{ holds: ["VTODO"], name: "thin", unreadable: 0 }]);
    expect(first.envelopes.map(({ collection }) => collection)).toEqual([
      "board",
      "boardColumn",
      "boardColumn",
      "boardColumn",
      "task",
    ]);
    const board = boardSchema.parse(first.envelopes[0]?.data);
    expect(board).toMatchObject({ name: "thin", remote: { accountName: "127.0.0.1", canWrite: true } });
    const [milk] = tasksIn(first.envelopes);
    expect(milk).toMatchObject({
      title: "Buy milk",
      description: "Two\nlitres",
      dueAt: "2026-12-01",
      priority: "urgent",
      columnId: remoteColumnId(boardId, "todo"),
      createdAt: "2026-11-20T08:00:00.000Z",
    });
    expect(board.labels?.map(({ name }) => name)).toEqual(["Home", "Shop"]);
    expect(milk?.labelIds).toEqual(board.labels?.map(({ id }) => id));
    const { id, order } = milk!;
    expect((await move(id, "done", order)).status).toBe("applied");
    const after = linesOf(readFileSync(fileOf("thin", "milk.ics"), "utf8"));
    expect(after).toContain("STATUS:COMPLETED");
    const meant = /^(?:STATUS|COMPLETED|PERCENT-COMPLETE):/;
    expect(after.filter((line) => !meant.test(line))).toEqual(
      linesOf(before).filter((line) => !meant.test(line)),
    );
    expect(await task("milk")).toMatchObject({ columnId: remoteColumnId(boardId, "done"), done: {} });
    expect((await move(id, "todo", order)).status).toBe("applied");
    expect(linesOf(readFileSync(fileOf("thin", "milk.ics"), "utf8"))).toEqual(linesOf(before));
  });

  test("what is made, changed, moved and removed here is so there", async () => {
    const { scope, boardId, write, move, task, tasks } = await oneList("deeds", {
      "old.ics": toDo("old", "Old", "CATEGORIES:Shop,Rare thing"),
    });
    const due = "2026-12-01T09:30:00.000Z";
    const { id, uid, args } = made(scope, boardId, {
      order: "a5",
      dueAt: due,
      priority: "high",
    });
    expect((await write(scope, "task.create", args)).status).toBe("applied");
    const file = fileOf("deeds", `${uid}.ics`);
    const text = () => linesOf(readFileSync(file, "utf8"));
    expect(text()).toEqual(
      expect.arrayContaining([`UID:${uid}`, "SUMMARY:Made here", "DUE:20261201T093000Z", "PRIORITY:3"]),
    );
    expect(await task(uid)).toMatchObject({ id, order: "a5", title: "Made here", priority: "high" });
    const old = await task("old");
    const changes = { title: "Renamed", dueAt: "2026-12-02", labelIds: old?.labelIds, description: "Why" };
    const base = { title: "Made here", dueAt: due, labelIds: null, description: null };
    expect((await write(scope, "task.update", { id, base, changes })).status).toBe("applied");
    expect(text()).toEqual(
      expect.arrayContaining([
        "SUMMARY:Renamed",
        "DUE;VALUE=DATE:20261202",
        "CATEGORIES:Shop,Rare thing",
        "DESCRIPTION:Why",
      ]),
    );
    // One label of those that are shown is taken away, the order of both is another.
    const without = { id, base: { labelIds: old?.labelIds }, changes: { labelIds: [old!.labelIds![1]] } };
    expect((await write(scope, "task.update", without)).status).toBe("applied");
    expect(text()).toContain("CATEGORIES:Rare thing");
    expect((await move(id, "doing", "a4V")).status).toBe("applied");
    expect(text()).toEqual(
      expect.arrayContaining(["STATUS:IN-PROCESS", "X-PARVIS-ORDER:a4V", "X-APPLE-SORT-ORDER:4"]),
    );
    expect((await tasks()).map(({ order, title }) => `${order} ${title}`).toSorted()).toEqual([
      "a4V Renamed",
      `${old!.order} Old`,
    ]);
    expect((await write(scope, "task.remove", { id })).status).toBe("applied");
    expect((await write(scope, "task.remove", { id })).status).toBe("applied");
    expect(filesIn("deeds")).toEqual(["old.ics"]);
  });

  test("fields that were changed there meanwhile stay, the same field is asked about", async () => {
    const { scope, task, write, boardId, move } = await oneList("both-sides", {
      "a.ics": toDo("a", "First"),
    });
    const id = (await task("a"))!.id;
    writeFileSync(fileOf("both-sides", "a.ics"), toDo("a", "Theirs", "PRIORITY:1"));
    const late = { id, base: { title: "First" }, changes: { title: "Mine" } };
    const refused = await write(scope, "task.update", late);
    expect(refused).toMatchObject({
      status: "conflict",
      current: { data: { title: "Theirs", priority: "urgent" } },
    });
    expect(readFileSync(fileOf("both-sides", "a.ics"), "utf8")).toContain("Theirs");
    writeFileSync(fileOf("both-sides", "a.ics"), toDo("a", "Theirs again", "PRIORITY:1"));
    const dated = { id, base: { dueAt: null }, changes: { dueAt: "2026-12-05" } };
    expect((await write(scope, "task.update", dated)).status).toBe("applied");
    expect(await task("a")).toMatchObject({ title: "Theirs again", dueAt: "2026-12-05", priority: "urgent" });
    writeFileSync(fileOf("both-sides", "a.ics"), toDo("a", "Once more"));
    expect((await move(id, "done")).status).toBe("applied");
    expect(await task("a")).toMatchObject({ title: "Once more", columnId: remoteColumnId(boardId, "done") });
  });

  test("one that is gone there is said to be gone, and pages lose it", async () => {
    const { scope, first, task, write, sync } = await oneList("gone", { "a.ics": toDo("a", "First") });
    const id = (await task("a"))!.id;
    rmSync(fileOf("gone", "a.ics"));
    const changes = { id, base: { title: "First" }, changes: { title: "Mine" } };
    expect(await write(scope, "task.update", changes)).toMatchObject({
      status: "rejected",
      error: { kind: "notFound" },
    });
    const next = await sync(scope, String(first.mark.cursor));
    expect(next.envelopes).toMatchObject([{ collection: "task", op: "delete", id }]);
  });

  test("a write that is sent again is carried out once, also where nothing was noted of it", async () => {
    const { scope, boardId, write, dataDir, secrets } = await oneList("again");
    const { id, uid, args } = made(scope, boardId);
    const mutationId = createId();
    expect((await write(scope, "task.create", args, mutationId)).status).toBe("applied");
    const state = join(dataDir, "remote-calendars", `${scope.slice("remote:".length)}.json`);
    const noted = JSON.parse(readFileSync(state, "utf8"));
    writeFileSync(state, JSON.stringify({ ...noted, done: [], objects: [], token: null, gone: [] }));
    const later = await machine(dataDir, secrets);
    const again = await later.write(scope, "task.create", args, mutationId);
    expect(again).toMatchObject({ status: "applied", changes: [{ collection: "task", id }] });
    expect(filesIn("again")).toEqual([`${uid}.ics`]);
  });

  test("one that repeats makes the next one when it is finished, once", async () => {
    const { scope, boardId, tasks, task, move } = await oneList("weekly", {
      "bins.ics": toDo(
        "bins",
        "Bins out",
        "DTSTART;TZID=Europe/Paris:20261102T190000",
        "DUE;TZID=Europe/Paris:20261102T200000",
        "RRULE:FREQ=WEEKLY;COUNT=500",
      ),
    });
    const bins = await task("bins");
    expect(bins?.recurrence).toEqual({ rule: "FREQ=WEEKLY;COUNT=500", zone: "Europe/Paris" });
    expect((await move(bins!.id, "done")).status).toBe("applied");
    expect((await move(bins!.id, "todo")).status).toBe("applied");
    expect((await move(bins!.id, "done")).status).toBe("applied");
    const all = await tasks();
    expect(all).toHaveLength(2);
    const next = all.find(({ id }) => id === nextTaskId(bins!.id));
    expect(next).toMatchObject({ title: "Bins out", columnId: remoteColumnId(boardId, "todo") });
    expect(next?.recurrence?.rule).toMatch(/^FREQ=WEEKLY;COUNT=4\d\d$/);
    expect(Date.parse(next!.dueAt!)).toBeGreaterThan(Date.now());
    const text = readFileSync(fileOf("weekly", `${remoteTaskUid(scope, next!.id)}.ics`), "utf8");
    expect(text).toMatch(/DUE;TZID=Europe\/Paris:\d{8}T200000/);
    expect(text).toMatch(/DTSTART;TZID=Europe\/Paris:\d{8}T190000/);
    expect(text).toContain("X-ODD");
    expect(readFileSync(fileOf("weekly", "bins.ics"), "utf8")).not.toContain("RRULE:FREQ=WEEKLY");
  });

  test.each([
    ["task.create", { assigneeIds: [createId()] }, "args.assigneeIds"],
    [
      "task.create",
      { checklist: [{ id: createId(), text: "One", isDone: false, order: "a0" }] },
      "args.checklist",
    ],
    ["task.create", { estimateMinutes: 30 }, "args.estimateMinutes"],
  ])("%s with what VTODO cannot hold is refused, and makes nothing", async (name, fields, pointer) => {
    const { scope, boardId, write } = await oneList(`cannot-${pointer.slice(5)}`);
    const refused = await write(scope, name, made(scope, boardId, fields).args);
    expect(refused).toMatchObject({ status: "rejected", error: { kind: "unsupported", pointer } });
    expect(filesIn(`cannot-${pointer.slice(5)}`)).toEqual([]);
  });

  test("commands about boards, comments, watchers and other fields are refused, and leave all as it is", async () => {
    const before = toDo("a", "First");
    const { scope, boardId, write, task } = await oneList("refused", { "a.ics": before });
    const { id } = (await task("a"))!;
    const refusals: [string, object][] = [
      ["board.update", { id: boardId, base: { name: "refused" }, changes: { name: "Other" } }],
      ["board.archive", { id: boardId }],
      ["boardColumn.create", { boardId, id: createId(), name: "More", meaning: "todo", order: "a3" }],
      ["task.archive", { id }],
      ["task.watch", { id }],
      ["task.discuss", { id, messageId: createId() }],
      ["taskChecklist.set", { taskId: id, id: createId(), text: "One", order: "a0" }],
      ["task.update", { id, base: { blockedBy: null }, changes: { blockedBy: [createId()] } }],
      ["task.update", { id, base: { parentId: null }, changes: { parentId: createId() } }],
    ];
    for (const [name, args] of refusals)
      // oxlint-disable-next-line no-await-in-loop -- one after another
      expect({ name, ...(await write(scope, name, args)) }).toMatchObject({
        name,
        status: "rejected",
        error: { kind: "unsupported" },
      });
    const moved = { id, boardId: createId(), columnId: createId(), order: "a0" };
    expect(await write(scope, "task.move", moved)).toMatchObject({ error: { kind: "notFound" } });
    expect(readFileSync(fileOf("refused", "a.ics"), "utf8")).toBe(before);
  });

  test("a collection of both is a calendar and a board; calendars alone have no board", async () => {
    const event = toDo("e", "Meeting", "DTSTART:20261124T090000Z").replaceAll("VTODO", "VEVENT");
    const { first } = await oneList("mixed", { "t.ics": toDo("t", "Task"), "e.ics": event }, [
      "VEVENT",
      "VTODO",
    ]);
    const told = first.envelopes.map(({ collection }) => collection).toSorted();
    expect(told).toEqual([
      "board",
      "boardColumn",
      "boardColumn",
      "boardColumn",
      "calendar",
      "calendarObject",
      "task",
    ]);
    const address = await peer.makeCalendar("events-alone");
    const { service, sync } = await machine();
    const account = await service.add({ ...given, address });
    const { envelopes } = await sync(account.calendars[0]!.scope);
    expect(envelopes.map(({ collection }) => collection)).toEqual(["calendar"]);
  });

  test("lists of an account from before they were shown come with the next look at it", async () => {
    const address = await peer.makeCalendar("earlier", { components: ["VEVENT", "VTODO"] });
    writeFileSync(fileOf("earlier", "t.ics"), toDo("t", "Task"));
    const { service, sync, dataDir, secrets } = await machine();
    const account = await service.add({ ...given, address });
    const { scope } = account.calendars[0]!;
    const kept = join(dataDir, "calendar-accounts.json");
    const known = JSON.parse(readFileSync(kept, "utf8"));
    for (const each of known.accounts[0].calendars) delete each.holds;
    writeFileSync(kept, JSON.stringify(known));
    const state = join(dataDir, "remote-calendars", `${scope.slice("remote:".length)}.json`);
    const { holds: _holds, labels: _labels, ...noted } = JSON.parse(readFileSync(state, "utf8"));
    for (const each of noted.objects) each.id = null;
    writeFileSync(state, JSON.stringify(noted));
    const { mark } = await sync(scope);
    const later = await machine(dataDir, secrets);
    const cursor = String(mark.cursor);
    const before = await later.sync(scope, cursor);
    expect(before.envelopes.filter(({ collection }) => collection === "task")).toEqual([]);
    await later.service.refresh(account.id);
    expect((await later.call(`/v1/sync?scope=${scope}&cursor=${cursor}`)).status).toBe(410);
    expect(tasksIn((await later.sync(scope)).envelopes)).toMatchObject([{ title: "Task" }]);
  });

  /** A list behind something that may spoil a write. */
  async function behind(name: string, spoil: (put: () => Promise<Response>) => Promise<Response>) {
    const address = await peer.makeCalendar(name, { components: ["VTODO"] });
    writeFileSync(fileOf(name, "a.ics"), toDo("a", "First"));
    const here = await machine(undefined, undefined, (url, init) => {
      const send = () => fetch(url, init);
      return init?.method === "PUT" ? spoil(send) : send();
    });
    const account = await here.service.add({ ...given, address });
    const { scope } = account.calendars[0]!;
    const { envelopes } = await here.sync(scope);
    const boardId = boardIdSchema.parse(envelopes[0]?.id);
    const { id } = tasksIn(envelopes)[0]!;
    return { ...here, scope, boardId, id };
  }

  test("a write that its server does not allow is refused, and leaves all as it is", async () => {
    const { scope, boardId, id, write } = await behind("forbidden", () =>
      Promise.resolve(new Response("no", { status: 403 })),
    );
    const before = readFileSync(fileOf("forbidden", "a.ics"), "utf8");
    const changes = { id, base: { title: "First" }, changes: { title: "Mine" } };
    expect(await write(scope, "task.update", changes)).toMatchObject({
      status: "rejected",
      error: { kind: "forbidden" },
    });
    expect(await write(scope, "task.create", made(scope, boardId).args)).toMatchObject({
      status: "rejected",
    });
    expect(readFileSync(fileOf("forbidden", "a.ics"), "utf8")).toBe(before);
    expect(filesIn("forbidden")).toEqual(["a.ics"]);
  });

  test("a write whose answer is lost waits, and is not made twice when it is sent again", async () => {
    let isLost = true;
    const { scope, boardId, id, write } = await behind("lost", async (put) => {
      const answer = await put();
      if (!isLost) return answer;
      isLost = false;
      const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
      throw new TypeError("fetch failed", { cause });
    });
    const { id: madeId, uid, args } = made(scope, boardId);
    const mutationId = createId();
    expect(await write(scope, "task.create", args, mutationId)).toMatchObject({
      problem: { kind: "unavailable" },
    });
    const again = await write(scope, "task.create", args, mutationId);
    expect(again).toMatchObject({ status: "applied", changes: [{ collection: "task", id: madeId }] });
    expect(filesIn("lost").toSorted()).toEqual([`${uid}.ics`, "a.ics"].toSorted());
    isLost = true;
    const changes = { id, base: { title: "First" }, changes: { title: "Mine" } };
    expect(await write(scope, "task.update", changes)).toMatchObject({ problem: { kind: "unavailable" } });
    expect(await write(scope, "task.update", changes)).toMatchObject({
      status: "applied",
      changes: [{ id }],
    });
  });

  test("somebody who writes between reading and writing is not written over", async () => {
    let isFaster = true;
    const { scope, id, write } = await behind("faster", (put) => {
      if (isFaster)
        writeFileSync(fileOf("faster", "a.ics"), toDo("a", "First", "PRIORITY:1", "X-THEIRS:yes"));
      isFaster = false;
      return put();
    });
    const changes = { id, base: { title: "First" }, changes: { title: "Mine" } };
    expect(await write(scope, "task.update", changes)).toMatchObject({ status: "applied" });
    const text = linesOf(readFileSync(fileOf("faster", "a.ics"), "utf8"));
    expect(text).toEqual(expect.arrayContaining(["SUMMARY;LANGUAGE=fr:Mine", "PRIORITY:1", "X-THEIRS:yes"]));
  });

  test("one that was changed there is not removed unasked", async () => {
    const { scope, task, write } = await oneList("removed", { "a.ics": toDo("a", "First") });
    const { id } = (await task("a"))!;
    writeFileSync(fileOf("removed", "a.ics"), toDo("a", "Theirs"));
    expect(await write(scope, "task.remove", { id })).toMatchObject({
      status: "conflict",
      current: { data: { title: "Theirs" } },
    });
    expect(filesIn("removed")).toEqual(["a.ics"]);
    expect((await write(scope, "task.remove", { id })).status).toBe("applied");
    expect(filesIn("removed")).toEqual([]);
  });

  test("while the server is away a write waits", async () => {
    const { scope, task, move, service, account } = await oneList("away", { "a.ics": toDo("a", "First") });
    const { id } = (await task("a"))!;
    await peer.stop();
    expect(await move(id, "done")).toMatchObject({ status: "failed", problem: { kind: "unavailable" } });
    await peer.start();
    await service.refresh(account.id);
    expect((await move(id, "done")).status).toBe("applied");
    expect(readFileSync(fileOf("away", "a.ics"), "utf8")).toContain("STATUS:COMPLETED");
    expect(scope).toBe(account.calendars[0]?.scope);
  });
});
