import { readFile, writeFile } from "node:fs/promises";
import { createOpenApiDocument, formatDocument } from "./document.ts";
import { computeWireHash, judgeWire, wireHashSchema } from "./wire-hash.ts";

/** `npm run openapi [-- --unreleased]`: writes openapi.json and contract/wire-hash.json. */
const documentFile = new URL("../../openapi.json", import.meta.url);
const hashFile = new URL("../wire-hash.json", import.meta.url);

const isUnreleased = process.argv.includes("--unreleased");
const current = computeWireHash();
const committed = wireHashSchema.parse(JSON.parse(await readFile(hashFile, "utf8")));
const verdict = judgeWire(committed, current);

if (verdict.kind === "forgotten" && !isUnreleased) {
  process.stderr.write(`${verdict.message}\n`);
  process.exitCode = 1;
} else {
  await writeFile(documentFile, formatDocument(createOpenApiDocument()));
  await writeFile(hashFile, `${JSON.stringify(current, null, 2)}\n`);
  process.stdout.write(
    `openapi.json and contract/wire-hash.json describe contract version ${current.version}.\n`,
  );
}
