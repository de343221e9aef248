import { mkdir, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ok } from "#contract/result.ts";
import { HostEvents } from "../events.ts";
import { deadAddress } from "../testing/test-server.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import { BrowserShell } from "./browser-shell.ts";
import { createPages } from "./pages.ts";
import { createStaticFiles } from "./static-files.ts";

const INDEX = "<!doctype html><title>Parvis</title>";

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

async function openShell(port = 0, secret = "instance") {
  const root = await tempFolder();
  const folder = join(root, "renderer");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(folder, "index.html"), INDEX);
  await writeFile(join(folder, "assets", "main-abc.js"), "let a;");
  await writeFile(join(root, "secret.txt"), "secret");
  const faults: unknown[] = [];
  const pageCounts: number[] = [];
  const links: string[] = [];
  const events = new HostEvents();
  const shell = await BrowserShell.open({
    bridge: { call: async (channel, args) => ok({ channel, args }) },
    events,
    snapshot: async () => [{ type: "workplaceChanged", isRunning: false }],
    pages: createPages(
      { handle: async (request) => new Response(`gateway ${new URL(request.url).pathname}`) },
      createStaticFiles(folder),
    ),
    port,
    instanceSecret: secret,
    onLink: (link) => links.push(link),
    onFault: (error) => faults.push(error),
    onPagesChanged: (count) => pageCounts.push(count),
  });
  onTestFinished(() => shell.close());
  return { shell, events, faults, pageCounts, links, origin: `http://127.0.0.1:${shell.port}` };
}

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Below `fetch`, which would correct headers and paths. */
async function call(
  origin: string,
  path: string,
  { method = "GET", headers = {}, body }: Call = {},
): Promise<Answer> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function enter(shell: BrowserShell): Promise<string> {
  const url = new URL(shell.createUrl());
  const answer = await call(url.origin, `${url.pathname}${url.search}`);
  expect(answer).toMatchObject({ status: 303, headers: { location: "/" } });
  const [cookie = ""] = answer.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  return cookie.split(";")[0] ?? "";
}

test("a key opens once and becomes a cookie; without it there is nothing", async () => {
  const { shell, origin } = await openShell();
  const url = new URL(shell.createUrl());
  expect((await call(origin, "/")).status).toBe(403);
  expect((await call(origin, "/?key=guess")).status).toBe(403);
  const first = await call(origin, `/${url.search}`);
  expect(first.status).toBe(303);
  expect((await call(origin, `/${url.search}`)).status).toBe(403);
  const cookie = (first.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  expect(await call(origin, "/", { headers: { cookie } })).toMatchObject({ status: 200, text: INDEX });
  expect((await call(origin, "/", { headers: { cookie: `${cookie}x` } })).status).toBe(403);
});

test("pages carry the content security policy, and only hashed files may be kept by the browser", async () => {
  const { shell, origin } = await openShell();
  const cookie = await enter(shell);
  const index = await call(origin, "/messages/anything", { headers: { cookie } });
  expect(index).toMatchObject({ status: 200, text: INDEX });
  expect(index.headers).toMatchObject({
    "cache-control": "no-store",
    "content-type": "text/html; charset=utf-8",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  expect(index.headers["content-security-policy"]).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self';",
  );
  // What is heard before it is sent is an address of our own page; the microphone is for that page alone.
  expect(index.headers["content-security-policy"]).toContain("media-src 'self' blob:;");
  expect(index.headers["permissions-policy"]).toContain("camera=(), microphone=(self),");
  const script = await call(origin, "/assets/main-abc.js", { headers: { cookie } });
  expect(script.headers).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": "text/javascript; charset=utf-8",
  });
});

test.each([
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/assets/..%5c..%5csecret.txt",
  "/a%00.js",
  "/%ff.js",
])("gives no file from outside its folder: %s", async (path) => {
  const { shell, origin } = await openShell();
  const answer = await call(origin, path, { headers: { cookie: await enter(shell) } });
  expect(answer.text).not.toContain("secret");
  expect(answer.status).toBe(404);
});

test("another name that leads to this machine is refused, cookie or not", async () => {
  const { shell, origin } = await openShell();
  const cookie = await enter(shell);
  const { port } = new URL(origin);
  for (const host of [
    `evil.example:${port}`,
    `localhost:${port}`,
    "127.0.0.1",
    `127.0.0.1:${port}.evil.example`,
  ]) {
    expect([400, 403]).toContain((await call(origin, "/", { headers: { cookie, host } })).status);
  }
  const key = new URL(shell.createUrl()).search;
  expect((await call(origin, `/${key}`, { headers: { host: `evil.example:${port}` } })).status).toBe(403);
  // Refused before the key was looked at: it still opens.
  expect((await call(origin, `/${key}`)).status).toBe(303);
});

