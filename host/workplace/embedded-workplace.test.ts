import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { tcpServer } from "../testing/test-server.ts";
import { EmbeddedWorkplace, type EmbeddedWorkplaceOptions } from "./embedded-workplace.ts";
import { nodeWorkplace } from "./workplace-process.ts";

const TESTING = join(import.meta.dirname, "..", "testing");

afterEach(() => {
  delete process.env["FAKE_WORKPLACE"];
});

function create(options: Partial<EmbeddedWorkplaceOptions> = {}) {
  const changes: string[] = [];
  const waiters: (() => void)[] = [];
  const workplace = new EmbeddedWorkplace({
    start: nodeWorkplace(join(TESTING, "fake-workplace.ts")),
    dataDir: "unused",
    port: undefined,
    log: () => undefined,
    onChange: ({ isRunning, url }) => {
      changes.push(isRunning ? `back ${url ?? ""}` : "gone");
      for (const wake of waiters.splice(0)) wake();
    },
    restartMs: 1,
    ...options,
  });
  onTestFinished(() => workplace.stop());
  return { workplace, changes };
}

async function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

test("waits until it answers, and is gone after stop", async () => {
  const { workplace, changes } = create();
  const url = await workplace.start();
  expect(await isUp(url)).toBe(true);
  await workplace.stop();
  expect(await isUp(url)).toBe(false);
  expect(changes).toEqual([]);
});

test("started again at the same address each time that it dies", async () => {
  const { workplace, changes } = create();
  const url = await workplace.start();
  for (let death = 1; death <= 2; death += 1) {
    await fetch(`${url}/die`).catch(() => undefined);
    await expect.poll(() => changes.length, { timeout: 10_000 }).toBe(2 * death);
    expect(await isUp(url)).toBe(true);
  }
  expect(changes).toEqual(["gone", `back ${url}`, "gone", `back ${url}`]);
});

test("takes another port when another program has taken the one of last time", async () => {
  const taken = await tcpServer((socket) => socket.destroy());
  const { workplace } = create({ port: Number(new URL(taken).port) });
  const url = await workplace.start();
  expect(url).not.toBe(taken);
  expect(await isUp(url)).toBe(true);
});

test("stopped while it starts, it is not started anew at another port", async () => {
  process.env["FAKE_WORKPLACE"] = "silent";
  let starts = 0;
  const start = nodeWorkplace(join(TESTING, "fake-workplace.ts"));
  const { workplace } = create({
    port: 1,
    start: (options) => {
      starts += 1;
      return start(options);
    },
  });
  const starting = workplace.start();
  await workplace.stop();
  await expect(starting).rejects.toMatchObject({ kind: "unavailable" });
  expect(starts).toBe(1);
});

test("a server that cannot start is told with its last words, one that says nothing with the time", async () => {
  process.env["FAKE_WORKPLACE"] = "crash";
  await expect(create().workplace.start()).rejects.toMatchObject({
    kind: "unavailable",
    problem: { detail: expect.stringContaining("the database is broken") },
  });
  process.env["FAKE_WORKPLACE"] = "silent";
  await expect(create({ readyMs: 300 }).workplace.start()).rejects.toMatchObject({
    problem: { detail: expect.stringContaining("not ready in time") },
  });
});

test("ends by itself when the host is killed", async () => {
  const host = spawn(process.execPath, [join(TESTING, "host-that-dies.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(host.stdout.setEncoding("utf8"), "data");
  const url = String(line).trim();
  expect(await isUp(url)).toBe(true);
  host.kill("SIGKILL");
  await expect.poll(() => isUp(url), { timeout: 10_000 }).toBe(false);
});
