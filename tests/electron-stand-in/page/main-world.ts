import type { BridgeEnd } from "./bridge-end.ts";

/** The page's own world: receives what the preload exposes. In the page as text: only types are imported here. */
export function startMainWorld(end: BridgeEnd): void {
  end.onAsked = (kind, key, value) => {
    if (kind === "has") return Object.hasOwn(window, key) || key in window;
    if (kind === "expose") {
      Object.defineProperty(window, key, { value: freezeDeep(value), enumerable: true });
    }
    return undefined;
  };
}

function freezeDeep(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const one of Object.values(value)) freezeDeep(one);
  return Object.freeze(value);
}