test("a page of another origin can neither call nor read, also from another port of this machine", async () => {
  const { shell, origin } = await openShell();
  const cookie = await enter(shell);
  const json = { cookie, "content-type": "application/json" };
  const post = (headers: Record<string, string>) =>
    call(origin, "/host/app.info", { method: "POST", headers, body: '{"a":1}' });
  expect(await post({ ...json, origin, "sec-fetch-site": "same-origin" })).toMatchObject({
    status: 200,
    text: '{"ok":true,"value":{"channel":"app.info","args":{"a":1}}}',
  });
  const refused = [
    await post({ ...json, origin: "http://127.0.0.1:1" }),
    await post({ ...json, origin: "null" }),
    await post(json),
    await post({ ...json, origin, "sec-fetch-site": "same-site" }),
    await call(origin, "/gateway/a/v1/sync", { headers: { cookie, "sec-fetch-site": "same-site" } }),
    await call(origin, "/gateway/a/v1/sync", { headers: { cookie, "sec-fetch-site": "cross-site" } }),
    await call(origin, "/gateway/a/v1/sync"),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403]);
  expect((await post({ cookie, origin, "content-type": "text/plain" })).status).toBe(415);
  expect(await call(origin, "/gateway/a/v1/sync", { headers: { cookie } })).toMatchObject({
    status: 200,
    text: "gateway /gateway/a/v1/sync",
  });
});

test("what is not JSON or much too long is refused without a fault", async () => {
  const { shell, origin, faults } = await openShell();
  const headers = { cookie: await enter(shell), origin, "content-type": "application/json" };
  const bad = await call(origin, "/host/app.info", { method: "POST", headers, body: "{" });
  expect(JSON.parse(bad.text)).toMatchObject({ ok: false, error: { kind: "badRequest" } });
  const long = await call(origin, "/host/app.info", {
    method: "POST",
    headers,
    body: `"${"x".repeat(200_000)}"`,
  });
  expect(JSON.parse(long.text)).toMatchObject({ ok: false, error: { kind: "tooLarge" } });
  expect(faults).toEqual([]);
});

async function openEvents(origin: string, cookie: string) {
  const controller = new AbortController();
  const response = await fetch(`${origin}/host/events`, { headers: { cookie }, signal: controller.signal });
  const reader = (response.body ?? new Blob([]).stream()).pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    close: () => controller.abort(),
    /** Everything that came until `wanted` did, or until the end. */
    async until(wanted: string): Promise<string> {
      while (!text.includes(wanted)) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
      }
      return text;
    },
  };
}

test("tells its pages how things stand and what happens in the host, and stops when they go", async () => {
  const { shell, origin, events, pageCounts } = await openShell();
  const stream = await openEvents(origin, await enter(shell));
  await stream.until('"isRunning":false');
  events.emit({ type: "workplaceChanged", isRunning: true });
  expect(await stream.until('"isRunning":true')).toBe(
    [
      "retry: 1000",
      'data: {"type":"workplaceChanged","isRunning":false}',
      'data: {"type":"workplaceChanged","isRunning":true}',
      "",
    ].join("\n\n"),
  );
  stream.close();
  await expect.poll(() => events.listenerCount).toBe(0);
  expect(pageCounts).toEqual([1, 0]);
});

test("many tabs leave connections for everything else: the oldest stream is sent away for a while", async () => {
  const { shell, origin, events } = await openShell();
  const cookie = await enter(shell);
  const first = await openEvents(origin, cookie);
  const others = [
    await openEvents(origin, cookie),
    await openEvents(origin, cookie),
    await openEvents(origin, cookie),
  ];
  expect(await first.until("never")).toMatch(/retry: 20000\n\n$/);
  expect(events.listenerCount).toBe(3);
  events.emit({ type: "workplaceChanged", isRunning: true });
  for (const stream of others) expect(await stream.until('"isRunning":true')).toContain('"isRunning":true');
});

test("a second instance that knows the secret gets a new address, nobody else does", async () => {
  const { origin } = await openShell();
  const ask = (authorization: string) =>
    call(origin, "/instance/open", { method: "POST", headers: { authorization } });
  expect((await ask("Bearer wrong")).status).toBe(403);
  const answer = await ask("Bearer instance");
  const { url } = JSON.parse(answer.text);
  expect((await call(origin, `/${new URL(url).search}`)).status).toBe(303);
});

test("a second instance hands over its link, and only with the secret", async () => {
  const { origin, links } = await openShell();
  const ask = (authorization: string, body: string) =>
    call(origin, "/instance/open", { method: "POST", headers: { authorization }, body });
  expect((await ask("Bearer wrong", '{"link":"parvis://a"}')).status).toBe(403);
  expect((await ask("Bearer instance", '{"link":"parvis://b"}')).status).toBe(200);
  expect((await ask("Bearer instance", "{")).status).toBe(200);
  expect(links).toEqual(["parvis://b"]);
});

test("a port that another program holds is told, with what to do", async () => {
  const { port } = new URL(await deadAddress());
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(Number(port), "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    other.close();
  });
  await expect(openShell(Number(port))).rejects.toMatchObject({
    kind: "unavailable",
    problem: { title: `Port ${port} is taken by another program` },
  });
});
