import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { expect, test, type Page } from "playwright/test";
import { conversationList } from "#tests/e2e/window.ts";
import { temporaryFolder } from "#tests/support/processes.ts";
import { openDesktop, type Desktop } from "./desktop.ts";

/** What a page that turned hostile tries, each tried for real: docs/security.md names these tests. */

const data = temporaryFolder("security");
let desktop: Desktop;
let page: Page;
/** Somebody else's web site, and what was asked of it. */
let foreign: Server;
let foreignUrl = "";
const asked: string[] = [];

test.beforeAll(async () => {
  foreign = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("access-control-allow-origin", "*");
    if (request.url === "/file") response.setHeader("content-disposition", "attachment; filename=a.exe");
    response.setHeader("content-type", request.url === "/script.js" ? "text/javascript" : "text/html");
    response.end("globalThis.fromElsewhere = true");
  });
  foreign.listen(0, "127.0.0.1");
  await once(foreign, "listening");
  const address = foreign.address();
  foreignUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  desktop = await openDesktop({ dataDir: data.path });
  page = await desktop.firstWindow();
  await expect(conversationList(page)).toBeVisible();
});
test.afterAll(async () => {
  await desktop.close();
  foreign.close();
  data.remove();
});
test.afterEach(async () => {
  const where = await desktop.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.mainFrame.origin),
  );
  expect(where).toEqual(["app://parvis"]);
  expect(asked).toEqual([]);
});

/** Evaluated in the page as its own script would be. */
function inPage<T>(act: (url: string) => T | Promise<T>): Promise<T> {
  return page.evaluate(act, foreignUrl);
}

test("the page cannot be led elsewhere: address, link, form, frame above, other schemes", async () => {
  await page.evaluate(() => Reflect.set(window, "isStill", true));
  await inPage((url) => location.assign(`${url}/assign`));
  await inPage((url) => Object.assign(document.createElement("a"), { href: `${url}/link` }).click());
  await inPage((url) => {
    const form = Object.assign(document.createElement("form"), { action: `${url}/form`, method: "post" });
    document.body.append(form);
    form.submit();
    form.remove();
  });
  await inPage(() => {
    const link = document.createElement("a");
    for (const href of ["data:text/html,x", "file:///etc/passwd", "javascript:isStill=false"])
      Object.assign(link, { href }).click();
  });
  // What leads nowhere ends without a word: asked once more, everything before has been decided.
  await inPage((url) => fetch(`${location.origin}/?after=${url}`).then(() => undefined));
  expect(await page.evaluate((): unknown => Reflect.get(window, "isStill"))).toBe(true);
  expect(await page.evaluate(() => document.querySelectorAll("nav").length)).toBeGreaterThan(0);
});

test("no window opens", async () => {
  expect(await inPage((url) => window.open(`${url}/open`) === null)).toBe(true);
  await inPage((url) =>
    Object.assign(document.createElement("a"), { href: `${url}/blank`, target: "_blank" }).click(),
  );
  expect(await inPage(() => window.open("about:blank") === null)).toBe(true);
  expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a frame has no bridge, and a foreign one no content", async () => {
  const bridges = await inPage(async (url) => {
    const found: unknown[] = [];
    for (const [name, value] of [
      ["src", "about:blank"],
      ["srcdoc", "<p>x"],
      ["src", location.href],
      ["src", `${url}/frame`],
    ] as const) {
      const frame = document.createElement("iframe");
      frame.setAttribute(name, value);
      const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      document.body.append(frame);
      await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 500))]);
      let bridge: unknown = "unreachable";
      try {
        bridge = frame.contentWindow === null ? "none" : typeof Reflect.get(frame.contentWindow, "parvis");
      } catch {
        // Of another origin.
      }
      found.push(bridge);
      frame.remove();
    }
    return found;
  });
  expect(bridges.filter((one) => one === "object")).toEqual([]);
});

