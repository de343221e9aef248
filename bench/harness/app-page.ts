import type { Page } from "playwright";
import type { Workload } from "../workload/workload.ts";
import type { BenchServer } from "./bench-server.ts";
import { openBrowser, type BenchBrowser } from "./browser.ts";
import { installWatch } from "./page-watch.ts";
import { openBenchPage } from "./sync-pages.ts";

/** Where things are in the application's pages. */
export const places = {
  message: "article[data-message]",
  timeline: ".timeline",
  composer: ".composer textarea",
  anyConversation: "[data-conversation]",
  conversation: (id: string) => `[data-conversation="${id}"]`,
};

/** As many messages as the window shows at least. */
export const SCREENFUL = 5;

/** The application with an interface, on the bench's own host and gateway. */
export async function openApp(server: BenchServer, profile?: string): Promise<BenchBrowser> {
  const browser = await openBrowser(profile);
  await browser.context.addInitScript(installWatch);
  await browser.page.goto(server.origin);
  return browser;
}

/** Clicks as a person would and waits until the conversation's messages are drawn. Returns milliseconds. */
export async function openConversation(page: Page, id: string): Promise<number> {
  const row = page.locator(places.conversation(id)).first();
  const drawn = page.evaluate(({ selector, count }) => window.watch.drawn(selector, count), {
    selector: places.message,
    count: SCREENFUL,
  });
  await row.click();
  return (await drawn) - (await page.evaluate(() => window.watch.clickedAt));
}

/** For what comes next: the conversation is open, whichever was before. */
export async function goToConversation(page: Page, id: string): Promise<void> {
  const row = page.locator(places.conversation(id)).first();
  await row.waitFor();
  if ((await row.getAttribute("aria-current")) === null) await openConversation(page, id);
  await page.locator(places.message).first().waitFor();
}

/** Resolves once everything the workload holds has been taken in. */
export async function waitUntilSynced(page: Page, server: BenchServer, quietMs = 1500): Promise<void> {
  const { backend } = server;
  for (let quietSince = Number.NaN; !(performance.now() - quietSince > quietMs);) {
    await page.waitForTimeout(100);
    const isBusy = backend.answering > 0 || backend.scopesAsked < backend.workload.scopes.length;
    if (isBusy) quietSince = Number.NaN;
    else if (Number.isNaN(quietSince)) quietSince = performance.now();
  }
}

/** A profile that holds the whole workload, for measurements of a warm start. */
export async function syncedProfile(server: BenchServer): Promise<string> {
  const browser = await openBrowser();
  await openBenchPage(browser.page, server, "sync");
  await browser.page.evaluate(() => window.run?.());
  await browser.close();
  return browser.profile;
}

/** Conversations with at least so many messages, newest first. */
export function busyConversations(workload: Workload, messages: number): string[] {
  return workload.conversations
    .filter((each) => each.messages >= messages)
    .map((each) => each.conversationId);
}
