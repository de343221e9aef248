import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createId, directConversationId, naturalId, personIdSchema } from "#contract/ids.ts";
import { mutationResponseSchema, type MutationResult } from "#contract/mutations.ts";
import { tokenResponseSchema } from "#contract/sign-in.ts";
import { EventReader } from "#server/testing/event-reader.ts";
import { startPostgres } from "./peers/postgres.ts";
import { startServer, temporaryFolder } from "./support/processes.ts";
import { signIn } from "./support/workplace-client.ts";

const folder = temporaryFolder("server-processes");
const postgres = await startPostgres();

afterAll(async () => {
  await postgres?.stop();
  folder.remove();
});

function posting(body: object) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function headersOf(url: string, username: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/v1/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "password", username, password: "demo" }),
  });
  const { access_token: token } = tokenResponseSchema.parse(await answer.json());
  return { authorization: `Bearer ${token}`, "content-type": "application/json" };
}

/** A space with its first channel, of somebody whose organisation lets everyone open spaces. */
async function newSpace(url: string) {
  const demo = await signIn(url, "mairie", "demo");
  const spaceId = createId();
  const made = await demo.mutate("space.create", "directory", {
    id: spaceId,
    name: "Essais",
    kind: "project",
    visibility: "open",
  });
  expect(made.status).toBe("applied");
  return {
    demo,
    scope: `space:${spaceId}`,
    spaceId,
    conversationId: naturalId("channel", spaceId, "general"),
  };
}

test("a server killed during sends loses nothing it acknowledged and doubles nothing sent again", async () => {
  const args = ["--port", "0", "--data", folder.path, "--demo"];
  let server = await startServer(args);
  const { scope, conversationId } = await newSpace(server.url);
  const headers = await headersOf(server.url, "mairie");
  const mutations = Array.from({ length: 400 }, (_, index) => ({
    id: createId(),
    name: "message.send",
    scope,
    args: { id: createId(), conversationId, body: `message ${index}` },
    madeAt: "2026-11-22T18:00:00.000Z",
  }));
  const acknowledged = new Set<string>();
  async function sendFrom(first: number, url: string, onDidAnswer: () => void): Promise<void> {
    for (let at = first; at < mutations.length; at += 4) {
      const body = JSON.stringify({ mutations: [mutations[at]] });
      const answer = await fetch(`${url}/v1/mutations`, { method: "POST", headers, body });
      const { results } = mutationResponseSchema.parse(await answer.json());
      for (const result of results) if (result.status === "applied") acknowledged.add(result.id);
      onDidAnswer();
    }
  }
  const killAt120 = () => {
    if (acknowledged.size >= 120) server.child.kill("SIGKILL");
  };
  const sending = await Promise.allSettled(
    [0, 1, 2, 3].map((first) => sendFrom(first, server.url, killAt120)),
  );
  await server.kill();
  expect(sending.map((each) => each.status)).toContain("rejected");
  expect(acknowledged.size).toBeLessThan(mutations.length);

  server = await startServer(args);
  const again = await signIn(server.url, "mairie", "demo");
  const kept = new Set((await again.rows(scope)).map((row) => row.id));
  const lost = mutations.filter(({ id, args: sent }) => acknowledged.has(id) && !kept.has(sent.id));
  expect(lost).toEqual([]);
  await Promise.all([0, 1, 2, 3].map((first) => sendFrom(first, server.url, () => undefined)));
  const rows = (await again.rows(scope)).filter((row) => row.collection === "message");
  expect(rows).toHaveLength(400);
  expect(new Set(rows.map((row) => row.data["body"])).size).toBe(400);
  expect(rows.every((row) => row.rev === 1)).toBe(true);
  await server.stop();
});

