import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { createId, spaceIdSchema } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import { startParvis, temporaryFolder } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import {
  closeWindow,
  composer,
  conversationList,
  messages,
  openConversation,
  openWindow,
  openWorkplace,
  say,
  type ParvisWindow,
  type Workplace,
} from "./window.ts";

/** A machine that keeps nothing above `internal`, and a space that is marked above it. */
let workplace: Workplace;
let camille: ParvisWindow;
const profile = temporaryFolder("classification");
const policies = join(profile.path, "policies.json");
const [spaceId, channelId] = [spaceIdSchema.parse(createId()), createId()];
const scope = spaceScope(spaceId);
const ENVIRONMENT = { PARVIS_POLICIES: policies };
const CHANNEL = "Décisions";

function allow(ceiling: string): void {
  writeFileSync(policies, JSON.stringify({ mandatory: { CacheCeiling: ceiling } }), { mode: 0o644 });
}

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  workplace = await openWorkplace();
  const client = await signIn(workplace.server.url, "admin", "demo");
  const space = { id: spaceId, name: "Cabinet", kind: "service", visibility: "hidden" };
  await client.mutate("space.create", DIRECTORY, { ...space, classification: "confidential" });
  await client.mutate("channel.create", scope, { id: channelId, spaceId, name: CHANNEL });
  const sent = { id: createId(), conversationId: channelId, body: "Rien de ceci ne reste" };
  await client.mutate("message.send", scope, sent);
  allow("internal");
  camille = await openWindow(browser, workplace, "admin", `${profile.path}/camille`, ENVIRONMENT);
});

test.afterAll(async () => {
  await closeWindow(camille);
  await workplace.close();
  profile.remove();
});

/** Everything starts anew with nothing but what lies on the disk, and no workplace answers. */
async function startOffline(): Promise<void> {
  const { host, context, page } = camille;
  const { origin, hash } = new URL(page.url());
  // With its last page the worker ends, and its memory.
  await page.close();
  await host.stop();
  await workplace.server.stop();
  camille.host = await startParvis(
    ["--port", "0", "--data", camille.profile, "--server", workplace.server.url],
    ENVIRONMENT,
  );
  camille.page = await context.newPage();
  await camille.page.goto(camille.host.url);
  await expect(conversationList(camille.page)).toBeVisible();
  await camille.page.goto(`${origin}/${hash}`);
}

/** Names of what the cache on disk remembers of its scopes. */
function positions(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // eslint-disable-next-line unicorn/consistent-function-scoping -- it travels into the page with this function
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(new Error(String(request.error))));
      });
    const keys: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ""));
      if (database.objectStoreNames.contains("meta"))
        keys.push(...(await done(database.transaction("meta").objectStore("meta").getAllKeys())).map(String));
      database.close();
    }
    return keys;
  });
}

test("what is marked above the ceiling is shown with its mark, and says that nothing of it stays here", async () => {
  const { page } = camille;
  await openConversation(page, CHANNEL);
  await expect(messages(page, "Rien de ceci ne reste")).toBeVisible();
  const head = page.getByRole("main").getByRole("banner").or(page.locator(".pane-head"));
  await expect(head.first().getByText("Confidentiel")).toBeVisible();
  await expect(page.getByText("Rien de cette communauté ne reste sur cet appareil")).toBeVisible();
  await say(page, "Dit sans rien laisser");
  await expect(messages(page, "Dit sans rien laisser")).toBeVisible();
  await expect.poll(() => positions(page)).toContain(`unkept/${scope}`);
  expect(await positions(page)).not.toContain(`scope/${scope}`);
  await page.screenshot({ path: test.info().outputPath("marked.png") });
  await page.goto(`${new URL(page.url()).origin}/#/communities/${spaceId}/about`);
  await expect(page.getByRole("main").getByText("Confidentiel").first()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("space.png") });
});

test("started again without the workplace, it is said to be away; the rest is there", async () => {
  const before = camille.page;
  await before.goto(`${new URL(before.url()).origin}/#/messaging/${channelId}`);
  await expect(messages(before, "Rien de ceci ne reste")).toBeVisible();
  await startOffline();
  const { page } = camille;
  await expect(page.getByText("Cette communauté n’est pas gardée sur cet appareil")).toBeVisible();
  await expect(page.getByText("Rien de ceci ne reste")).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath("away.png") });
  await workplace.restart();
  await expect(messages(page, "Rien de ceci ne reste")).toBeVisible({ timeout: 60_000 });
});

test("the mark is the animators' to change; from then on it is kept", async () => {
  const { page } = camille;
  await page.goto(`${new URL(page.url()).origin}/#/communities/${spaceId}/settings`);
  const field = page.getByRole("main").getByLabel("Marquage");
  await expect(field).toHaveValue("confidential");
  await field.selectOption("internal");
  await page.getByRole("main").getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Rien de cette communauté ne reste sur cet appareil")).toHaveCount(0);
  await page.goto(`${new URL(page.url()).origin}/#/messaging/${channelId}`);
  await expect(composer(page)).toBeVisible();
  await expect(messages(page, "Rien de ceci ne reste")).toBeVisible();
  await expect.poll(() => positions(page)).toContain(`scope/${scope}`);
  await startOffline();
  await expect(messages(camille.page, "Rien de ceci ne reste")).toBeVisible();
  await workplace.restart();
});
