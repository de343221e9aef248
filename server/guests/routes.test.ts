import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  invitationLinkSchema,
  invitationPreviewSchema,
  type InvitationPreview,
} from "#contract/guest-invitations.ts";
import { createId, naturalId, personIdSchema, type PersonId } from "#contract/ids.ts";
import { problemSchema } from "#contract/problem.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { tokenResponseSchema } from "#contract/sign-in.ts";
import { toIsoTime } from "#contract/time.ts";
import type { ServerConfig } from "../config.ts";
import { createAccounts } from "../seed/load-rows.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { TestPerson, TestWorkplace } from "../testing/workplace.ts";

const DAY_MS = 86_400_000;
const PASSWORD = "un mot de passe";

let folder: string;
let workplace: TestWorkplace;
let ada: TestPerson;
let bo: TestPerson;
const atEnd: (() => Promise<void> | void)[] = [];

async function open(config: Partial<ServerConfig> = {}): Promise<void> {
  workplace = await TestWorkplace.open(openSqliteStore({ folder }), { name: "Mairie", ...config });
  ada = await workplace.person("Ada", { phone: "01", email: "ada@mairie.example" });
  bo = await workplace.person("Bo");
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parvis-guests-"));
});

afterEach(async () => {
  await workplace.app.close();
  await workplace.store.close();
  for (const end of atEnd.splice(0)) await end();
  rmSync(folder, { recursive: true });
});

interface TestSpace {
  spaceId: string;
  scope: string;
  desk: string;
  channelId: string;
}

async function newSpace(name = "Voirie"): Promise<TestSpace> {
  const spaceId = createId();
  await ada.does("space.create", DIRECTORY, { id: spaceId, name, kind: "project", visibility: "hidden" });
  const channelId = naturalId("channel", spaceId, "general");
  return { spaceId, scope: `space:${spaceId}`, desk: `desk:${spaceId}`, channelId };
}

const inDays = (days: number) => toIsoTime(workplace.nowMs + days * DAY_MS);

async function invite({ spaceId, desk }: TestSpace, email: string, more: object = {}): Promise<string> {
  const id = createId();
  await ada.does("guest.invite", desk, { id, spaceId, email, expiresAt: inDays(7), ...more });
  return id;
}

const state = async ({ desk }: TestSpace, id: string) =>
  (await ada.rows(desk, "guestInvitation")).find((row) => row.id === id)?.data;

async function linkOf(id: string): Promise<string> {
  const answer = await ada.post(`/v1/guest-invitations/${id}/link`, {});
  expect(answer.status).toBe(200);
  const { url } = invitationLinkSchema.parse(await answer.json());
  expect(url).toMatch(/^http:\/\/parvis\.test\/invitation#[A-Za-z0-9_-]{43}$/);
  return url.slice(url.indexOf("#") + 1);
}

/** Of whoever holds a link and nothing else. */
async function stranger(path: "preview" | "accept", body: object): Promise<Response> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return workplace.app.fetch(new Request(`http://parvis.test/v1/guest-invitations/${path}`, init));
}

async function preview(token: string): Promise<InvitationPreview> {
  return invitationPreviewSchema.parse(await (await stranger("preview", { token })).json());
}

async function kindOf(answer: Response): Promise<string> {
  return problemSchema.parse(await answer.json()).kind;
}

async function accept(token: string, password = PASSWORD, name = "Gil"): Promise<TestPerson> {
  const answer = await stranger("accept", { token, name, password });
  if (!answer.ok) throw new Error(await answer.text());
  const { access_token: access, person_id: personId } = tokenResponseSchema.parse(await answer.json());
  return new TestPerson(workplace, personId, { token: access, sessionId: "" });
}

const scopesOf = async (person: TestPerson) =>
  (await workplace.store.scopesOf(person.id)).map(({ scope }) => String(scope));

