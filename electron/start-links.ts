import { resolve } from "node:path";
import { app } from "electron";
import { linkInArguments, readLink, type DeepLink } from "#host/desktop/deep-links.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";
import type { Windows } from "./windows.ts";

const PROTOCOL = "parvis";

/** What came before there was a shell to take it: macOS tells of a link while the application starts. */
export interface EarlyLinks {
  take: () => DeepLink[];
  stop: () => void;
}

/** To be called at once, before Electron is ready. */
export function gatherEarlyLinks(argv: readonly string[]): EarlyLinks {
  const links: DeepLink[] = [linkInArguments(argv)];
  const onUrl = (event: Electron.Event, url: string): void => {
    event.preventDefault();
    links.push(readLink(url));
  };
  app.on("open-url", onUrl);
  return { take: () => links.splice(0), stop: () => app.off("open-url", onUrl) };
}

/** `parvis://…` from anywhere: looked at, and shown by the main window once it can. */
export function startLinks(shell: ShellContext, windows: Windows, early: EarlyLinks): Dispose {
  const { services, log } = shell;
  const take = (found: DeepLink): string | undefined => {
    // Whatever was in it stays out of the log.
    if (found.kind === "refused") log.write("warning", "an address was refused", { length: found.length });
    return found.kind === "link" ? found.link : undefined;
  };
  const open = (found: DeepLink): void => {
    const link = take(found);
    void shell.open(link === undefined ? undefined : { link });
  };
  const onSecond = (_event: unknown, argv: string[]): void => {
    const found = linkInArguments(argv);
    // Started with the session a second time, by the machine's settings and by the person's: nobody asked for a window.
    if (found.kind !== "none" || !argv.includes("--hidden")) open(found);
  };
  const onUrl = (event: Electron.Event, url: string): void => {
    event.preventDefault();
    open(readLink(url));
  };
  app.on("second-instance", onSecond);
  early.stop();
  app.on("open-url", onUrl);
  for (const found of early.take()) {
    const link = take(found);
    if (link !== undefined) services.targets.open({ link });
  }
  deliver(shell, windows);
  registerInDevelopment();
  return () => {
    app.off("second-instance", onSecond);
    app.off("open-url", onUrl);
    services.targets.deliverTo(undefined);
  };
}

/** The page of the main window is told from when it has asked what waits until it is gone or loaded anew. */
function deliver({ services }: ShellContext, windows: Windows): void {
  const { targets } = services;
  targets.whenTaken(() => {
    const window = windows.main;
    if (window !== undefined)
      targets.deliverTo((target) => windows.tell(window, { type: "openTarget", target }));
  });
  const wait = (): void => targets.deliverTo(undefined);
  windows.onOpened((window, kind) => {
    if (kind !== "main") return;
    window.on("closed", wait);
    window.webContents.on("render-process-gone", wait);
    window.webContents.on("did-start-navigation", (details) => {
      if (details.isMainFrame && !details.isSameDocument) wait();
    });
  });
}

/** Packages register the scheme themselves, and take it away again when they are removed. */
function registerInDevelopment(): void {
  if (app.isPackaged) return;
  const [, script] = process.argv;
  // A bare test program is not what links should open.
  if (script === undefined || process.platform === "linux") return;
  app.setAsDefaultProtocolClient(PROTOCOL, process.execPath, [resolve(script)]);
}
