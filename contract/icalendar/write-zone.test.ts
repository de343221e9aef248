import { describe, expect, it } from "vitest";
import { newComponent, textOf } from "./component.ts";
import { createEvent } from "./event.ts";
import { newCalendar } from "./keep-bytes.ts";
import { zoneBookOf } from "./vtimezone.ts";
import { missingZones, writeZone } from "./write-zone.ts";
import { ianaZone, utcZone } from "./zones.ts";

const fromMs = Date.UTC(2026, 10, 23);

describe("a zone that is written", () => {
  it.each([
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Santiago",
    "Asia/Jerusalem",
    "Pacific/Chatham",
  ])("says of %s what the machine knows, for years", (name) => {
    const zone = ianaZone(name) ?? utcZone;
    const book = zoneBookOf([newCalendar([writeZone("Nowhere", zone, fromMs)])]);
    const written = book("Nowhere");
    const hours = Array.from({ length: 9 * 365 * 24 }, (_, at) => Date.UTC(2026, 0, 1) + at * 3_600_000);
    expect(hours.filter((ms) => written?.offsetMsAt(ms) !== zone.offsetMsAt(ms))).toEqual([]);
  });

  it("has rules where there are some", () => {
    const text = textOf([writeZone("Europe/Paris", ianaZone("Europe/Paris") ?? utcZone, fromMs)]);
    expect(text).toContain("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU");
    expect(text).toContain("RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU");
  });
});

it("is added for each name that nothing explains", () => {
  const start = { kind: "zoned", local: "2026-11-23T09:00:00", zone: "Europe/Paris" } as const;
  const event = createEvent(
    { uid: "1", nowMs: 0 },
    { title: "a", start, end: { ...start, zone: "Asia/Tokyo" } },
  );
  expect(missingZones([event], [], fromMs)).toHaveLength(2);
  const paris = writeZone("Europe/Paris", utcZone, fromMs);
  expect(missingZones([event], [paris], fromMs).map((each) => textOf([each]).includes("Asia/Tokyo"))).toEqual(
    [true],
  );
  expect(missingZones([newComponent("VEVENT", [])], [], fromMs)).toEqual([]);
});
