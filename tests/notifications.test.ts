import { createAdaptorServer, type Http2Bindings, type HttpBindings } from "@hono/node-server";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { AccountId, OpenTarget } from "#contract/bridge.ts";
import { messageSchema } from "#contract/entities/message.ts";
import { notificationSchema } from "#contract/entities/notification.ts";
import { calendarObjectKey, createId, directConversationId, ownCalendarId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { createHost, type Host } from "#host/host.ts";
import { NotificationWatch, type NotificationWatchOptions } from "#host/notifications/notification-watch.ts";
import { Attendance, type Notice, type Notifier } from "#host/notifications/notifier.ts";
import { createSystemNotifier } from "#host/notifications/system-notifier.ts";
import { MachinePolicies } from "#host/policy/policies.ts";
import type { PolicySource } from "#host/policy/policy-source.ts";
import { openProfile } from "#host/profile/profile.ts";
import { memorySecrets } from "#host/testing/memory-secrets.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { createAccounts } from "#server/seed/load-rows.ts";
import { eventText } from "#server/testing/permission-world.ts";
import { createPasswordHash } from "#server/sign-in/passwords.ts";
import { openSqliteStore } from "#server/store/sqlite-store.ts";
import { TestWorkplace, type TestPerson } from "#server/testing/workplace.ts";
import { startNotificationDaemon, type NotificationDaemon } from "./support/notification-daemon.ts";
import { temporaryFolder } from "./support/processes.ts";
import { hasNotificationDaemon } from "./support/system-packages.ts";

/** A whole host against the reference server over a real connection: what the system is asked to show, and when. */

const folder = temporaryFolder("notifications");
let workplace: TestWorkplace;
let server: ReturnType<typeof createAdaptorServer>;
let url: string;
let ada: TestPerson;
let eloise: TestPerson;
let scope: string;
let conversationId: string;

beforeAll(async () => {
  workplace = await TestWorkplace.open(openSqliteStore({ folder: folder.path }));
  server = createAdaptorServer({ fetch: counted, overrideGlobalObjects: false });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  const closed = once(server, "close");
  server.close();
  if ("closeAllConnections" in server) server.closeAllConnections();
  await closed;
  await workplace.app.close();
  await workplace.store.close();
  folder.remove();
});

beforeEach(async () => {
  await eventually(listeners).toBe(0);
  [ada, eloise] = [await workplace.person("Ada Morin"), await workplace.person("Éloïse Hébrard")];
  const passwordHash = await createPasswordHash("secret", { logN: 4, r: 8, p: 1 });
  await createAccounts(workplace.store, [{ personId: ada.id, username: ada.id, passwordHash }]);
  conversationId = directConversationId(ada.id, eloise.id);
  scope = `conversation:${conversationId}`;
  await eloise.does("conversation.open", scope, {
    id: conversationId,
    kind: "direct",
    memberIds: [ada.id, eloise.id],
  });
});

/** Long enough for a busy machine; resolves as soon as it is so. */
function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000 });
}

interface Setup {
  dataDir?: string;
  notifier?: Notifier;
  isHere?: boolean;
  /** What an administrator has set as mandatory. */
  imposed?: Record<string, unknown>;
  options?: Partial<NotificationWatchOptions>;
}

/** Ada's machine; resolves once it listens, unless somebody sits before it. */
async function openMachine({ dataDir, notifier, isHere = false, imposed, options = {} }: Setup = {}) {
  const profile = dataDir ?? (await tempFolder());
  const notices: Notice[] = [];
  const said: string[] = [];
  const closed: string[] = [];
  const opened: (OpenTarget | undefined)[] = [];
  const visited: string[] = [];
  const host: Host = await createHost({
    dataDir: profile,
    profile: await openProfile(profile, (message) => said.push(message)),
    info: { version: "1", shell: "browser", platform: "linux", locale: "fr-FR", isDevelopment: false },
    secrets: await memorySecrets(profile),
    openExternal: async (address) => {
      visited.push(address);
    },
    onNotice: (message) => said.push(message),
    serverUrl: url,
    ...(imposed === undefined ? {} : { policies: await MachinePolicies.open(imposing(imposed)) }),
  });
  const id = firstAccount(host);
  await host.accounts.signInWithPassword(id, ada.id, "secret");
  const attendance = new Attendance();
  attendance.set(isHere);
  const watch = await NotificationWatch.start({
    host,
    dataDir: profile,
    attendance,
    notifier: notifier ?? { show: (notice) => notices.push(notice), close: (tag) => closed.push(tag) },
    locale: "fr-FR",
    open: async (target) => {
      opened.push(target);
    },
    onNotice: (message) => said.push(message),
    graceMs: 0,
    gatherMs: 150,
    ...options,
  });
  onTestFinished(async () => {
    watch.stop();
    await host.stop();
  });
  if (!isHere) await eventually(listeners).toBeGreaterThan(0);
  return { host, id, attendance, watch, profile, notices, closed, said, opened, visited };
}

