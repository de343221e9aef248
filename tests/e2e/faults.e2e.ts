import { expect, test, type Page } from "playwright/test";
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
  type Workplace,
} from "./window.ts";

let workplace: Workplace;
let profile: ReturnType<typeof temporaryFolder>;

test.beforeEach(async () => {
  workplace = await openWorkplace();
  profile = temporaryFolder("profile");
});

test.afterEach(async () => {
  await workplace.close();
  profile.remove();
});

/** The texts that the server really holds, sorted, whose first word is `mark`. */
async function delivered(mark: string): Promise<string[]> {
  const client = await signIn(workplace.server.url, "technicien", "demo");
  const texts: string[] = [];
  for (const scope of await client.scopes()) {
    if (!scope.startsWith("conversation:")) continue;
    for (const row of await client.rows(scope)) {
      const body: unknown = row.collection === "message" ? row.data["body"] : undefined;
      if (typeof body === "string" && body.startsWith(`${mark} `)) texts.push(body);
    }
  }
  return texts.sort();
}

const numbered = (mark: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${mark} ${String(index).padStart(2, "0")}`);

async function expectDelivered(mark: string, count: number): Promise<void> {
  await expect.poll(() => delivered(mark), { timeout: 45_000 }).toEqual(numbered(mark, count));
}

async function sayAll(page: Page, texts: string[]): Promise<void> {
  for (const text of texts) await say(page, text);
}

test("the server is killed in the middle of sends: nothing lost, nothing doubled", async ({ browser }) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "Karim Benhaddou");
  await sayAll(window.page, numbered("coupure", 30).slice(0, 12));
  await workplace.server.kill();
  await sayAll(window.page, numbered("coupure", 30).slice(12));
  await expect(messages(window.page, "coupure 29")).toBeVisible();
  await workplace.restart();
  await expectDelivered("coupure", 30);
  await expect(messages(window.page, "coupure")).toHaveCount(30);
  await closeWindow(window);
});

test("the host is killed in the middle of sends: what was written leaves at the next start", async ({
  browser,
}) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "Karim Benhaddou");
  await sayAll(window.page, numbered("hote", 10));
  await window.host.kill();
  await sayAll(window.page, numbered("hote", 20).slice(10));
  await expect(messages(window.page, "hote 19")).toBeVisible();
  const host = await startParvis(["--port", "0", "--data", profile.path, "--server", workplace.server.url]);
  await window.page.goto(host.url);
  await expectDelivered("hote", 20);
  await closeWindow({ ...window, host });
});

test("the tab is killed in the middle of sends: what was written leaves when it is opened again", async ({
  browser,
}) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "Karim Benhaddou");
  await workplace.server.kill();
  await sayAll(window.page, numbered("onglet", 15));
  const session = await window.context.newCDPSession(window.page);
  const crashed = window.page.waitForEvent("crash");
  session.send("Page.crash").catch((error: unknown) => expect(String(error)).toContain("closed"));
  await crashed;
  await workplace.restart();
  const page = await window.context.newPage();
  await page.goto(new URL("/", window.host.url).href);
  await expectDelivered("onglet", 15);
  await openConversation(page, "Karim Benhaddou");
  await expect(messages(page, "onglet")).toHaveCount(15);
  await closeWindow(window);
});

test("without any server from the start, what was seen is there and what is written waits", async ({
  browser,
}) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "Karim Benhaddou");
  const seen = await window.page.getByRole("main").getByRole("article").last().textContent();
  expect(seen).not.toBeNull();
  await workplace.server.stop();
  await window.page.reload();
  await openConversation(window.page, "Karim Benhaddou");
  await expect(window.page.getByRole("main").getByRole("article").last()).toHaveText(seen ?? "");
  await say(window.page, "écrit hors connexion");
  await expect(window.page.getByText(/attend le réseau|Hors connexion/).first()).toBeVisible();
  await workplace.restart();
  await expect.poll(() => delivered("écrit"), { timeout: 45_000 }).toEqual(["écrit hors connexion"]);
  await closeWindow(window);
});

test("two windows of one profile show the same and send once", async ({ browser }) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  const second = await window.context.newPage();
  await second.goto(new URL("/", window.host.url).href);
  await openConversation(window.page, "Karim Benhaddou");
  await openConversation(second, "Karim Benhaddou");
  await say(window.page, "fenetre 00");
  await say(second, "fenetre 01");
  for (const page of [window.page, second]) {
    await expect(messages(page, "fenetre 00")).toHaveCount(1);
    await expect(messages(page, "fenetre 01")).toHaveCount(1);
  }
  await expectDelivered("fenetre", 2);
  await closeWindow(window);
});

test("a full disk refuses the send and leaves the text in the composer", async ({ browser }) => {
  test.setTimeout(240_000);
  const window = await openWindow(browser, workplace, "demo", profile.path);
  const { origin } = new URL(window.host.url);
  await openConversation(window.page, "Karim Benhaddou");
  const session = await window.context.newCDPSession(window.page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  const full = window.page.getByText("plus de place").first();
  let sent = 0;
  // The browser looks at its quota only now and then: write until it has.
  await expect(async () => {
    await composer(window.page).fill(`plein ${String(sent).padStart(2, "0")}`);
    await composer(window.page).press("Enter");
    sent += 1;
    await expect(full).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 90_000 });
  await expect(composer(window.page)).toHaveValue(`plein ${String(sent - 1).padStart(2, "0")}`);
  await expectDelivered("plein", sent - 1);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await expect(async () => {
    await composer(window.page).press("Enter");
    await expect(composer(window.page)).toHaveValue("", { timeout: 1000 });
  }).toPass({ timeout: 90_000 });
  await expectDelivered("plein", sent);
  await closeWindow(window);
});

test("a message that is too large for the workplace cannot be sent and says by how much", async ({
  browser,
}) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "Karim Benhaddou");
  await composer(window.page).fill("é".repeat(70_000));
  await expect(window.page.getByRole("button", { name: "Envoyer", exact: true })).toBeDisabled();
  await expect(window.page.getByText(/Trop long/)).toBeVisible();
  // It stays where it was written, and is not a draft that the server refuses.
  await openConversation(window.page, "Théo Vasseur");
  await say(window.page, "après un texte trop long");
  await expect(messages(window.page, "après un texte trop long")).not.toHaveAttribute("data-pending");
  await expect(window.page.getByText(/refusé/)).toHaveCount(0);
  await openConversation(window.page, "Karim Benhaddou");
  await expect(composer(window.page)).toHaveValue("é".repeat(70_000));
  await closeWindow(window);
});

test("a space one is removed from while away is gone after the reconnection", async ({ browser }) => {
  const window = await openWindow(browser, workplace, "demo", profile.path);
  await openConversation(window.page, "ateliers");
  await window.page.close();
  const admin = await signIn(workplace.server.url, "admin", "demo");
  const demo = await signIn(workplace.server.url, "demo", "demo");
  const spaces = (await admin.rows("directory")).filter((row) => row.collection === "space");
  const space = spaces.find((row) => row.data["name"] === "Métiers de la maison");
  expect(space).toBeDefined();
  const removed = await admin.mutate("membership.remove", `space:${space?.id ?? ""}`, {
    spaceId: space?.id,
    personId: demo.personId,
  });
  expect(removed.status).toBe("applied");
  const page = await window.context.newPage();
  await page.goto(new URL("/", window.host.url).href);
  await expect(conversationList(page).getByRole("button", { name: "incidents" }).first()).toBeVisible();
  await expect(conversationList(page).getByRole("button", { name: "ateliers" })).toHaveCount(0);
  await closeWindow(window);
});
