import type { Page } from "playwright";
import { BenchServer } from "./bench-server.ts";
import { inFreshBrowser } from "./browser.ts";
import type { RunAnswer } from "../pages/bench-page.ts";
import { matrixStub } from "../workload/matrix-stub.ts";
import { matrixFirstSync } from "../workload/matrix-sync.ts";
import { StubBackend } from "../workload/stub-backend.ts";
import type { Workload } from "../workload/workload.ts";

/** A server that has the workload ready for ours, for the floor and for the peers. */
export async function startSyncServer(workload: Workload): Promise<BenchServer> {
  const backend = new StubBackend(workload);
  const server = new BenchServer(backend);
  const everything = backend.everything();
  server.routes.set("/everything.ndjson", (_request, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.end(everything);
  });
  server.routes.set("/_matrix/", matrixStub(matrixFirstSync(workload).body));
  return await server.start();
}

export async function openBenchPage(page: Page, server: BenchServer, name: string): Promise<void> {
  await page.goto(`${server.origin}/bench/${name}/`);
  await page.waitForFunction(() => window.run !== undefined);
}

/** Lets a bench page do its job once in a browser of its own. Returns milliseconds. */
export async function measurePage(server: BenchServer, name: string, expectedRows: number): Promise<number> {
  const answer = await inFreshBrowser(async ({ page }) => {
    await openBenchPage(page, server, name);
    return await page.evaluate<RunAnswer | undefined>(() => window.run?.());
  });
  if (answer === undefined || answer.rows < expectedRows) {
    throw new Error(`${name} took in ${String(answer?.rows)} rows of ${String(expectedRows)}`);
  }
  return answer.elapsedMs;
}
