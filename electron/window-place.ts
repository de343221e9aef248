import { screen, type BrowserWindow } from "electron";
import type { WindowPlace } from "#host/desktop/window-memory.ts";
import { isWithinReach, placeWindow, type Rectangle, type Screen } from "#host/desktop/window-places.ts";

/** Somebody who drags a window moves it a hundred times. */
const SAVE_AFTER_MS = 500;
/** The system moves windows itself when a screen goes: ours come after. */
const SETTLE_MS = 300;

const CHANGES = [
  "move",
  "resize",
  "maximize",
  "unmaximize",
  "enter-full-screen",
  "leave-full-screen",
] as const;

/** Where a window begins that was `place` before. */
export function boundsFrom(place: WindowPlace | undefined): Partial<Rectangle> {
  return place === undefined ? {} : placeWindow(place.bounds, screens(), place.screenId);
}

/** Once it is shown: as large as it was. */
export function enlarge(window: BrowserWindow, place: WindowPlace | undefined): void {
  if (place?.isMaximized === true) window.maximize();
  if (place?.isFullScreen === true) window.setFullScreen(true);
}

/** Tells of each change of place, a moment after the last one and before it is closed. Returns what tells it now. */
export function keepPlace(window: BrowserWindow, save: (place: WindowPlace) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const saveNow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!window.isDestroyed() && !window.isMinimized()) save(placeOf(window));
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(saveNow, SAVE_AFTER_MS);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the overloads of `on` take one name each
  for (const change of CHANGES) window.on(change as "move", soon);
  window.on("close", saveNow);
  window.on("closed", () => clearTimeout(timer));
  return saveNow;
}

/** Brings windows back whose screen has gone. Returns its dispose. */
export function bringBack(windows: () => readonly BrowserWindow[]): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = (): void => {
    const now = screens();
    for (const window of windows()) {
      if (window.isDestroyed() || window.isMinimized() || !window.isNormal()) continue;
      const bounds = window.getBounds();
      if (!isWithinReach(bounds, now)) window.setBounds(placeWindow(bounds, now, undefined));
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(check, SETTLE_MS);
  };
  screen.on("display-removed", soon);
  screen.on("display-metrics-changed", soon);
  return () => {
    clearTimeout(timer);
    screen.off("display-removed", soon);
    screen.off("display-metrics-changed", soon);
  };
}

function placeOf(window: BrowserWindow): WindowPlace {
  const bounds = window.getNormalBounds();
  const { id, scaleFactor } = screen.getDisplayMatching(bounds);
  return {
    bounds,
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
    screenId: id,
    scaleFactor,
  };
}

/** The main one first. */
function screens(): Screen[] {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  return [main, ...others].map(({ id, workArea, scaleFactor }) => ({ id, workArea, scaleFactor }));
}