test("nothing comes from or goes to another origin", async () => {
  const outcomes = await inPage(async (url) => {
    const elements = [
      Object.assign(document.createElement("script"), { src: `${url}/script.js` }),
      Object.assign(document.createElement("img"), { src: `${url}/image` }),
      Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${url}/style` }),
    ];
    const socket = new WebSocket(url.replace("http", "ws"));
    navigator.sendBeacon(`${url}/beacon`);
    const attempts = [...elements, socket].map(
      (target) =>
        new Promise<string>((resolve) => {
          for (const name of ["load", "open", "error"]) target.addEventListener(name, () => resolve(name));
          if (target instanceof Element) document.head.append(target);
        }),
    );
    const fetched = fetch(`${url}/fetch`).then(
      () => "fetched",
      () => "error",
    );
    return Promise.all([...attempts, fetched]);
  });
  expect(outcomes).toEqual(["error", "error", "error", "error", "error"]);
});

test("text does not become code", async () => {
  const outcomes = await inPage(async () => {
    const script = Object.assign(document.createElement("script"), { text: "window.wasInline = true" });
    document.head.append(script);
    const button = document.createElement("button");
    button.setAttribute("onclick", "window.wasHandler = true");
    document.body.append(button);
    button.click();
    button.remove();
    // Behind a turn of the loop: what the test's tools run themselves is let through.
    await new Promise((resolve) => setTimeout(resolve));
    let evaluated: unknown;
    try {
      evaluated = Reflect.construct(Function, ["return 'ran'"])();
    } catch (error) {
      evaluated = error instanceof Error ? error.name : "";
    }
    return [evaluated, ...["wasInline", "wasHandler"].map((name) => name in window)];
  });
  expect(outcomes).toEqual(["EvalError", false, false]);
  const policy = await page.evaluate(async () => (await fetch("/")).headers.get("content-security-policy"));
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-(inline|eval)|https?:|\*/);
});

test("there is no Node in the page, and the bridge has two functions", async () => {
  const seen = await page.evaluate(() => ({
    globals: ["require", "process", "module", "Buffer", "global", "electron", "ipcRenderer"].filter(
      (name) => name in window,
    ),
    bridge: Object.keys(Object(Reflect.get(window, "parvis"))).sort(),
    isFrozen: Object.isFrozen(Reflect.get(window, "parvis")),
  }));
  expect(seen).toEqual({ globals: [], bridge: ["invoke", "onEvent"], isFrozen: true });
});

/** A call over the bridge as a hostile script would make it. */
function call(channel: unknown, args: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, given]) => {
      const { invoke } = Object(Reflect.get(window, "parvis"));
      return Promise.resolve(invoke(name, given)).catch((error: unknown) => `thrown: ${String(error)}`);
    },
    [channel, args] as const,
  );
}

test("an unknown channel, wrong arguments and what is no call get nowhere", async () => {
  expect(await call("no.such", {})).toMatchObject({ ok: false, error: { kind: "notFound" } });
  expect(await call("__proto__", {})).toMatchObject({ ok: false });
  expect(await call("constructor", {})).toMatchObject({ ok: false });
  expect(await call("settings.set", { theme: 7 })).toMatchObject({ ok: false });
  expect(await call("shell.openExternal", { url: "file:///etc/passwd" })).toMatchObject({ ok: false });
  expect(await call("shell.openExternal", { url: "javascript:alert(1)" })).toMatchObject({ ok: false });
  expect(await call("accounts.remove", { accountId: "../../x" })).toMatchObject({ ok: false });
  expect(await call(7, {})).toContain("thrown: Error: Error invoking remote method 'host'");
  expect(await call("x".repeat(1000), {})).toContain("thrown:");
  expect(await call("app.info", {})).toMatchObject({ ok: true });
});

test("what could watch the person is denied; copying is not", async () => {
  const outcomes = await inPage(async () => {
    const place = new Promise((resolve, reject) => {
      navigator.geolocation.getCurrentPosition(resolve, ({ code }) => reject(new Error(`code ${code}`)));
    });
    const attempts = {
      camera: navigator.mediaDevices.getUserMedia({ video: true }),
      both: navigator.mediaDevices.getUserMedia({ video: true, audio: true }),
      place,
      reading: navigator.clipboard.readText(),
      copying: navigator.clipboard.writeText("texte"),
    };
    const told = Object.entries(attempts).map(async ([name, attempt]) => [
      name,
      await attempt.then(
        () => "granted",
        (error: unknown) => (error instanceof Error ? error.name : "denied"),
      ),
    ]);
    const notifications = await Notification.requestPermission();
    return { notifications, ...Object.fromEntries(await Promise.all(told)) };
  });
  expect(outcomes).toMatchObject({
    camera: "NotAllowedError",
    both: "NotAllowedError",
    place: "Error",
    notifications: "denied",
    reading: "NotAllowedError",
    copying: "granted",
  });
  const microphone = await inPage(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      (stream) => stream.getAudioTracks().length > 0,
      (error: unknown) => (error instanceof Error ? error.name : "denied"),
    ),
  );
  // A machine without a microphone has none to grant.
  expect([true, "NotFoundError"]).toContain(microphone);
});

test("no file of another origin, and none made up in the page, is downloaded", async () => {
  const ended = desktop.evaluate(
    ({ session }) =>
      new Promise<boolean[]>((resolve) => {
        const prevented: boolean[] = [];
        session.defaultSession.on("will-download", (event) => {
          prevented.push(event.defaultPrevented);
          if (prevented.length === 1) resolve(prevented);
        });
      }),
  );
  await inPage((url) =>
    Object.assign(document.createElement("a"), { href: `${url}/file`, download: "" }).click(),
  );
  await inPage(() => {
    const href = URL.createObjectURL(new Blob(["MZ"]));
    Object.assign(document.createElement("a"), { href, download: "a.exe" }).click();
  });
  expect(await ended).toEqual([true]);
});

test("a webview is an element without meaning", async () => {
  const seen = await inPage((url) => {
    const view = document.createElement("webview");
    view.setAttribute("src", `${url}/webview`);
    document.body.append(view);
    const found = [view.constructor.name, typeof Reflect.get(view, "loadURL")];
    view.remove();
    return found;
  });
  expect(seen).toEqual(["HTMLElement", "undefined"]);
  const attached = await desktop.evaluate(({ BrowserWindow }) => {
    let isPrevented = false;
    const event = { preventDefault: () => (isPrevented = true) };
    BrowserWindow.getAllWindows()[0]?.webContents.emit("will-attach-webview", event, {}, {});
    return isPrevented;
  });
  expect(attached).toBe(true);
});

test("every window is made as the checklist says", async () => {
  test.skip(desktop.isReal, "a real window does not tell what it was made with");
  const preferences = await desktop.evaluateStandIn(({ BrowserWindow, app }) => ({
    isSandboxed: app.standIn.isSandboxed,
    windows: BrowserWindow.getAllWindows().map((window) => window.standIn.options.webPreferences),
  }));
  expect(preferences.isSandboxed).toBe(true);
  for (const window of preferences.windows)
    expect(window).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    });
});
