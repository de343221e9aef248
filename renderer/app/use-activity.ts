import { useEffect } from "react";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useSettings } from "#renderer/kit/settings-context.tsx";

const AT_MOST_EVERY_MS = 15_000;

/** Tells the host that somebody is there, while it locks when nobody is. */
export function useActivity(): void {
  const host = useHost();
  const { lockAfterMinutes } = useSettings();
  useEffect(() => {
    if (lockAfterMinutes === 0) return undefined;
    let toldAt = 0;
    const tell = () => {
      const now = Date.now();
      if (now - toldAt < AT_MOST_EVERY_MS) return;
      toldAt = now;
      void host.call("page.active", {});
    };
    const options = { passive: true, capture: true };
    const kinds = ["pointermove", "pointerdown", "keydown", "wheel"] as const;
    for (const kind of kinds) window.addEventListener(kind, tell, options);
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, tell, options);
    };
  }, [host, lockAfterMinutes]);
}