test(
  "what comes due while a killed server is down is done once it is back",
  { timeout: 120_000 },
  async () => {
    const args = ["--port", "0", "--data", folder.path, "--demo"];
    let server = await startServer(args);
    const { demo, scope, spaceId } = await newSpace(server.url);
    const own = `person:${demo.personId}`;
    const id = createId();
    const publishAt = new Date(Date.now() + 8000).toISOString();
    const article = {
      id,
      spaceId,
      post: { kind: "article", title: "Travaux" },
      body: "Rue barrée.",
      publishAt,
    };
    expect((await demo.mutate("article.save", own, article)).status).toBe("applied");
    const accepted = await demo.mutate("article.decide", own, { id, spaceId, decision: "accepted" });
    expect(accepted).toMatchObject({ changes: [{ data: { state: "scheduled" } }] });
    await server.kill();

    server = await startServer(args);
    const again = await signIn(server.url, "mairie", "demo");
    const posts = async () => (await again.rows(scope)).filter((row) => row.collection === "message");
    await expect.poll(posts, { timeout: 60_000, interval: 200 }).toHaveLength(1);
    expect((await posts())[0]).toMatchObject({ id, rev: 1, data: { post: { title: "Travaux" } } });
    const saved = (await again.rows(own)).find((row) => row.collection === "article" && row.id === id);
    expect(saved?.data["state"]).toBe("published");
    await server.stop();
  },
);

test("a server whose data another one has says which, and one told to leaves with its parent", async () => {
  const args = ["--port", "0", "--data", folder.path];
  const server = await startServer([...args, "--exit-with-parent"]);
  await expect(startServer(args)).rejects.toThrow(new RegExp(`Process ${server.child.pid}`));
  const exit = new Promise((resolve) => {
    server.child.once("exit", resolve);
  });
  server.child.stdin?.end();
  expect(await exit).toBe(0);
});

/** What is the same in every answer. The contract lets the rows of a repeat be newer: the sender's read marker moves. */
function lasting(results: MutationResult[]) {
  return results.map((result) =>
    result.status === "applied"
      ? { id: result.id, messages: result.changes.filter(({ collection }) => collection === "message") }
      : result,
  );
}

