import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chromium, expect, test, type BrowserContext, type Page } from "playwright/test";
import { conversationIdSchema, createId } from "#contract/ids.ts";
import { conversationScope } from "#contract/scope.ts";
import { startParvis, temporaryFolder, type RunningProgram } from "#tests/support/processes.ts";
import { signIn } from "#tests/support/workplace-client.ts";
import {
  composer,
  conversationList,
  openConversation,
  openWorkplace,
  say,
  type Workplace,
} from "./window.ts";

/** What somebody writes, sees and sends, by what it is: nothing of it may lie in clear in either folder. */
interface Words {
  title: string;
  received: string;
  sent: string;
  draft: string;
  fileName: string;
  fileContent: string;
  phone: string;
}

const word = (what: string): string => `${what}${randomBytes(12).toString("hex")}`;

/** Where these bytes stand, in UTF-8 or as UTF-16, in any file of the folder. */
function findings(folder: string, words: Readonly<Record<string, string>>): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name);
    const bytes = readFileSync(path);
    return Object.entries(words).flatMap(([what, text]) =>
      (["utf8", "utf16le"] as const)
        .filter((encoding) => bytes.includes(Buffer.from(text, encoding)))
        .map((encoding) => `${what} (${encoding}) in ${relative(folder, path)}`),
    );
  });
}

interface Machine {
  host: RunningProgram;
  context: BrowserContext;
  page: Page;
}

test.describe("what lies on the disk", () => {
  const folder = temporaryFolder("disk");
  const browserFolder = join(folder.path, "browser");
  const dataFolder = join(folder.path, "data");
  const words: Words = {
    title: word("titre"),
    received: word("recu"),
    sent: word("envoye"),
    draft: word("brouillon"),
    fileName: word("fichier"),
    fileContent: word("contenu"),
    phone: word("telephone"),
  };
  let workplace: Workplace;
  let machine: Machine;

  async function start(): Promise<Machine> {
    const args = ["--port", "0", "--data", dataFolder, "--server", workplace.server.url];
    const host = await startParvis(args);
    const { launchOptions, viewport, locale } = test.info().project.use;
    const context = await chromium.launchPersistentContext(browserFolder, {
      ...launchOptions,
      viewport: viewport ?? null,
      ...(locale === undefined ? {} : { locale }),
    });
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(host.url);
    return { host, context, page };
  }

  async function stop(): Promise<void> {
    await machine.context.close();
    await machine.host.stop();
  }

  const everything = (): Record<string, string> => ({ ...words });
  const found = () => ({
    browser: findings(browserFolder, everything()),
    data: findings(dataFolder, everything()),
  });
  const nothing = { browser: [], data: [] };

  test.beforeAll(async () => {
    workplace = await openWorkplace();
  });

  test.afterAll(async () => {
    await workplace.close();
    folder.remove();
  });

  test("nothing that was read, written or sent can be read; signed out, the databases are gone too", async () => {
    const karim = await signIn(workplace.server.url, "technicien", "demo");
    const camille = await signIn(workplace.server.url, "demo", "demo");
    const conversationId = conversationIdSchema.parse(createId());
    const scope = conversationScope(conversationId);
    const memberIds = [karim.personId, camille.personId];
    await karim.mutate("conversation.open", scope, {
      id: conversationId,
      kind: "group",
      memberIds,
      name: words.title,
    });
    await karim.mutate("message.send", scope, { id: createId(), conversationId, body: words.received });
    await karim.mutate("profile.update", "directory", { phone: words.phone });

    machine = await start();
    const { page } = machine;
    await page.getByLabel("Identifiant").fill("demo");
    await page.getByLabel("Mot de passe").fill("demo");
    await page.getByRole("button", { name: "Se connecter" }).click();
    await openConversation(page, words.title);
    await expect(page.getByRole("log").getByText(words.received)).toBeVisible();
    await page
      .getByRole("main")
      .locator("input[type=file]")
      .setInputFiles({
        name: `${words.fileName}.txt`,
        mimeType: "text/plain",
        buffer: Buffer.from(`${words.fileContent}\n`.repeat(2000)),
      });
    await say(page, words.sent);
    await expect(page.getByRole("log").getByText(words.sent)).toBeVisible();
    await page.getByRole("log").getByText(words.fileName).first().click();
    await page.keyboard.press("Escape");
    await composer(page).fill(words.draft);
    await expect(async () => {
      const rows = await camille.rows(`person:${camille.personId}`);
      expect(JSON.stringify(rows)).toContain(words.draft);
    }).toPass();
    await page.evaluate((text) => localStorage.setItem("control", text), word("temoin"));
    const control = await page.evaluate(() => localStorage.getItem("control") ?? "");
    await stop();
    // The search finds what is there in clear.
    expect(findings(browserFolder, { control })).not.toEqual([]);
    expect(found()).toEqual(nothing);

    machine = await start();
    await expect(conversationList(machine.page)).toBeVisible();
    await openConversation(machine.page, words.title);
    await expect(composer(machine.page)).toHaveValue(words.draft);
    await expect(machine.page.getByRole("log").getByText(words.sent)).toBeVisible();
    await machine.page.locator(".account-bar__me").click();
    await machine.page.getByRole("menuitem", { name: "Compte et connexion" }).click();
    await machine.page.getByRole("button", { name: "Se déconnecter" }).click();
    await expect(machine.page.getByLabel("Identifiant")).toBeVisible();
    const databases = () =>
      machine.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
    await expect.poll(databases).toEqual([]);
    const kept = await machine.page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => /\.(open|seen)\./.test(key))).toEqual([]);
    await stop();
    expect(found()).toEqual(nothing);
  });
});
