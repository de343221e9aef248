import { useEffect, useState } from "react";
import type { AccountId } from "#contract/bridge.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { watchWindowActive } from "#renderer/kit/use-window-active.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";

/** Away for less than this, nothing is summed up. */
const AWAY_MS = 2 * 3_600_000;
/** While somebody is there it is written down this often: a machine that falls asleep says nothing. */
const SEEN_EVERY_MS = 60_000;
/** Connected and with nothing left to fetch for so long: then what came is known. */
const SETTLED_MS = 3000;

/** Since when the person was away, once what came meanwhile is here; null otherwise. */
export function useAway(accountId: AccountId): { since: IsoTime | null; dismiss: () => void } {
  const [since, setSince] = useState<IsoTime | null>(null);
  const isCaughtUp = useCaughtUp(since);
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const see = () => {
      const beforeMs = seenAt(accountId);
      const nowMs = Date.now();
      if (beforeMs !== null && nowMs - beforeMs >= AWAY_MS) setSince(toIsoTime(beforeMs));
      localStorage.setItem(keyOf(accountId), String(nowMs));
    };
    const stop = watchWindowActive((isActive) => {
      clearInterval(timer);
      if (!isActive) return;
      see();
      timer = setInterval(see, SEEN_EVERY_MS);
    });
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [accountId]);
  return { since: isCaughtUp ? since : null, dismiss: () => setSince(null) };
}

function useCaughtUp(since: IsoTime | null): boolean {
  const isQuiet = useSession(
    ({ isReady, connection, sync }) => isReady && connection === "online" && !sync.isRunning,
  );
  const [settledFor, setSettledFor] = useState<IsoTime | null>(null);
  useEffect(() => {
    if (since === null || !isQuiet) return undefined;
    const timer = setTimeout(() => setSettledFor(since), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [since, isQuiet]);
  return since !== null && settledFor === since;
}

function keyOf(accountId: AccountId): string {
  return `parvis.seen.${accountId}`;
}

function seenAt(accountId: AccountId): number | null {
  const text = localStorage.getItem(keyOf(accountId));
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