function imposing(values: Record<string, unknown>): PolicySource {
  const groups = [{ level: "mandatory" as const, source: "a test", values }];
  return { read: () => Promise.resolve({ groups, problems: [] }) };
}

function firstAccount(host: Host): AccountId {
  const [account] = host.accounts.list();
  if (account === undefined) throw new Error("no account");
  return account.id;
}

async function texts(): Promise<string[]> {
  return (await eloise.rows(scope, "message")).map(({ data }) => messageSchema.parse(data).body).toSorted();
}

async function ownItem() {
  const [row] = await ada.rows(`person:${ada.id}`, "notification");
  return notificationSchema.safeParse(row?.data).data;
}

/** Open connections to `/v1/events`, counted where they arrive. */
let open = 0;
const listeners = (): number => open;

async function counted(request: Request, { outgoing }: HttpBindings | Http2Bindings): Promise<Response> {
  const response = await workplace.app.fetch(request);
  // gone while it was being answered: its end has been told already
  const isGone = outgoing.destroyed || outgoing.socket?.destroyed === true;
  if (new URL(request.url).pathname === "/v1/events" && response.ok && !isGone) {
    open += 1;
    outgoing.once("close", () => {
      open -= 1;
    });
  }
  return response;
}

async function says(body: string, more: object = {}): Promise<void> {
  await eloise.sends(scope, conversationId, body, more);
}

test("a direct message is shown with its author and its words, without Markdown", async () => {
  const { id, notices, opened } = await openMachine();
  await says(`**Réunion** à _14 h_, <@${ada.id}> : [ordre du jour](https://example.org)`);
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({
    title: "Éloïse Hébrard",
    body: "Réunion à 14 h, @Ada Morin : ordre du jour",
  });
  notices[0]?.onClick();
  // A click leads to that message, in that account.
  const [row] = await ada.rows(`person:${ada.id}`, "notification");
  const { messageId } = notificationSchema.parse(row?.data);
  expect(opened).toEqual([{ accountId: id, link: `parvis://message/${conversationId}/${messageId}` }]);
});

test("what is read elsewhere is taken off the screen", async () => {
  const { notices, closed } = await openMachine();
  await says("lu ailleurs");
  await eventually(() => notices).toHaveLength(1);
  const [row] = await ada.rows(`person:${ada.id}`, "notification");
  await ada.does("notification.set", `person:${ada.id}`, { ids: [row?.id], isDone: true });
  await eventually(() => closed).toHaveLength(1);
  expect(closed).toEqual([notices[0]?.tag]);
});

test("whoever comes to Parvis finds nothing more of it beside", async () => {
  const { attendance, notices, closed } = await openMachine();
  await says("un");
  await eventually(() => notices).toHaveLength(1);
  attendance.set(true);
  expect(closed).toEqual([notices[0]?.tag]);
});

test("an answer, a button: the same commands as in Parvis, carried out once", async () => {
  const { notices, watch } = await openMachine();
  await says("Qui vient ?");
  await eventually(() => notices).toHaveLength(1);
  const [notice] = notices;
  expect(notice?.actions?.map(({ text }) => text)).toEqual(["Marquer comme traité", "Dans une heure"]);
  notice?.reply?.send("Moi, à 14 h");
  await eventually(texts).toEqual(["Moi, à 14 h", "Qui vient ?"]);
  await eventually(async () => (await ownItem())?.doneAt).toBeDefined();
  // As if the system had started Parvis anew by it.
  expect(await watch.activate(notice?.tag ?? "", { kind: "reply", text: "Et le lendemain" })).toBe(true);
  await eventually(texts).toEqual(["Et le lendemain", "Moi, à 14 h", "Qui vient ?"]);
  expect(await watch.activate("unknown", { kind: "click" })).toBe(false);
});

