import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ALIVE_FOR_MS } from "#contract/events.ts";
import { createId, directConversationId, naturalId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { listen, type Listening } from "../cli/listen.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import type { EventReader } from "../testing/event-reader.ts";
import { TestWorkplace, type TestPerson } from "../testing/workplace.ts";

let folder: string;
let workplace: TestWorkplace;
let server: Listening;
let ada: TestPerson;
let bo: TestPerson;
/** Bo's, who sees everything. */
let watching: EventReader;
const sockets: Socket[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "parvis-signals-"));
  workplace = await TestWorkplace.open(openSqliteStore({ folder }), {
    presenceGraceMs: 50,
    presenceSweepMs: 20,
  });
  server = await listen(workplace.app, { host: "127.0.0.1", port: 0 });
  ada = await workplace.person("Ada");
  bo = await workplace.person("Bo");
  watching = await bo.events();
  await watching.nextOf("hello");
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await watching.close();
  await workplace.app.close();
  await server.close();
  await workplace.store.close();
  rmSync(folder, { recursive: true });
});

const alive = (person: TestPerson, machine: string, more: object = {}) =>
  person.post("/v1/signals", { signals: [{ kind: "alive", machine, isActive: true, ...more }] });

/** The next state that is shown of Ada. */
async function nextState(): Promise<unknown> {
  const { data } = await watching.nextOf(
    "change",
    (row) => row["collection"] === "presence" && row["id"] === ada.id,
  );
  const row = data["data"];
  return typeof row === "object" && row !== null ? Reflect.get(row, "state") : undefined;
}

/** An events stream over a real socket, read once and then left lying: as after a cable was cut, nobody says goodbye. */
async function cutStream(person: TestPerson): Promise<Socket> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  sockets.push(socket);
  const authorization = `Authorization: Bearer ${person.token}`;
  socket.write(`GET /v1/events HTTP/1.1\r\nHost: ${hostname}\r\n${authorization}\r\n\r\n`);
  await new Promise<void>((resolve) => {
    socket.once("data", () => resolve());
  });
  socket.pause();
  return socket;
}

test("a cable that is cut without a word shows the person as offline 30 s later, though the connection stands", async () => {
  const socket = await cutStream(ada);
  expect((await alive(ada, "desk")).status).toBe(204);
  expect(await nextState()).toBe("active");
  workplace.nowMs += ALIVE_FOR_MS - 1000;
  await alive(ada, "desk");
  workplace.nowMs += ALIVE_FOR_MS - 1000;
  // Still there by its last sign. Another state before this one would be read here.
  await alive(ada, "desk", { isActive: false });
  expect(await nextState()).toBe("away");
  workplace.nowMs += ALIVE_FOR_MS;
  expect(await nextState()).toBe("offline");
  expect(socket.destroyed).toBe(false);
});

test("a client that sends no signals is there as long after its connection opened", async () => {
  await cutStream(ada);
  expect(await nextState()).toBe("active");
  workplace.nowMs += ALIVE_FOR_MS;
  expect(await nextState()).toBe("offline");
});

test("whoever is active at one of two machines is active; leaving one leaves the other", async () => {
  await alive(ada, "desk");
  expect(await nextState()).toBe("active");
  await alive(ada, "phone", { isActive: false });
  await alive(ada, "desk", { isActive: false });
  expect(await nextState()).toBe("away");
  await alive(ada, "phone");
  expect(await nextState()).toBe("active");
  await alive(ada, "phone", { isLeaving: true });
  expect(await nextState()).toBe("away");
  await alive(ada, "desk", { isLeaving: true });
  expect(await nextState()).toBe("offline");
});

test("nobody is shown as away while they type", async () => {
  await alive(ada, "desk", { isActive: false });
  expect(await nextState()).toBe("away");
  const id = directConversationId(ada.id, bo.id);
  const scope = `conversation:${id}`;
  await ada.does("conversation.open", scope, { id, kind: "direct", memberIds: [ada.id, bo.id] });
  const typing = { kind: "typing", scope, conversationId: id, isTyping: true };
  await ada.post("/v1/signals", { signals: [typing] });
  expect(await nextState()).toBe("active");
  // Her window has not noticed: its signs say idle, and change nothing.
  await alive(ada, "desk", { isActive: false });
  workplace.nowMs += 5000;
  await ada.post("/v1/signals", { signals: [typing] });
  workplace.nowMs += 9000;
  await alive(ada, "desk", { isActive: false });
  workplace.nowMs += 2000;
  expect(await nextState()).toBe("away");
  const rows = await bo.rows(DIRECTORY, "presence");
  // Away, active, away: signs of life alone wrote nothing.
  expect(rows.find((row) => row.id === ada.id)?.rev).toBe(3);
});

