import { contextBridge, ipcRenderer } from "electron";
import type { PreloadApi } from "#contract/bridge.ts";

/**
 * Carries calls and events and nothing else: neither ipcRenderer nor its event object reach the page, and both ends parse
 * what comes through.
 */
const api: PreloadApi = {
  invoke: (channel, args) => ipcRenderer.invoke("host", { channel, args }),
  onEvent(listener) {
    const onEvent = (_event: unknown, data: unknown): void => listener(data);
    ipcRenderer.on("host-event", onEvent);
    return () => {
      ipcRenderer.removeListener("host-event", onEvent);
    };
  },
};

contextBridge.exposeInMainWorld("parvis", api);
