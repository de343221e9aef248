import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { chromium, expect, test, type BrowserContext, type Page } from "playwright/test";
import { sessionSchema } from "#contract/entities/session.ts";
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
  searched: string;
  address: string;
}

const word = (what: string): string => `${what}${randomBytes(12).toString("hex")}`;

/**
 * Where these stand, in UTF-8 or as UTF-16, in any file of the folder. LevelDB presses what it writes (snappy), which keeps
 * what it has not seen before as it is: random words, and random bytes in pieces, would be found in there too.
 */
function findings(folder: string, sought: Readonly<Record<string, string | Buffer>>): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const needles = Object.entries(sought).flatMap(([what, value]) =>
    typeof value === "string"
      ? [
          { what: `${what} (utf8)`, needle: Buffer.from(value, "utf8") },
          { what: `${what} (utf16le)`, needle: Buffer.from(value, "utf16le") },
        ]
      : [{ what, needle: value }],
  );
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name);
    const held = readFileSync(path);
    return needles
      .filter(({ needle }) => held.includes(needle))
      .map(({ what }) => `${what} in ${relative(folder, path)}`);
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
    searched: word("cherche"),
    address: "karim.benhaddou@",
  };
  /** Bytes of a file that no text encoding could have changed, as of a voice message. */
  const bytes = randomBytes(300_000);
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

  const everything = (): Record<string, string | Buffer> => ({
    ...words,
    firstBytes: bytes.subarray(0, 24),
    laterBytes: bytes.subarray(200_000, 200_024),
  });
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
    // The address is one that the page does hold.
    expect(JSON.stringify(await camille.rows("directory"))).toContain(words.address);

    machine = await start();
    const { page } = machine;
    await signInAt(page);
    await openConversation(page, words.title);
    await expect(page.getByRole("log").getByText(words.received)).toBeVisible();
    await page
      .getByRole("main")
      .locator("input[type=file]")
      .setInputFiles([
        {
          name: `${words.fileName}.txt`,
          mimeType: "text/plain",
          buffer: Buffer.from(`${words.fileContent}\n`.repeat(2000)),
        },
        { name: "memo.bin", mimeType: "application/octet-stream", buffer: bytes },
      ]);
    await say(page, words.sent);
    await expect(page.getByRole("log").getByText(words.sent)).toBeVisible();
    await page.getByRole("log").getByText(words.fileName).first().click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(words.searched);
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
    await expect.poll(() => databasesOf(machine.page)).toEqual([]);
    const kept = await machine.page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => /\.(open|seen)\./.test(key))).toEqual([]);
    await stop();
    expect(found()).toEqual(nothing);
  });

  test("ordered while no page is open: key and tokens go at once, the database with the next page", async () => {
    machine = await start();
    const { page } = machine;
    await signInAt(page);
    await openConversation(page, words.title);
    await expect(page.getByRole("log").getByText(words.received)).toBeVisible();
    // Somebody signed in: tokens and the cache's key lie in the secret store of this machine, whatever it is.
    const camille = await signIn(workplace.server.url, "demo", "demo");
    const own = `person:${camille.personId}`;
    const sessions = async () =>
      (await camille.rows(own))
        .filter(({ collection, op }) => collection === "session" && op === "put")
        .map(({ data }) => sessionSchema.parse(data));
    const here = (await sessions()).filter(
      ({ device, endedAt }) => device?.shell === "browser" && endedAt === undefined,
    );
    const [lost] = here.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)).slice(-1);
    if (lost === undefined) throw new Error("this machine has no sign-in");
    expect(await databasesOf(page)).toHaveLength(1);
    await machine.context.close();

    await camille.mutate("session.end", own, { id: lost.id, personId: camille.personId, wipe: true });
    // The host hears of it without any page, and says so once key and tokens are gone.
    await expect
      .poll(async () => (await sessions()).find(({ id }) => id === lost.id)?.wipedAt, { timeout: 60_000 })
      .toBeDefined();
    await machine.host.stop();
    const condemned = readFileSync(join(dataFolder, "condemned-caches.json"), "utf8");
    expect(JSON.parse(condemned)).toMatchObject({ accountIds: [expect.any(String)] });
    expect(found()).toEqual(nothing);

    machine = await start();
    await expect(machine.page.getByLabel("Identifiant")).toBeVisible();
    await expect.poll(() => databasesOf(machine.page)).toEqual([]);
    await stop();
    expect(found()).toEqual(nothing);
  });
});

async function signInAt(page: Page): Promise<void> {
  await page.getByLabel("Identifiant").fill("demo");
  await page.getByLabel("Mot de passe").fill("demo");
  await page.getByRole("button", { name: "Se connecter" }).click();
}

async function databasesOf(page: Page): Promise<string[]> {
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ""));
  return names.filter((name) => name.startsWith("parvis-"));
}
