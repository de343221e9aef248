import process from "node:process";
import { driveListings, driveQueries } from "../workload/drive-names.ts";
import { IndexClient } from "#host/drives/index/index-client.ts";
import { foldText, queryWords } from "#host/drives/index/fold-text.ts";

/**
 * One side of `drive-search`, in a process of its own so that its memory is its own: `build` fills an index, `search` opens
 * and asks it, `floor` keeps every path as a text and looks through all of them. Prints one line of JSON.
 */
const [what = "", folder = "", entries = "0", queries = "0"] = process.argv.slice(2);
const drive = { driveId: "bench", folder, key: new Uint8Array(32) };

function residentBytes(): number {
  return process.memoryUsage.rss();
}

async function build(): Promise<unknown> {
  const client = new IndexClient();
  client.know(drive);
  const startedAt = performance.now();
  const calling = { driveId: "bench" };
  await client.call(
    "apply",
    { ...calling, records: [{ kind: "began", pass: 1, rules: "[]", isThorough: true }] },
    ["bench"],
  );
  let batch = [];
  for (const listing of driveListings(Number(entries))) {
    batch.push(listing);
    if (batch.length < 80) continue;
    await client.call("apply", { ...calling, records: batch }, ["bench"]);
    batch = [];
  }
  const done = [...batch, { kind: "completed" as const, pass: 1, at: 1 }];
  const status = await client.call("apply", { ...calling, records: done }, ["bench"]);
  const elapsedMs = performance.now() - startedAt;
  // Until what is merged in another thread has been.
  await client.settled("bench");
  const settledMs = performance.now() - startedAt;
  await client.release();
  return { elapsedMs, settledMs, entries: status.entries };
}

async function search(): Promise<unknown> {
  const client = new IndexClient();
  client.know(drive);
  const before = residentBytes();
  const startedAt = performance.now();
  const ask = (text: string) => client.call("search", { driveIds: ["bench"], text, limit: 50 }, ["bench"]);
  await ask("budget");
  const firstMs = performance.now() - startedAt;
  const times: number[] = [];
  let hits = 0;
  for (const text of driveQueries(Number(queries))) {
    const askedAt = performance.now();
    hits += (await ask(text)).length;
    times.push(performance.now() - askedAt);
  }
  const memory = residentBytes() - before;
  await client.release();
  return { firstMs, times, hits, memory };
}

/** What somebody would write first. */
async function floor(): Promise<unknown> {
  const before = residentBytes();
  const names: { path: string; name: string }[] = [];
  for (const listing of driveListings(Number(entries)))
    if (listing.kind === "listing")
      for (const [name] of listing.entries)
        names.push({ path: foldText(listing.path), name: foldText(name) });
  const memory = residentBytes() - before;
  const times: number[] = [];
  for (const text of driveQueries(Number(queries))) {
    const words = queryWords(text);
    const askedAt = performance.now();
    const found = names.filter(({ path, name }) =>
      words.every((word) => name.includes(word) || path.includes(word)),
    );
    found.slice(0, 50);
    times.push(performance.now() - askedAt);
  }
  return { times, memory };
}

// The thread alone keeps no process alive.
const alive = setInterval(() => undefined, 1000);
const result = await (what === "build" ? build() : what === "search" ? search() : floor());
clearInterval(alive);
process.stdout.write(`${JSON.stringify(result)}\n`);
