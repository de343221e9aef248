import { describe, expect, it } from "vitest";
import { propertyOf, textOf, valueOf, withValue } from "./component.ts";
import { readEvent, stamped, withEventChanges } from "./event.ts";
import { attendeesOf } from "./people.ts";
import { answersOf, applyFromOrganizer, applyReply, methodOf } from "./itip-received.ts";
import type { ItipMessage } from "./itip.ts";
import {
  cancelMessage,
  counterMessage,
  declineCounterMessage,
  replyMessage,
  requestMessage,
  zoneComponentsOf,
} from "./itip.ts";
import { withMinutes } from "./minutes.ts";
import type { ParsedCalendar, ParsedObject } from "./parse-calendar.ts";
import { parseCalendarText } from "./parse-calendar.ts";

const invitation = [
  "BEGIN:VCALENDAR",
  "BEGIN:VTIMEZONE",
  "TZID:Bureau",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0100",
  "END:STANDARD",
  "END:VTIMEZONE",
  "BEGIN:VEVENT",
  "UID:un",
  "DTSTAMP:20261101T000000Z",
  "SEQUENCE:2",
  "DTSTART;TZID=Bureau:20261123T090000",
  "DTEND;TZID=Bureau:20261123T100000",
  "RRULE:FREQ=WEEKLY",
  "SUMMARY:Comité",
  "X-PRIVATE:notes",
  "ORGANIZER:mailto:jeanne@example.org",
  "ATTENDEE;RSVP=TRUE:mailto:ali@example.org",
  "ATTENDEE;RSVP=TRUE:mailto:zoe@example.org",
  "BEGIN:VALARM",
  "ACTION:DISPLAY",
  "TRIGGER:-PT5M",
  "END:VALARM",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

function read(text: string): { calendar: ParsedCalendar; object: ParsedObject } {
  const parsed = parseCalendarText(text);
  const object = parsed.ok ? parsed.calendar.objects[0] : undefined;
  if (!parsed.ok || object === undefined) throw new Error("no object");
  return { calendar: parsed.calendar, object };
}

const { calendar, object } = read(invitation);
const zones = zoneComponentsOf(calendar.nodes);
const { master } = object;
if (master === undefined) throw new Error("no master");
const answer = {
  address: "MAILTO:Ali@example.org",
  status: "accepted",
  nowMs: Date.UTC(2026, 10, 2),
} as const;

function made(message: ItipMessage | undefined): ItipMessage {
  if (message === undefined) throw new Error("no message");
  return message;
}

function statuses(component: Parameters<typeof attendeesOf>[0] | undefined): string[] {
  return component === undefined ? [] : attendeesOf(component).map(({ status }) => status);
}

function never() {
  return undefined;
}

describe("messages that are made", () => {
  it("invite with the zones that are named and without reminders", () => {
    const withNotes = { ...object, master: withMinutes(master, "Décidé : rien") };
    const { text, contentType } = requestMessage(withNotes, zones);
    expect(text).not.toContain("Décidé");
    expect(contentType).toBe("text/calendar; charset=UTF-8; method=REQUEST");
    expect(text).toContain("METHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Bureau\r\n");
    expect(text).not.toContain("VALARM");
    expect(text).toContain("X-PRIVATE:notes");
  });

  it("answer for oneself alone, without notes of one's own or a revision", () => {
    const { text } = made(replyMessage([master], { ...answer, comment: "Avec plaisir, à lundi" }, zones));
    expect(text.match(/ATTENDEE/g)).toHaveLength(1);
    expect(text).toContain("ATTENDEE;PARTSTAT=ACCEPTED:mailto:ali@example.org\r\n");
    expect(text).toContain("COMMENT:Avec plaisir\\, à lundi\r\n");
    expect(text).toContain("SEQUENCE:2\r\n");
    expect(text).not.toMatch(/X-PRIVATE|VALARM|RRULE/);
    expect(methodOf(read(text).calendar)).toBe("REPLY");
  });

  it("are none for somebody who is not invited", () => {
    expect(replyMessage([master], { ...answer, address: "mailto:nobody@example.org" })).toBeUndefined();
  });

  it("propose another time, which the organizer may decline", () => {
    const start = { kind: "zoned", local: "2026-11-24T09:00:00", zone: "Europe/Paris" } as const;
    const { text } = made(
      counterMessage(master, { start, end: { ...start, local: "2026-11-24T10:00:00" } }, answer),
    );
    expect(text).toContain("METHOD:COUNTER");
    expect(text).toContain("DTSTART;TZID=Europe/Paris:20261124T090000\r\n");
    expect(text).toContain("PARTSTAT=TENTATIVE:mailto:ali@example.org");
    expect(declineCounterMessage(master, answer.address, 0).text).toContain("METHOD:DECLINECOUNTER");
  });

  it("call off as a later revision", () => {
    const { text } = cancelMessage(object, 0, zones);
    expect(text).toContain("STATUS:CANCELLED\r\n");
    expect(text).toContain("SEQUENCE:3\r\n");
  });
});

describe("answers that come", () => {
  const reply = made(replyMessage([master], { ...answer, comment: "Oui" }, zones)).text;
  const [read1] = answersOf(read(reply).object);
  if (read1 === undefined) throw new Error("no answer");

  it("change the line of whoever answered", () => {
    expect(read1).toMatchObject({ status: "accepted", comment: "Oui", original: undefined, sequence: 2 });
    const { object: after, result } = applyReply(object, read1, never);
    expect(result).toBe("applied");
    expect(statuses(after.master)).toEqual(["accepted", "needs-action"]);
    expect(textOf(after.master === undefined ? [] : [after.master])).toContain(
      "ATTENDEE;RSVP=TRUE:mailto:zoe@example.org",
    );
  });

  it("to an older revision, from strangers, or to times that are none change nothing", () => {
    const newer = { ...object, master: stamped(master, 0, true) };
    expect(applyReply(newer, read1, never)).toEqual({ object: newer, result: "outdated" });
    expect(applyReply(object, { ...read1, address: "mailto:x@example.org" }, never).result).toBe(
      "unknownAttendee",
    );
    const original = { kind: "zoned", local: "2026-11-30T08:00:00", zone: "UTC" } as const;
    expect(applyReply(object, { ...read1, original }, never).result).toBe("unknownTime");
  });

  it("to one time make an exception of it", () => {
    const original = { kind: "zoned", local: "2026-11-30T08:00:00", zone: "UTC" } as const;
    const exception = withValue(master, "RECURRENCE-ID", "20261130T080000Z");
    const { object: after } = applyReply(object, { ...read1, original }, () => exception);
    expect(statuses(after.master)).toEqual(["needs-action", "needs-action"]);
    expect(after.overrides.map(statuses)).toEqual([["accepted", "needs-action"]]);
  });
});

describe("what the organizer sends", () => {
  const moved = stamped(withEventChanges(master, { title: "Comité élargi" }), Date.UTC(2026, 10, 3), true);

  it("replaces what was there, with one's own reminders", () => {
    const sent = read(requestMessage({ ...object, master: moved }, zones).text).object;
    const { object: after, result } = applyFromOrganizer(object, sent, "REQUEST");
    expect(result).toBe("applied");
    expect(after?.master === undefined ? undefined : readEvent(after.master)).toMatchObject({
      title: "Comité élargi",
    });
    expect(textOf(after?.master === undefined ? [] : [after.master])).toContain("TRIGGER:-PT5M");
  });

  it("is left aside when it comes late", () => {
    const sent = read(requestMessage(object, zones).text).object;
    expect(applyFromOrganizer({ ...object, master: moved }, sent, "REQUEST").result).toBe("outdated");
  });

  it("calls off with as little as a UID, and leaves what is known of it", () => {
    const text =
      "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:un\r\nDTSTAMP:20261105T000000Z\r\nSEQUENCE:3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    const { object: after } = applyFromOrganizer(object, read(text).object, "CANCEL");
    expect(after?.master === undefined ? undefined : readEvent(after.master)).toMatchObject({
      title: "Comité",
      status: "cancelled",
    });
    expect(applyFromOrganizer(undefined, read(text).object, "CANCEL").object).toBeUndefined();
  });

  it("calls off one time of a series", () => {
    const text =
      "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:un\r\nRECURRENCE-ID:20261130T080000Z\r\nSEQUENCE:3\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    const { object: after } = applyFromOrganizer(object, read(text).object, "CANCEL");
    const [exception] = after?.overrides ?? [];
    expect(exception === undefined ? undefined : valueOf(exception, "STATUS")).toBe("CANCELLED");
    expect(after?.master === undefined ? undefined : propertyOf(after.master, "STATUS")).toBeUndefined();
  });
});
