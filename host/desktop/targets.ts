import type { OpenTarget } from "#contract/bridge.ts";
import { parseLink } from "#contract/links.ts";
import { defineRoutes, type Routes } from "../routes.ts";

/** More than anybody opens before a page is there; the newest are kept. */
const MAX_WAITING = 20;

/** What is to be shown: kept until a page asks for it, told to it from then on. */
export class TargetQueue {
  #waiting: OpenTarget[] = [];
  #deliver: ((target: OpenTarget) => void) | undefined;
  #onTaken: (() => void) | undefined;

  /** Anything that is not the address of an object is refused. */
  open(target: OpenTarget): boolean {
    if (parseLink(target.link) === null) return false;
    if (this.#deliver !== undefined) this.#deliver(target);
    else this.#waiting = [...this.#waiting, target].slice(-MAX_WAITING);
    return true;
  }

  /** Each is handed out once. */
  take(): OpenTarget[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#onTaken?.();
    return waiting;
  }

  /** A page that asks what waits is ready for what comes. */
  whenTaken(listener: () => void): void {
    this.#onTaken = listener;
  }

  /** A page that has taken what waited is told of what comes; without one, it waits again. */
  deliverTo(deliver: ((target: OpenTarget) => void) | undefined): void {
    this.#deliver = deliver;
  }
}

export function targetRoutes(targets: TargetQueue): Routes {
  return defineRoutes({ "page.takeTargets": () => targets.take() });
}
