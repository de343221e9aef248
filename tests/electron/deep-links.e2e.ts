import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { conversationList, openConversation } from "#tests/e2e/window.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

const data = temporaryFolder("links");
let desktop: Desktop;
let link = "";

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("a link that comes while Parvis runs opens its object in the window that is there", async () => {
  const page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
  await openConversation(page, "Karim Benhaddou");
  link = await page.evaluate(() => `parvis://conversation/${location.hash.replace("#/c/", "")}`);
  expect(link).toMatch(/^parvis:\/\/conversation\/[0-9a-f-]{36}$/);
  await page.evaluate(() => {
    location.hash = "#/inbox";
  });
  const second = await desktop.startAgain([link]);
  expect(second.code).toBe(0);
  await expect(page.getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
  expect(desktop.windows()).toHaveLength(1);
});

test("macOS tells of a link by an event; a hidden window comes forward for it", async () => {
  const page = await desktop.firstWindow();
  await page.evaluate(() => {
    location.hash = "#/inbox";
  });
  await desktop.evaluate(({ app, BrowserWindow }, url) => {
    BrowserWindow.getAllWindows()[0]?.hide();
    app.emit("open-url", { preventDefault: () => undefined }, url);
  }, link);
  await expect(page.getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
  await expect
    .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);
});

test("what only looks like a link changes nothing, and is not repeated anywhere", async () => {
  const page = await desktop.firstWindow();
  const before = await page.evaluate(() => location.href);
  for (const evil of ["parvis://conversation/../../x-secret", "parvis:x-secret", `${link}?x-secret`]) {
    await desktop.startAgain([evil]);
  }
  expect(await page.evaluate(() => location.href)).toBe(before);
  expect(desktop.output()).not.toContain("x-secret");
});

test("what everybody has for themselves has an address too", async () => {
  const page = await desktop.firstWindow();
  const places = { inbox: "#/inbox", threads: "#/messaging/threads", requests: "#/communities/requests" };
  for (const [name, hash] of Object.entries(places)) {
    await desktop.startAgain([`parvis://${name}`]);
    await expect.poll(() => page.evaluate(() => location.hash)).toBe(hash);
  }
});

test("a workplace that is not on this machine is said to be missing, and nothing else happens", async () => {
  const page = await desktop.firstWindow();
  await desktop.startAgain([`${link}?at=elsewhere.example`]);
  await expect(page.getByText(/l’espace de travail elsewhere\.example, qui n’est pas/)).toBeVisible();
  expect(await page.evaluate(() => location.hash)).toBe("#/communities/requests");
});

test("an unknown object is said to be unknown", async () => {
  const page = await desktop.firstWindow();
  await desktop.startAgain(["parvis://conversation/01890000-0000-7000-8000-000000000000"]);
  await expect(page.getByText("Ce lien mène à quelque chose qui n’est pas ici")).toBeVisible({
    timeout: 15_000,
  });
});

test("a link that starts Parvis is kept until its window can show it", async () => {
  const page = await desktop.firstWindow();
  await page.evaluate(() => {
    location.hash = "#/inbox";
  });
  await desktop.close();
  desktop = await openDesktop({ dataDir: data.path, args: [link] });
  const next = await desktop.firstWindow();
  await expect(next.getByRole("heading", { name: "Karim Benhaddou" })).toBeVisible();
});
