import { describe, expect, it } from "vitest";
import { componentsOf, readTree, textOf } from "./component.ts";
import type { Component } from "./component.ts";
import type { CalendarEvent } from "./event.ts";
import { createEvent, eventSchema, readEvent, sequenceOf, stamped, withEventChanges } from "./event.ts";

function component(text: string): Component {
  const [first] = componentsOf({ children: readTree(text.replaceAll("\n", "\r\n")).nodes });
  if (first === undefined) throw new Error("the text has no component");
  return first;
}

function readable(text: string): CalendarEvent {
  const event = readEvent(component(text));
  if (event === undefined) throw new Error("the event has no start");
  return event;
}

const meeting = `BEGIN:VEVENT
UID:point-hebdo
X-WR-ODD;X-KEPT="a;b":kept\\, as it is
DTSTART;TZID=Romance Standard Time:20261123T140000
DTEND;TZID=Romance Standard Time:20261123T153000
SUMMARY;LANGUAGE=fr:Point hebdo\\; suite
DESCRIPTION:Première ligne\\nDeuxième\\, avec
  une pliure
LOCATION:Salle Émeraude
CATEGORIES:équipe,ordre\\, du jour
CLASS:CONFIDENTIAL
TRANSP:TRANSPARENT
STATUS:TENTATIVE
PRIORITY:3
ORGANIZER;CN="Dupont, Jeanne":mailto:jeanne@example.org
ATTENDEE;CN=Ali;PARTSTAT=ACCEPTED;RSVP=TRUE;X-NUM-GUESTS=2:MAILTO:ali@example.org
ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT:mailto:salle@example.org
CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example.org/salle
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT15M
DESCRIPTION:Bientôt
X-APPLE:1
END:VALARM
END:VEVENT
`;

describe("readEvent", () => {
  it("reads everything that the interface shows", () => {
    const event = readable(meeting);
    expect(eventSchema.parse(event)).toEqual({
      title: "Point hebdo; suite",
      description: "Première ligne\nDeuxième, avec une pliure",
      location: "Salle Émeraude",
      start: { kind: "zoned", local: "2026-11-23T14:00:00", zone: "Europe/Paris" },
      end: { kind: "zoned", local: "2026-11-23T15:30:00", zone: "Europe/Paris" },
      categories: ["équipe", "ordre, du jour"],
      visibility: "confidential",
      priority: 3,
      isFree: true,
      status: "tentative",
      conference: "https://visio.example.org/salle",
      organizer: { address: "mailto:jeanne@example.org", name: "Dupont, Jeanne" },
      attendees: [
        {
          address: "MAILTO:ali@example.org",
          name: "Ali",
          role: "required",
          kind: "individual",
          status: "accepted",
          isAskedToAnswer: true,
        },
        {
          address: "mailto:salle@example.org",
          role: "informed",
          kind: "room",
          status: "needs-action",
          isAskedToAnswer: false,
        },
      ],
      alarms: [{ action: "display", trigger: { kind: "relative", to: "start", days: 0, exactMs: -900_000 } }],
    });
  });

  it.each([
    ["DTSTART;VALUE=DATE:20261123", { kind: "day", day: "2026-11-24" }],
    ["DTSTART;VALUE=DATE:20261123\nDURATION:P1W", { kind: "day", day: "2026-11-30" }],
    ["DTSTART:20261123T140000", { kind: "floating", local: "2026-11-23T14:00:00" }],
    [
      "DTSTART:20261123T140000Z\nDURATION:PT1H30M",
      { kind: "zoned", local: "2026-11-23T15:30:00", zone: "UTC" },
    ],
    [
      "DTSTART;TZID=Europe/Paris:20261024T140000\nDURATION:P1D",
      { kind: "zoned", local: "2026-10-25T14:00:00", zone: "Europe/Paris" },
    ],
    [
      "DTSTART;TZID=Europe/Paris:20261024T140000\nDURATION:PT24H",
      { kind: "zoned", local: "2026-10-25T13:00:00", zone: "Europe/Paris" },
    ],
    [
      "DTSTART:20261123T140000Z\nDTEND:20261123T130000Z",
      { kind: "zoned", local: "2026-11-23T14:00:00", zone: "UTC" },
    ],
  ])("finds the end of %s", (lines, end) => {
    expect(readable(`BEGIN:VEVENT\nUID:1\n${lines}\nEND:VEVENT\n`).end).toEqual(end);
  });

  it("gives nothing without a start that can be read", () => {
    expect(readEvent(component("BEGIN:VEVENT\nUID:1\nDTSTART:soon\nEND:VEVENT\n"))).toBeUndefined();
    expect(readEvent(component("BEGIN:VEVENT\nUID:1\nDTSTART:20260230\nEND:VEVENT\n"))).toBeUndefined();
  });
});

