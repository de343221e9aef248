import { useCallback, useEffect, useState } from "react";
import type { FreeBusy } from "#contract/free-busy.ts";
import { DAY_MS } from "#contract/icalendar/calendar-time.ts";
import type { PersonId } from "#contract/ids.ts";
import type { Problem } from "#contract/problem.ts";
import type { Result } from "#contract/result.ts";
import { toIsoTime } from "#contract/time.ts";
import { useGatewayPath } from "#renderer/ui/avatar.tsx";
import { askFreeBusy } from "./free-busy-calls.ts";

/** So many days are asked for at once, and looked through for suggestions. */
export const SPAN_DAYS = 28;

interface FreeBusyState {
  answer: FreeBusy | null;
  problem: Problem | null;
  retry: () => void;
}

interface Question {
  ids: readonly PersonId[];
  fromMs: number;
  timeZone: string;
  /** UID of the event that is being moved. */
  except: string | undefined;
}

/** What the workplace knows of these people's time, from a moment on. */
export function useFreeBusy({ ids, fromMs, timeZone, except }: Question): FreeBusyState {
  const gateway = useGatewayPath();
  const [tries, setTries] = useState(0);
  const key = [ids.join(" "), fromMs, timeZone, except, tries].join("~");
  const [came, setCame] = useState<{ key: string; result: Result<FreeBusy> } | null>(null);
  useEffect(() => {
    if (ids.length === 0) return undefined;
    let isWanted = true;
    const range = { from: toIsoTime(fromMs), to: toIsoTime(fromMs + SPAN_DAYS * DAY_MS) };
    void askFreeBusy(gateway, {
      personIds: [...ids],
      ...range,
      timeZone,
      ...(except === undefined ? {} : { except }),
    }).then((result) => {
      if (isWanted) setCame({ key, result });
    });
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says whom and when
  }, [gateway, key]);
  const retry = useCallback(() => setTries((before) => before + 1), []);
  const result = came?.key === key ? came.result : undefined;
  return {
    answer: result?.ok === true ? result.value : null,
    problem: result?.ok === false ? result.error : null,
    retry,
  };
}
