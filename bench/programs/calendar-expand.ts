import { performance } from "node:perf_hooks";
import { instancesOf } from "#contract/icalendar/expand.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import type { Series } from "#contract/icalendar/series.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { findTime } from "#contract/icalendar/free-busy.ts";
import { isHoliday } from "#contract/icalendar/holidays.ts";
import type { BenchOptions, BenchProgram, BenchResult } from "../harness/program.ts";
import { inTurn, valuesOf } from "../harness/rounds.ts";
import { ratios, spread } from "../harness/statistics.ts";

/** Recurrence: 100,000 instances a second; and a time for 50 people over a month within 100 ms. */
export const calendarExpand: BenchProgram = { name: "calendar-expand", run };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const rules = [
  "FREQ=DAILY",
  "FREQ=WEEKLY;BYDAY=MO,WE,FR",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
  "FREQ=MONTHLY;BYDAY=1MO",
  "FREQ=MONTHLY;BYMONTHDAY=-1",
  "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=14",
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
];
const zones = ["Europe/Paris", "America/New_York", "America/Sao_Paulo", "Asia/Tehran"];

/** Series that began in 2015: those of people who have worked for years. */
function makeSeries(count: number): Series[] {
  const events = Array.from({ length: count }, (_, at) => {
    const zone = zones[at % zones.length] ?? "Europe/Paris";
    return `BEGIN:VEVENT\r\nUID:${at}\r\nDTSTART;TZID=${zone}:20150105T090000\r\nDTEND;TZID=${zone}:20150105T100000\r\nRRULE:${rules[at % rules.length]}\r\nEND:VEVENT\r\n`;
  });
  const parsed = parseCalendarText(`BEGIN:VCALENDAR\r\n${events.join("")}END:VCALENDAR\r\n`);
  if (!parsed.ok) throw new RangeError(parsed.problem.message);
  const place = { zone: ianaZone("Europe/Paris") ?? utcZone, zones: parsed.calendar.zones };
  return parsed.calendar.objects.map((object) => readSeries(object, place));
}

interface Expanded {
  readonly count: number;
  readonly elapsedMs: number;
}

function expand(series: readonly Series[], fromMs: number, toMs: number): Expanded {
  const begunMs = performance.now();
  let count = 0;
  for (const each of series) for (const _ of instancesOf(each, { fromMs, toMs })) count += 1;
  return { count, elapsedMs: performance.now() - begunMs };
}

/** The least that could be done: as many objects with two times, a step of a day apart. */
function floor(count: number): Expanded {
  const begunMs = performance.now();
  const made = Array.from({ length: count }, (_, at) => ({
    startMs: at * DAY_MS,
    endMs: at * DAY_MS + HOUR_MS,
  }));
  return { count: made.length, elapsedMs: performance.now() - begunMs };
}

const perSecond = ({ count, elapsedMs }: Expanded) => count / (elapsedMs / 1000) / 1000;
const month = { fromMs: Date.UTC(2026, 10, 1), toMs: Date.UTC(2026, 11, 1) };

function findMs(): number {
  const hours = { timeZone: "Europe/Paris", days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" };
  const people = Array.from({ length: 50 }, (_, at) => ({
    hours,
    isHoliday: (day: string) => isHoliday(day),
    busy: Array.from({ length: 60 }, (__, each) => {
      const fromMs = month.fromMs + ((each * 31 + at * 17) % 480) * 1.5 * HOUR_MS;
      return { fromMs, toMs: fromMs + HOUR_MS };
    }),
  }));
  const begunMs = performance.now();
  const found = findTime(people, { ...month, lengthMs: HOUR_MS, mostMissing: 5 });
  const elapsedMs = performance.now() - begunMs;
  if (found.length === 0) throw new RangeError("no time was found");
  return elapsedMs;
}

async function run({ isQuick, print }: BenchOptions): Promise<BenchResult> {
  const series = makeSeries(2000);
  const years = { fromMs: Date.UTC(2024, 0, 1), toMs: Date.UTC(2027, 0, 1) };
  const { count } = expand(series, years.fromMs, years.toMs);
  const rounds = isQuick ? 3 : 9;
  const measured = await inTurn(
    [
      { name: "ours", rounds, measure: async () => perSecond(expand(series, years.fromMs, years.toMs)) },
      { name: "floor", rounds, measure: async () => perSecond(floor(count)) },
      { name: "month", rounds, measure: async () => expand(series, month.fromMs, month.toMs).elapsedMs },
      { name: "find", rounds, measure: async () => findMs() },
    ],
    print,
  );
  const ours = valuesOf(measured, "ours");
  return {
    verdicts: [
      {
        goal: 20,
        what: `Instances expanded, of ${String(series.length)} series (${String(count)} instances)`,
        unit: "×",
        value: spread(ours.map((each) => each / 100)),
        limit: 1,
        isAtMost: false,
        note: "Of 100,000 a second",
      },
      {
        goal: 20,
        what: "A month of 2,000 series that began years ago",
        unit: "ms",
        value: spread(valuesOf(measured, "month")),
        limit: 100,
        isAtMost: true,
      },
      {
        goal: 21,
        what: "A time for 50 people over a month",
        unit: "ms",
        value: spread(valuesOf(measured, "find")),
        limit: 100,
        isAtMost: true,
      },
    ],
    figures: [
      { what: "Instances, thousands a second", unit: "k/s", value: spread(ours) },
      {
        what: "Time against objects made in a loop",
        unit: "×",
        value: spread(ratios(valuesOf(measured, "floor"), ours)),
      },
    ],
    skipped: [],
  };
}
