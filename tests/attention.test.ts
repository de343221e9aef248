import { createAdaptorServer, type Http2Bindings, type HttpBindings } from "@hono/node-server";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { HostEvent } from "#contract/bridge.ts";
import type { Attention } from "#contract/desktop/attention.ts";
import { directConversationId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { watchAttention } from "#host/attention/attention-watch.ts";
import { createHost } from "#host/host.ts";
import { NotificationWatch } from "#host/notifications/notification-watch.ts";
import { Attendance } from "#host/notifications/notifier.ts";
import { openProfile } from "#host/profile/profile.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { createAccounts } from "#server/seed/load-rows.ts";
import { createPasswordHash } from "#server/sign-in/passwords.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { TestWorkplace, type TestPerson } from "#server/testing/workplace.ts";
import { temporaryFolder } from "./support/processes.ts";

/** A whole host against the reference server: what tray and badge know of an account that no page shows. */

const folder = temporaryFolder("attention");
let workplace: TestWorkplace;
let server: ReturnType<typeof createAdaptorServer>;
let url: string;
let isAway = false;
let open = 0;
let ada: TestPerson;
let bob: TestPerson;
let scope: string;
let conversationId: string;

beforeAll(async () => {
  workplace = await TestWorkplace.open(openSqliteStore({ folder: folder.path }));
  server = createAdaptorServer({ fetch: answer, overrideGlobalObjects: false });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  const closed = once(server, "close");
  server.close();
  cut();
  await closed;
  await workplace.app.close();
  await workplace.store.close();
  folder.remove();
});

beforeEach(async () => {
  isAway = false;
  await eventually(() => open).toBe(0);
  [ada, bob] = [await workplace.person("Ada Morin"), await workplace.person("Éloïse Hébrard")];
  const passwordHash = await createPasswordHash("secret", { logN: 4, r: 8, p: 1 });
  await createAccounts(workplace.store, [{ personId: ada.id, username: ada.id, passwordHash }]);
  conversationId = directConversationId(ada.id, bob.id);
  scope = `conversation:${conversationId}`;
  await bob.does("conversation.open", scope, {
    id: conversationId,
    kind: "direct",
    memberIds: [ada.id, bob.id],
  });
});

function cut(): void {
  if ("closeAllConnections" in server) server.closeAllConnections();
}

async function answer(request: Request, { outgoing }: HttpBindings | Http2Bindings): Promise<Response> {
  if (isAway) return new Response("away", { status: 503 });
  const response = await workplace.app.fetch(request);
  const isGone = outgoing.destroyed || outgoing.socket?.destroyed === true;
  if (new URL(request.url).pathname === "/v1/events" && response.ok && !isGone) {
    open += 1;
    outgoing.once("close", () => {
      open -= 1;
    });
  }
  return response;
}

function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000 });
}

async function openMachine(dataDir?: string) {
  const profile = dataDir ?? (await tempFolder());
  const notes: string[] = [];
  const clock = { ms: 0 };
  const host = await createHost({
    dataDir: profile,
    profile: await openProfile(profile, (message) => notes.push(message)),
    info: { version: "1", shell: "browser", platform: "linux", locale: "fr-FR", isDevelopment: false },
    secrets: await memorySecrets(profile),
    openExternal: () => Promise.resolve(),
    onNotice: (message) => notes.push(message),
    now: () => Date.now() + clock.ms,
    serverUrl: url,
  });
  const id = host.accounts.list()[0]?.id;
  if (id === undefined) throw new Error("no account");
  if (!isAway) await host.accounts.signInWithPassword(id, ada.id, "secret");
  const { attention, listeners, pages, desk } = host.services;
  const told: HostEvent[] = [];
  host.events.subscribe((event) => told.push(event));
  const stop = watchAttention({
    host,
    attention,
    listeners,
    pages,
    locale: "fr-FR",
    onError: (error) => notes.push(String(error)),
    graceMs: 0,
    gatherMs: 20,
  });
  onTestFinished(async () => {
    stop();
    await host.stop();
  });
  return { host, id, attention, listeners, pages, desk, told, notes, profile, clock };
}

const said: Attention = {
  connection: "connected",
  unread: 7,
  mentions: 2,
  waiting: 3,
  isQuiet: true,
  doNotDisturbUntil: null,
  recent: [],
};

