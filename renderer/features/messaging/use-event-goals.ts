import type { QueryItem } from "#contract/worker.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

const MOST_EVENTS = 4;

/** Events of all calendars that have these words, those to come first. None for less than two letters. */
export function useEventGoals(typed: string): readonly QueryItem<"eventSearch">[] {
  const text = typed.trim().slice(0, 200);
  const hasCalendar = useIsModuleShown("calendar");
  const { items } = useLiveQuery("eventSearch", { text, limit: MOST_EVENTS });
  return hasCalendar && text.length >= 2 ? items : [];
}
