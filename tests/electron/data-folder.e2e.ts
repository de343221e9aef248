import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { conversationList } from "#tests/e2e/window.ts";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** Data folders that are none, and several of them. */

const data = temporaryFolder("dossiers à part");
let desktop: Desktop;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: join(data.path, "premier") });
  await expect(conversationList(await desktop.firstWindow())).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("a file where the folder should be is said in plain words, and nothing starts", async () => {
  test.skip(desktop.isReal, "a real error box waits for somebody");
  const file = join(data.path, "un fichier");
  writeFileSync(file, "");
  const { code, output } = await desktop.startAgain(["--data", file]);
  expect(code).toBe(1);
  expect(output).toContain(`${file} n’en est pas un`);
  expect(output).not.toContain("    at ");
});

test("a folder that cannot be made is said in plain words", async () => {
  test.skip(desktop.isReal, "a real error box waits for somebody");
  const folder = join(data.path, "un fichier", "dedans");
  const { code, output } = await desktop.startAgain(["--data", folder]);
  expect(code).toBe(1);
  expect(output).toContain("n’existe pas et ne peut pas être créé");
});

test("a folder that Parvis has open in the browser is said to be in use", async () => {
  test.skip(desktop.isReal, "a real error box waits for somebody");
  const folder = join(data.path, "au navigateur");
  const browser = await startParvis(["--shell", "browser", "--port", "0", "--no-open", "--data", folder]);
  const { code, output } = await desktop.startAgain(["--data", folder]);
  await browser.stop();
  expect(code).toBe(1);
  expect(output).toContain("utilise déjà le dossier");
});

test("a second profile lives beside the first", async () => {
  const second = await openDesktop({ dataDir: join(data.path, "second") });
  try {
    await expect(conversationList(await second.firstWindow())).toBeVisible();
    expect(desktop.process().exitCode).toBeNull();
    expect(desktop.windows()).toHaveLength(1);
  } finally {
    await second.close();
  }
});
