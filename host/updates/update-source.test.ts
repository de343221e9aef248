import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { parseUpdateSource, readLocalAddress } from "./update-source.ts";

async function read(address: string | undefined, file?: string) {
  const dataDir = await tempFolder();
  if (file !== undefined) await writeFile(join(dataDir, "update.json"), file);
  return readLocalAddress(dataDir, address === undefined ? {} : { PARVIS_UPDATE_URL: address });
}

test.each([
  ["https://updates.example/parvis/", { kind: "web", url: "https://updates.example/parvis/" }],
  ["http://127.0.0.1:8080/", { kind: "web", url: "http://127.0.0.1:8080/" }],
  ["/srv/parvis updates", { kind: "folder", path: "/srv/parvis updates" }],
  ["\\\\server\\share\\parvis", { kind: "folder", path: "\\\\server\\share\\parvis" }],
])("%s is an address", (address, source) => {
  expect(parseUpdateSource(address)).toEqual(source);
});

test.skipIf(process.platform === "win32")("a file: address is a folder", () => {
  expect(parseUpdateSource("file:///srv/mises%20%C3%A0%20jour")).toEqual({
    kind: "folder",
    path: "/srv/mises à jour",
  });
});

test.each([
  "http://updates.example/",
  "https://user:password@updates.example/",
  "ftp://updates.example/",
  "updates",
  "javascript:alert(1)",
])("%s is refused", (address) => {
  expect(parseUpdateSource(address)).toBeUndefined();
});

test("the profile's file counts where the environment says nothing; a damaged one is said", async () => {
  const file = JSON.stringify({ url: "https://from-file.example/" });
  expect(await read(undefined)).toEqual({ text: undefined });
  expect(await read("", file)).toEqual({ text: "https://from-file.example/" });
  expect(await read("https://from-env.example/", file)).toEqual({ text: "https://from-env.example/" });
  expect(await read(undefined, "{")).toEqual({ detail: expect.stringContaining("update.json") });
});
