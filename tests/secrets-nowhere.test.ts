import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { FallbackStore } from "#host/secrets/fallback-store.ts";
import { startParvis, temporaryFolder } from "./support/processes.ts";

/** The command itself: nothing of what is secret is anywhere but in its store. */

const PASSPHRASE = "phrase-de-passe-du-test";
const CODE = "code-de-verrou-du-test";
const WRONG = "mot-de-passe-faux-du-test";
const OF_DRIVE = "mot-de-passe-du-lecteur";

interface Window {
  call(channel: string, args: unknown): Promise<string>;
  events(): string;
}

/** What a page gets, as text. */
async function openWindow(url: string): Promise<Window> {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: "manual" });
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const headers = { cookie, origin, "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  let heard = "";
  const stream = await fetch(`${origin}/host/events`, { headers, signal: ending.signal });
  expect(stream.status).toBe(200);
  void (async () => {
    for await (const chunk of stream.body ?? []) heard += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  return {
    events: () => heard,
    async call(channel, args) {
      const response = await fetch(`${origin}/host/${channel}`, {
        method: "POST",
        headers,
        body: JSON.stringify(args),
      });
      return response.text();
    },
  };
}

const keySchema = z.object({ value: z.object({ key: z.string() }) });
const addedSchema = z.object({ value: z.object({ id: z.string() }) });
const tokensSchema = z.object({ access: z.string(), refresh: z.string() });

/** A WebDAV server with one empty folder, for whoever knows the password. */
async function openDav(): Promise<string> {
  const wanted = `Basic ${Buffer.from(`ada:${OF_DRIVE}`).toString("base64")}`;
  const server = createServer((request, response) => {
    const isIn = request.headers.authorization === wanted;
    request.resume();
    response.setHeader("dav", "1, 2").setHeader("www-authenticate", 'Basic realm="files"');
    if (!isIn) response.writeHead(401).end(`no: ${request.headers.authorization ?? ""}`);
    else if (request.method !== "PROPFIND") response.writeHead(200, { allow: "OPTIONS, PROPFIND" }).end();
    else response.writeHead(207, { "content-type": "application/xml" }).end(FOLDER);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("the server has no port");
  return `http://127.0.0.1:${address.port}/`;
}

const FOLDER = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"><d:response><d:href>/</d:href><d:propstat><d:prop>
<d:resourcetype><d:collection/></d:resourcetype></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;

/** Everything that lies in the profile but the store itself. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "secrets.json")
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path), readFileSync(path, "latin1")]);
}

/** Arguments of these processes, and what they were given of the environment. */
function processesOf(root: number): [string, string][] {
  const tree = [root];
  for (const parent of tree) {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim();
    if (children !== "") tree.push(...children.split(" ").map(Number));
  }
  const [, ...children] = tree;
  expect(children.length).toBeGreaterThan(0);
  return [
    ...tree.map((pid): [string, string] => [
      `arguments of ${pid}`,
      readFileSync(`/proc/${pid}/cmdline`, "utf8"),
    ]),
    ...children.map((pid): [string, string] => [
      `environment of ${pid}`,
      readFileSync(`/proc/${pid}/environ`, "utf8"),
    ]),
  ];
}

async function secretsOf(folder: string, driveId: string): Promise<string[]> {
  const store = await FallbackStore.open({ path: join(folder, "secrets.json"), reason: "a test" });
  await store.unlock(PASSPHRASE);
  const { access, refresh } = tokensSchema.parse(JSON.parse((await store.get("tokens/embedded")) ?? "{}"));
  // What the drive was opened with is there, and what its names are sealed with.
  expect(await store.get(`drive-password/${driveId}`)).toBe(OF_DRIVE);
  const ofNames = (await store.get("drive-index-key")) ?? "";
  expect(ofNames).not.toBe("");
  return [access, refresh, ofNames];
}

test.skipIf(process.platform !== "linux")(
  "signing in, drives, failing, locking: no token, key, passphrase or code in output, files, arguments, environment, answers or events",
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder("secrets-nowhere");
    onTestFinished(() => folder.remove());
    const env = { PARVIS_PASSPHRASE: PASSPHRASE };
    const parvis = await startParvis(["--data", folder.path, "--port", "0"], env);
    onTestFinished(() => parvis.kill());
    const window = await openWindow(parvis.url);
    const account = { accountId: "embedded" };
    const { key } = keySchema.parse(JSON.parse(await window.call("cache.key", account))).value;
    const drive = { kind: "webdav", name: "Commun", address: await openDav(), username: "ada" };
    const added = await window.call("drives.add", { ...drive, password: OF_DRIVE });
    expect(added).toContain('"connected"');
    const driveId = addedSchema.parse(JSON.parse(added)).value.id;
    await expect.poll(() => window.events(), { timeout: 20_000 }).toContain('"completedAt":"2');
    const answers = [
      await window.call("accounts.signInWithPassword", { ...account, username: "demo", password: WRONG }),
      await window.call("secrets.status", {}),
      await window.call("secrets.unlock", { passphrase: WRONG, more: PASSPHRASE }),
      await window.call("lock.setCode", { code: CODE }),
      await window.call("lock.lock", {}),
      await window.call("cache.key", account),
      await window.call("lock.unlock", { code: WRONG }),
      await window.call("lock.unlock", { code: CODE }),
      await window.call("accounts.list", {}),
      await window.call("drives.add", { ...drive, address: `${drive.address}other/`, password: WRONG }),
      await window.call("drives.add", { ...drive, address: `http://ada:${WRONG}@127.0.0.1/` }),
      await window.call("drives.connect", { driveId, password: WRONG }),
      await window.call("drives.list", {}),
      await window.call("drives.search", { text: "a", limit: 5 }),
      await window.call("diagnostics.collect", {}),
      await window.call("selfTest.run", {}),
      await window.call("settings.get", {}),
    ];
    expect(answers[0]).toContain("signInFailed");
    expect(answers[3]).toContain('"ok":true');
    expect(answers[5]).toContain("locked");
    await expect.poll(() => window.events()).toContain("lockChanged");
    const processes = parvis.child.pid === undefined ? [] : processesOf(parvis.child.pid);
    const secrets = [key, ...(await secretsOf(folder.path, driveId)), PASSPHRASE, CODE, WRONG, OF_DRIVE];
    await parvis.stop();
    const places: [string, string][] = [
      ["answer to adding", added],
      ["output", parvis.output()],
      ["events", window.events()],
      ...answers.map((text, index): [string, string] => [`answer ${index}`, text]),
      ...processes,
      ...filesOf(folder.path),
    ];
    expect(places.length).toBeGreaterThan(20);
    const found = places.flatMap(([name, text]) =>
      secrets.flatMap((secret, index) => (text.includes(secret) ? [`${name} has secret ${index}`] : [])),
    );
    expect(found).toEqual([]);
  },
);
