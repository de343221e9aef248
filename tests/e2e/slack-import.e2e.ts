import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { repositoryRoot, temporaryFolder } from "#tests/support/processes.ts";
import { closeWindow, conversationList, openConversation, openWindow, openWorkplace } from "./window.ts";

const archive = join(repositoryRoot, "..", "shared", "data", "slack-export.zip");

test("a real Slack export of 196,146 messages is imported and read in the window", async ({ browser }) => {
  test.skip(!existsSync(archive), "the export is not beside this checkout");
  test.setTimeout(300_000);
  const workplace = await openWorkplace();
  const profile = temporaryFolder("slack");
  await workplace.server.stop();
  execFileSync(process.execPath, ["server/cli/import.ts", "slack", archive, "--data", workplace.folder], {
    cwd: repositoryRoot,
  });
  await workplace.restart();
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await expect(
    conversationList(window.page)
      .getByRole("button", { name: /ubuntu-20/ })
      .first(),
  ).toBeVisible({
    timeout: 60_000,
  });
  await openConversation(window.page, "ubuntu-2017");
  await expect(
    conversationList(window.page).getByRole("button", { name: /^ubuntu-2017.*non lu/ }),
  ).toHaveCount(0);
  const articles = window.page.getByRole("main").getByRole("log").getByRole("article");
  await expect(articles.first()).toBeVisible();
  await expect(articles.last()).toHaveAttribute("aria-label", /2017/);
  const newest = await articles.first().getAttribute("aria-label");
  await window.page.getByRole("main").getByRole("log").hover();
  // one turns the wheel as long as it takes: a turn before the list stands where it opens is not heard
  await expect(async () => {
    await window.page.mouse.wheel(0, -4000);
    await expect(articles.first()).not.toHaveAttribute("aria-label", newest ?? "", { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
  await closeWindow(window);
  await workplace.close();
  profile.remove();
});
