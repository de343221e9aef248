import type * as Electron from "electron";
import { originOf, outward } from "../chromium/addresses.ts";

/** https://www.electronjs.org/docs/latest/api/web-frame-main */
export class WebFrameMain implements Pick<
  Electron.WebFrameMain,
  "url" | "origin" | "routingId" | "processId" | "name"
> {
  static #last = 0;
  readonly routingId = ++WebFrameMain.#last;
  readonly processId = 1;
  readonly frameTreeNodeId = this.routingId;
  readonly parent: WebFrameMain | null;
  /** As Chromium calls it. */
  readonly standInId: string;
  readonly frames: WebFrameMain[] = [];
  name = "";
  chromiumUrl = "about:blank";
  isGone = false;

  constructor(id: string, parent: WebFrameMain | null) {
    this.standInId = id;
    this.parent = parent;
    parent?.frames.push(this);
  }
  get url(): string {
    return outward(this.chromiumUrl);
  }
  get origin(): string {
    return originOf(this.chromiumUrl);
  }
  get top(): WebFrameMain {
    return this.parent?.top ?? this;
  }
  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap((one) => one.framesInSubtree)];
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
}
