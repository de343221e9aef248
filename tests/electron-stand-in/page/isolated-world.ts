import type { BridgeEnd } from "./bridge-end.ts";

/**
 * The preload's world: what a sandboxed preload may require, and nothing else.
 * https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts
 * In the page as text: only types are imported here.
 */

type Listener = (...args: unknown[]) => void;

export interface IsolatedWorldParts {
  end: BridgeEnd;
  encode: (value: unknown) => unknown;
  decode: (value: unknown) => unknown;
  /** To the shell, as text. */
  send: (message: string) => void;
  process: Record<string, unknown>;
  preload: { path: string; error: string; run: (...parameters: unknown[]) => void };
}

export function startIsolatedWorld(parts: IsolatedWorldParts): (message: string) => void {
  const { end, encode, decode, process, preload } = parts;
  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastCall = 0;

  class Emitter {
    readonly #listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>();
    on(name: string, listener: Listener, isOnce = false): this {
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), { listener, isOnce }]);
      return this;
    }
    addListener(name: string, listener: Listener): this {
      return this.on(name, listener);
    }
    once(name: string, listener: Listener): this {
      return this.on(name, listener, true);
    }
    off(name: string, listener: Listener): this {
      const left = [...(this.#listeners.get(name) ?? [])];
      const index = left.findLastIndex((one) => one.listener === listener);
      if (index >= 0) left.splice(index, 1);
      this.#listeners.set(name, left);
      return this;
    }
    removeListener(name: string, listener: Listener): this {
      return this.off(name, listener);
    }
    removeAllListeners(name?: string): this {
      if (name === undefined) this.#listeners.clear();
      else this.#listeners.delete(name);
      return this;
    }
    listenerCount(name: string): number {
      return this.#listeners.get(name)?.length ?? 0;
    }
    emit(name: string, ...args: unknown[]): boolean {
      const listeners = this.#listeners.get(name) ?? [];
      for (const { listener, isOnce } of listeners) {
        if (isOnce) this.off(name, listener);
        Reflect.apply(listener, this, args);
      }
      return listeners.length > 0;
    }
  }

  function tell(kind: string, message: Record<string, unknown>): void {
    parts.send(JSON.stringify({ kind, ...message }));
  }

  const ipcRenderer = Object.assign(new Emitter(), {
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      // Refused at once: https://www.electronjs.org/docs/latest/api/ipc-renderer#ipcrendererinvokechannel-args
      const encoded = encode(args);
      const id = ++lastCall;
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject });
        tell("invoke", { id, channel, args: encoded });
      });
    },
    send(channel: string, ...args: unknown[]): void {
      tell("send", { channel, args: encode(args) });
    },
    sendSync(): never {
      throw new Error("The stand-in has no ipcRenderer.sendSync: it would block a page.");
    },
  });

  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      if (end.ask("has", key) === true)
        throw new Error("Cannot bind an API on top of an existing property on the window object");
      end.ask("expose", key, api);
    },
    // https://www.electronjs.org/docs/latest/api/context-bridge: only what is listed there crosses.
    exposeInIsolatedWorld(): never {
      throw new Error("The stand-in has no contextBridge.exposeInIsolatedWorld.");
    },
  };

  const webFrame = {
    setVisualZoomLevelLimits: () => undefined,
    getZoomFactor: () => 1,
    getZoomLevel: () => 0,
  };
  const webUtils = { getPathForFile: () => "" };
  const modules: Record<string, unknown> = {
    electron: { contextBridge, ipcRenderer, webFrame, webUtils },
    events: Object.assign(Emitter, { EventEmitter: Emitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };
  const require = (name: string): unknown => {
    const found = modules[name.replace(/^node:/, "")];
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };

  function runPreload(): void {
    const exported = { exports: {} };
    try {
      if (preload.error !== "") throw new SyntaxError(preload.error);
      preload.run(require, process, undefined, globalThis, exported.exports, exported);
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      tell("preload-error", { path: preload.path, name: problem.name, message: problem.message });
    }
  }

  window.addEventListener("contextmenu", (event) => {
    if (!event.defaultPrevented) tell("context-menu", menuParameters(event));
  });

  end.onAsked = (kind, key, value) => {
    if (kind === "window-open") tell("window-open", { url: key, name: value });
    if (kind !== "permission") return undefined;
    const id = ++lastCall;
    return new Promise((resolve, reject) => {
      calls.set(id, { resolve, reject });
      tell("permission", { id, permission: key, mediaTypes: value });
    });
  };

  watchTitle((title) => tell("title", { title }));
  runPreload();
  return (text) => {
    const message: {
      kind: string;
      id: number;
      channel: string;
      args: unknown;
      value: unknown;
      error: string;
    } = JSON.parse(text);
    if (message.kind === "event") {
      const args = decode(message.args);
      ipcRenderer.emit(
        message.channel,
        { sender: ipcRenderer, ports: [] },
        ...(Array.isArray(args) ? args : []),
      );
      return;
    }
    const waiting = calls.get(message.id);
    calls.delete(message.id);
    if (message.kind === "failed") waiting?.reject(new Error(message.error));
    else waiting?.resolve(decode(message.value));
  };
}

function menuParameters(event: MouseEvent): Record<string, unknown> {
  const target = event.composedPath()[0];
  const element = target instanceof Element ? target : document.body;
  const field = element.closest("input, textarea");
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  const editable = element instanceof HTMLElement && element.isContentEditable;
  const link = element.closest("a[href]");
  const image = element.closest("img");
  const selected = isField
    ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
    : (getSelection()?.toString() ?? "");
  return {
    x: event.clientX,
    y: event.clientY,
    isEditable: isField ? !field.readOnly && !field.disabled : editable,
    isPassword: isField && field.type === "password",
    selectionText: selected,
    linkURL: link instanceof HTMLAnchorElement ? link.href : "",
    linkText: link?.textContent ?? "",
    srcURL: image?.src ?? "",
    mediaType: image === null ? "none" : "image",
  };
}

/** From when there is one: pages change the text of the element, or put another in its place. */
function watchTitle(onTitle: (title: string) => void): void {
  document.addEventListener("DOMContentLoaded", () => {
    onTitle(document.title);
    const observer = new MutationObserver(() => onTitle(document.title));
    observer.observe(document.head, { childList: true });
    const element = document.querySelector("title");
    if (element !== null) observer.observe(element, { childList: true, characterData: true, subtree: true });
  });
}
