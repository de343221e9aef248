import { describe, expect, test } from "vitest";
import { freeBusySchema, type FreeBusy } from "#contract/free-busy.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { createId, personIdSchema } from "#contract/ids.ts";
import {
  dayWindow,
  knownTimes,
  onDay,
  shapesOf,
  startAt,
  stateAt,
  steppedMs,
  suggestionsOf,
  usualStartMs,
  withMe,
  type Invited,
} from "./time-plan.ts";

const ZONE = "Europe/Paris";
const paris = ianaZone(ZONE) ?? utcZone;
const HOURS = { timeZone: ZONE, days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const HOUR_MS = 3_600_000;

/** On the clock of Paris in winter. */
function at(text: string): number {
  return Date.parse(`2026-${text}:00+01:00`);
}

function slot(from: string, to: string) {
  return { fromMs: at(from), toMs: at(to) };
}

function person(name: string, more: Partial<Invited> = {}): Invited {
  return { id: personIdSchema.parse(createId()), name, ...more };
}

const [anne, karim, lou] = [person("Anne"), person("Karim"), person("Lou", { isOptional: true })];

type Busy = [from: string, to: string, status?: "busy" | "tentative"];

function answerOf(...people: [Invited, Busy[], (typeof HOURS | null)?][]): FreeBusy {
  return freeBusySchema.parse({
    people: people.map(([{ id }, busy, hours = HOURS]) => ({
      personId: id,
      busy: busy.map(([from, to, status = "busy"]) => ({
        from: new Date(at(from)).toISOString(),
        to: new Date(at(to)).toISOString(),
        status,
      })),
      workingHours: hours ?? undefined,
    })),
    unknown: [],
  });
}

/** `24T09:00 −Anne`. */
function said(
  people: readonly Invited[],
  answer: FreeBusy,
  wish: { from: string; to: string; isWorkingOnly?: boolean },
): string[] {
  const known = knownTimes(people, answer, ZONE);
  const { from, to, isWorkingOnly = true } = wish;
  return suggestionsOf(known, { ...slot(from, to), lengthMs: HOUR_MS, isWorkingOnly, zone: paris }).map(
    ({ fromMs, missing, missingOptional }) =>
      [
        new Date(fromMs + HOUR_MS).toISOString().slice(8, 16),
        ...[...missing, ...missingOptional].map((index) => `−${known[index]?.invited.name ?? ""}`),
      ].join(" "),
  );
}

describe("suggestions", () => {
  const people = [anne, karim, lou];

  test("first when everybody is free, then who is not needed is missing, then who is needed, by name", () => {
    const answer = answerOf(
      [anne, [["11-24T09:00", "11-24T15:00"]]],
      [karim, [["11-24T16:00", "11-24T17:00", "tentative"]]],
      [lou, []],
    );
    const asked = { from: "11-24T00:00", to: "11-25T00:00" };
    expect(said(people, answer, asked)).toEqual(["24T15:00", "24T09:00 −Anne", "24T10:00 −Anne"]);
    const busyLou = answerOf([anne, []], [karim, []], [lou, [["11-24T09:00", "11-24T16:00"]]]);
    expect(said(people, busyLou, asked)).toEqual(["24T16:00", "24T09:00 −Lou", "24T10:00 −Lou"]);
  });

  test("of several days, at most three each; none at which nobody who is needed has time", () => {
    const answer = answerOf([anne, []], [karim, []], [lou, []]);
    const found = said(people, answer, { from: "11-24T00:00", to: "11-29T00:00" });
    expect(found).toEqual(["24T09:00", "24T10:00", "24T11:00", "25T09:00", "25T10:00", "25T11:00"]);
    const full = answerOf([anne, [["11-24T00:00", "11-25T00:00"]]]);
    expect(said([anne], full, { from: "11-24T00:00", to: "11-25T00:00" })).toEqual([]);
  });

  test("public holidays and weekends are days off, unless any hour will do", () => {
    const answer = answerOf([anne, []]);
    // Christmas is a Friday.
    const asked = { from: "12-25T00:00", to: "12-29T00:00" };
    expect(said([anne], answer, asked)).toEqual(["28T09:00", "28T10:00", "28T11:00"]);
    expect(said([anne], answer, { ...asked, isWorkingOnly: false })[0]).toBe("25T07:00");
    const elsewhere = answerOf([anne, [], { ...HOURS, timeZone: "Europe/Berlin" }]);
    expect(said([anne], elsewhere, asked)[0]).toBe("25T09:00");
  });

  test("whose hours are not known is taken to work in those that are usual", () => {
    const answer = answerOf([anne, [], null]);
    expect(knownTimes([anne], answer, ZONE)[0]?.hasUsualHours).toBe(true);
    expect(said([anne], answer, { from: "11-24T00:00", to: "11-24T11:00" })).toEqual([
      "24T09:00",
      "24T10:00",
    ]);
  });
});

test("who is not known is left out, and whoever looks is there once, first", () => {
  expect(knownTimes([anne, karim], answerOf([karim, []]), ZONE).map(({ invited }) => invited)).toEqual([
    karim,
  ]);
  expect(withMe({ id: anne.id, displayName: "Anne" }, [karim, anne]).map(({ name }) => name)).toEqual([
    "Anne",
    "Karim",
  ]);
});

test("how a time suits somebody", () => {
  const answer = answerOf([
    anne,
    [
      ["11-24T10:00", "11-24T11:00"],
      ["11-24T14:00", "11-24T15:00", "tentative"],
    ],
  ]);
  const [known] = knownTimes([anne], answer, ZONE);
  if (known === undefined) throw new Error("nobody");
  expect(stateAt(known, slot("11-24T09:00", "11-24T10:00"), true)).toBe("free");
  expect(stateAt(known, slot("11-24T09:30", "11-24T10:30"), true)).toBe("busy");
  expect(stateAt(known, slot("11-24T14:30", "11-24T15:30"), true)).toBe("tentative");
  expect(stateAt(known, slot("11-24T16:30", "11-24T17:30"), true)).toBe("outside");
  expect(stateAt(known, slot("11-24T16:30", "11-24T17:30"), false)).toBe("free");
  expect(stateAt(known, slot("12-25T10:00", "12-25T11:00"), true)).toBe("holiday");
});

test("a day is drawn from when the first begins until the last ends, and with the time that is chosen", () => {
  const early = { ...HOURS, from: "06:30" };
  const known = knownTimes([anne], answerOf([anne, [["11-24T10:00", "11-24T20:00"]], early]), ZONE);
  const day = dayWindow(known, slot("11-24T18:30", "11-24T19:30"), paris);
  expect([day.fromMs, day.toMs]).toEqual([at("11-24T06:00"), at("11-24T20:00")]);
  expect(day.hours.map(({ hour }) => hour)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  expect(known.flatMap((each) => shapesOf(each, day))).toEqual([
    { kind: "outside", ...slot("11-24T06:00", "11-24T06:30") },
    { kind: "outside", ...slot("11-24T17:00", "11-24T20:00") },
    { kind: "busy", ...slot("11-24T10:00", "11-24T20:00") },
  ]);
  const christmas = dayWindow(known, slot("12-25T10:00", "12-25T11:00"), paris);
  expect(known.flatMap((each) => shapesOf(each, christmas)).map(({ kind }) => kind)).toContain("holiday");
});

test("moves by quarters of an hour, stays in the day that is pointed at, and keeps its clock over summer time", () => {
  expect(steppedMs(at("11-24T10:05"), 1)).toBe(at("11-24T10:15"));
  expect(steppedMs(at("11-24T10:05"), -1)).toBe(at("11-24T10:00"));
  expect(steppedMs(at("11-24T10:00"), -4)).toBe(at("11-24T09:00"));
  const day = slot("11-24T08:00", "11-24T18:00");
  expect(startAt(0.5, day, HOUR_MS)).toBe(at("11-24T13:00"));
  expect(startAt(1.2, day, HOUR_MS)).toBe(at("11-24T17:00"));
  expect(startAt(-1, day, HOUR_MS)).toBe(at("11-24T08:00"));
  // In the night to 29 March 2026 the clock is put forward.
  expect(onDay(Date.parse("2026-03-28T08:00:00Z"), 1, paris)).toBe(Date.parse("2026-03-29T07:00:00Z"));
});

test("begins at the next hour at which people work", () => {
  expect(usualStartMs(at("11-24T10:05"), paris)).toBe(at("11-24T11:00"));
  expect(usualStartMs(at("11-24T03:00"), paris)).toBe(at("11-24T09:00"));
  expect(usualStartMs(at("11-24T17:30"), paris)).toBe(at("11-25T09:00"));
  expect(usualStartMs(at("11-27T20:00"), paris)).toBe(at("11-30T09:00"));
});