test("a reminder of a meeting leads into it, also after a restart; where that fails, to the event", async () => {
  const { notices, opened, profile, visited, watch } = await openMachine();
  const own = personScope(ada.id);
  const startsAt = new Date(workplace.nowMs + 600_000);
  const data = eventText("visio").replace(
    /DTSTART.*\r\nEND:VEVENT/s,
    `DTSTART:${startsAt.toISOString().replaceAll(/[-:]|\.\d+/g, "")}\r\nSUMMARY:Point\r\nCONFERENCE:https://visio.example.org/point\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT`,
  );
  await ada.does("calendarObject.put", own, {
    id: calendarObjectKey(own, "visio"),
    calendarId: ownCalendarId(ada.id),
    data,
  });
  workplace.nowMs += 300_000;
  await workplace.app.runDue();
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]?.actions?.map(({ text }) => text)).toEqual([
    "Rejoindre",
    "Marquer comme traité",
    "Dans une heure",
  ]);
  notices[0]?.actions?.[0]?.run();
  await eventually(() => visited).toEqual(["https://visio.example.org/point"]);
  // The address is nowhere on disk: it is asked for again.
  expect(await readFile(join(profile, "notices.json"), "utf8")).not.toContain("visio.example.org");
  expect(await watch.activate(notices[0]?.tag ?? "", { kind: "action", index: 0 })).toBe(true);
  expect(visited).toHaveLength(2);
  await ada.does("calendarObject.remove", own, { id: calendarObjectKey(own, "visio"), baseRevision: 1 });
  await watch.activate(notices[0]?.tag ?? "", { kind: "action", index: 0 });
  expect(visited).toHaveLength(2);
  expect(opened).toHaveLength(1);
});

test("while Parvis is locked nothing is said of the content and no answer is taken; what was shown goes", async () => {
  const { host, notices, closed } = await openMachine();
  await says("visible");
  await eventually(() => notices).toHaveLength(1);
  await host.services.lock.setCode("123456", undefined, () => Promise.resolve());
  await host.services.lock.lock("asked");
  await eventually(() => closed).toEqual([notices[0]?.tag]);
  await says("secret");
  await eventually(() => notices).toHaveLength(2);
  expect(notices[1]).toMatchObject({ title: "Parvis", body: "Nouveau message" });
  expect(notices[1]?.reply).toBeUndefined();
});

test("history is not shown, and each later message of the same conversation is", async () => {
  await says("avant");
  const { notices } = await openMachine();
  await says("un");
  await eventually(() => notices.map((notice) => notice.body)).toEqual(["un"]);
  await says("deux");
  await eventually(() => notices).toHaveLength(2);
  expect(notices.map((notice) => notice.body)).toEqual(["un", "deux"]);
});

test("what was read elsewhere before it was shown is not shown", async () => {
  const { notices } = await openMachine({ options: { gatherMs: 600 } });
  await says("déjà lu");
  const [row] = await ada.rows(`person:${ada.id}`, "notification");
  await ada.does("notification.set", `person:${ada.id}`, { ids: [row?.id], isDone: true });
  const cy = await workplace.person("Cy");
  const other = directConversationId(ada.id, cy.id);
  await cy.does("conversation.open", `conversation:${other}`, {
    id: other,
    kind: "direct",
    memberIds: [ada.id, cy.id],
  });
  await cy.sends(`conversation:${other}`, other, "nouveau");
  await eventually(() => notices.some((notice) => notice.body === "nouveau")).toBe(true);
  expect(notices.map((notice) => notice.body)).not.toContain("déjà lu");
});

test("in do not disturb nothing is announced, and what came meanwhile is not told afterwards", async () => {
  const { notices } = await openMachine();
  const own = `person:${ada.id}`;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await ada.does("preferences.set", own, { doNotDisturbUntil: until });
  await says("pendant");
  await says("toujours pendant");
  await ada.does("preferences.set", own, { doNotDisturbUntil: null });
  await says("après");
  await eventually(() => notices.length).toBeGreaterThan(0);
  expect(notices.map((notice) => notice.body)).toEqual(["après"]);
});

test("a kind that is wanted silently is not announced", async () => {
  const { notices } = await openMachine();
  await ada.does("preferences.set", `person:${ada.id}`, { notices: { direct: "inbox" } });
  await says("en silence");
  await says("pour toi", { body: `<@${ada.id}> pour toi`, mentions: [{ kind: "person", personId: ada.id }] });
  await eventually(() => notices.length).toBeGreaterThan(0);
  expect(notices.map((notice) => notice.body)).toEqual(["@Ada Morin pour toi"]);
});

