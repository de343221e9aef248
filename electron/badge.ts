import { join } from "node:path";
import { app, nativeImage } from "electron";
import { trayWordingFor } from "#host/desktop/tray-wording.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

const GATHER_MS = 300;
const LARGEST = 9;

/** The number on the dock, the launcher or the taskbar's button; a mention makes the button ask for attention. */
export function startBadge(shell: ShellContext): Dispose {
  const { services, windows, platform } = shell;
  let timer: NodeJS.Timeout | undefined;
  let mentions = services.attention.overall().mentions;
  let shown: number | undefined;
  let drawnOn: unknown;
  const draw = async (): Promise<void> => {
    const overall = services.attention.overall();
    const { main } = windows;
    if (overall.unread !== shown || main !== drawnOn) {
      shown = overall.unread;
      drawnOn = main;
      app.setBadgeCount(overall.unread);
      if (platform === "win32") await drawOverlay(shell, overall.unread, overall.mentions);
    }
    const isMore = overall.mentions > mentions;
    mentions = overall.mentions;
    if (isMore && !overall.isQuiet && main !== undefined && !main.isDestroyed() && !main.isFocused())
      main.flashFrame(true);
  };
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      draw().catch((error: unknown) => shell.log.write("error", `badge: ${String(error)}`));
    }, GATHER_MS);
  };
  const onFocus = (): void => {
    const { main } = windows;
    if (main !== undefined && !main.isDestroyed()) main.flashFrame(false);
  };
  app.on("browser-window-focus", onFocus);
  const stops = [services.attention.subscribe(soon), windows.subscribe(soon)];
  soon();
  return () => {
    for (const stop of stops) stop();
    app.off("browser-window-focus", onFocus);
    clearTimeout(timer);
    app.setBadgeCount(0);
  };
}

/** Windows has no number of its own: a small picture of it, with words for screen readers. */
async function drawOverlay(
  { host, locale, root, windows }: ShellContext,
  unread: number,
  mentions: number,
): Promise<void> {
  const { language } = await host.settings.get();
  const { main } = windows;
  if (main === undefined || main.isDestroyed()) return;
  if (unread === 0) {
    main.setOverlayIcon(null, "");
    return;
  }
  const name = unread > LARGEST ? `${LARGEST}plus` : String(unread);
  const picture = nativeImage.createFromPath(join(root, "dist", "electron", "tray", `badge-${name}.png`));
  main.setOverlayIcon(picture, trayWordingFor(language, locale).unread(unread, mentions));
}
