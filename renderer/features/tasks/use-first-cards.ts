import { startTransition, useEffect, useState } from "react";

/** More than a column shows in the tallest of windows. */
const FIRST = 30;

/**
 * What is drawn of a column: at first as much as can be seen, all of it once that stands on the screen. Making the rows
 * of a board of 2,000 cards takes several frames, for cards that nobody sees yet.
 */
export function useFirstCards<T>(tasks: readonly T[]): readonly T[] {
  const [isWhole, setWhole] = useState(false);
  const isLong = tasks.length > FIRST;
  useEffect(() => {
    if (!isLong || isWhole) return undefined;
    const handle = requestIdleCallback(() => startTransition(() => setWhole(true)), { timeout: 1000 });
    return () => cancelIdleCallback(handle);
  }, [isLong, isWhole]);
  return isWhole || !isLong ? tasks : tasks.slice(0, FIRST);
}
