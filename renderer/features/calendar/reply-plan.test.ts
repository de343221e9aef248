import { describe, expect, test } from "vitest";
import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import { answerNotesOf } from "#contract/icalendar/scheduling.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { attendeesOf } from "#contract/icalendar/people.ts";
import { calendarObjectKey, createId, ownCalendarId, personIdSchema } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import { readReply, type ReplyReading } from "./reply-plan.ts";

const me = personIdSchema.parse(createId());
const other = personIdSchema.parse(createId());
const scope = personScope(me);
const nowMs = Date.parse("2026-11-24T12:00:00Z");

const lines = (...all: string[]) => [...all, ""].join("\r\n");
const event = (...more: string[]) =>
  lines(
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:x",
    "BEGIN:VEVENT",
    "UID:u1",
    "DTSTAMP:20261101T080000Z",
    "SEQUENCE:2",
    "DTSTART;TZID=Europe/Paris:20261201T090000",
    "DURATION:PT1H",
    "SUMMARY:Point projet",
    "ORGANIZER:mailto:ada@ville.example",
    "ATTENDEE;CN=Anna Weber;PARTSTAT=NEEDS-ACTION:mailto:anna@ailleurs.example",
    ...more,
    "END:VEVENT",
    "END:VCALENDAR",
  );

const reply = (method: string, ...more: string[]) =>
  new TextEncoder().encode(
    lines(
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//elsewhere//EN",
      `METHOD:${method}`,
      "BEGIN:VEVENT",
      "UID:u1",
      "DTSTAMP:20261102T080000Z",
      "ORGANIZER:mailto:ada@ville.example",
      ...more,
      "END:VEVENT",
      "END:VCALENDAR",
    ),
  );

function row(data: string, organizerId = me) {
  return {
    scope,
    object: calendarObjectSchema.parse({
      id: calendarObjectKey(scope, "u1"),
      calendarId: ownCalendarId(me),
      data,
      uid: "u1",
      kind: "VEVENT",
      hasRecurrence: false,
      organizerId,
      attendeeIds: [],
      revision: 3,
      createdBy: me,
      createdAt: "2026-11-01T08:00:00.000Z",
      modifiedAt: "2026-11-01T08:00:00.000Z",
    }),
  };
}

function answered(reading: ReplyReading) {
  if (reading.kind !== "answers") throw new Error(JSON.stringify(reading));
  const parsed = parseCalendarText(reading.plan.data);
  const [object] = parsed.ok ? parsed.calendar.objects : [];
  if (object === undefined) throw new Error("what was written cannot be read");
  return { ...reading.plan, written: object };
}

const accepted = "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Anna@Ailleurs.example";

describe("an answer that came by e-mail", () => {
  test("stands with its word on the event that it is about, and nothing else changes", () => {
    const bytes = reply("REPLY", "SEQUENCE:2", accepted, "COMMENT:Avec plaisir\\, à lundi");
    const { answers, data, written } = answered(readReply(bytes, [row(event("X-ODD:kept"))], { me, nowMs }));
    expect(answers).toEqual([
      {
        name: "Anna Weber",
        status: "accepted",
        comment: "Avec plaisir, à lundi",
        startMs: null,
        proposal: null,
      },
    ]);
    const master = written.master!;
    expect(attendeesOf(master)[0]?.status).toBe("accepted");
    expect(answerNotesOf(master)[0]?.comment).toBe("Avec plaisir, à lundi");
    expect(data).toContain("X-ODD:kept");
    expect(data).toContain("SEQUENCE:2");
  });

  test("about one time of a series makes that time an exception, whatever zone names it", () => {
    const bytes = reply(
      "REPLY",
      "SEQUENCE:2",
      "RECURRENCE-ID:20261208T080000Z",
      "ATTENDEE;PARTSTAT=DECLINED:mailto:anna@ailleurs.example",
    );
    const { answers, written } = answered(readReply(bytes, [row(event("RRULE:FREQ=WEEKLY"))], { me, nowMs }));
    expect(answers[0]).toMatchObject({ status: "declined", startMs: Date.parse("2026-12-08T08:00:00Z") });
    expect(attendeesOf(written.master!)[0]?.status).toBe("needs-action");
    expect(written.overrides.map((each) => attendeesOf(each)[0]?.status)).toEqual(["declined"]);
  });

  test("may propose another time", () => {
    const bytes = reply(
      "COUNTER",
      "SEQUENCE:2",
      "DTSTART:20261202T080000Z",
      "DTEND:20261202T090000Z",
      "ATTENDEE;PARTSTAT=TENTATIVE:mailto:anna@ailleurs.example",
    );
    const { answers, written } = answered(readReply(bytes, [row(event())], { me, nowMs }));
    const proposal = {
      startMs: Date.parse("2026-12-02T08:00:00Z"),
      endMs: Date.parse("2026-12-02T09:00:00Z"),
    };
    expect(answers[0]).toMatchObject({ status: "tentative", proposal });
    expect(answerNotesOf(written.master!)[0]?.proposal).toEqual(proposal);
  });

  test.each([
    ["of an event that is not here", [], ["SEQUENCE:2", accepted], "noEvent"],
    ["of somebody else's event", [row(event(), other)], ["SEQUENCE:2", accepted], "notOrganizer"],
    ["to a time that was moved since", [row(event())], ["SEQUENCE:1", accepted], "outdated"],
    [
      "from somebody who is not invited",
      [row(event())],
      ["SEQUENCE:2", accepted.replace("Anna@", "eve@")],
      "notInvited",
    ],
    [
      "without an answer",
      [row(event())],
      ["SEQUENCE:2", accepted.replace("ACCEPTED", "DELEGATED")],
      "noAnswer",
    ],
    ["of nobody", [row(event())], ["SEQUENCE:2"], "noAnswer"],
    [
      "to a time that the series has not",
      [row(event("RRULE:FREQ=WEEKLY"))],
      ["SEQUENCE:2", "RECURRENCE-ID:20261209T080000Z", accepted],
      "noTime",
    ],
  ])("%s is refused with the reason", (_name, present, more, fault) => {
    expect(readReply(reply("REPLY", ...more), present, { me, nowMs })).toEqual({ kind: "refused", fault });
  });

  test("other files are none", () => {
    const texts = [event(), "no calendar at all", new TextDecoder().decode(reply("REQUEST", accepted))];
    for (const text of texts)
      expect(readReply(new TextEncoder().encode(text), [row(event())], { me, nowMs })).toEqual({
        kind: "other",
      });
  });
});
