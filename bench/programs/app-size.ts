import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openApp, places } from "../harness/app-page.ts";
import { appFolder, buildApp } from "../harness/build.ts";
import { BenchServer } from "../harness/bench-server.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { spread } from "../harness/statistics.ts";
import { generateWorkload, workloadW } from "../workload/generate.ts";
import { StubBackend } from "../workload/stub-backend.ts";

/** Goal 9: every script that the browser fetched until a conversation could be read, the worker's included. */
export const appSize: BenchProgram = { name: "app-size", run };

const small = { ...workloadW, messages: 2000, spaces: 4, people: 100 };

async function run({ print }: BenchOptions): Promise<BenchResult> {
  await buildApp();
  const backend = new StubBackend(generateWorkload(small));
  const server = await new BenchServer(backend).start();
  const browser = await openApp(server);
  const newest = backend.workload.conversations[0]?.conversationId ?? "";
  await browser.page.locator(places.conversation(newest)).first().click();
  await browser.page.locator(places.message).first().waitFor();
  const scripts = [...server.served].filter((path) => path.endsWith(".js"));
  await browser.close();
  browser.discard();
  await server.stop();
  const sizes = scripts.map((path) => {
    const bytes = gzipSync(readFileSync(join(appFolder, path)), { level: 9 }).length;
    print(`${path}: ${(bytes / 1000).toFixed(1)} kB`);
    return { path, bytes };
  });
  const kilobytes = (each: typeof sizes) => spread([each.reduce((sum, { bytes }) => sum + bytes, 0) / 1000]);
  // What it shares with the page counts as the page's.
  const worker = sizes.filter(({ path }) => path.includes("worker"));
  return {
    verdicts: [
      {
        goal: 9,
        what: "JavaScript until the first conversation can be read, gzip",
        unit: "kB",
        value: kilobytes(sizes),
        limit: 250,
        isAtMost: true,
        note: "The page's and the sync worker's together",
      },
    ],
    figures: [{ what: "of which the sync worker's alone", unit: "kB", value: kilobytes(worker) }],
    skipped: [],
  };
}
