import { spawn, type ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { TokenServer } from "../testing/token-server.ts";

/** The command itself, as a person starts it. The pages are built by the first of these when they are not. */

const LAUNCH = join(import.meta.dirname, "launch.js");
const READY = /Parvis is ready: (http:\/\/127\.0\.0\.1:\d+\/\?key=\S+)/;
const START_MS = 120_000;

interface Started {
  child: ChildProcess;
  output: () => string;
  /** The address, or what was said instead of it. */
  ready: Promise<string>;
  ended: Promise<number | null>;
}

function start(...args: string[]): Started {
  const child = spawn(process.execPath, [LAUNCH, "--shell", "browser", "--no-open", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PARVIS_PASSPHRASE: "test" },
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
  const ready = new Promise<string>((resolve, reject) => {
    const onText = (text: string): void => {
      output += text;
      const url = READY.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.setEncoding("utf8").on("data", onText);
    child.stderr.setEncoding("utf8").on("data", onText);
    void ended.then(() => reject(new Error(output)));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return { child, output: () => output, ready, ended };
}

async function opens(url: string): Promise<number> {
  const response = await fetch(url, { redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

test(
  "starts, gives a second start another address of the same instance, remembers its port, and ends on Ctrl+C",
  async () => {
    const server = await TokenServer.open();
    const folder = await tempFolder();
    const args = ["--port", "0", "--data", folder, "--server", server.url];
    const first = start(...args);
    const url = await first.ready;
    expect(await opens(url)).toBe(303);
    const second = start(...args);
    const other = await second.ready;
    expect(new URL(other).origin).toBe(new URL(url).origin);
    expect(await second.ended).toBe(0);
    expect(await opens(other)).toBe(303);
    const reset = start("--data", folder, "--reset-demo");
    await expect(reset.ready).rejects.toThrow("stop it before its demonstration data are made anew");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
    const again = start(...args);
    expect(new URL(await again.ready).origin).toBe(new URL(url).origin);
    again.child.kill("SIGKILL");
    await again.ended;
    const afterKill = start(...args);
    expect(new URL(await afterKill.ready).origin).toBe(new URL(url).origin);
  },
  START_MS,
);

test(
  "says so when another program has taken the port of this profile, and starts nothing",
  async () => {
    const server = await TokenServer.open();
    const folder = await tempFolder();
    const args = ["--data", folder, "--server", server.url];
    const first = start(...args);
    const { port } = new URL(await first.ready);
    first.child.kill("SIGTERM");
    await first.ended;
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(Number(port), "127.0.0.1", resolve);
    });
    onTestFinished(() => {
      other.close();
    });
    const blocked = start(...args);
    await expect(blocked.ready).rejects.toThrow(`Port ${port} is taken by another program`);
    expect(await blocked.ended).toBe(1);
  },
  START_MS,
);

test(
  "the embedded workplace goes with the host, also when that is killed",
  async () => {
    const folder = await tempFolder();
    const host = start("--data", folder);
    await host.ready;
    const accounts = await readFile(join(folder, "accounts.json"), "utf8");
    const workplace = /"serverUrl": "([^"]+)"/.exec(accounts)?.[1] ?? "";
    expect(await opens(`${workplace}/v1/capabilities`)).toBe(200);
    host.child.kill("SIGKILL");
    await host.ended;
    await expect.poll(() => opens(workplace).catch(() => "gone"), { timeout: 20_000 }).toBe("gone");
  },
  START_MS,
);

test("an option that does not exist is told with the usage", async () => {
  const wrong = start("--prot", "1");
  await expect(wrong.ready).rejects.toThrow("--prot");
  expect(wrong.output()).toContain("npm start -- [options]");
  expect(await wrong.ended).toBe(1);
});
