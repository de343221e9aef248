import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { fromBufferPromise } from "yauzl";
import { zipFiles, type FileToZip } from "#renderer/features/documents/zip-files.ts";

const modifiedAt = "2026-11-23T08:30:00.000Z";
const contents: Record<string, string> = {
  "/a": "Bonjour, ceci est un rapport.",
  "/b": "",
  "/c": "x".repeat(100_000),
};
const answer: typeof fetch = (url) => {
  const text = typeof url === "string" ? contents[url] : undefined;
  return Promise.resolve(text === undefined ? new Response(null, { status: 404 }) : new Response(text));
};

async function unpacked(files: readonly FileToZip[]): Promise<Map<string, string>> {
  const archive = Buffer.from(await (await zipFiles(files, answer)).arrayBuffer());
  const zip = await fromBufferPromise(archive, { validateEntrySizes: true });
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const body = entry.fileName.endsWith("/") ? "" : await buffer(await zip.openReadStreamPromise(entry));
    expect(entry.crc32).toBe(crc32(body));
    found.set(entry.fileName, String(body));
  }
  return found;
}

test("an archive is read by another program: names in any writing, folders, empty files", async () => {
  const found = await unpacked([
    { path: "Été 🌻/", url: null, modifiedAt },
    { path: "Été 🌻/Rapport n° 2.txt", url: "/a", modifiedAt },
    { path: "vide", url: "/b", modifiedAt },
    { path: "long", url: "/c", modifiedAt },
  ]);
  expect([...found.keys()]).toEqual(["Été 🌻/", "Été 🌻/Rapport n° 2.txt", "vide", "long"]);
  expect(found.get("Été 🌻/Rapport n° 2.txt")).toBe(contents["/a"]);
  expect(found.get("long")).toHaveLength(100_000);
});

test("a file that cannot be read fails the whole instead of missing in it", async () => {
  await expect(zipFiles([{ path: "weg", url: "/none", modifiedAt }], answer)).rejects.toThrow(/read/);
});
