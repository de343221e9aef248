import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { Best } from "./best.ts";
import { hitOf, IndexStore } from "./index-store.ts";
import { prepareQuery } from "./segment-search.ts";

const PROGRAM = join(import.meta.dirname, "..", "..", "testing", "index-writer.ts");

/** Runs it until it has done so many steps more, and kills it there. The last step that it spoke of. */
async function runAndKill(folder: string, steps: number): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let said = "";
  let lines = 0;
  for await (const chunk of child.stdout) {
    said += String(chunk);
    lines = said.split("\n").length - 1;
    if (lines >= steps) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return Number(said.split("\n").slice(0, lines).at(-1));
}

test(
  "killed at any moment, nothing that was said to be written is missing, and nothing that went is there",
  { timeout: 90_000 },
  async () => {
    const folder = await tempFolder();
    for (const steps of [1, 7, 40, 23, 150, 64]) {
      const done = await runAndKill(folder, steps);
      const store = IndexStore.open(folder, Buffer.alloc(32, 7));
      const { pass } = store.state;
      expect(pass).toBeGreaterThanOrEqual(done);
      const best = new Best(1000);
      store.search(prepareQuery(["file"]), best);
      const wanted = Array.from({ length: Math.min(10, pass) }, (_, at) => pass - 1 - at);
      expect(best.list.map((one) => hitOf(one).path)).toEqual(
        wanted.map((at) => `folder ${at}/file ${at}.txt`),
      );
      expect(store.folders()).toHaveLength(pass + 1);
      store.close();
    }
  },
);
