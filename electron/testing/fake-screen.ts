import { EventEmitter } from "node:events";
import type * as Electron from "electron";

/** Screens, clipboard and the system's own questions, as a test sets them. */

const area = { x: 0, y: 0, width: 1920, height: 1040 };
const main = { id: 1, workArea: area, bounds: { ...area, height: 1080 }, scaleFactor: 1 };

class FakeScreen extends EventEmitter {
  displays = [main];
  getPrimaryDisplay() {
    return this.displays[0] ?? main;
  }
  getAllDisplays() {
    return this.displays;
  }
  getDisplayMatching() {
    return this.getPrimaryDisplay();
  }
}
export const screen = new FakeScreen();

export const copied: string[] = [];
export const clipboard = {
  writeText(text: string): Promise<void> {
    copied.push(text);
    return Promise.resolve();
  },
};

export const asked: Electron.MessageBoxOptions[] = [];
export const dialog = {
  answer: 0,
  showMessageBox(first: unknown, second?: Electron.MessageBoxOptions) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the window may be left out
    asked.push(second ?? (first as Electron.MessageBoxOptions));
    return Promise.resolve({ response: dialog.answer, checkboxChecked: false });
  },
  showErrorBox: () => undefined,
};