test("a guest comes in by their link and sees the space, its people and nothing else", async () => {
  await open();
  const space = await newSpace();
  const id = await invite(space, " Gil@Ailleurs.example ", { name: "Gil", accessUntil: inDays(30) });
  expect(await state(space, id)).toMatchObject({
    email: "gil@ailleurs.example",
    state: "waiting",
    invitedBy: ada.id,
  });
  const token = await linkOf(id);
  expect(JSON.stringify(await ada.rows(space.desk))).not.toContain(token);
  expect(await preview(token)).toMatchObject({
    workplace: "Mairie",
    space: "Voirie",
    inviter: "Ada",
    email: "gil@ailleurs.example",
    hasAccount: false,
  });
  const guest = await accept(token, PASSWORD, " Gil Martin ");
  expect(await scopesOf(guest)).toEqual([personScope(guest.id), space.scope]);
  expect((await guest.get(`/v1/sync?scope=${DIRECTORY}`)).status).toBe(403);
  const people = await guest.rows(space.scope, "person");
  expect(people.map((row) => row.data)).toEqual(
    expect.arrayContaining([
      { id: ada.id, displayName: "Ada" },
      { id: guest.id, displayName: "Gil Martin", isGuest: true },
    ]),
  );
  expect((await bo.rows(DIRECTORY, "person")).find((row) => row.id === guest.id)?.data["isGuest"]).toBe(true);
  const memberships = await ada.rows(space.scope, "membership");
  const membership = memberships.find((row) => row.data["personId"] === guest.id);
  expect(membership?.data).toMatchObject({ role: "guest", expiresAt: inDays(30) });
  expect(await state(space, id)).toMatchObject({ state: "accepted", personId: guest.id });
  expect((await ada.rows(personScope(ada.id), "notification")).map((row) => row.data)).toContainEqual(
    expect.objectContaining({ kind: "decision", actorId: guest.id, spaceId: space.spaceId }),
  );
  await guest.sends(space.scope, space.channelId, "bonjour");
  // The link has been used.
  expect((await stranger("preview", { token })).status).toBe(404);
  expect(await kindOf(await stranger("accept", { token, name: "x", password: PASSWORD }))).toBe("notFound");
  // Later they sign in with their address and password.
  const body = { grant_type: "password", username: "GIL@ailleurs.example", password: PASSWORD };
  const again = await workplace.app.fetch(
    new Request("http://parvis.test/v1/token", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
  expect(again.status).toBe(200);
  workplace.nowMs += 30 * DAY_MS;
  await workplace.app.runDue();
  expect(await scopesOf(guest)).toEqual([personScope(guest.id)]);
});

test("a newer link, revoking, the time and an archived space make a link worth nothing", async () => {
  await open();
  const space = await newSpace();
  const id = await invite(space, "gil@ailleurs.example");
  const [first, second] = [await linkOf(id), await linkOf(id)];
  expect((await stranger("preview", { token: first })).status).toBe(404);
  expect((await stranger("preview", { token: second })).status).toBe(200);
  await ada.does("guest.revoke", space.desk, { id, spaceId: space.spaceId });
  expect((await stranger("preview", { token: second })).status).toBe(404);
  expect((await ada.post(`/v1/guest-invitations/${id}/link`, {})).status).toBe(409);

  const brief = await invite(space, "luc@ailleurs.example");
  const token = await linkOf(brief);
  workplace.nowMs += 7 * DAY_MS;
  // The sign-in of before has ended too.
  ada = new TestPerson(workplace, ada.id, await workplace.signIn(ada.id));
  expect((await stranger("preview", { token })).status).toBe(404);
  await workplace.app.runDue();
  expect((await state(space, brief))?.["state"]).toBe("expired");

  const last = await invite(space, "eva@ailleurs.example");
  const lastToken = await linkOf(last);
  const newer = await invite(space, "eva@ailleurs.example");
  expect((await stranger("preview", { token: lastToken })).status).toBe(404);
  expect((await state(space, last))?.["state"]).toBe("revoked");
  const newToken = await linkOf(newer);
  await ada.does("space.archive", space.scope, { spaceId: space.spaceId });
  expect((await stranger("accept", { token: newToken, name: "Eva", password: PASSWORD })).status).toBe(404);
});

test("links are made for those who run the space alone", async () => {
  await open();
  const space = await newSpace();
  const id = await invite(space, "gil@ailleurs.example");
  const guest = await accept(await linkOf(id));
  const other = await invite(space, "luc@ailleurs.example");
  await ada.does("membership.set", space.scope, { spaceId: space.spaceId, personId: bo.id, role: "member" });
  for (const person of [guest, bo]) {
    expect((await person.post(`/v1/guest-invitations/${other}/link`, {})).status).toBe(404);
    const args = { id: createId(), spaceId: space.spaceId, email: "x@y.example", expiresAt: inDays(1) };
    expect((await person.mutate("guest.invite", space.desk, args)).status).toBe("rejected");
  }
  const anonymous = new Request(`http://parvis.test/v1/guest-invitations/${other}/link`, { method: "POST" });
  expect((await workplace.app.fetch(anonymous)).status).toBe(401);
});

test("whoever is a guest already comes in with their password; a member is sent to the usual way", async () => {
  await open();
  const [one, two] = [await newSpace("Un"), await newSpace("Deux")];
  const guest = await accept(await linkOf(await invite(one, "gil@ailleurs.example")));
  const token = await linkOf(await invite(two, "gil@ailleurs.example"));
  expect((await preview(token)).hasAccount).toBe(true);
  const wrong = await stranger("accept", { token, name: "Autre", password: "pas le bon mot" });
  expect(await kindOf(wrong)).toBe("signInFailed");
  const again = await accept(token, PASSWORD, "Autre");
  expect(again.id).toBe(guest.id);
  expect(
    (await again.rows(two.scope, "person")).find((row) => row.id === guest.id)?.data["displayName"],
  ).toBe("Gil");
  await createAccounts(workplace.store, [{ personId: bo.id, username: "bo", email: "bo@mairie.example" }]);
  const forMember = await linkOf(await invite(one, "bo@mairie.example"));
  expect((await preview(forMember)).hasAccount).toBe(false);
  expect(await kindOf(await stranger("accept", { token: forMember, name: "Bo", password: PASSWORD }))).toBe(
    "conflict",
  );
});

test("an acceptance that did not come to its end is taken up again with the same password alone", async () => {
  await open();
  const space = await newSpace();
  const token = await linkOf(await invite(space, "gil@ailleurs.example"));
  const { store } = workplace;
  const lost: PersonId = personIdSchema.parse(createId());
  const first = await accept(await linkOf(await invite(await newSpace(), "modele@ailleurs.example")));
  const model = await store.accounts.byPerson(first.id);
  if (model === undefined) throw new Error("no account");
  await store.accounts.save([{ ...model, personId: lost, username: "gil@ailleurs.example" }]);
  expect((await stranger("accept", { token, name: "Gil", password: "pas le bon mot" })).status).toBe(401);
  expect((await accept(token)).id).toBe(lost);
});

test("the same link used twice in the same moment lets one person in", async () => {
  await open();
  const space = await newSpace();
  const token = await linkOf(await invite(space, "gil@ailleurs.example"));
  const bodies = [PASSWORD, "un autre, en même temps"].map((password) => ({ token, name: "Gil", password }));
  const answers = await Promise.all(bodies.map((body) => stranger("accept", body)));
  expect(answers.map(({ status }) => status === 200).filter(Boolean)).toHaveLength(1);
  const guests = (await ada.rows(space.scope, "membership")).filter((row) => row.data["role"] === "guest");
  expect(guests).toHaveLength(1);
});

test("trying passwords and links comes to an end", async () => {
  await open();
  const [one, two] = [await newSpace(), await newSpace()];
  await accept(await linkOf(await invite(one, "gil@ailleurs.example")));
  const token = await linkOf(await invite(two, "gil@ailleurs.example"));
  const guess = () => stranger("accept", { token, name: "x", password: "pas le bon mot" });
  const statuses = await Promise.all(Array.from({ length: 12 }, guess));
  expect(statuses.filter(({ status }) => status === 401)).toHaveLength(10);
  expect(statuses.filter(({ status }) => status === 429)).toHaveLength(2);
  // A new link, or another invitation, is no new round of guesses at the same guest's password.
  for (const space of [two, await newSpace()]) {
    const fresh = await linkOf(await invite(space, "gil@ailleurs.example"));
    const body = { token: fresh, name: "x", password: "pas le bon mot" };
    expect((await stranger("accept", body)).status).toBe(429);
  }
  const links = await Promise.all(
    Array.from({ length: 250 }, (_, index) => stranger("preview", { token: `${"x".repeat(40)}${index}` })),
  );
  expect(new Set(links.map(({ status }) => status))).toEqual(new Set([404, 429]));
});

test("what is asked of an invitation is checked", async () => {
  await open();
  const space = await newSpace();
  const kinds: unknown[] = [];
  for (const more of [
    { email: "pas une adresse" },
    { email: "a@b.example\r\nbcc: tous@mairie.example" },
    { expiresAt: inDays(-1) },
    { expiresAt: inDays(4000) },
    { accessUntil: inDays(-1) },
  ]) {
    const args = {
      id: createId(),
      spaceId: space.spaceId,
      email: "a@b.example",
      expiresAt: inDays(1),
      ...more,
    };
    const result = await ada.mutate("guest.invite", space.desk, args);
    kinds.push(result.status === "rejected" ? result.error.kind : result.status);
  }
  expect(kinds).toEqual(Array(5).fill("badRequest"));
});

test("the page at a link's address has no script, and its style is the only thing it may load", async () => {
  await open();
  const answer = await workplace.app.fetch(new Request("http://parvis.test/invitation"));
  expect(answer.status).toBe(200);
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  const page = await answer.text();
  expect(page).toContain("J’ai une invitation");
  expect(page).toContain("I have an invitation");
  expect(page).not.toMatch(/<script|<img|<link|href=/);
});

interface Mailbox {
  url: string;
  mails: string[];
  /** The next mail that comes. */
  next(): Promise<string>;
}

async function openMailbox(refuses = false): Promise<Mailbox> {
  const mails: string[] = [];
  const waiting: ((mail: string) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, callback) => callback(refuses ? new Error("no such mailbox") : null),
    onData(stream, _session, callback) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const mail = Buffer.concat(parts).toString();
        mails.push(mail);
        waiting.shift()?.(mail);
        callback();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await new Promise<void>((resolve) => {
    if (listening.address() !== null) resolve();
    else listening.once("listening", () => resolve());
  });
  atEnd.push(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  );
  const address = listening.address();
  if (typeof address !== "object" || address === null) throw new Error("the mail server has no port");
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}

/** What the desk says once it was tried to send the mail. */
async function mailed(space: TestSpace, id: string): Promise<unknown> {
  const events = await ada.events();
  await events.nextOf("hello");
  const known = (await state(space, id))?.["isMailed"];
  if (known !== undefined) return known;
  const { data } = await events.nextOf(
    "change",
    (change) => change["id"] === id && JSON.stringify(change["data"]).includes("isMailed"),
  );
  await events.close();
  return Reflect.get(Object(data["data"]), "isMailed");
}

test("the link goes out by e-mail, once, and works", async () => {
  const mailbox = await openMailbox();
  const from = "Parvis <parvis@mairie.example>";
  await open({ publicUrl: "https://parvis.mairie.example", mail: { smtpUrl: mailbox.url, from } });
  const space = await newSpace("Voirie\nBcc: x");
  const coming = mailbox.next();
  const id = createId();
  const args = { id, spaceId: space.spaceId, email: "gil@ailleurs.example", expiresAt: inDays(7) };
  const mutation = ada.mutation("guest.invite", space.desk, args);
  await ada.sendAll([mutation]);
  const mail = await coming;
  expect(await mailed(space, id)).toBe(true);
  await ada.sendAll([mutation]);
  expect(mail).toMatch(/^To: gil@ailleurs\.example\r$/m);
  expect(mail).toMatch(/^From: Parvis <parvis@mairie\.example>\r$/m);
  expect(mail).not.toMatch(/^Bcc/im);
  const text = mail.includes("quoted-printable")
    ? mail.replaceAll("=\r\n", "").replaceAll("=23", "#")
    : Buffer.from(mail.slice(mail.indexOf("\r\n\r\n")), "base64").toString();
  const token = /https:\/\/parvis\.mairie\.example\/invitation#([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? "";
  expect((await preview(token)).email).toBe("gil@ailleurs.example");
  await workplace.app.close();
  expect(mailbox.mails).toHaveLength(1);
});

test("without a mail server, and with one that refuses, the link is to be handed on", async () => {
  await open();
  const space = await newSpace();
  expect(await mailed(space, await invite(space, "gil@ailleurs.example"))).toBe(false);
  await workplace.app.close();
  await workplace.store.close();
  const mailbox = await openMailbox(true);
  await open({
    publicUrl: "https://parvis.mairie.example",
    mail: { smtpUrl: mailbox.url, from: "p@m.example" },
  });
  const other = await newSpace();
  const id = await invite(other, "gil@ailleurs.example");
  expect(await mailed(other, id)).toBe(false);
  expect((await ada.post(`/v1/guest-invitations/${id}/link`, {})).status).toBe(200);
});

test("nobody's mailbox is filled with invitations, from however many spaces", async () => {
  const mailbox = await openMailbox();
  await open({
    publicUrl: "https://parvis.mairie.example",
    mail: { smtpUrl: mailbox.url, from: "p@m.example" },
  });
  const spaces = await Promise.all([newSpace(), newSpace()]);
  const outcomes: unknown[] = [];
  for (const space of [...spaces, ...spaces, ...spaces]) {
    outcomes.push(await mailed(space, await invite(space, "gil@ailleurs.example")));
  }
  expect(outcomes).toEqual([true, true, true, true, true, false]);
  workplace.nowMs += DAY_MS;
  const [space] = spaces;
  expect(await mailed(space, await invite(space, "gil@ailleurs.example"))).toBe(true);
  expect(mailbox.mails).toHaveLength(6);
});
