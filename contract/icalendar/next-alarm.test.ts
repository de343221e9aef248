import { expect, test } from "vitest";
import { nextAlarm } from "./next-alarm.ts";
import { parseCalendarText } from "./parse-calendar.ts";
import { readSeries } from "./series.ts";
import { ianaZone, utcZone } from "./zones.ts";

const paris = ianaZone("Europe/Paris") ?? utcZone;

function series(...lines: string[]) {
  const text = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", ...lines, "END:VEVENT", "END:VCALENDAR", ""].join(
    "\r\n",
  );
  const parsed = parseCalendarText(text);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (!parsed.ok || object === undefined) throw new Error("cannot be read");
  return readSeries(object, { zone: paris, zones: parsed.calendar.zones });
}

const alarm = (trigger: string, action = "DISPLAY") => [
  "BEGIN:VALARM",
  `ACTION:${action}`,
  `TRIGGER${trigger}`,
  "END:VALARM",
];
const start = "DTSTART;TZID=Europe/Paris:20261124T140000";
const at = (time: string) => Date.parse(time);
const told = (...asked: Parameters<typeof nextAlarm>) => {
  const next = nextAlarm(...asked);
  return next === undefined ? undefined : new Date(next.atMs).toISOString();
};

test("the earliest of several that is still to come", () => {
  const event = series(start, ...alarm(":-PT15M"), ...alarm(":-P1D"));
  expect(told(event, at("2026-11-20T00:00:00Z"))).toBe("2026-11-23T13:00:00.000Z");
  expect(told(event, at("2026-11-23T13:00:00Z"))).toBe("2026-11-24T12:45:00.000Z");
  expect(told(event, at("2026-11-24T12:45:00Z"))).toBeUndefined();
});

test("of a series each time has its own, over a change of clocks a day before stays the same hour", () => {
  const event = series("DTSTART;TZID=Europe/Paris:20261018T090000", "RRULE:FREQ=WEEKLY", ...alarm(":-P1D"));
  expect(told(event, at("2026-10-20T00:00:00Z"))).toBe("2026-10-24T07:00:00.000Z");
  expect(told(event, at("2026-10-26T00:00:00Z"))).toBe("2026-10-31T08:00:00.000Z");
});

test("whole days are of whoever looks: nine o'clock there", () => {
  const event = series("DTSTART;VALUE=DATE:20261124", ...alarm(":PT9H"));
  expect(told(event, at("2026-11-20T00:00:00Z"))).toBe("2026-11-24T08:00:00.000Z");
});

test("a fixed moment, the end, e-mails, cancelled times, nonsense", () => {
  expect(told(series(start, ...alarm(";VALUE=DATE-TIME:20261101T080000Z")), 0)).toBe(
    "2026-11-01T08:00:00.000Z",
  );
  const long = "DTEND;TZID=Europe/Paris:20261124T160000";
  expect(told(series(start, long, ...alarm(";RELATED=END:PT5M")), 0)).toBe("2026-11-24T15:05:00.000Z");
  expect(told(series(start, ...alarm(":-PT15M", "EMAIL")), 0)).toBeUndefined();
  expect(told(series(start, "STATUS:CANCELLED", ...alarm(":-PT15M")), 0)).toBeUndefined();
  expect(told(series(start, ...alarm(":-P90000D")), 0)).toBeUndefined();
});

test("a hostile rule ends", () => {
  const event = series(start, "RRULE:FREQ=HOURLY;BYMONTHDAY=31;BYMONTH=2", ...alarm(":-PT15M"));
  expect(told(event, at("2026-11-25T00:00:00Z"))).toBeUndefined();
});