describe("withEventChanges", () => {
  it("changes nothing when it is told what stands there", () => {
    const before = component(meeting);
    expect(textOf([withEventChanges(before, readable(meeting))])).toBe(textOf([before]));
  });

  it("writes the line of the change and leaves all others, parameters included", () => {
    const before = component(meeting);
    const after = textOf([withEventChanges(before, { title: "Point, élargi" })]);
    expect(after).toBe(
      textOf([before]).replace("LANGUAGE=fr:Point hebdo\\; suite", "LANGUAGE=fr:Point\\, élargi"),
    );
  });

  it("moves in the zone under the name that the calendar gives it", () => {
    const after = textOf([
      withEventChanges(component(meeting), {
        start: { kind: "zoned", local: "2026-11-24T09:00:00", zone: "Europe/Paris" },
        end: { kind: "zoned", local: "2026-11-24T10:00:00", zone: "Europe/Paris" },
      }),
    ]);
    expect(after).toContain("DTSTART;TZID=Romance Standard Time:20261124T090000\r\n");
    expect(after).toContain("DTEND;TZID=Romance Standard Time:20261124T100000\r\n");
  });

  it("becomes a whole day without anything left of its hours", () => {
    const after = withEventChanges(component(meeting), {
      start: { kind: "day", day: "2026-11-24" },
      end: { kind: "day", day: "2026-11-25" },
    });
    expect(textOf([after])).toContain("DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\n");
  });

  it("writes one answer and keeps what others wrote of that person", () => {
    const event = readable(meeting);
    const [ali] = event.attendees;
    if (ali === undefined) throw new Error("nobody is invited");
    const attendees = event.attendees.with(0, { ...ali, status: "declined" });
    const after = textOf([withEventChanges(component(meeting), { attendees })]).replaceAll("\r\n ", "");
    expect(after).toContain(
      "ATTENDEE;CN=Ali;PARTSTAT=DECLINED;RSVP=TRUE;X-NUM-GUESTS=2:MAILTO:ali@example.org",
    );
    expect(after).toContain("ATTENDEE;CUTYPE=ROOM;ROLE=NON-PARTICIPANT:mailto:salle@example.org");
  });

  it("adds an alarm beside the one that is there, which keeps its lines", () => {
    const event = readable(meeting);
    const alarm = {
      action: "display",
      trigger: { kind: "relative", to: "start", days: -1, exactMs: 0 },
    } as const;
    const after = textOf([withEventChanges(component(meeting), { alarms: [...event.alarms, alarm] })]);
    expect(after).toContain("DESCRIPTION:Bientôt\r\nX-APPLE:1\r\n");
    expect(after).toContain("TRIGGER:-P1D\r\n");
  });

  it("takes away what is set to nothing", () => {
    const after = withEventChanges(component(meeting), {
      location: undefined,
      status: undefined,
      categories: [],
    });
    expect(textOf([after])).not.toMatch(/LOCATION|STATUS|CATEGORIES/);
  });

  it("cannot be made to write another property by a text", () => {
    const after = withEventChanges(component(meeting), {
      title: "a\r\nATTENDEE:mailto:x@example.org",
      url: "https://x.example.org\r\nBEGIN:VALARM",
    });
    expect(readable(textOf([after]).replaceAll("\r\n", "\n")).attendees).toHaveLength(2);
    expect(textOf([after])).not.toMatch(/\r\nBEGIN:VALARM\r\nBEGIN|^BEGIN:VALARM.*BEGIN/m);
  });
});

describe("createEvent", () => {
  it("folds long lines at 75 octets, never inside a character", () => {
    const title = "é€😀".repeat(60);
    const start = { kind: "floating", local: "2026-11-23T14:00:00" } as const;
    const made = createEvent({ uid: "1", nowMs: 0 }, { title, start, end: start });
    const lines = textOf([made]).split("\r\n");
    expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
    expect(readEvent(made)?.title).toBe(title);
  });

  it("is asked about anew after a significant edit alone", () => {
    const start = { kind: "floating", local: "2026-11-23T14:00:00" } as const;
    const made = createEvent({ uid: "1", nowMs: 0 }, { title: "a", start, end: start });
    expect(sequenceOf(stamped(made, 5000, false))).toBe(0);
    expect(sequenceOf(stamped(made, 5000, true))).toBe(1);
    expect(textOf([stamped(made, 5000, true)])).toContain("LAST-MODIFIED:19700101T000005Z");
  });
});
