import { EventEmitter } from "node:events";
import type * as Electron from "electron";

/** Tray, pictures and the machine's own events, kept as they are told. */

export class FakeImage {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}
export const nativeImage = { createFromPath: (path: string) => new FakeImage(path) };

export class Tray extends EventEmitter {
  static readonly all: Tray[] = [];
  image: FakeImage;
  toolTip = "";
  menu: unknown = null;
  #isDestroyed = false;

  constructor(image: FakeImage) {
    super();
    this.image = image;
    Tray.all.push(this);
  }
  setImage(image: FakeImage): void {
    this.image = image;
  }
  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }
  setContextMenu(menu: unknown): void {
    this.menu = menu;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  destroy(): void {
    this.#isDestroyed = true;
  }
}

export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 });

/** Keeps what it is made from; a test clicks by calling `click` of a template's item. */
export const Menu = {
  application: null as unknown,
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }),
  setApplicationMenu(menu: unknown): void {
    Menu.application = menu;
  },
};
