import { join } from "node:path";
import { app, Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions } from "electron";
import { runTool } from "#host/desktop/run-tool.ts";
import { hasTrayHost } from "#host/desktop/tray-host.ts";
import {
  barOf,
  iconFile,
  trayModel,
  type TrayAction,
  type TrayItem,
  type TrayModel,
} from "#host/desktop/tray-model.ts";
import { trayWordingFor } from "#host/desktop/tray-wording.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** What comes in a burst is drawn once. */
const GATHER_MS = 300;
/** Hours become days, and do not disturb ends, without anything being told. */
const AGAIN_MS = 60_000;
/** At login the panel may come after us. */
const LOOK_FOR_PANEL_MS = 15_000;

/** The icon beside the clock, always there. */
export async function startTray(shell: ShellContext): Promise<Dispose> {
  const view = new TrayView(shell);
  await view.begin();
  return () => view.end();
}

class TrayView {
  readonly #shell: ShellContext;
  readonly #tray: Tray;
  readonly #stops: (() => void)[] = [];
  #shown = "";
  #icon = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(shell: ShellContext) {
    this.#shell = shell;
    this.#icon = this.#iconPath("connected");
    this.#tray = new Tray(nativeImage.createFromPath(this.#icon));
  }

  async begin(): Promise<void> {
    const { host, platform, services } = this.#shell;
    const soon = (): void => this.#soon();
    const again = setInterval(soon, AGAIN_MS);
    again.unref();
    nativeTheme.on("updated", soon);
    this.#tray.on("click", () => this.#run({ kind: "open" }));
    this.#stops.push(
      () => clearInterval(again),
      () => nativeTheme.off("updated", soon),
      services.attention.subscribe(soon),
      host.events.subscribe((event) => {
        if (
          event.type === "lockChanged" ||
          event.type === "settingsChanged" ||
          event.type === "accountsChanged"
        )
          soon();
      }),
    );
    this.#shell.hasTray = await hasTrayHost(platform, runTool);
    if (!this.#shell.hasTray) this.#lookForPanel();
    await this.#draw();
  }

  end(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    this.#tray.destroy();
  }

  #lookForPanel(): void {
    const look = setInterval(() => {
      void hasTrayHost(this.#shell.platform, runTool).then((isThere) => {
        if (!isThere) return;
        this.#shell.hasTray = true;
        clearInterval(look);
      });
    }, LOOK_FOR_PANEL_MS);
    look.unref();
    this.#stops.push(() => clearInterval(look));
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw().catch((error: unknown) => this.#shell.log.write("error", `tray: ${String(error)}`));
    }, GATHER_MS);
  }

  async #draw(): Promise<void> {
    const { host, locale, services } = this.#shell;
    const { language, notifications } = await host.settings.get();
    const signedIn = host.accounts.list().filter(({ state }) => state === "signedIn");
    const model = trayModel(
      {
        overall: services.attention.overall(),
        accountCount: signedIn.length,
        isLocked: services.lock.status().isLocked,
        isContentShown: notifications === "all",
        nowMs: Date.now(),
      },
      trayWordingFor(language, locale),
    );
    if (this.#tray.isDestroyed()) return;
    this.#drawIcon(model);
    // The ends of do not disturb in the menu count from when it was made: it is made anew each minute.
    const shown = JSON.stringify([model, Math.floor(Date.now() / AGAIN_MS)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setToolTip(model.tooltip);
    // On Linux a menu that was changed is only seen when it is set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#template(model.items)));
  }

  #drawIcon({ state }: TrayModel): void {
    const path = this.#iconPath(state);
    if (path === this.#icon) return;
    this.#icon = path;
    this.#tray.setImage(nativeImage.createFromPath(path));
  }

  #iconPath(state: TrayModel["state"]): string {
    const { platform, root } = this.#shell;
    const isDark =
      platform === "win32"
        ? nativeTheme.shouldUseDarkColorsForSystemIntegratedUI
        : nativeTheme.shouldUseDarkColors;
    const bar = barOf(platform, isDark, process.env["XDG_CURRENT_DESKTOP"]);
    return join(root, "dist", "electron", "tray", iconFile(state, platform, bar));
  }

  #template(items: readonly TrayItem[]): MenuItemConstructorOptions[] {
    return items.map((item): MenuItemConstructorOptions => {
      switch (item.kind) {
        case "separator":
          return { type: "separator" };
        case "words":
          return { label: item.label, enabled: false };
        case "menu":
          return { label: item.label, submenu: this.#template(item.items) };
        case "action":
          return this.#actionItem(item);
      }
    });
  }

  #actionItem({ label, action, isOn }: Extract<TrayItem, { kind: "action" }>): MenuItemConstructorOptions {
    const click = (): void => this.#run(action);
    if (isOn === undefined) return { label, click };
    // The menu ticks by itself what is clicked: how things stand is drawn anew, also where nothing has changed.
    const choose = (): void => {
      click();
      this.#shown = "";
      this.#soon();
    };
    return { label, type: "checkbox", checked: isOn, click: choose };
  }

  #run(action: TrayAction): void {
    this.#act(action).catch((error: unknown) => this.#shell.log.write("error", `tray: ${String(error)}`));
  }

  async #act(action: TrayAction): Promise<void> {
    const shell = this.#shell;
    switch (action.kind) {
      case "open":
        return shell.open();
      case "target":
        return shell.open(action.target);
      case "join":
        await shell.host.bridge.call("shell.openExternal", { url: action.address });
        return;
      case "settings":
        return openSettings(shell);
      case "quit":
        // As any other end: whoever waits for the outbox is asked there.
        app.quit();
        return;
      case "command":
        return shell.services.desk.runEverywhere(action.command);
    }
  }
}

/** A window that has just been opened hears nothing until its page says how things stand. */
async function openSettings(shell: ShellContext): Promise<void> {
  const wasOpen = shell.windows.main !== undefined;
  await shell.open();
  const tell = (): void => {
    const { main } = shell.windows;
    if (main !== undefined) shell.windows.tell(main, { type: "menuCommand", command: "settings" });
  };
  if (wasOpen) {
    tell();
    return;
  }
  const stop = shell.services.attention.subscribeToPages(() => {
    stop();
    tell();
  });
}
