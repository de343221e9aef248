import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot, startServer, temporaryFolder, type RunningProgram } from "../support/processes.ts";

const folder = temporaryFolder("guide");
let server: RunningProgram;

beforeAll(async () => {
  server = await startServer(["--port", "0", "--data", join(folder.path, "data"), "--demo"]);
}, 120_000);

afterAll(async () => {
  await server.stop();
  folder.remove();
});

function hasCurl(): boolean {
  return spawnSync("curl", ["--version"]).status === 0;
}

test("the examples of docs/backend.md work as they are written", { timeout: 60_000 }, (context) => {
  if (!hasCurl() || process.platform !== "linux") {
    process.stderr.write("\n!!! SKIPPED: the examples of docs/backend.md need Linux with curl !!!\n\n");
    context.skip("needs Linux with curl");
  }
  const guide = readFileSync(join(repositoryRoot, "docs/backend.md"), "utf8");
  const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(8);
  const script = ["set -eu -o pipefail", ...blocks].join("\n");
  const output = execFileSync("bash", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, URL: server.url, TMPDIR: folder.path },
  });
  for (const seen of [
    '"service":"parvis"',
    '"status":"applied"',
    '"isEnd":true',
    "event: hello",
    '"hasOlder":false',
  ]) {
    expect(output).toContain(seen);
  }
  expect(output).toContain('"kind":"forbidden"');
  expect(output.endsWith("tout204\n")).toBe(true);
});
