import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import { app } from "./app.ts";
import { Menu } from "./menu.ts";
import { NativeImage, nativeImage } from "./native-image.ts";

/** https://www.electronjs.org/docs/latest/api/tray. A test fires `click` on it and reads what it shows. */
export class Tray extends EventEmitter {
  static readonly standInTrays: Tray[] = [];
  readonly standIn = {
    image: new NativeImage(),
    pressedImage: undefined as NativeImage | undefined,
    toolTip: "",
    title: "",
    menu: null as Menu | null,
    guid: undefined as string | undefined,
    balloons: [] as Electron.DisplayBalloonOptions[],
  };
  #isDestroyed = false;

  constructor(image: NativeImage | string, guid?: string) {
    super();
    if (!app.isReady()) throw new Error("Cannot create Tray before app is ready");
    // Given but undefined is an error there: https://www.electronjs.org/docs/latest/api/tray#new-trayimage-guid
    if (arguments.length > 1 && !/^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(guid ?? ""))
      throw new Error("Invalid GUID format");
    this.standIn.guid = guid;
    this.setImage(image);
    Tray.standInTrays.push(this);
  }
  setImage(image: NativeImage | string): void {
    this.#assertAlive();
    this.standIn.image = typeof image === "string" ? nativeImage.createFromPath(image) : image;
    if (typeof image === "string" && this.standIn.image.isEmpty())
      throw new Error(`Failed to load image from path '${image}'`);
  }
  setPressedImage(image: NativeImage | string): void {
    this.standIn.pressedImage = typeof image === "string" ? nativeImage.createFromPath(image) : image;
  }
  setToolTip(toolTip: string): void {
    this.#assertAlive();
    this.standIn.toolTip = toolTip;
  }
  setTitle(title: string): void {
    this.standIn.title = title;
  }
  getTitle(): string {
    return this.standIn.title;
  }
  setContextMenu(menu: Menu | null): void {
    this.#assertAlive();
    this.standIn.menu = menu === null ? null : Menu.checked(menu);
  }
  popUpContextMenu(menu?: Menu): void {
    (menu ?? this.standIn.menu)?.popup();
  }
  displayBalloon(options: Electron.DisplayBalloonOptions): void {
    this.standIn.balloons.push(options);
  }
  removeBalloon(): void {}
  focus(): void {}
  setIgnoreDoubleClickEvents(): void {}
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 24, height: 24 };
  }
  getGUID(): string | null {
    return this.standIn.guid ?? null;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  destroy(): void {
    this.#isDestroyed = true;
    const index = Tray.standInTrays.indexOf(this);
    if (index >= 0) Tray.standInTrays.splice(index, 1);
  }
  #assertAlive(): void {
    if (this.#isDestroyed) throw new TypeError("Tray is destroyed");
  }
}
