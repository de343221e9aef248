import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { hostChannels } from "#contract/bridge.ts";
import { hostileCalls, MARK } from "#host/testing/hostile-arguments.ts";
import { tempFolder } from "#host/testing/temp-folder.ts";
import { TokenServer } from "#host/testing/token-server.ts";
import { registerScheme } from "./app-protocol.ts";
import {
  app,
  BrowserWindow,
  fetched,
  forked,
  ipcMain,
  opened,
  registered,
  session,
} from "./testing/fake-electron.ts";
import { startShell } from "./shell.ts";

const idsSchema = z.looseObject({ value: z.array(z.looseObject({ id: z.string() })) });

afterEach(() => {
  BrowserWindow.all.length = 0;
  forked.length = 0;
});

async function start(serverUrl?: string) {
  app.appPath = await tempFolder();
  await mkdir(join(app.appPath, "dist", "renderer"), { recursive: true });
  await writeFile(join(app.appPath, "dist", "renderer", "index.html"), "<title>Parvis</title>");
  const said: string[] = [];
  const starting = startShell({
    dataDir: await tempFolder(),
    serverUrl,
    early: { take: () => [], stop: () => undefined },
    say: (text) => said.push(text),
    complain: (text) => said.push(text),
  });
  return { starting, said };
}

async function serve(path: string, init?: RequestInit): Promise<Response> {
  const handler = session.defaultSession.served.get("app");
  if (handler === undefined) throw new Error("nothing is served");
  return handler(new Request(new URL(path, "app://parvis/"), init));
}

async function invoke(channel: string, args: unknown): Promise<unknown> {
  const [window] = BrowserWindow.all;
  const event = { senderFrame: { parent: null, origin: "app://parvis" }, sender: window?.webContents };
  return ipcMain.handlers.get("host")?.(event, { channel, args });
}

test("the scheme has an origin of its own, streams, and nothing of the web's liberties", () => {
  registerScheme();
  expect(registered).toEqual([
    {
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
});

test("opens one locked-down window on app://parvis once the host is ready", async () => {
  const server = await TokenServer.open();
  const { starting, said } = await start(server.url);
  const { stop } = await starting;
  onTestFinished(stop);
  const [window] = BrowserWindow.all;
  expect(window).toMatchObject({ url: "app://parvis/", isShown: true });
  expect(window?.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    preload: join(app.appPath, "dist", "preload", "preload.cjs"),
  });
  expect(said).toEqual(["Parvis is ready: app://parvis/"]);
});

test("pages and gateway are served behind app://parvis, through Chromium's own network", async () => {
  const server = await TokenServer.open();
  const { starting } = await start(server.url);
  onTestFinished((await starting).stop);
  const page = await serve("/");
  expect(await page.text()).toBe("<title>Parvis</title>");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await serve("/../package.json")).status).toBe(404);
  expect((await serve("app://other/")).status).toBe(404);
  const list = await invoke("accounts.list", {});
  expect(list).toMatchObject({ ok: true, value: [{ serverUrl: server.url, state: "signedOut" }] });
  const [id] = idsSchema.parse(list).value.map((account) => account.id);
  await invoke("accounts.signInWithPassword", { accountId: id, username: "demo", password: "demo" });
  const answer = await serve(`/gateway/${id}/v1/scopes`);
  expect(await answer.json()).toEqual({ url: "/v1/scopes" });
  expect(fetched.at(-1)).toEqual({ url: `${server.url}/v1/scopes`, bypass: true });
});

test("with no window in focus it listens for what to notify", async () => {
  const server = await TokenServer.open();
  const { starting } = await start(server.url);
  onTestFinished((await starting).stop);
  const [id] = idsSchema.parse(await invoke("accounts.list", {})).value.map((account) => account.id);
  await invoke("accounts.signInWithPassword", { accountId: id, username: "demo", password: "demo" });
  BrowserWindow.all[0]?.blur();
  const events = { url: `${server.url}/v1/events?presence=none`, bypass: true };
  await expect.poll(() => fetched, { timeout: 10_000 }).toContainEqual(events);
});

test("wrong arguments of any channel, those of windows too, come back as a problem that repeats nothing", async () => {
  const server = await TokenServer.open();
  const { starting } = await start(server.url);
  onTestFinished((await starting).stop);
  const calls = hostileCalls();
  const channels = new Set<string>();
  for (const { channel, args } of calls) {
    const answer = await invoke(channel, args);
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: expect.stringMatching(/^(badRequest|tooLarge)$/) },
    });
    expect(JSON.stringify(answer)).not.toContain(MARK);
    channels.add(channel);
  }
  expect([...channels].sort()).toEqual(Object.keys(hostChannels).sort());
  expect(BrowserWindow.all).toHaveLength(1);
});

test("only https: and mailto: leave the application", async () => {
  const server = await TokenServer.open();
  const { starting } = await start(server.url);
  onTestFinished((await starting).stop);
  for (const url of ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y", "http://example.org"]) {
    expect(await invoke("shell.openExternal", { url })).toMatchObject({
      ok: false,
      error: { kind: "forbidden" },
    });
  }
  await invoke("shell.openExternal", { url: "https://example.org/" });
  expect(opened).toEqual(["https://example.org/"]);
});

test("the embedded workplace runs as Electron's own child process and is ended with the shell", async () => {
  const server = await TokenServer.open();
  const { starting } = await start();
  await expect.poll(() => forked.length).toBe(1);
  const [first] = forked;
  expect(first?.script).toBe(join(app.appPath, "dist", "server", "serve.js"));
  expect(first?.args).toContain("--demo");
  first?.child.stdout.emit("data", Buffer.from(`Workplace server is ready: ${server.url}\n`));
  const { stop } = await starting;
  expect(await invoke("accounts.list", {})).toMatchObject({ value: [{ id: "embedded", state: "signedIn" }] });
  let hasEnded = false;
  first?.child.once("exit", () => {
    hasEnded = true;
  });
  await stop();
  expect(hasEnded).toBe(true);
});
