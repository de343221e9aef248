import { useMemo } from "react";
import type { CalendarObjectId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { openTime, type OpenTime, type ShownTime } from "./event-edits.ts";
import { nextTime } from "./next-time.ts";

interface OpenEvent {
  info: QueryInfo<"event"> | null;
  /** Which time of it, and that time. */
  at: ShownTime | null;
  opened: OpenTime | undefined;
}

/** IANA name of where the reader is. */
export function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** An event with one of its times: the one asked for, else the next. */
export function useOpenEvent(scope: Scope, objectId: CalendarObjectId, time: ShownTime | null): OpenEvent {
  const { info } = useLiveQuery("event", { scope, objectId });
  const nowMs = useNow();
  const data = info?.object?.data;
  const [instance, startMs] = [time?.instance, time?.startMs];
  return useMemo(() => {
    const wanted = instance === undefined || startMs === undefined ? null : { instance, startMs };
    const at = wanted ?? (data === undefined ? null : nextTime(data, nowMs, zoneHere()));
    return {
      info,
      at,
      opened: data === undefined || at === null ? undefined : openTime(data, at, zoneHere()),
    };
  }, [info, instance, startMs, data, nowMs]);
}
