import { describe, expect, test } from "vitest";
import { calendarIdSchema, naturalId, personIdSchema } from "#contract/ids.ts";
import { componentsOf, textOf } from "#contract/icalendar/component.ts";
import type { Component } from "#contract/icalendar/component.ts";
import { instancesOf } from "#contract/icalendar/expand.ts";
import { readEvent, withEventChanges } from "#contract/icalendar/event.ts";
import { readObjectResource } from "#contract/icalendar/object-resource.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { readSeries } from "#contract/icalendar/series.ts";
import { editSeries } from "#contract/icalendar/series-edit.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { withStart } from "./draft-moves.ts";
import type { DraftPlace, EventDraft } from "./event-draft.ts";
import { changesOf, draftOf, isWebAddress, newDraft, objectTextOf } from "./event-draft.ts";

const calendarId = calendarIdSchema.parse(naturalId("test", "calendar"));
const bo = personIdSchema.parse(naturalId("test", "bo"));
const place: DraftPlace = {
  zone: "Europe/Paris",
  calendarId,
  personOf: (address) => (address === "mailto:bo@ville.example" ? bo : undefined),
  organizer: { address: "mailto:ada@ville.example", name: "Ada" },
};

function componentIn(text: string): Component {
  const parsed = parseCalendarText(text);
  const master = parsed.ok ? parsed.calendar.objects[0]?.master : undefined;
  if (master === undefined) throw new Error("no event");
  return master;
}

function eventIn(text: string) {
  const event = readEvent(componentIn(text));
  if (event === undefined) throw new Error("no start");
  return event;
}