describe.skipIf(postgres === undefined)("two servers on one PostgreSQL", () => {
  const args = ["--port", "0", "--demo", "--database", postgres?.url ?? ""];
  let servers: Awaited<ReturnType<typeof startServer>>[] = [];
  beforeAll(async () => {
    servers = [await startServer(args), await startServer(args)];
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  test("each delivers what was written through the other, new readers included", async () => {
    const [first, second] = servers;
    if (first === undefined || second === undefined) throw new Error("no servers");
    const headers = await headersOf(second.url, "admin");
    const events = new EventReader(await fetch(`${second.url}/v1/events`, { headers }));
    await events.nextOf("hello");
    const { demo, scope, spaceId, conversationId } = await newSpace(first.url);
    await events.nextOf("change", (data) => data["id"] === spaceId);
    const admin = await signIn(first.url, "admin", "demo");
    await admin.mutate("space.join", scope, { spaceId });
    expect((await events.nextOf("scopeAdded")).data["scope"]).toBe(scope);
    for (let count = 0; count < 20; count += 1) {
      const id = createId();
      await demo.mutate("message.send", scope, { id, conversationId, body: `message ${count}` });
      const frame = await events.nextOf("change", (data) => data["collection"] === "message");
      expect(frame.data["id"]).toBe(id);
    }
    await demo.mutate("membership.remove", scope, { spaceId, personId: admin.personId });
    expect((await events.nextOf("scopeRemoved")).data["scope"]).toBe(scope);
    await events.close();
  });

  test("a sign-in ended through one is over on the other at once: its stream, its tokens, and the order to forget", async () => {
    const [first, second] = servers;
    if (first === undefined || second === undefined) throw new Error("no servers");
    const lost = await fetch(
      `${second.url}/v1/token`,
      posting({ grant_type: "password", username: "demo", password: "demo" }),
    );
    const token = tokenResponseSchema.parse(await lost.json());
    const headers = { authorization: `Bearer ${token.access_token}` };
    const events = new EventReader(await fetch(`${second.url}/v1/events`, { headers }));
    await events.nextOf("hello");
    const demo = await signIn(first.url, "demo", "demo");
    const ending = { id: token.session_id, personId: demo.personId, wipe: true };
    expect(await demo.mutate("session.end", `person:${demo.personId}`, ending)).toMatchObject({
      status: "applied",
    });
    await events.nextOf("signedOut");
    expect((await events.next()).event).toBe("ended");
    expect((await fetch(`${second.url}/v1/scopes`, { headers })).status).toBe(401);
    const refresh = { grant_type: "refresh_token", refresh_token: token.refresh_token };
    for (const { url } of [second, first]) {
      const answer = await fetch(`${url}/v1/token`, posting(refresh));
      expect(await answer.json()).toMatchObject({ kind: "wipeRequired" });
    }
  });

  test("the people of a server that is killed are offline for the others within 30 s, and typing crosses over", async () => {
    const [, second] = servers;
    if (second === undefined) throw new Error("no server");
    const dying = await startServer(args);
    const karim = await signIn(dying.url, "technicien", "demo");
    const watching = new EventReader(
      await fetch(`${second.url}/v1/events`, { headers: await headersOf(second.url, "demo") }),
    );
    await watching.nextOf("hello");
    const isHis = (data: Record<string, unknown>) =>
      data["collection"] === "presence" && data["id"] === karim.personId;
    const stateOfKarim = async () => {
      return JSON.stringify((await watching.nextOf("change", isHis)).data["data"]);
    };
    const headers = await headersOf(dying.url, "technicien");
    const signal = async (one: object) => {
      const body = JSON.stringify({ signals: [one] });
      return (await fetch(`${dying.url}/v1/signals`, { method: "POST", headers, body })).status;
    };
    expect(await signal({ kind: "alive", machine: "desk", isActive: true })).toBe(204);
    expect(await stateOfKarim()).toContain('"state":"active"');
    const demo = await signIn(second.url, "demo", "demo");
    const id = directConversationId(
      personIdSchema.parse(karim.personId),
      personIdSchema.parse(demo.personId),
    );
    const scope = `conversation:${id}`;
    const memberIds = [karim.personId, demo.personId];
    await demo.mutate("conversation.open", scope, { id, kind: "direct", memberIds });
    await signal({ kind: "typing", scope, conversationId: id, isTyping: true });
    expect((await watching.nextOf("typing")).data).toMatchObject({
      personId: karim.personId,
      isTyping: true,
    });
    dying.child.kill("SIGKILL");
    const killedAt = performance.now();
    expect(await stateOfKarim()).toContain('"state":"offline"');
    expect(performance.now() - killedAt).toBeLessThan(30_000);
    await dying.kill();
    await watching.close();
  }, 90_000);

  test("the same mutations sent to both at once have one effect and the same answers", async () => {
    const urls = servers.map((server) => server.url);
    const { demo, scope, conversationId } = await newSpace(urls[0] ?? "");
    const headers = await headersOf(urls[0] ?? "", "mairie");
    const mutations = Array.from({ length: 20 }, (_, index) => ({
      id: createId(),
      name: "message.send",
      scope,
      args: { id: createId(), conversationId, body: `message ${index}` },
      madeAt: "2026-11-22T18:00:00.000Z",
    }));
    const send = async (url: string | undefined) => {
      const body = JSON.stringify({ mutations });
      const answer = await fetch(`${url}/v1/mutations`, { method: "POST", headers, body });
      return mutationResponseSchema.parse(await answer.json()).results;
    };
    const answers = await Promise.all([...urls, ...urls].map((url) => send(url)));
    for (const answer of answers) expect(lasting(answer)).toEqual(lasting(answers[0] ?? []));
    expect(answers[0]?.every((result) => result.status === "applied")).toBe(true);
    const rows = (await demo.rows(scope)).filter((row) => row.collection === "message");
    expect(rows).toHaveLength(20);
  });
});
