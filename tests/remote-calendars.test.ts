import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import type { Envelope } from "#contract/envelope.ts";
import { calendarObjectKey, createId } from "#contract/ids.ts";
import { remoteScope, type Scope } from "#contract/scope.ts";
import { scopeListSchema } from "#contract/sync.ts";
import { startRadicale, type RadicalePeer } from "./peers/radicale.ts";
import { accountId, machine } from "./support/remote-machine.ts";

const radicale = await startRadicale();
afterAll(() => radicale?.remove());

const event = (uid: string, summary: string, ...lines: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Parvis//tests//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261123T080000Z",
    "DTSTART:20261124T090000Z",
    "DTEND:20261124T100000Z",
    `SUMMARY:${summary}`,
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const summaries = (envelopes: readonly Envelope[]) =>
  envelopes
    .filter(({ collection, op }) => collection === "calendarObject" && op === "put")
    .map(({ data }) => calendarObjectSchema.parse(data).summary)
    .toSorted((one = "", other = "") => one.localeCompare(other));

/** Where it answers. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return `http://127.0.0.1:${address.port}`;
}

function scopeAt(index: number, account: { calendars: { scope: Scope }[] }): Scope {
  const scope = account.calendars[index]?.scope;
  if (scope === undefined) throw new Error("no such calendar");
  return scope;
}

describe.skipIf(radicale === undefined)("calendars of Radicale beside those of the workplace", () => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- skipped without it
  const peer = radicale as RadicalePeer;
  const given = { accountId, kind: "caldav" as const, username: peer?.username, password: peer?.password };
  const filesIn = (name: string) =>
    readdirSync(join(peer.folder, name))
      .filter((file) => !file.startsWith("."))
      .map((file) => readFileSync(join(peer.folder, name, file), "utf8"));

  test("an account is found from its host, events go both ways, and what one side removes the other loses", async () => {
    await peer.makeCalendar("both", { title: "Équipe & Co", colour: "#C0392FFF" });
    const { service, sync, write, call } = await machine();
    const account = await service.add({ ...given, address: peer.url });
    const shown = account.calendars.find(({ name }) => name === "Équipe & Co");
    expect(shown).toMatchObject({ colour: "red", canWrite: true, problem: null });
    const scope = scopeAt(
      account.calendars.findIndex(({ name }) => name === "Équipe & Co"),
      account,
    );
    const first = await sync(scope);
    expect(first.envelopes.map(({ collection }) => collection)).toEqual(["calendar"]);
    const calendarId = first.envelopes[0]?.id;

    const id = calendarObjectKey(scope, "here-1");
    const made = await write(scope, "calendarObject.put", {
      id,
      calendarId,
      data: event("here-1", "Made here"),
    });
    expect(made.status).toBe("applied");
    expect(filesIn("both").join()).toContain("SUMMARY:Made here");
    // Somebody else, by the ordinary ways of the server.
    const other = await machine();
    const { calendars, id: theirAccount } = await other.service.add({ ...given, address: peer.url });
    const theirs = scopeAt(
      calendars.findIndex(({ name }) => name === "Équipe & Co"),
      { calendars },
    );
    const seen = await other.sync(theirs);
    expect(summaries(seen.envelopes)).toEqual(["Made here"]);
    const theirId = calendarObjectKey(theirs, "here-1");
    const theirCalendar = seen.envelopes.find(({ collection }) => collection === "calendar")?.id;
    const changed = await other.write(theirs, "calendarObject.put", {
      id: theirId,
      calendarId: theirCalendar,
      data: event("here-1", "Changed there"),
      baseRevision: 1,
    });
    expect(changed.status).toBe("applied");

    const stale = await write(scope, "calendarObject.put", {
      id,
      calendarId,
      data: event("here-1", "Too late"),
      baseRevision: 1,
    });
    expect(stale.status).toBe("conflict");
    if (stale.status !== "conflict") return;
    expect(calendarObjectSchema.parse(stale.current.data)).toMatchObject({
      summary: "Changed there",
      revision: 2,
    });
    const next = await sync(scope, first.mark.cursor);
    expect(summaries(next.envelopes)).toEqual(["Changed there"]);

    expect((await write(scope, "calendarObject.remove", { id, baseRevision: 2 })).status).toBe("applied");
    expect(filesIn("both")).toEqual([]);
    await other.service.refresh(theirAccount);
    const removed = await other.sync(theirs, seen.mark.cursor);
    expect(removed.envelopes.map(({ op }) => op)).toContain("delete");

    const list = scopeListSchema.parse(await (await call("/v1/scopes")).json());
    expect(list.scopes.map((each) => each.scope)).toEqual(expect.arrayContaining(["directory", scope]));
  });

  async function oneCalendar(name: string) {
    const address = await peer.makeCalendar(name, { title: name });
    const here = await machine();
    const account = await here.service.add({ ...given, address });
    const scope = scopeAt(0, account);
    const { envelopes, mark } = await here.sync(scope);
    return { ...here, account, scope, address, calendarId: envelopes[0]?.id, cursor: String(mark.cursor) };
  }

  test("the address of one calendar is enough; lists of tasks stand beside calendars", async () => {
    await peer.makeCalendar("tasks", { title: "Liste", components: ["VTODO"] });
    const { account, service } = await oneCalendar("one");
    expect(account.calendars.map(({ name }) => name)).toEqual(["one"]);
    const whole = await service.add({ ...given, address: `${peer.url}alice/` });
    expect(whole.calendars.map(({ name }) => name)).toContain("one");
    expect(whole.calendars.find(({ name }) => name === "Liste")?.holds).toEqual(["VTODO"]);
    await expect(service.add({ ...given, address: `${peer.url}alice/` })).rejects.toThrow("here already");
  });

  test("a write that is sent again is carried out once; one whose answer was lost is known by what it says", async () => {
    const { scope, write, calendarId, dataDir, secrets } = await oneCalendar("twice");
    const id = calendarObjectKey(scope, "u1");
    const args = { id, calendarId, data: event("u1", "Once") };
    const mutationId = createId();
    expect((await write(scope, "calendarObject.put", args, mutationId)).status).toBe("applied");
    expect((await write(scope, "calendarObject.put", args, mutationId)).status).toBe("applied");
    expect((await write(scope, "calendarObject.put", { ...args, data: event("u1", "Other") })).status).toBe(
      "conflict",
    );
    // The machine died between the server's answer and its own note: nothing but that note is gone.
    const state = join(dataDir, "remote-calendars", `${scope.slice("remote:".length)}.json`);
    const noted = JSON.parse(readFileSync(state, "utf8"));
    writeFileSync(state, JSON.stringify({ ...noted, done: [], objects: [], token: null, gone: [] }));
    const later = await machine(dataDir, secrets);
    expect((await later.write(scope, "calendarObject.put", args, mutationId)).status).toBe("applied");
    expect(filesIn("twice")).toHaveLength(1);
  });

  test("what is broken, too large or there twice is counted, and keeps nothing else", async () => {
    const { scope, sync, cursor, service, account } = await oneCalendar("odd");
    const folder = join(peer.folder, "odd");
    writeFileSync(join(folder, "good.ics"), event("good", "Good"));
    writeFileSync(join(folder, "twin.ics"), event("good", "Twin"));
    writeFileSync(join(folder, "large.ics"), event("large", "Large", `DESCRIPTION:${"x".repeat(600_000)}`));
    writeFileSync(
      join(folder, "note.ics"),
      event("task", "Task")
        .replaceAll("VEVENT", "VTODO")
        .replace(/DTEND.*\r\n/, ""),
    );
    await service.refresh(account.id);
    const { envelopes } = await sync(scope, cursor);
    expect(summaries(envelopes)).toHaveLength(1);
    expect(service.list()[0]?.calendars[0]?.unreadable).toBeGreaterThanOrEqual(2);
  });

  test("while the server is away a page gets what it has and a write waits; pages are told when it is back", async () => {
    const { scope, write, calendarId, service, account, call } = await oneCalendar("away");
    const id = calendarObjectKey(scope, "u1");
    await write(scope, "calendarObject.put", { id, calendarId, data: event("u1", "Kept") });
    const live = await call("/v1/events");
    const reader = live.body!.getReader();
    const decoder = new TextDecoder();
    let said = "";
    const hear = async (text: string) => {
      while (!said.includes(text)) said += decoder.decode((await reader.read()).value);
    };
    await hear(`"scope":"${scope}"`);
    await hear("event: odd");
    await peer.stop();
    await expect(service.refresh(account.id)).rejects.toMatchObject({ problem: { kind: "offline" } });
    const waiting = await write(scope, "calendarObject.put", {
      id,
      calendarId,
      data: event("u1", "Later"),
      baseRevision: 1,
    });
    expect(waiting).toMatchObject({ status: "failed", problem: { kind: "unavailable" } });
    await peer.start();
    writeFileSync(join(peer.folder, "away", "u1.ics"), event("u1", "Changed meanwhile"));
    await service.refresh(account.id);
    await hear("Changed meanwhile");
    expect(said).toContain("event: change");
    await reader.cancel();
  });

  test("a wrong password adds nothing, and is in no file", async () => {
    const { service, dataDir } = await machine();
    const secret = "not the p4ssword";
    await expect(service.add({ ...given, address: peer.url, password: secret })).rejects.toMatchObject({
      problem: { fault: "wrongPassword" },
    });
    expect(service.list()).toEqual([]);
    const account = await service.add({ ...given, address: peer.url });
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter(
      (file) => file.isFile() && file.name !== "secrets.json",
    );
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name), "utf8")).not.toContain(peer.password);
    expect(JSON.stringify(account)).not.toContain(peer.password);
  });

  test("a token that counts no longer begins anew, and loses nothing", async () => {
    const { scope, write, calendarId, dataDir, secrets, cursor } = await oneCalendar("token");
    const id = calendarObjectKey(scope, "u1");
    await write(scope, "calendarObject.put", { id, calendarId, data: event("u1", "Stays") });
    await write(scope, "calendarObject.put", {
      id: calendarObjectKey(scope, "u2"),
      calendarId,
      data: event("u2", "Goes"),
    });
    const state = join(dataDir, "remote-calendars", `${scope.slice("remote:".length)}.json`);
    const noted = JSON.parse(readFileSync(state, "utf8"));
    writeFileSync(state, JSON.stringify({ ...noted, token: "http://radicale.org/ns/sync/0" }));
    rmSync(join(peer.folder, "token", "u2.ics"));
    const later = await machine(dataDir, secrets);
    const { envelopes } = await later.sync(scope, cursor);
    expect(summaries(envelopes)).toEqual(["Stays"]);
    expect(envelopes.filter(({ op }) => op === "delete")).toHaveLength(1);
  });

  test("a server without sync-collection is listed, and what changed is found by its ETag", async () => {
    const address = await peer.makeCalendar("listed");
    const reports: string[] = [];
    const proxy = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        const body = Buffer.concat(pieces);
        if (body.includes("sync-collection")) {
          response.writeHead(403).end();
          return;
        }
        reports.push(`${request.method}`);
        const { host: _host, "content-length": _length, ...headers } = request.headers;
        void fetch(new URL(request.url ?? "/", peer.url), {
          method: request.method ?? "GET",
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
          ...(body.length > 0 ? { body } : {}),
        }).then(async (answer) => {
          const etag = answer.headers.get("etag");
          response.writeHead(answer.status, {
            "content-type": answer.headers.get("content-type") ?? "text/plain",
            ...(etag === null ? {} : { etag }),
          });
          response.end(await answer.text());
        });
      });
    });
    const behind = await listening(proxy);
    onTestFinished(() => void proxy.close());
    const { service, sync } = await machine();
    writeFileSync(join(peer.folder, "listed", "a.ics"), event("a", "First"));
    const through = new URL(new URL(address).pathname, behind);
    const account = await service.add({ ...given, address: through.href });
    const scope = scopeAt(0, account);
    const first = await sync(scope);
    expect(summaries(first.envelopes)).toEqual(["First"]);
    writeFileSync(join(peer.folder, "listed", "a.ics"), event("a", "Second"));
    writeFileSync(join(peer.folder, "listed", "b.ics"), event("b", "New"));
    await service.refresh(account.id);
    const next = await sync(scope, first.mark.cursor);
    expect(summaries(next.envelopes)).toEqual(["New", "Second"]);
    expect(reports).toContain("PROPFIND");
  });

  test("what stood beside a workplace goes with the sign-out of it", async () => {
    const { service, events, secrets, account, dataDir } = await oneCalendar("wiped");
    events.emit({ type: "accountWiped", accountId, reason: "signedOut" });
    await expect.poll(() => service.list()).toEqual([]);
    await expect.poll(() => readdirSync(join(dataDir, "remote-calendars"))).toEqual([]);
    expect(await secrets.get(`calendar-password/${account.id}`)).toBeUndefined();
    expect(readFileSync(join(dataDir, "calendar-accounts.json"), "utf8")).not.toContain("wiped");
  });

  test("calendars outlive the program, and a page goes on from where it stood", async () => {
    const { scope, write, calendarId, dataDir, secrets, cursor } = await oneCalendar("again");
    const id = calendarObjectKey(scope, "u1");
    await write(scope, "calendarObject.put", { id, calendarId, data: event("u1", "Before") });
    const later = await machine(dataDir, secrets);
    expect(summaries((await later.sync(scope, cursor)).envelopes)).toEqual(["Before"]);
    const stale = await later.call(`/v1/sync?scope=${scope}&cursor=other.1`);
    expect(stale.status).toBe(410);
    expect((await later.call(`/v1/sync?scope=${remoteScope(createId())}`)).status).toBe(403);
  });
});

const both = (one: string, two: string) =>
  one.replace("END:VCALENDAR\r\n", "") + two.slice(two.indexOf("BEGIN:VEVENT"));

describe("calendars to subscribe to", () => {
  /** What the address answers; set by each test. */
  let answer: { status: number; headers?: Record<string, string>; body?: string } = { status: 404 };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(
      `${request.url} ${request.headers["if-none-match"] ?? "-"} ${request.headers.authorization ?? "-"}`,
    );
    const isKnown =
      answer.headers?.["etag"] !== undefined && request.headers["if-none-match"] === answer.headers["etag"];
    response.writeHead(isKnown ? 304 : answer.status, answer.headers);
    response.end(isKnown ? undefined : answer.body);
  });
  const started = listening(server);
  afterAll(() => server.close());

  test("its events are here, change with it, and what did not change is not fetched again", async () => {
    answer = { status: 200, headers: { etag: '"1"' }, body: both(event("a", "One"), event("b", "Two")) };
    const { service, sync, write } = await machine();
    const account = await service.add({
      accountId,
      kind: "subscription",
      address: `${await started}/agenda.ics`,
    });
    expect(account).toMatchObject({ name: "agenda", state: "connected" });
    const scope = account.calendars[0]!.scope;
    const first = await sync(scope);
    expect(summaries(first.envelopes)).toEqual(["One", "Two"]);
    // Generators write the time of the answer into every event.
    answer = {
      status: 200,
      headers: { etag: '"2"' },
      body: both(event("a", "One"), event("b", "Two")).replaceAll("T080000Z", "T090000Z"),
    };
    await service.refresh(account.id);
    expect((await sync(scope, first.mark.cursor)).envelopes).toEqual([]);
    await service.refresh(account.id);
    expect(asked.at(-1)).toContain('"2"');
    answer = { status: 200, body: event("a", "One changed") };
    await service.refresh(account.id);
    const next = await sync(scope, first.mark.cursor);
    expect(summaries(next.envelopes)).toEqual(["One changed"]);
    expect(next.envelopes.filter(({ op }) => op === "delete")).toHaveLength(1);
    const refused = await write(scope, "calendarObject.remove", {
      id: calendarObjectKey(scope, "a"),
      baseRevision: 2,
    });
    expect(refused).toMatchObject({ status: "rejected", error: { kind: "forbidden" } });
  });

  test.each([
    ["a web page", { status: 200, body: "<!doctype html><p>Agenda" }, "damaged"],
    ["nothing", { status: 404 }, "notFound"],
    ["a redirection without end", { status: 302, headers: { location: "/again.ics" } }, "elsewhere"],
    ["a redirection into a file", { status: 302, headers: { location: "file:///etc/passwd" } }, "elsewhere"],
    ["a door", { status: 401 }, "needsPassword"],
    ["more than fits", { status: 200, body: event("a", "x").padEnd(20_100_000, " ") }, "tooLarge"],
  ])("an address that leads to %s is refused with a reason", async (_name, given, fault) => {
    answer = given;
    const { service } = await machine();
    const wanted = { accountId, kind: "subscription" as const, address: `${await started}/x.ics` };
    await expect(service.add(wanted)).rejects.toMatchObject({ problem: { fault } });
    expect(service.list()).toEqual([]);
  });

  test.each([
    "http://calendar.example/x.ics",
    "https://alice:secret@calendar.example/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    " ",
  ])("%s is no address for a calendar", async (address) => {
    const { service } = await machine();
    await expect(service.add({ accountId, kind: "caldav", address })).rejects.toMatchObject({
      problem: { kind: "wrongAddress" },
    });
  });
});
