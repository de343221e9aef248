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
  // No window for the page to hold: as there, when the handler denies, and for what it allows a difference.
  window.open = (url, name) => {
    end.ask("window-open", new URL(url ?? "about:blank", document.baseURI).href, name);
    return null;
  };
}

function freezeDeep(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const one of Object.values(value)) freezeDeep(one);
  return Object.freeze(value);
}
