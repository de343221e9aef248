import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Locator, type Page } from "playwright/test";
import { conversationList, messages, openConversation, say } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";
import { withPanel } from "./panel.ts";

const data = temporaryFolder("desktop-power");
const DUMMY = "parvis-test0";
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path, env: withPanel(data.path) });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

interface Heard {
  type: string;
  state?: string;
  isMetered?: boolean;
  isNewWay?: boolean;
}

declare global {
  interface Window {
    /** What this page was told by its host. */
    told?: unknown[];
  }
}

async function listen(): Promise<void> {
  await page.evaluate(() => {
    const told: unknown[] = [];
    window.told = told;
    const bridge: unknown = Reflect.get(window, "parvis");
    const onEvent: unknown = Reflect.get(Object(bridge), "onEvent");
    if (typeof onEvent !== "function") throw new Error("no bridge");
    Reflect.apply(onEvent, bridge, [(event: unknown) => told.push(event)]);
  });
}

async function isTold(wanted: Heard): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => window.told), { timeout: 20_000 })
    .toContainEqual(expect.objectContaining({ ...wanted }));
}

async function fire(name: string): Promise<void> {
  await desktop.evaluate(({ powerMonitor }, event) => {
    const emit: unknown = Reflect.get(powerMonitor, "emit");
    if (typeof emit === "function") Reflect.apply(emit, powerMonitor, [event]);
  }, name);
}

test("sleep, waking up and the lock screen are told to the pages", async () => {
  await listen();
  for (const name of ["suspend", "resume", "lock-screen", "unlock-screen"]) await fire(name);
  for (const state of ["suspend", "resume", "lock", "unlock"]) await isTold({ type: "powerChanged", state });
  expect(desktop.windows()).toHaveLength(1);
});

test("after waking up, what is said arrives", async () => {
  await fire("resume");
  await openConversation(page, "Karim Benhaddou");
  await say(page, "De retour");
  await expect(messages(page, "De retour")).toHaveCount(1);
});

test("a network that is metered is noticed and told", async () => {
  test.skip(process.platform !== "linux", "NetworkManager is asked on Linux alone");
  writeFileSync(join(data.path, "metered"), "u 1\n");
  await fire("resume");
  await isTold({ type: "networkChanged", isMetered: true, isNewWay: false });
});

test("a real interface that comes up is noticed by itself", async () => {
  const problem = addInterface();
  test.skip(
    problem !== null,
    `no interface can be added on this machine, so this is not tested: ${problem ?? ""}`,
  );
  try {
    execFileSync("ip", ["address", "add", "10.231.7.1/24", "dev", DUMMY]);
    execFileSync("ip", ["link", "set", DUMMY, "up"]);
    await isTold({ type: "networkChanged", isNewWay: true });
  } finally {
    execFileSync("ip", ["link", "delete", DUMMY]);
  }
});

test("after hours away, what came is summed up once it is here, and never again once it was put away", async () => {
  await page.evaluate(() => {
    const account = localStorage.getItem("parvis.account") ?? "";
    localStorage.setItem(`parvis.seen.${account}`, String(Date.now() - 400 * 86_400_000));
  });
  await page.reload();
  const card = page.getByRole("region", { name: /Pendant votre absence|While you were away/ });
  await expect(card).toBeVisible({ timeout: 20_000 });
  await expect(card.getByRole("listitem")).toHaveCount(3);
  await page.screenshot({ path: test.info().outputPath("away.png") });
  // On a narrow screen it is the first thing of the list.
  await page.setViewportSize({ width: 480, height: 800 });
  await page.evaluate(() => document.querySelector(".frame")?.setAttribute("data-pane", "list"));
  await expect(card).toBeInViewport();
  expect(await top(card)).toBeLessThan(await top(page.locator(".away + *")));
  await page.screenshot({ path: test.info().outputPath("away-narrow.png") });
  await page.setViewportSize({ width: 1280, height: 800 });
  // Also from where a tooltip stands.
  await card.getByRole("button").first().focus();
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await page.reload();
  await expect(conversationList(page)).toBeVisible();
  await expect(card).toBeHidden();
});

async function top(locator: Locator): Promise<number> {
  return (await locator.boundingBox())?.y ?? Number.NaN;
}

/** Why not, or null. */
function addInterface(): string | null {
  try {
    execFileSync("ip", ["link", "add", DUMMY, "type", "dummy"], { stdio: "pipe" });
    return null;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n").at(-1) ?? "") : String(error);
  }
}
