import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, type Page } from "playwright/test";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** What the shell relies on of windows and their pages: the same on the stand-in and on a real binary. */

const fixture = join(import.meta.dirname, "fixture");
const data = temporaryFolder("windows");
let desktop: Desktop;
let page: Page;

test.beforeAll(async () => {
  desktop = await openDesktop({ dataDir: data.path, root: fixture });
});
test.afterAll(async () => {
  await desktop.close();
  data.remove();
});
test.beforeEach(async () => {
  const opening = desktop.waitForWindow();
  await desktop.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ width: 700, height: 500, show: false, title: "Essai" });
    const events: string[] = [];
    Reflect.set(globalThis, "told", events);
    for (const name of [
      "ready-to-show",
      "show",
      "hide",
      "minimize",
      "restore",
      "maximize",
      "unmaximize",
      "resize",
      "enter-full-screen",
      "close",
      "closed",
    ] as const)
      Object(window).on(name, () => events.push(name));
    await window.loadURL("app://fixture/first");
  });
  page = await opening;
});
test.afterEach(async () => {
  await desktop.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
  });
});

function told(): Promise<string[]> {
  return desktop.evaluate((): string[] => Reflect.get(globalThis, "told"));
}

test("a window is shown when it is told to, and tells what becomes of it", async () => {
  await expect.poll(told).toEqual(["ready-to-show"]);
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expect.poll(told).toContain("show");
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(640, 480));
  await expect.poll(told).toContain("resize");
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(640);
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(told).toContain("hide");
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("visible");
});

test("the largest and the whole screen know where to go back to", async () => {
  const seen = await desktop.evaluate(async ({ BrowserWindow, screen }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error("no window");
    window.setBounds({ x: 60, y: 70, width: 640, height: 480 });
    window.show();
    const before = window.getNormalBounds();
    const maximized = new Promise((resolve) => {
      window.once("maximize", () => resolve(undefined));
    });
    window.maximize();
    await maximized;
    const { workArea } = screen.getPrimaryDisplay();
    return {
      isMaximized: window.isMaximized(),
      isLarger: window.getBounds().width > before.width,
      isOnScreen: window.getBounds().width <= workArea.width,
      isKept: JSON.stringify(window.getNormalBounds()) === JSON.stringify(before),
    };
  });
  expect(seen).toEqual({ isMaximized: true, isLarger: true, isOnScreen: true, isKept: true });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThan(640);
});

test("closing asks first and may be refused; destroying does not ask", async () => {
  await desktop.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.once("close", (event) => event.preventDefault());
    window?.close();
  });
  await expect.poll(told).toContain("close");
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(told).toContain("closed");
  await expect
    .poll(() => desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(0);
});

test("its title follows the page's unless that is prevented", async () => {
  const title = (): Promise<string | undefined> =>
    desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
  await expect.poll(title).toBe("/first");
  await desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.on("page-title-updated", (event) => event.preventDefault());
  });
  await page.evaluate(() => (document.title = "Autre"));
  await expect
    .poll(() =>
      desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getTitle()),
    )
    .toBe("Autre");
  expect(await title()).toBe("/first");
});

test("a right click tells what is under it", async () => {
  await desktop.evaluate(({ BrowserWindow }) => {
    const menus: unknown[] = [];
    Reflect.set(globalThis, "menus", menus);
    BrowserWindow.getAllWindows()[0]?.show();
    BrowserWindow.getAllWindows()[0]?.webContents.on(
      "context-menu",
      (_event, { isEditable, linkURL, selectionText }) => menus.push({ isEditable, linkURL, selectionText }),
    );
  });
  await page.getByRole("link").click({ button: "right" });
  await page.getByRole("textbox").evaluate((field: HTMLInputElement) => field.select());
  await page.getByRole("textbox").click({ button: "right" });
  await expect
    .poll(() => desktop.evaluate((): unknown => Reflect.get(globalThis, "menus")))
    .toEqual([
      { isEditable: false, linkURL: "https://example.org/lien", selectionText: "" },
      { isEditable: true, linkURL: "", selectionText: expect.stringContaining("") },
    ]);
});

