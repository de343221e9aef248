import { useEffect, useState } from "react";

/** How long something must last before it is said: most breaks heal by themselves. */
const PATIENCE_MS = 1500;

/** Whether what is up has lasted; it stops being up at once. */
export function useLasting(what: string | null): boolean {
  const [lasting, setLasting] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(what), what === null ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [what]);
  return lasting !== null && what !== null;
}
