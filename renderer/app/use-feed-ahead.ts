import { useEffect } from "react";
import { FIRST_COUNT } from "#renderer/features/feed/first-count.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";

/** What one sees first is drawn and answered by then. */
const CALM_MS = 2000;

/**
 * Asks for the home feed once, when the window has come to rest: the worker then knows the newest posts of every space,
 * and the first visit is answered from memory like every later one.
 */
export function useFeedAhead(): void {
  const client = useWorker();
  const isWanted = useSession(
    ({ isReady, sync, capabilities }) =>
      isReady && !sync.isFirst && (capabilities?.modules.includes("feed") ?? false),
  );
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setTimeout(() => {
      void client.once("feed", { show: "all", count: FIRST_COUNT });
    }, CALM_MS);
    return () => clearTimeout(timer);
  }, [client, isWanted]);
}
