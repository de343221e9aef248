import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { FallbackStore } from "#host/secrets/fallback-store.ts";
import { startParvis, temporaryFolder } from "./support/processes.ts";

/** The command itself: nothing of what is secret is anywhere but in its store. */

const PASSPHRASE = "phrase-de-passe-du-test";
const CODE = "code-de-verrou-du-test";
const WRONG = "mot-de-passe-faux-du-test";

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
const tokensSchema = z.object({ access: z.string(), refresh: z.string() });

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

async function secretsOf(folder: string): Promise<string[]> {
  const store = await FallbackStore.open({ path: join(folder, "secrets.json"), reason: "a test" });
  await store.unlock(PASSPHRASE);
  const { access, refresh } = tokensSchema.parse(JSON.parse((await store.get("tokens/embedded")) ?? "{}"));
  return [access, refresh];
}

test.skipIf(process.platform !== "linux")(
  "signing in, failing, locking: no token, key, passphrase or code in output, files, arguments, environment, answers or events",
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
      await window.call("diagnostics.collect", {}),
      await window.call("selfTest.run", {}),
      await window.call("settings.get", {}),
    ];
    expect(answers[0]).toContain("signInFailed");
    expect(answers[3]).toContain('"ok":true');
    expect(answers[5]).toContain("locked");
    await expect.poll(() => window.events()).toContain("lockChanged");
    const processes = parvis.child.pid === undefined ? [] : processesOf(parvis.child.pid);
    const secrets = [key, ...(await secretsOf(folder.path)), PASSPHRASE, CODE, WRONG];
    await parvis.stop();
    const places: [string, string][] = [
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
