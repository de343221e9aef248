import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allChecks } from "#conformance/all-checks.ts";
import { runChecks } from "#conformance/runner.ts";
import { World } from "#conformance/world.ts";
import { startPostgres } from "../peers/postgres.ts";
import {
  freePort,
  repositoryRoot,
  startServer,
  temporaryFolder,
  type RunningProgram,
} from "../support/processes.ts";
import { startBrokenProxy } from "./broken-proxy.ts";
import { createMutants, type Mutant } from "./mutants.ts";

/** An administrator: in the demonstration the others ask for their spaces. */
const first = { username: "admin", password: "demo" };
const second = { username: "technicien", password: "demo" };
const LONG_MS = 300_000;

interface Finished {
  code: number | null;
  output: string;
}

/** `npm run conformance` as someone who writes a backend runs it. */
async function runSuite(args: string[]): Promise<Finished> {
  const child = spawn(process.execPath, ["conformance/main.ts", ...args], { cwd: repositoryRoot });
  let output = "";
  const add = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", add);
  child.stderr.on("data", add);
  const [code]: unknown[] = await once(child, "exit");
  return { code: typeof code === "number" ? code : null, output };
}

const accounts = [
  "--user",
  "admin",
  "--password",
  "demo",
  "--second-user",
  "technicien",
  "--second-password",
  "demo",
];

describe("the reference server", () => {
  const folder = temporaryFolder("conformance");
  let server: RunningProgram;

  beforeAll(async () => {
    server = await startServer(["--port", "0", "--data", join(folder.path, "data"), "--demo"]);
  }, LONG_MS);

  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  test("is compatible on SQLite", { timeout: LONG_MS }, async () => {
    const json = join(folder.path, "results.json");
    const { code, output } = await runSuite(["--url", server.url, ...accounts, "--json", json]);
    expect(output).toMatch(/\n[1-9]\d+ passed, 0 failed\n$/);
    expect(output).not.toContain("skip");
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ url: server.url });
  });

  test("is judged with one account too, and says what it could not check", { timeout: LONG_MS }, async () => {
    const { code, output } = await runSuite([
      "--url",
      server.url,
      ...accounts.slice(0, 4),
      "--only",
      "visibility",
    ]);
    expect(output).toContain("--second-user");
    expect(output).toMatch(/\n0 passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test("is judged by an access token where there are no passwords", { timeout: LONG_MS }, async () => {
    const { access_token: token } = await new World(worldAt(server.url)).signIn(first);
    const { code, output } = await runSuite(["--url", server.url, `--token=${token}`]);
    expect(output).toContain("needs --user and --password");
    expect(output).toMatch(/\n[1-9]\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test("where nothing answers, the suite fails", { timeout: LONG_MS }, async () => {
    const { code, output } = await runSuite([
      "--url",
      `http://127.0.0.1:${await freePort()}`,
      ...accounts,
      "--only",
      "capabilities",
    ]);
    expect(output).toMatch(/\n0 passed, [1-9]\d* failed\n$/);
    expect(code).toBe(1);
  });

  test("a suite that checked nothing does not say yes", async () => {
    const { code, output } = await runSuite(["--url", server.url, ...accounts, "--only", "no such check"]);
    expect(output).toMatch(/\n0 passed, 0 failed\n$/);
    expect(code).toBe(1);
  });

  describe("with one fault is found out", () => {
    const names = createMutants({ firstToken: "" }).map(({ fault }) => fault);

    test.each(names)("%s", { timeout: LONG_MS }, async (fault) => {
      const { access_token: firstToken } = await new World(worldAt(server.url)).signIn(first);
      const mutant = createMutants({ firstToken }).find((each) => each.fault === fault);
      if (mutant === undefined) throw new Error(fault);
      const failed = await failuresOf(server.url, mutant);
      expect(failed.filter((name) => name.includes(mutant.check))).not.toEqual([]);
    });

    test("and without one is not", { timeout: LONG_MS }, async () => {
      for (const { group, check } of createMutants({ firstToken: "" })) {
        expect(await failuresOf(server.url, { fault: "none", group, check })).toEqual([]);
      }
    });
  });
});

test("the reference server is compatible on PostgreSQL", { timeout: LONG_MS }, async (context) => {
  const postgres = await startPostgres();
  if (postgres === undefined) {
    context.skip("there is no PostgreSQL here");
    return;
  }
  const folder = temporaryFolder("conformance-postgres");
  const place = ["--port", "0", "--data", folder.path, "--database", postgres.url, "--demo"];
  const server = await startServer(place);
  try {
    const { code, output } = await runSuite(["--url", server.url, ...accounts]);
    expect(output).toMatch(/\n[1-9]\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  } finally {
    await server.stop();
    await postgres.stop();
    folder.remove();
  }
});

function worldAt(url: string): ConstructorParameters<typeof World>[0] {
  return { url, first, second, token: undefined };
}

async function failuresOf(target: string, mutant: Mutant): Promise<string[]> {
  const proxy = await startBrokenProxy(target, mutant);
  const world = new World(worldAt(proxy.url));
  try {
    const checks = allChecks.filter(({ group }) => group === mutant.group);
    const options = {
      checks,
      world,
      only: mutant.check,
      now: () => performance.now(),
      onResult: () => undefined,
    };
    const results = await runChecks(options);
    return results.flatMap(({ check, outcome }) => (outcome.status === "failed" ? [check.name] : []));
  } finally {
    await world.cleanUp();
    await proxy.stop();
  }
}
