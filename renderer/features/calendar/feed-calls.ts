import {
  calendarFeedListSchema,
  newCalendarFeedSchema,
  type CalendarFeed,
  type CalendarFeedRequest,
  type NewCalendarFeed,
} from "#contract/calendar-feeds.ts";
import { ok, type Result } from "#contract/result.ts";
import { ask } from "./ask.ts";

/** Secret addresses of calendars are no rows: they are asked of the workplace itself, while it can be reached. */
export function createFeedCalls(gateway: string) {
  const path = `${gateway}/v1/calendar-feeds`;
  return {
    list: async (): Promise<Result<readonly CalendarFeed[]>> => {
      const result = await ask(path, { method: "GET" }, calendarFeedListSchema);
      return result.ok ? ok(result.value.feeds) : result;
    },
    publish: (wanted: CalendarFeedRequest): Promise<Result<NewCalendarFeed>> =>
      ask(
        path,
        { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(wanted) },
        newCalendarFeedSchema,
      ),
    takeBack: (id: string): Promise<Result<null>> => ask(`${path}/${id}`, { method: "DELETE" }, null),
  };
}
