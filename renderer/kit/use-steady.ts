import { useEffect, useState } from "react";

/**
 * A value that stays as it is while a pointer is down on what shows it: a list that moves between press and release would
 * take the click away from what was pressed.
 */
export function useSteady<T>(value: T): { shown: T; onPointerDownCapture: () => void } {
  const [held, setHeld] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (held === null) return undefined;
    // The click follows the release.
    const release = () => setTimeout(() => setHeld(null));
    window.addEventListener("pointerup", release, true);
    window.addEventListener("pointercancel", release, true);
    return () => {
      window.removeEventListener("pointerup", release, true);
      window.removeEventListener("pointercancel", release, true);
    };
  }, [held]);
  return { shown: held === null ? value : held.value, onPointerDownCapture: () => setHeld({ value }) };
}