test("who types is told to the other readers, never kept, and not to those outside", async () => {
  const spaceId = createId();
  const scope = `space:${spaceId}`;
  await ada.does("space.create", DIRECTORY, { id: spaceId, name: "S", kind: "project", visibility: "open" });
  const conversationId = naturalId("channel", spaceId, "general");
  const typing = { kind: "typing", scope, conversationId, isTyping: true };
  await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "member" });
  const cy = await workplace.person("Cy");
  const [ofAda, ofCy] = [await ada.events(), await cy.events()];
  // From outside, and in a conversation that is not of the scope: the answer is the same, and nobody hears of it.
  expect((await cy.post("/v1/signals", { signals: [typing] })).status).toBe(204);
  const elsewhere = { ...typing, conversationId: createId() };
  expect((await ada.post("/v1/signals", { signals: [elsewhere, typing] })).status).toBe(204);
  const heard = await watching.nextOf("typing");
  expect(heard).toMatchObject({
    id: undefined,
    data: { scope, conversationId, personId: ada.id, isTyping: true },
  });
  await ada.post("/v1/signals", { signals: [{ ...typing, isTyping: false }] });
  expect((await watching.nextOf("typing")).data["isTyping"]).toBe(false);
  const message = await ada.sends(scope, conversationId, "voilà");
  await ofAda.nextOf("change", (data) => {
    expect(data["kind"]).not.toBe("typing");
    return data["id"] === message.id;
  });
  await cy.does("presence.choose", DIRECTORY, { chosen: { state: "busy" } });
  for (;;) {
    const { event, data } = await ofCy.next();
    expect(event).not.toBe("typing");
    if (data["id"] === cy.id && JSON.stringify(data).includes("busy")) break;
  }
  await ofAda.close();
  await ofCy.close();
});

test("signals in excess are refused and typing in excess is not passed on", async () => {
  const id = directConversationId(ada.id, bo.id);
  const scope = `conversation:${id}`;
  await ada.does("conversation.open", scope, { id, kind: "direct", memberIds: [ada.id, bo.id] });
  const typing = { kind: "typing", scope, conversationId: id, isTyping: true };
  const statuses: number[] = [];
  for (let count = 0; count < 130; count += 1) {
    statuses.push((await ada.post("/v1/signals", { signals: [typing] })).status);
  }
  expect([...new Set(statuses)]).toEqual([204, 429]);
  workplace.nowMs += 10_000;
  await ada.post("/v1/signals", { signals: [{ ...typing, isTyping: false }] });
  expect((await watching.nextOf("typing")).data["isTyping"]).toBe(true);
  expect((await watching.nextOf("typing")).data["isTyping"]).toBe(false);
  expect((await ada.post("/v1/signals", { signals: [{ kind: "alive" }] })).status).toBe(400);
  expect((await ada.post("/v1/signals", { signals: [] })).status).toBe(400);
});

test("what was chosen and the line about oneself end by themselves", async () => {
  await alive(ada, "desk");
  expect(await nextState()).toBe("active");
  const until = toIsoTime(workplace.nowMs + 10_000);
  await ada.does("presence.choose", DIRECTORY, { chosen: { state: "inMeeting", until } });
  expect(await nextState()).toBe("inMeeting");
  const expiresAt = toIsoTime(workplace.nowMs + 20_000);
  await ada.does("status.set", DIRECTORY, { status: { text: "En réunion", emoji: "📅", expiresAt } });
  const past = await ada.mutate("status.set", DIRECTORY, { status: { text: "x", expiresAt: toIsoTime(1) } });
  expect(past.status).toBe("rejected");
  const row = async () => (await bo.rows(DIRECTORY, "presence")).find(({ id }) => id === ada.id)?.data;
  expect(await row()).toMatchObject({ state: "inMeeting", status: { text: "En réunion" } });
  workplace.nowMs += 10_000;
  await alive(ada, "desk");
  await workplace.app.runDue();
  expect(await row()).toMatchObject({ state: "active", status: { text: "En réunion" } });
  expect(await row()).not.toHaveProperty("chosen");
  workplace.nowMs += 10_000;
  await alive(ada, "desk");
  await workplace.app.runDue();
  expect(await row()).not.toHaveProperty("status");
});

test("to be shown as absent is a choice that another sign of life does not undo", async () => {
  await alive(ada, "desk");
  expect(await nextState()).toBe("active");
  await ada.does("presence.choose", DIRECTORY, { chosen: { state: "offline" } });
  expect(await nextState()).toBe("offline");
  await alive(ada, "phone");
  await ada.does("presence.choose", DIRECTORY, { chosen: null });
  expect(await nextState()).toBe("active");
});