const calendar = (...lines: string[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    "UID:u1",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const RICH = calendar(
  "SUMMARY:Conseil \\, séance",
  "DTSTART;TZID=Europe/Paris:20261123T140000",
  "DTEND;TZID=Europe/Paris:20261123T153000",
  "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231T225959Z",
  "LOCATION:Salle 3",
  "DESCRIPTION:Ordre du jour",
  "CONFERENCE;VALUE=URI:https://visio.example/abc",
  "CLASS:CONFIDENTIAL",
  "CATEGORIES:Conseil,Élus",
  "ORGANIZER;CN=Ada:mailto:ada@ville.example",
  "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@ville.example",
  "ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED;X-NOTE=kept:MAILTO:Bo@ville.example",
  "ATTENDEE;ROLE=OPT-PARTICIPANT:mailto:cy@ailleurs.example",
  "X-OTHER:kept",
  "BEGIN:VALARM",
  "ACTION:DISPLAY",
  "TRIGGER:-PT15M",
  "DESCRIPTION:x",
  "END:VALARM",
  "BEGIN:VALARM",
  "ACTION:EMAIL",
  "TRIGGER:-P1D",
  "DESCRIPTION:x",
  "END:VALARM",
);

function changed(text: string, change: Partial<EventDraft>, at: DraftPlace = place) {
  const event = eventIn(text);
  const changes = changesOf({ ...draftOf(event, at), ...change }, event, at);
  return { changes, text: textOf([withEventChanges(componentIn(text), changes)]) };
}

describe("an event in its form", () => {
  test("is shown with all that the form knows", () => {
    expect(draftOf(eventIn(RICH), place)).toEqual({
      title: "Conseil , séance",
      isAllDay: false,
      startsAt: "2026-11-23T14:00:00",
      endsAt: "2026-11-23T15:30:00",
      zone: "Europe/Paris",
      recurrence: {
        pattern: { kind: "weekly", weekdays: [1] },
        interval: 2,
        end: { kind: "until", day: "2026-12-31" },
      },
      place: "Salle 3",
      description: "Ordre du jour",
      url: "https://visio.example/abc",
      calendarId,
      isBusy: true,
      isPrivate: true,
      alarms: [15],
      attendees: [
        { address: "MAILTO:Bo@ville.example", name: "Bo", personId: bo, isOptional: false },
        { address: "mailto:cy@ailleurs.example", isOptional: true },
      ],
      categories: ["Conseil", "Élus"],
      programme: [],
    });
  });

  test("shows the last of whole days as people say it", () => {
    const text = calendar("DTSTART;VALUE=DATE:20261123", "DTEND;VALUE=DATE:20261126");
    const draft = draftOf(eventIn(text), place);
    expect([draft.isAllDay, draft.startsAt, draft.endsAt]).toEqual([
      true,
      "2026-11-23T00:00:00",
      "2026-11-25T00:00:00",
    ]);
  });

  test("shows an end in another zone on the clock of its start", () => {
    const text = calendar(
      "DTSTART;TZID=Europe/Paris:20261123T140000",
      "DTEND;TZID=America/New_York:20261123T160000",
    );
    expect(draftOf(eventIn(text), place).endsAt).toBe("2026-11-23T22:00:00");
    expect(changed(text, { title: "Vol" }).changes).toEqual({ title: "Vol" });
  });

  test("says of a rule that it cannot show that it is another one, and keeps it", () => {
    const text = calendar("DTSTART:20261123T140000Z", "RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO");
    expect(draftOf(eventIn(text), place).recurrence).toBe("other");
    expect(changed(text, { place: "Ici" }).text).toContain("RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO\r\n");
    expect(changed(text, { recurrence: null }).text).not.toContain("RRULE");
  });
});

describe("changes of an event", () => {
  test("nothing touched: nothing is written", () => {
    const { changes, text } = changed(RICH, {});
    expect(changes).toEqual({});
    expect(text).toBe(textOf([componentIn(RICH)]));
  });

  test.each<[Partial<EventDraft>, object]>([
    [{ title: " Bureau " }, { title: "Bureau" }],
    [{ place: " " }, { location: undefined }],
    [{ description: "Rien" }, { description: "Rien" }],
    [{ url: "" }, { conference: undefined }],
    [{ isBusy: false }, { isFree: true }],
    [{ isPrivate: false }, { visibility: "public" }],
    [{ categories: [] }, { categories: [] }],
    [
      { endsAt: "2026-11-23T16:00:00" },
      { start: zoned("2026-11-23T14:00:00"), end: zoned("2026-11-23T16:00:00") },
    ],
    [{ recurrence: null }, { rule: undefined }],
  ])("of %j only that is written", (change, written) => {
    expect(changed(RICH, change).changes).toStrictEqual(written);
  });

  test("made whole days, the rule ends on a day", () => {
    expect(changed(RICH, { isAllDay: true }).changes).toEqual({
      start: { kind: "day", day: "2026-11-23" },
      end: { kind: "day", day: "2026-11-24" },
      rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261231",
    });
  });

  test("in another zone, the rule ends when that day ends there", () => {
    const { changes } = changed(RICH, { zone: "America/New_York" });
    expect(changes.start).toEqual({ ...zoned("2026-11-23T14:00:00"), zone: "America/New_York" });
    expect(changes.rule).toBe("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20270101T045959Z");
  });

  test("moved to another day, a rule that follows by itself is not given anew, so that exceptions stay", () => {
    const event = eventIn(RICH);
    const moved = withStart(draftOf(event, place), "2026-11-24T14:00:00");
    expect(moved.recurrence).toMatchObject({ pattern: { weekdays: [2] } });
    expect(Object.keys(changesOf(moved, event, place))).toEqual(["start", "end"]);
  });

  test("moved to another day, a rule of several weekdays is kept as the form shows it, letter for letter", () => {
    const text = calendar("DTSTART:20261123T140000Z", "RRULE:BYDAY=TH,MO;FREQ=WEEKLY");
    const event = eventIn(text);
    const moved = withStart(draftOf(event, place), "2026-11-24T14:00:00");
    expect(moved.recurrence).toMatchObject({ pattern: { weekdays: [1, 4] } });
    expect(changesOf(moved, event, place).rule).toBe("BYDAY=TH,MO;FREQ=WEEKLY");
  });

  test("a longer time of a series makes all of them longer, and the rule and its exception stay", () => {
    const master = RICH.replace(
      "END:VCALENDAR",
      "BEGIN:VEVENT\r\nUID:u1\r\nRECURRENCE-ID;TZID=Europe/Paris:20261207T140000\r\nDTSTART;TZID=Europe/Paris:20261207T160000\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    const parsed = parseCalendarText(master);
    const [object] = parsed.ok ? parsed.calendar.objects : [];
    if (!parsed.ok || object === undefined) throw new Error("no event");
    const paris = ianaZone("Europe/Paris") ?? utcZone;
    const series = readSeries(object, { zone: paris, zones: parsed.calendar.zones });
    const [first] = instancesOf(series, { fromMs: Date.UTC(2026, 10, 23), toMs: Date.UTC(2026, 10, 24) });
    if (first === undefined) throw new Error("no time");
    const event = eventIn(RICH);
    const draft = withStart(
      { ...draftOf(event, place), endsAt: "2026-11-23T16:00:00" },
      "2026-11-25T14:00:00",
    );
    const changes = changesOf(draft, event, place);
    const edited = editSeries(series, first, changes, "all", { nowMs: 0, newUid: "u9" }).object;
    const text = textOf(edited?.master === undefined ? [] : [edited.master]);
    expect(text).toContain("DTSTART;TZID=Europe/Paris:20261125T140000");
    expect(text).toContain("DTEND;TZID=Europe/Paris:20261125T160000");
    expect(text).toContain("BYDAY=WE");
    expect(edited?.overrides).toHaveLength(1);
  });

  test("a floating time stays one unless another zone is chosen", () => {
    const text = calendar("DTSTART:20261123T140000", "DTEND:20261123T150000");
    expect(changed(text, { startsAt: "2026-11-23T13:00:00" }).changes).toEqual({
      start: { kind: "floating", local: "2026-11-23T13:00:00" },
      end: { kind: "floating", local: "2026-11-23T15:00:00" },
    });
    expect(changed(text, { zone: "Asia/Tokyo" }).changes).toEqual({
      start: { kind: "zoned", local: "2026-11-23T14:00:00", zone: "Asia/Tokyo" },
      end: { kind: "zoned", local: "2026-11-23T15:00:00", zone: "Asia/Tokyo" },
    });
  });

  test("a reminder more: those that are there stay as they are, also the e-mail that the form does not show", () => {
    const { text } = changed(RICH, { alarms: [15, 1440] });
    expect(text.match(/TRIGGER:[^\r]*/g)).toEqual(["TRIGGER:-PT15M", "TRIGGER:-P1D", "TRIGGER:-P1D"]);
    expect(text).toContain("ACTION:EMAIL");
    expect(changed(RICH, { alarms: [] }).text.match(/ACTION:[^\r]*/g)).toEqual(["ACTION:EMAIL"]);
  });

  test("a guest more: who was asked keeps their line and who invites stays", () => {
    const { attendees } = draftOf(eventIn(RICH), place);
    const di = { address: "mailto:di@ville.example", name: "Di", isOptional: true };
    const { text } = changed(RICH, { attendees: [...attendees.slice(0, 1), di] });
    const unfolded = text.replaceAll(/\r\n[ \t]/g, "");
    expect(unfolded.match(/ATTENDEE[^\r]*/g)).toEqual([
      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@ville.example",
      "ATTENDEE;CN=Bo;PARTSTAT=ACCEPTED;X-NOTE=kept:MAILTO:Bo@ville.example",
      "ATTENDEE;CN=Di;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:di@ville.example",
    ]);
    expect(changed(RICH, { attendees: [] }).text).toContain("mailto:ada@ville.example");
  });

  test("the first guest of an event brings who invites", () => {
    const text = calendar("DTSTART:20261123T140000Z");
    const guest = { address: "mailto:bo@ville.example", isOptional: false };
    expect(changed(text, { attendees: [guest] }).changes.organizer).toEqual(place.organizer);
  });

  test("a link that another program wrote as URL stays there", () => {
    const text = calendar("DTSTART:20261123T140000Z", "URL:https://visio.example/1");
    expect(draftOf(eventIn(text), place).url).toBe("https://visio.example/1");
    expect(changed(text, { url: "https://visio.example/2" }).changes).toEqual({
      url: "https://visio.example/2",
    });
  });

  test("what is no address of the web is not shown as one, and stays", () => {
    const text = calendar("DTSTART:20261123T140000Z", "CONFERENCE;VALUE=URI:tel:+33100000000");
    expect(draftOf(eventIn(text), place).url).toBe("");
    expect(changed(text, { title: "x" }).text).toContain("tel:+33100000000");
  });
});

function zoned(local: string) {
  return { kind: "zoned", local, zone: "Europe/Paris" };
}

const officeAlone = (name: string) => (name === "Bureau" ? { name, offsetMsAt: () => 5_400_000 } : undefined);

describe("a new event", () => {
  const draft: EventDraft = {
    ...newDraft({
      start: "2026-11-24T14:00",
      end: "2026-11-24T15:00",
      isAllDay: false,
      zone: "Europe/Paris",
      calendarId,
    }),
    title: " Réunion ",
    recurrence: {
      pattern: { kind: "weekly", weekdays: [2, 4] },
      interval: 1,
      end: { kind: "count", count: 4 },
    },
    place: "Salle 3",
    url: "https://visio.example/abc",
    isPrivate: true,
    alarms: [10],
    attendees: [{ address: "mailto:bo@ville.example", name: "Bo", personId: bo, isOptional: false }],
  };
  const options = { uid: "u2", nowMs: Date.UTC(2026, 10, 23, 9) };

  test("is an object resource of its own, with its zone", () => {
    const text = objectTextOf(draft, { ...options, organizer: { address: "mailto:ada@ville.example" } });
    const reading = readObjectResource(text);
    expect(reading).toEqual({
      ok: true,
      facts: {
        uid: "u2",
        kind: "VEVENT",
        summary: "Réunion",
        startsMs: Date.UTC(2026, 10, 24, 13),
        endsMs: Date.UTC(2026, 11, 3, 14),
        hasRecurrence: true,
        organizer: "mailto:ada@ville.example",
        attendees: ["mailto:bo@ville.example"],
      },
    });
    const parsed = parseCalendarText(text);
    const nodes = parsed.ok ? parsed.calendar.nodes : [];
    const zones = componentsOf({ children: nodes }).flatMap((each) => componentsOf(each, "VTIMEZONE"));
    expect(zones).toHaveLength(1);
  });

  test("comes back into the form as it was written", () => {
    const text = objectTextOf(draft, { uid: "u2", nowMs: 0 });
    expect(draftOf(eventIn(text), place)).toEqual({ ...draft, title: "Réunion" });
  });

  test("in a zone that only another calendar explains is written in moments", () => {
    const text = objectTextOf({ ...draft, zone: "Bureau" }, { ...options, zones: officeAlone });
    expect(text).toContain("DTSTART:20261124T123000Z");
    expect(text).not.toContain("Bureau");
  });

  test("of whole days ends the day after in the text, and nobody is busy", () => {
    const days = newDraft({
      start: "2026-12-24",
      end: "2026-12-26",
      isAllDay: true,
      zone: "Europe/Paris",
      calendarId,
    });
    const event = eventIn(objectTextOf({ ...days, title: "Congé" }, { uid: "u3", nowMs: 0 }));
    expect(event.end).toEqual({ kind: "day", day: "2026-12-27" });
    expect(event.isFree).toBe(true);
  });
});

test.each([
  ["https://visio.example/abc", true],
  [" http://a.example ", true],
  ["visio.example", false],
  ["ftp://a.example", false],
  ["javascript:alert(1)", false],
  ["https://", false],
  ["https://a b.example", false],
])("%s as a meeting link: %s", (text, isOne) => {
  expect(isWebAddress(text)).toBe(isOne);
});
