import { expect, test, type Page } from "playwright/test";
import { createId, directConversationId, personIdSchema } from "#contract/ids.ts";
import { conversationScope } from "#contract/scope.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import { closeWindow, openConversation, openWindow, openWorkplace, type ParvisWindow } from "./window.ts";

async function openDevices(page: Page): Promise<void> {
  await page.keyboard.press("Control+,");
  const settings = page.getByRole("dialog", { name: "Réglages" });
  await settings.getByRole("tab", { name: "Appareils" }).click();
}

test("a device is wiped from another one, and says so", async ({ browser }) => {
  const profiles = temporaryFolder("devices");
  const workplace = await openWorkplace();
  const lost = await openWindow(browser, workplace, "demo", `${profiles.path}/lost`);
  const kept = await openWindow(browser, workplace, "demo", `${profiles.path}/kept`);
  try {
    await openDevices(kept.page);
    const list = kept.page.getByRole("list", { name: "Appareils" });
    await expect(list.getByRole("listitem").filter({ hasText: "Cet appareil" })).toHaveCount(1);
    const other = list
      .getByRole("listitem")
      .filter({ hasText: "Dans le navigateur" })
      .filter({ hasNotText: "Cet appareil" });
    await other.getByRole("button", { name: "Déconnecter et effacer" }).click();
    await kept.page
      .getByRole("dialog", { name: /à distance/ })
      .getByRole("button", { name: "Déconnecter et effacer" })
      .click();
    await expect(
      lost.page.getByText("ont été effacées de cet appareil sur demande", { exact: false }),
    ).toBeVisible();
    await expect(other.getByText(/^Effacé/)).toBeVisible();
    const names = await lost.page.evaluate(async () =>
      (await indexedDB.databases()).map(({ name }) => name ?? ""),
    );
    expect(names.filter((name) => name.startsWith("parvis-"))).toEqual([]);
    await expect(kept.page.getByText("Cet appareil", { exact: true })).toBeVisible();
  } finally {
    await closeWindow(lost);
    await closeWindow(kept);
    await workplace.close();
    profiles.remove();
  }
});

test("an administrator ends somebody else's sign-in, whose window then asks to sign in again", async ({
  browser,
}) => {
  const profiles = temporaryFolder("devices");
  const workplace = await openWorkplace();
  const windows: ParvisWindow[] = [];
  try {
    const karim = await openWindow(browser, workplace, "technicien", `${profiles.path}/karim`);
    windows.push(karim);
    const admin = await openWindow(browser, workplace, "admin", `${profiles.path}/admin`);
    windows.push(admin);
    const [sender, reader] = await Promise.all(
      ["technicien", "admin"].map((name) => signIn(workplace.server.url, name, "demo")),
    );
    if (sender === undefined || reader === undefined) throw new Error("nobody");
    const [from, to] = [sender.personId, reader.personId].map((id) => personIdSchema.parse(id));
    if (from === undefined || to === undefined) throw new Error("nobody");
    const conversationId = directConversationId(from, to);
    const scope = conversationScope(conversationId);
    await sender.mutate("conversation.open", scope, {
      id: conversationId,
      kind: "direct",
      memberIds: [from, to],
    });
    await sender.mutate("message.send", scope, {
      id: createId(),
      conversationId,
      body: "mon poste a disparu",
    });
    const { page } = admin;
    await openConversation(page, "Karim Benhaddou");
    await page.getByRole("log").getByRole("button", { name: "Karim Benhaddou" }).last().click();
    await page.getByRole("button", { name: "Appareils", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /^Appareils de/ });
    const line = dialog.getByRole("listitem").filter({ hasText: "Dans le navigateur" });
    await line.getByRole("button", { name: /^Déconnecter Parvis/ }).click();
    await page
      .getByRole("dialog", { name: /^Déconnecter «/ })
      .getByRole("button", { name: "Déconnecter" })
      .click();
    await expect(line.getByText("Déconnecté", { exact: true })).toBeVisible();
    await expect(karim.page.getByText("Votre session a expiré", { exact: false })).toBeVisible();
  } finally {
    for (const window of windows) await closeWindow(window);
    await workplace.close();
    profiles.remove();
  }
});
