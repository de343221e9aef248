import { join } from "node:path";
import { expect, test } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** What the shell relies on of the application, menus and processes: the same on the stand-in and on a real binary. */

const fixture = join(import.meta.dirname, "fixture");
const data = temporaryFolder("machine");
let desktop: Desktop;

test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path, root: fixture });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});

test("the application knows itself", async () => {
  const seen = await desktop.evaluate(({ app }) => ({
    isReady: app.isReady(),
    isPackaged: app.isPackaged,
    version: app.getVersion(),
    name: app.getName(),
    path: app.getAppPath(),
    userData: app.getPath("userData"),
    sessionData: app.getPath("sessionData"),
    locale: app.getLocale(),
    type: Reflect.get(process, "type") as string,
  }));
  expect(seen).toEqual({
    isReady: true,
    isPackaged: false,
    version: "3.2.1",
    name: "fixture",
    path: fixture,
    userData: data.path,
    sessionData: data.path,
    locale: expect.stringMatching(/^fr/),
    type: "browser",
  });
});

test("menus are built, found by id and clicked", async () => {
  const clicked = await desktop.evaluate(({ Menu }) => {
    const told: string[] = [];
    const menu = Menu.buildFromTemplate([
      { role: "editMenu" },
      {
        label: "Parvis",
        submenu: [
          { id: "open", label: "Ouvrir", accelerator: "CmdOrCtrl+O", click: ({ label }) => told.push(label) },
          { type: "separator" },
          {
            id: "quiet",
            label: "Ne pas déranger",
            type: "checkbox",
            checked: false,
            click: ({ checked }) => told.push(String(checked)),
          },
          { id: "off", label: "Rien", enabled: false, click: () => told.push("never") },
        ],
      },
    ]);
    Menu.setApplicationMenu(menu);
    for (const id of ["open", "quiet", "off"]) menu.getMenuItemById(id)?.click();
    const roles = menu.items[0]?.submenu?.items.map((item) => item.role?.toLowerCase()) ?? [];
    return { told, hasCopy: roles.includes("copy"), isKept: Menu.getApplicationMenu() === menu };
  });
  expect(clicked).toEqual({ told: ["Ouvrir", "true"], hasCopy: true, isKept: true });
});

test("secrets are opened again by the same profile", async () => {
  const opened = await desktop.evaluate(async ({ safeStorage }) => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return "unavailable";
    const sealed = await safeStorage.encryptStringAsync("été");
    return [sealed.includes("été"), (await safeStorage.decryptStringAsync(sealed)).result];
  });
  if (desktop.isReal) test.skip(opened === "unavailable", "this machine has no keyring");
  expect(opened).toEqual([false, "été"]);
});

test("a utility process is a process, is spoken to and ends with the application", async () => {
  const seen = await desktop.evaluate(
    ({ utilityProcess }, script) =>
      new Promise<unknown>((resolve) => {
        const child = utilityProcess.fork(script, ["un"], { stdio: "pipe" });
        Reflect.set(globalThis, "child", child);
        let said = "";
        child.stdout?.on("data", (text: Buffer) => {
          said += text.toString();
        });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Of a process, not of a window.
        child.on("spawn", () => child.postMessage("bonjour"));
        child.on("message", (message: unknown) =>
          resolve({ message, said: JSON.parse(said), hasPid: child.pid !== undefined }),
        );
      }),
    join(fixture, "utility.cjs"),
  );
  expect(seen).toEqual({
    message: { echo: "bonjour" },
    said: { type: "utility", args: ["un"] },
    hasPid: true,
  });
});

test("a second start is told to the first, with its arguments", async () => {
  await desktop.evaluate(({ app }) => {
    app.requestSingleInstanceLock();
    app.on("second-instance", (_event, argv) => Reflect.set(globalThis, "second", argv));
  });
  const second = await desktop.startAgain(["--single", "parvis://x/é"]);
  expect(second.output).toContain("not the first");
  await expect
    .poll(() => desktop.evaluate((): unknown => Reflect.get(globalThis, "second")))
    .toEqual(expect.arrayContaining(["parvis://x/é"]));
});

test("quitting may be put off, then everything ends in its order", async () => {
  const pid = await desktop.evaluate((): number => Reflect.get(globalThis, "child").pid);
  await desktop.evaluate(({ app, BrowserWindow }) => {
    const emitters = [
      [new BrowserWindow({ show: false }), "close"],
      [app, "before-quit"],
      [app, "will-quit"],
      [app, "quit"],
    ] as const;
    app.once("before-quit", (event) => event.preventDefault());
    for (const [emitter, name] of emitters)
      Reflect.apply(emitter.on, emitter, [name, () => process.stdout.write(`[${name}]`)]);
    app.quit();
  });
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await desktop.close();
  expect(desktop.output()).toContain("[before-quit][before-quit][close][will-quit][quit]");
  expect(await desktop.ended()).toBe(0);
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
