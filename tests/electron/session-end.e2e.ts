import { expect, test, type Page } from "playwright/test";
import {
  composer,
  conversationList,
  messages,
  openConversation,
  openWorkplace,
  say,
  type Workplace,
} from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { startTcpProxy, type TcpProxy } from "#tests/support/tcp-proxy.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** The machine's session ends while the workplace is out of reach: nothing of what was written is lost. */

const data = temporaryFolder("desktop-session-end");
let workplace: Workplace;
let network: TcpProxy;
let desktop: Desktop;
let page: Page;

test.describe.configure({ mode: "serial" });
test.beforeAll(async () => {
  workplace = await openWorkplace();
  network = await startTcpProxy(workplace.port);
});
test.afterAll(async () => {
  await desktop.kill();
  await network.stop();
  await workplace.close();
  data.remove();
});

async function open(): Promise<void> {
  desktop = await openDesktop({ dataDir: data.path, args: ["--server", network.url] });
  page = await desktop.firstWindow();
  const name = page.getByLabel("Identifiant");
  await expect(name.or(conversationList(page))).toBeVisible();
  if (await name.isVisible()) {
    await name.fill("demo");
    await page.getByLabel("Mot de passe").fill("demo");
    await page.getByRole("button", { name: "Se connecter" }).click();
  }
  await expect(conversationList(page)).toBeVisible();
  await openConversation(page, "Karim Benhaddou");
}

const isWindowsGoing = (event: "query-session-end" | "session-end") =>
  desktop.evaluate(({ BrowserWindow }, name) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]?.emit(name, { preventDefault: () => undefined }));
  }, event);

const ways = {
  SIGTERM: () => Promise.resolve(desktop.process().kill("SIGTERM")),
  SIGHUP: () => Promise.resolve(desktop.process().kill("SIGHUP")),
  "a Windows session": async () => {
    await isWindowsGoing("query-session-end");
    await isWindowsGoing("session-end");
  },
};

for (const [name, end] of Object.entries(ways)) {
  test(`${name}: what waited is there at the next start, and leaves`, async () => {
    test.skip(process.platform === "win32" && name.startsWith("SIG"), "Windows has no such signals");
    await open();
    network.cut();
    const text = `Écrit sans réseau, ${name}`;
    await say(page, text);
    await composer(page).fill(`Brouillon, ${name}`);
    await end();
    expect(await desktop.ended()).toBe(0);
    await open();
    await expect(messages(page, text)).toHaveCount(1);
    await expect(composer(page)).toHaveText(`Brouillon, ${name}`);
    network.restore();
    await expect(page.getByText(/envois? en attente/)).toHaveCount(0, { timeout: 60_000 });
    await expect(messages(page, text)).toHaveCount(1);
    await composer(page).fill("");
    await desktop.close();
  });
}

test("what waits is said before one quits; who stays finds everything as it was", async () => {
  await open();
  await desktop.evaluate(({ dialog }) => {
    const asked: unknown[] = [];
    Reflect.set(globalThis, "asked", asked);
    dialog.showMessageBox = (...args: unknown[]) => {
      asked.push(args.at(-1));
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
  });
  network.cut();
  await say(page, "Un");
  await say(page, "Deux");
  await desktop.evaluate(({ app }) => {
    setImmediate(() => app.quit());
  });
  const asked = () =>
    desktop.evaluate((): { message: string; buttons: string[] }[] => Reflect.get(globalThis, "asked"));
  await expect.poll(async () => (await asked()).length).toBe(1);
  expect((await asked())[0]).toMatchObject({
    // Both messages, and what was written down beside them: a draft that is empty again, where one has read to.
    message: expect.stringMatching(/^[2-9] envois attendent encore$/),
    buttons: ["Quitter", "Rester"],
  });
  await expect(conversationList(page)).toBeVisible();
  network.restore();
});
