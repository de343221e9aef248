import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { readUpdateSource } from "./update-config.ts";

async function read(address: string | undefined, file?: string) {
  const dataDir = await tempFolder();
  if (file !== undefined) await writeFile(join(dataDir, "update.json"), file);
  const refused: string[] = [];
  const env = address === undefined ? {} : { PARVIS_UPDATE_URL: address };
  const source = await readUpdateSource({ dataDir, env, onRefused: (message) => refused.push(message) });
  return { source, refused };
}

test("updates are off unless an address is set, and nothing is said", async () => {
  expect(await read(undefined)).toEqual({ source: undefined, refused: [] });
  expect(await read("")).toEqual({ source: undefined, refused: [] });
});

test.each([
  ["https://updates.example/parvis/", { kind: "web", url: "https://updates.example/parvis/" }],
  ["http://127.0.0.1:8080/", { kind: "web", url: "http://127.0.0.1:8080/" }],
  ["/srv/parvis updates", { kind: "folder", path: "/srv/parvis updates" }],
  ["\\\\server\\share\\parvis", { kind: "folder", path: "\\\\server\\share\\parvis" }],
])("%s is an address", async (address, source) => {
  expect(await read(address)).toEqual({ source, refused: [] });
});

test.skipIf(process.platform === "win32")("a file: address is a folder", async () => {
  expect((await read("file:///srv/mises%20%C3%A0%20jour")).source).toEqual({
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
])("%s is refused, with the reason", async (address) => {
  const { source, refused } = await read(address);
  expect(source).toBeUndefined();
  expect(refused).toEqual([expect.stringContaining("Updates are off")]);
});

test("the profile's file counts where the environment says nothing; a damaged one turns updates off", async () => {
  const file = JSON.stringify({ url: "https://from-file.example/" });
  expect((await read(undefined, file)).source).toMatchObject({ url: "https://from-file.example/" });
  expect((await read("https://from-env.example/", file)).source).toMatchObject({
    url: "https://from-env.example/",
  });
  expect(await read(undefined, "{")).toMatchObject({ source: undefined, refused: [expect.any(String)] });
});