test("several of one conversation are one notice with their number and the newest words", async () => {
  const { host, notices, closed } = await openMachine();
  await says("un");
  await eventually(() => notices).toHaveLength(1);
  await says("deux");
  await says("trois");
  await eventually(() => notices.at(-1)).toMatchObject({
    title: "Éloïse Hébrard · 3 messages",
    body: "trois",
  });
  expect(new Set(notices.map(({ tag }) => tag)).size).toBe(1);
  await host.settings.set({ language: "en", notifications: "hiddenContent" });
  await says("quatre");
  await eventually(() => notices.at(-1)).toMatchObject({ title: "Parvis", body: "4 new messages" });
  // Settled as a whole, and counted anew.
  const item = await ownItem();
  await ada.does("notification.set", `person:${ada.id}`, { ids: [item?.id], isDone: true });
  await eventually(() => closed).toEqual([notices[0]?.tag]);
  await says("cinq");
  await eventually(() => notices.at(-1)).toMatchObject({ title: "Parvis", body: "New message" });
});

test("what is put off elsewhere is taken off the screen", async () => {
  const { notices, closed } = await openMachine();
  await says("plus tard");
  await eventually(() => notices).toHaveLength(1);
  const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString();
  await ada.does("notification.set", `person:${ada.id}`, { ids: [(await ownItem())?.id], snoozedUntil });
  await eventually(() => closed).toHaveLength(1);
  expect(closed).toEqual([notices[0]?.tag]);
});

test("what an earlier run has shown goes when it was read meanwhile, where the system lets it", async () => {
  const first = await openMachine();
  await says("vu ailleurs");
  await eventually(() => first.notices).toHaveLength(1);
  const tag = first.notices[0]?.tag;
  first.watch.stop();
  await first.host.stop();
  const closed: string[] = [];
  const notifier = { show: () => undefined, close: (one: string) => closed.push(one), closesEarlier: true };
  const again = await openMachine({ dataDir: first.profile, notifier });
  again.watch.stop();
  expect(closed).toEqual([]);
  await ada.does("notification.set", `person:${ada.id}`, { ids: [(await ownItem())?.id], isDone: true });
  await openMachine({ dataDir: first.profile, notifier });
  await eventually(() => closed).toEqual([tag]);
});

test("in a focus mode of the system what comes makes no sound", async () => {
  const { notices } = await openMachine({ options: { focus: { isOn: () => Promise.resolve(true) } } });
  await says("sans bruit");
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]?.isSilent).toBe(true);
});

test("a burst becomes one notice with its number", async () => {
  const { notices } = await openMachine({ options: { gatherMs: 1500 } });
  for (let index = 1; index <= 12; index += 1) await says(`message ${index}`);
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "Parvis", body: "12 nouveaux messages" });
});

test("with a page open, with notifications off or signed out there is no connection", async () => {
  const { host, id, attendance, notices } = await openMachine();
  attendance.set(true);
  await eventually(listeners).toBe(0);
  attendance.set(false);
  await eventually(listeners).toBe(1);
  await host.settings.set({ notifications: "off" });
  await eventually(listeners).toBe(0);
  await host.settings.set({ notifications: "hiddenContent" });
  await eventually(listeners).toBe(1);
  await says("secret");
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "Parvis", body: "Nouveau message" });
  await host.accounts.signOut(id);
  await eventually(listeners).toBe(0);
});

test("where the organisation imposes hidden content, nothing that the person chooses shows it", async () => {
  const { host, notices } = await openMachine({ imposed: { NotificationContent: "hiddenContent" } });
  await host.settings.set({ notifications: "all" }).catch(() => undefined);
  await says("confidentiel");
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "Parvis", body: "Nouveau message" });
  expect(notices[0]?.reply).toBeUndefined();
});

test("what is above the ceiling of the cache is announced without a word of it, and nothing can be typed into the notice", async () => {
  const { notices } = await openMachine({ imposed: { CacheCeiling: "public" } });
  await says("interne");
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "Parvis", body: "Nouveau message" });
  expect(notices[0]?.reply).toBeUndefined();
});

test("where the organisation imposes none, there is no connection at all", async () => {
  const { host } = await openMachine({ isHere: true, imposed: { NotificationContent: "off" } });
  expect((await host.settings.get()).notifications).toBe("off");
  expect(listeners()).toBe(0);
});

test("an invitation names the space, in the language that was chosen", async () => {
  const { host, notices } = await openMachine();
  await host.settings.set({ language: "en" });
  const spaceId = createId();
  await eloise.does("space.create", "directory", {
    id: spaceId,
    name: "Voirie",
    kind: "service",
    visibility: "hidden",
  });
  await eloise.does("membership.set", `space:${spaceId}`, { spaceId, personId: ada.id, role: "member" });
  await eventually(() => notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ title: "Éloïse Hébrard", body: "Added you to the space “Voirie”" });
});

