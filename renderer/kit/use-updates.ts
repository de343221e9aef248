import { useEffect, useState } from "react";
import type { UpdateStatus } from "#contract/desktop/updates.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { useHost, useHostEvent } from "./host-context.tsx";
import { useCall } from "./use-call.ts";
import { useNow } from "./use-now.ts";
import { atHour, HOUR_MS, tomorrowMorning } from "./wall-clock.ts";

/** Where updates stand, and what may be done about them. */
export function useUpdates() {
  const host = useHost();
  const nowMs = useNow();
  const [status, setStatus] = useState<UpdateStatus | null>(null);
  useHostEvent("updateChanged", (event) => setStatus(event.status));
  useEffect(() => {
    let isStale = false;
    void host.call("updates.status", {}).then((answer) => {
      // What was told meanwhile is newer.
      if (!isStale && answer.ok) setStatus((told) => told ?? answer.value);
    });
    return () => {
      isStale = true;
    };
  }, [host]);
  const check = useCall(() => host.call("updates.check", {}));
  const install = useCall(() => host.call("updates.install", {}));
  const defer = useCall((until: IsoTime) => host.call("updates.defer", { until }));
  const deferredUntil = status?.deferredUntil;
  const isDeferred = deferredUntil !== undefined && Date.parse(deferredUntil) > nowMs;
  return { status, isDeferred, check, install, defer };
}

const EVENING = 18;

/** Until when an update may be put off: this evening, while there is some of the day left, or tomorrow. */
export function deferrals(nowMs: number): { id: "evening" | "tomorrow"; until: IsoTime }[] {
  const evening = atHour(nowMs, 0, EVENING);
  const tomorrow = { id: "tomorrow" as const, until: tomorrowMorning(nowMs) };
  return evening - nowMs < HOUR_MS ? [tomorrow] : [{ id: "evening", until: toIsoTime(evening) }, tomorrow];
}
