import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("focus", onChange);
  window.addEventListener("blur", onChange);
  document.addEventListener("visibilitychange", onChange);
  return () => {
    window.removeEventListener("focus", onChange);
    window.removeEventListener("blur", onChange);
    document.removeEventListener("visibilitychange", onChange);
  };
}

function isWindowActive(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** Whether the person is at this window now. */
export function useWindowActive(): boolean {
  return useSyncExternalStore(subscribe, isWindowActive);
}

/** Calls the listener with each change, from the start. Returns its dispose. */
export function watchWindowActive(listener: (isActive: boolean) => void): () => void {
  const tell = () => listener(isWindowActive());
  tell();
  return subscribe(tell);
}
