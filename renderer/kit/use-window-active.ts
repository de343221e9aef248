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

/** Somebody who touches nothing for this long is not at the window, though it is in front. */
const IDLE_MS = 60_000;
/** Signs of a hand are looked at this rarely: they come by the hundred. */
const STEP_MS = 5000;
const signs = ["pointermove", "pointerdown", "keydown", "wheel"] as const;

/** Calls the listener with each change of whether somebody is at this window, from the start. Returns its dispose. */
export function watchWindowActive(listener: (isActive: boolean) => void): () => void {
  let touchedAt = performance.now();
  let told: boolean | undefined;
  const tell = () => {
    const isActive = isWindowActive() && performance.now() - touchedAt < IDLE_MS;
    if (isActive === told) return;
    told = isActive;
    listener(isActive);
  };
  const onSign = () => {
    const now = performance.now();
    if (told === true && now - touchedAt < STEP_MS) return;
    touchedAt = now;
    tell();
  };
  const onFocus = () => {
    touchedAt = performance.now();
    tell();
  };
  const timer = setInterval(tell, STEP_MS);
  for (const sign of signs) window.addEventListener(sign, onSign, { passive: true, capture: true });
  window.addEventListener("focus", onFocus);
  const stop = subscribe(tell);
  tell();
  return () => {
    clearInterval(timer);
    for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true });
    window.removeEventListener("focus", onFocus);
    stop();
  };
}