test("what waits is counted before and after it comes, with who and what, and ends when it is read", async () => {
  await bob.sends(scope, conversationId, "Avant le démarrage");
  const { attention, notes } = await openMachine();
  await eventually(() => attention.overall()).toMatchObject({
    connection: "connected",
    unread: 1,
    mentions: 1,
    isQuiet: false,
  });
  expect(attention.overall().recent).toMatchObject([
    { title: "Éloïse Hébrard — Avant le démarrage", link: expect.stringContaining("parvis://message/") },
  ]);
  await bob.sends(scope, conversationId, "Et après");
  await eventually(() => attention.overall().recent[0]?.title).toBe("Éloïse Hébrard — Et après");
  const sent = (await bob.rows(scope, "message")).map(({ data }) => String(data["sentAt"]));
  const readAt = sent.toSorted().at(-1);
  await ada.does("readMarker.set", personScope(ada.id), { conversationId, readAt });
  await eventually(() => attention.overall()).toMatchObject({ unread: 0, mentions: 0, recent: [] });
  expect(notes).toEqual([]);
});

test("a page that shows the account knows better and ends the host's connection; without it the host looks again", async () => {
  const { attention, pages, id } = await openMachine();
  await eventually(() => open).toBe(1);
  pages.set(true);
  attention.report(id, said);
  await eventually(() => open).toBe(0);
  expect(attention.overall()).toMatchObject({ unread: 7, waiting: 3, isQuiet: true });
  pages.set(false);
  await eventually(() => open).toBe(1);
  // What waits in the outbox of the page still does.
  await eventually(() => attention.overall()).toMatchObject({ unread: 0, waiting: 3, isQuiet: false });
});

test("the watch for notifications shares the connection", async () => {
  const { host, listeners, profile } = await openMachine();
  const watch = await NotificationWatch.start({
    host,
    dataDir: profile,
    attendance: new Attendance(),
    notifier: { show: () => undefined },
    locale: "fr-FR",
    open: () => Promise.resolve(),
    onNotice: () => undefined,
    listeners,
    graceMs: 0,
  });
  await eventually(() => open).toBe(1);
  await bob.sends(scope, conversationId, "Un seul fil");
  expect(open).toBe(1);
  watch.stop();
  expect(open).toBe(1);
});

test("a workplace that goes away is said, and one that is back is reached at once when the network comes back", async () => {
  const { attention, listeners } = await openMachine();
  await eventually(() => attention.overall().connection).toBe("connected");
  isAway = true;
  cut();
  await eventually(() => attention.overall().connection).not.toBe("connected");
  isAway = false;
  listeners.reconnect();
  await eventually(() => attention.overall().connection).toBe("connected");
  expect(open).toBe(1);
});

test("do not disturb chosen with no page goes to the workplace, and is quiet here", async () => {
  const { attention, desk } = await openMachine();
  await eventually(() => attention.overall().connection).toBe("connected");
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await desk.runEverywhere({ kind: "doNotDisturb", until });
  await eventually(() => attention.overall().isQuiet).toBe(true);
  await desk.runEverywhere({ kind: "doNotDisturb", until: null });
  await eventually(() => attention.overall().isQuiet).toBe(false);
  expect(await desk.waiting()).toBe(0);
});

test("a page that shows the account carries the choice out itself", async () => {
  const { attention, desk, pages, told, id } = await openMachine();
  pages.set(true);
  attention.report(id, said);
  await desk.runEverywhere({ kind: "presence", state: "busy" });
  expect(told.filter(({ type }) => type === "trayCommand")).toEqual([
    { type: "trayCommand", accountId: id, command: { kind: "presence", state: "busy" } },
  ]);
  expect(await desk.waiting()).toBe(0);
});

test("a choice made while the workplace is away is kept, the last one counts, and it is sent when it is back", async () => {
  const { attention, desk, host, profile } = await openMachine();
  await eventually(() => attention.overall().connection).toBe("connected");
  isAway = true;
  cut();
  await desk.runEverywhere({ kind: "presence", state: "away" });
  await desk.runEverywhere({ kind: "presence", state: "busy" });
  expect(await desk.waiting()).toBe(1);
  await host.stop();
  isAway = false;
  const again = await openMachine(profile);
  await eventually(() => again.desk.waiting()).toBe(0);
  expect(again.attention.overall().waiting).toBe(0);
});
