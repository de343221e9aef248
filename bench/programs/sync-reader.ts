import process from "node:process";
import { SyncClient } from "../harness/sync-client.ts";

/**
 * Reads every stream of a server, one after the other, in a process of its own, so that what the bench holds in memory
 * does not slow the reader. Reads twice and prints the milliseconds of the second time.
 */
const [url = "", token = ""] = process.argv.slice(2);
const client = new SyncClient(url, token);
const scopes = await client.scopes();

async function readAll(): Promise<number> {
  let bytes = 0;
  for (const scope of scopes) bytes += await client.sync(scope);
  return bytes;
}

await readAll();
const startedAt = performance.now();
const bytes = await readAll();
const elapsedMs = performance.now() - startedAt;
client.close();
process.stdout.write(`${JSON.stringify({ elapsedMs, bytes })}\n`);