test.skipIf(!hasNotificationDaemon())(
  "without a notification daemon nothing breaks, and it is said once",
  async () => {
    const said: string[] = [];
    const { DBUS_SESSION_BUS_ADDRESS: bus } = process.env;
    process.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent";
    onTestFinished(() => restoreEnv({ DBUS_SESSION_BUS_ADDRESS: bus }));
    const notifier = createSystemNotifier({ platform: "linux", onUnavailable: (text) => said.push(text) });
    const notice = { title: "a", body: "b", tag: "c", onClick: () => undefined };
    notifier.show(notice);
    await eventually(() => said).toHaveLength(1);
    await new Promise<void>((resolve) => {
      const counting = createSystemNotifier({ platform: "linux", onUnavailable: () => resolve() });
      notifier.show(notice);
      counting.show(notice);
    });
    expect(said).toHaveLength(1);
  },
);

if (!hasNotificationDaemon()) {
  process.stderr.write(
    "SKIPPED: notification tests need a daemon (apt-get install xvfb xauth dunst libnotify-bin dbus)\n",
  );
}

async function openDaemon(): Promise<NotificationDaemon> {
  const daemon = await startNotificationDaemon();
  const before = Object.fromEntries(Object.keys(daemon.env).map((name) => [name, process.env[name]]));
  Object.assign(process.env, daemon.env);
  onTestFinished(async () => {
    restoreEnv(before);
    await daemon.stop();
  });
  return daemon;
}

function restoreEnv(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

test.skipIf(!hasNotificationDaemon())(
  "a real daemon gets title and body with accents, nothing of the text as markup, option or command, and nothing twice",
  async () => {
    const daemon = await openDaemon();
    const notifier = createSystemNotifier({ platform: "linux", onUnavailable: (text) => said.push(text) });
    const said: string[] = [];
    const first = await openMachine({ notifier });
    await says("Déjeuner à l’hôtel de ville ? Ça m’irait");
    await eventually(() => daemon.count()).toBe(1);
    daemon.closeAll();
    await says('--help `id` $(id) a<b && "c" \\ fin');
    await eventually(() => daemon.count()).toBe(1);
    daemon.closeAll();
    first.watch.stop();
    await first.host.stop();
    // The same machine starts anew: what it has shown is not shown again.
    const again = await openMachine({ notifier, dataDir: first.profile });
    await says("troisième");
    await eventually(() => daemon.closeAll().some((shown) => shown.body === "troisième")).toBe(true);
    again.watch.stop();
    expect(said).toEqual([]);
    expect(daemon.closeAll()).toEqual([
      { title: "Éloïse Hébrard", body: "Déjeuner à l’hôtel de ville ? Ça m’irait" },
      // Of the same conversation, and the first was not looked at.
      { title: "Éloïse Hébrard · 2 messages", body: '\u2060--help id $(id) a&lt;b &amp;&amp; "c" \\ fin' },
      { title: "Éloïse Hébrard", body: "troisième" },
    ]);
  },
);

test.skipIf(!hasNotificationDaemon())(
  "a real daemon shows one notification for a burst, whose number grows",
  async () => {
    const daemon = await openDaemon();
    const notifier = createSystemNotifier({ platform: "linux", onUnavailable: () => undefined });
    await openMachine({ notifier, options: { gatherMs: 300 } });
    for (let index = 1; index <= 200; index += 1) await says(`message ${index}`);
    const last = () => daemon.closeAll().at(-1);
    await expect
      .poll(last, { timeout: 20_000, interval: 500 })
      .toEqual({ title: "Parvis", body: "200 nouveaux messages" });
  },
);

test.skipIf(!hasNotificationDaemon())(
  "a real daemon shows one notification for three messages of a conversation",
  async () => {
    const daemon = await openDaemon();
    const system = createSystemNotifier({ platform: "linux", onUnavailable: () => undefined });
    const shown: string[] = [];
    const show = (notice: Notice): void =>
      system.show({ ...notice, onOutcome: () => shown.push(notice.title) });
    await openMachine({ notifier: { show } });
    await says("un");
    await eventually(() => shown).toEqual(["Éloïse Hébrard"]);
    await says("deux");
    await says("réponse attendue");
    await eventually(() => shown.at(-1)).toBe("Éloïse Hébrard · 3 messages");
    expect(daemon.count()).toBe(1);
    expect(daemon.closeAll()).toEqual([{ title: "Éloïse Hébrard · 3 messages", body: "réponse attendue" }]);
  },
);
