import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { repositoryRoot } from "#tests/support/processes.ts";
import { z } from "zod";
import { inFreshBrowser } from "../harness/browser.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { ratios, spread } from "../harness/statistics.ts";

/**
 * What encrypting the cache costs: the same blocks of rows written to IndexedDB and read back, sealed by the cache's own codec
 * and in clear, in turn in the same page. Loopback address: Chromium has no WebCrypto elsewhere without HTTPS.
 */
export const cacheEncryption: BenchProgram = { name: "cache-encryption", run };

const ORIGIN = "http://127.0.0.1:9";

const roundSchema = z.object({
  sealedWriteMs: z.number(),
  clearWriteMs: z.number(),
  sealedReadMs: z.number(),
  clearReadMs: z.number(),
});

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const [blocks, rounds] = isQuick ? [200, 3] : [1000, 9];
  const measured = await inFreshBrowser(async ({ page }) => {
    await page.route(`${ORIGIN}/**`, (route) =>
      route.request().url().endsWith(".js")
        ? route.fulfill({ contentType: "text/javascript", body: codecSource() + MEASURE })
        : route.fulfill({
            contentType: "text/html",
            body: '<script type="module" src="/measure.js"></script>',
          }),
    );
    await page.goto(ORIGIN);
    await page.waitForFunction("globalThis.measure !== undefined");
    const found: unknown[] = [];
    // The first one warms the code and makes the database; it does not count.
    for (let round = 0; round <= rounds; round++) {
      const one: unknown = await page.evaluate(`measure(${String(blocks)}, ${String(round)})`);
      if (round > 0) found.push(one);
    }
    return z.array(roundSchema).parse(found);
  });
  const of = (name: keyof z.infer<typeof roundSchema>): number[] => measured.map((round) => round[name]);
  const write = spread(ratios(of("sealedWriteMs"), of("clearWriteMs")));
  const read = spread(ratios(of("sealedReadMs"), of("clearReadMs")));
  print(`written ${write.median.toFixed(2)} ×, read ${read.median.toFixed(2)} ×`);
  return {
    verdicts: [],
    figures: [
      {
        what: `${String(blocks)} blocks of 100 rows written, encrypted, in times of clear`,
        unit: "×",
        value: write,
      },
      { what: "the same read back and parsed", unit: "×", value: read },
      { what: "encrypted, written", unit: "ms", value: spread(of("sealedWriteMs")) },
      { what: "encrypted, read", unit: "ms", value: spread(of("sealedReadMs")) },
    ],
    skipped: [],
  };
}

/** The codec as the worker runs it. */
function codecSource(): string {
  const path = join(repositoryRoot, "renderer", "db", "codec.ts");
  return stripTypeScriptTypes(readFileSync(path, "utf8"));
}

const MEASURE = `
const raw = crypto.getRandomValues(new Uint8Array(32)).buffer;
const codec = await createCodec(raw);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const clear = {
  seal: (text) => Promise.resolve(encoder.encode(text).buffer),
  open: (data) => Promise.resolve(decoder.decode(data)),
};
const database = await new Promise((resolve, reject) => {
  const request = indexedDB.open("bench", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("blocks");
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const done = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onabort = () => reject(transaction.error);
});
const rowsOf = (block) => Array.from({ length: 100 }, (_, row) => [
  block + "-" + row, row,
  { text: "Le compte rendu de la réunion est prêt : merci de relire avant jeudi. " + Math.random(), sentAt: "2026-11-23T08:00:00.000Z" },
]);
async function write(kind, texts, round) {
  const startedAt = performance.now();
  const data = await Promise.all(texts.map((text, at) => kind.seal(text, "s/" + at)));
  const transaction = database.transaction("blocks", "readwrite", { durability: "relaxed" });
  const store = transaction.objectStore("blocks");
  for (const [at, block] of data.entries()) store.put(block, round + "/" + at);
  await done(transaction);
  return performance.now() - startedAt;
}
async function read(kind, count, round) {
  const startedAt = performance.now();
  const store = database.transaction("blocks").objectStore("blocks");
  const found = await Promise.all(Array.from({ length: count }, (_, at) => new Promise((resolve, reject) => {
    const request = store.get(round + "/" + at);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  })));
  let rows = 0;
  for (const [at, data] of found.entries()) rows += JSON.parse(await kind.open(data, "s/" + at)).length;
  if (rows !== count * 100) throw new Error("rows were lost");
  return performance.now() - startedAt;
}
globalThis.measure = async (count, round) => {
  const texts = Array.from({ length: count }, (_, block) => JSON.stringify(rowsOf(block)));
  // Who goes first changes each time: the second finds everything warm.
  const kinds = round % 2 === 0 ? ["sealed", "clear"] : ["clear", "sealed"];
  const ways = { sealed: codec, clear };
  const result = {};
  for (const kind of kinds) result[kind + "WriteMs"] = await write(ways[kind], texts, kind + round);
  for (const kind of kinds) result[kind + "ReadMs"] = await read(ways[kind], count, kind + round);
  return result;
};
`;
