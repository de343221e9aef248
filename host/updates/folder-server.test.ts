import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { serveFolder } from "./folder-server.ts";

async function get(url: string | URL): Promise<string | number> {
  const response = await fetch(url);
  return response.ok ? response.text() : response.status;
}

test("gives the files of one folder and nothing around them, to whoever was told the address", async () => {
  const root = await tempFolder();
  const folder = join(root, "updates");
  await mkdir(join(folder, "sub"), { recursive: true });
  await writeFile(join(root, "secret"), "secret");
  await writeFile(join(folder, "Parvis 1.1.0.exe"), "program");
  const server = await serveFolder(folder);
  onTestFinished(() => server.close());
  expect(await get(new URL("Parvis%201.1.0.exe?noCache=1", server.url))).toBe("program");
  for (const name of ["none", "sub", "%2e%2e%2fsecret", "..%5csecret", "%ff", ""]) {
    expect(await get(`${server.url}${name}`)).toBe(404);
  }
  expect(await get(new URL("/Parvis%201.1.0.exe", server.url))).toBe(404);
  expect((await fetch(new URL("Parvis%201.1.0.exe", server.url), { method: "POST" })).status).toBe(404);
});
