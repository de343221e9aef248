import { busyOf, merged, type Interval } from "#contract/icalendar/free-busy.ts";
import { newComponent, textOf } from "#contract/icalendar/component.ts";
import { writeProperty } from "#contract/icalendar/content-line.ts";
import { utcStamp } from "#contract/icalendar/event.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { USUAL_BUDGET } from "#contract/icalendar/rule-times.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { DavError } from "../dav-error.ts";
import { CALDAV, childNamed } from "../dav-xml.ts";
import { readRange } from "./calendar-filter.ts";
import type { ReportRequest } from "./calendar-reports.ts";

const MOST_DAYS = 366;

/** When a calendar's events take time, and nothing else of them (RFC 4791 section 7.10). */
export async function freeBusy({ at, tree, root, dav, wanted }: ReportRequest): Promise<Response> {
  const range = readRange(childNamed(root, "time-range", CALDAV));
  if (range === undefined || range.toMs - range.fromMs > MOST_DAYS * 86_400_000)
    throw new DavError(403, `Ask for at most ${MOST_DAYS} days.`, "C:valid-filter");
  const budget = { left: 20 * USUAL_BUDGET };
  const taken: Interval[] = [];
  for (const { row } of await tree.objects(at)) {
    const parsed = row.kind === "VEVENT" ? parseCalendarText(row.data) : undefined;
    if (parsed?.ok !== true) continue;
    const { objects, zones } = parsed.calendar;
    for (const object of objects)
      taken.push(...busyOf(readSeries(object, { zone: wanted.zone, zones }), { ...range, budget }));
  }
  if (budget.left <= 0) throw new DavError(507, "Ask for a shorter time.", "number-of-matches-within-limits");
  const lines = [
    writeProperty("DTSTAMP", utcStamp(dav.options.clock())),
    writeProperty("DTSTART", utcStamp(range.fromMs)),
    writeProperty("DTEND", utcStamp(range.toMs)),
    ...merged(taken).map(({ fromMs, toMs }) => {
      const [from, to] = [Math.max(fromMs, range.fromMs), Math.min(toMs, range.toMs)];
      return writeProperty("FREEBUSY", `${utcStamp(from)}/${utcStamp(to)}`);
    }),
  ];
  return new Response(textOf([newCalendar([newComponent("VFREEBUSY", lines)])]), {
    status: 200,
    headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "no-store" },
  });
}
