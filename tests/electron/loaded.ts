import type { Page } from "playwright/test";

/** Windows are there before their page is. */
export async function loaded(page: Page): Promise<Page> {
  if (page.url() === "about:blank" || page.url() === "")
    await page.waitForURL((url) => url.href !== "about:blank", { waitUntil: "commit" });
  return page;
}