test("what is searched for in the page is counted and walked through", async () => {
  const found = await desktop.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const next = (): Promise<number[]> =>
      new Promise((resolve) => {
        const listener = (
          _event: unknown,
          result: { finalUpdate: boolean; activeMatchOrdinal: number; matches: number },
        ) => {
          if (!result.finalUpdate) return;
          contents?.off("found-in-page", listener);
          resolve([result.activeMatchOrdinal, result.matches]);
        };
        contents?.on("found-in-page", listener);
      });
    const all: number[][] = [];
    for (const options of [{}, { findNext: false }, { findNext: false, forward: false }]) {
      const answer = next();
      contents?.findInPage("un", options);
      all.push(await answer);
    }
    contents?.stopFindInPage("clearSelection");
    return all;
  });
  expect(found).toEqual([
    [1, 2],
    [2, 2],
    [1, 2],
  ]);
});

test("zoom goes by fifths", async () => {
  const zoom = await desktop.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.setZoomLevel(1);
    const factor = contents?.getZoomFactor();
    contents?.setZoomLevel(0);
    return factor;
  });
  expect(zoom).toBeCloseTo(1.2);
});

test("a renderer that crashes is told, and a reload brings its page back", async () => {
  await desktop.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.once("render-process-gone", (_event, { reason }) => Reflect.set(globalThis, "gone", reason));
    contents?.forcefullyCrashRenderer();
  });
  const gone = (): Promise<unknown> => desktop.evaluate((): unknown => Reflect.get(globalThis, "gone"));
  await expect.poll(gone).toMatch(/crashed|killed/);
  const title = await desktop.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    await contents?.loadURL("app://fixture/again");
    return contents?.executeJavaScript("document.title");
  });
  expect(title).toBe("/again");
});

test("what a page sends and gets over its scheme streams, as itself", async () => {
  const echoed = await page.evaluate(async () => {
    const response = await fetch("/echo", { method: "POST", body: new Uint8Array(200_000).fill(7) });
    return [(await response.bytes()).length, response.headers.get("x-origin")];
  });
  expect(echoed).toEqual([200_000, "app://fixture"]);
  await page.evaluate(async () => {
    const response = await fetch("/endless");
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
  });
  await expect
    .poll(() => desktop.evaluate((): unknown => Reflect.get(globalThis, "wasCancelled")))
    .toBe(true);
});

/** Starts a download of the page; what becomes of it is read by `downloads`. */
async function download(path: string, act: "keep" | "cancel" | "pause"): Promise<void> {
  await desktop.evaluate(
    ({ session }, [savePath, what]) => {
      session.defaultSession.once("will-download", (_event, item) => {
        item.setSavePath(savePath);
        Reflect.set(globalThis, "item", item);
        Reflect.set(globalThis, "download", item.getFilename());
        item.once("done", (_done, state) => Reflect.set(globalThis, "download", state));
        if (what === "cancel") item.cancel();
        if (what === "pause") item.pause();
      });
    },
    [path, act] as const,
  );
  await page.evaluate(() =>
    Object.assign(document.createElement("a"), { href: "/file", download: "" }).click(),
  );
}

function downloaded(): Promise<unknown> {
  return desktop.evaluate((): unknown => Reflect.get(globalThis, "download"));
}

test("a file is downloaded where it is told to, may wait, and may be given up", async () => {
  const path = join(data.path, "reçus", "été.bin");
  await download(path, "keep");
  await expect.poll(downloaded).toBe("completed");
  expect(readFileSync(path)).toHaveLength(16 * 65_536);
  await download(join(data.path, "second.bin"), "cancel");
  await expect.poll(downloaded).toBe("cancelled");
  await download(join(data.path, "third.bin"), "pause");
  await expect.poll(downloaded).toBe("été.bin");
  expect(await desktop.evaluate((): boolean => Reflect.get(globalThis, "item").isPaused())).toBe(true);
  await desktop.evaluate(() => Reflect.get(globalThis, "item").resume());
  await expect.poll(downloaded).toBe("completed");
});

function isDark(): Promise<boolean> {
  return page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
}

test("pages are as dark as the shell", async () => {
  await desktop.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = "dark"));
  await expect.poll(isDark).toBe(true);
  await desktop.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = "light"));
  await expect.poll(isDark).toBe(false);
});
