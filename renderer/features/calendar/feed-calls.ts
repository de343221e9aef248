import type { z } from "zod";
import {
  calendarFeedListSchema,
  newCalendarFeedSchema,
  type CalendarFeed,
  type CalendarFeedRequest,
  type NewCalendarFeed,
} from "#contract/calendar-feeds.ts";
import { problemSchema, type Problem } from "#contract/problem.ts";
import { failed, ok, type Result } from "#contract/result.ts";

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

/** @param schema null: nothing is answered */
async function ask<T>(path: string, init: RequestInit, schema: z.ZodType<T>): Promise<Result<T>>;
async function ask(path: string, init: RequestInit, schema: null): Promise<Result<null>>;
async function ask<T>(
  path: string,
  init: RequestInit,
  schema: z.ZodType<T> | null,
): Promise<Result<T | null>> {
  try {
    const response = await fetch(path, init);
    if (response.ok && schema === null) return ok(null);
    const body: unknown = await response.json();
    if (response.ok && schema !== null) return ok(schema.parse(body));
    const told = problemSchema.safeParse(body);
    return failed(told.success ? told.data : unreachable(`status ${response.status}`));
  } catch (error) {
    return failed(unreachable(String(error)));
  }
}

function unreachable(detail: string): Problem {
  return { type: "about:blank", kind: "unavailable", title: "The workplace did not answer", detail };
}
