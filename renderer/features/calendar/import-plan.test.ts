import { expect, test } from "vitest";
import { calendarObjectSchema } from "#contract/entities/calendar.ts";
import { createId } from "#contract/ids.ts";
import { importPlan } from "./import-plan.ts";
import { exportedText } from "./use-export.ts";

const event = (uid: string, title: string) =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Europe/Paris:20261124T140000\r\nSUMMARY:${title}\r\nX-ODD:  é\r\nEND:VEVENT\r\n`;
const file = (...parts: string[]) =>
  new TextEncoder().encode(
    `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Travail\r\n${parts.join("")}END:VCALENDAR\r\n`,
  );

const rowOf = (uid: string, data: string) => {
  const now = "2026-11-23T00:00:00.000Z";
  const ids = { id: createId(), calendarId: createId(), createdBy: createId() };
  const facts = { uid, kind: "VEVENT", hasRecurrence: false, attendeeIds: [], revision: 1 };
  return calendarObjectSchema.parse({ ...ids, data, ...facts, createdAt: now, modifiedAt: now });
};

test("events are added, those that say something else replaced, the same left alone, others counted", () => {
  const first = importPlan(file(event("a", "A"), event("b", "B")), []);
  if (!first.ok) throw new Error(first.message);
  expect(first.plan).toMatchObject({ name: "Travail", changed: [], same: 0, skipped: 0 });
  const present = first.plan.added.map(({ uid, data }) => rowOf(uid, data));
  const task = "BEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:T\r\nEND:VTODO\r\n";
  const again = importPlan(file(event("a", "A"), event("b", "Autre"), event("c", "C"), task), present);
  if (!again.ok) throw new Error(again.message);
  expect(again.plan).toMatchObject({ same: 1, skipped: 1 });
  expect(again.plan.added.map(({ uid }) => uid)).toEqual(["c"]);
  expect(again.plan.changed.map(({ object }) => object.uid)).toEqual(["b"]);
});

test("what is exported is imported as the same, letters of others included", () => {
  const first = importPlan(file(event("a", "A"), event("b", "B")), []);
  if (!first.ok) throw new Error(first.message);
  const rows = first.plan.added.map(({ uid, data }) => rowOf(uid, data));
  const text = exportedText(rows);
  expect(text).toContain("X-ODD:  é");
  const again = importPlan(new TextEncoder().encode(text), rows);
  expect(again).toMatchObject({ ok: true, plan: { same: 2, added: [], changed: [] } });
});

test("no calendar is refused with a reason", () => {
  expect(importPlan(new TextEncoder().encode("%PDF-1.7"), [])).toMatchObject({ ok: false });
  expect(importPlan(new Uint8Array([0, 1, 2]), [])).toMatchObject({ ok: false });
});
