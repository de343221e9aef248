import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarObjectKey, createId, ownCalendarId, spaceCalendarId, type SpaceId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { eventText } from "./permission-world.ts";
import { rejected, rowOf, spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

/** Reminders in the inbox of a person. */
async function reminderRows(by: TestPerson) {
  return (await by.rows(personScope(by.id))).filter(
    ({ collection, op, data }) =>
      collection === "notification" && op === "put" && data["kind"] === "reminder",
  );
}

/** Calendars and their objects, over any store. */
export function describeCalendars(name: string, open: () => Promise<Store>): void {
  describe(`${name}: calendars`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let guest: TestPerson;
    let scope: Scope;
    let spaceId: SpaceId;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada", { email: "Ada@ville.example" });
      guest = await workplace.person("Guest", { isGuest: true });
      ({ scope, spaceId } = await spaceOf(ada, []));
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
    });
    afterAll(() => workplace.store.close());

    const passUntil = async (time: string): Promise<void> => {
      workplace.nowMs = Date.parse(time);
      await workplace.app.runDue();
    };
    const idOf = (uid: string) => calendarObjectKey(scope, uid);
    const put = (id: string, data: string, more: object = {}, by = ada) =>
      by.mutate("calendarObject.put", scope, { id, calendarId: spaceCalendarId(spaceId), data, ...more });

    test("what was written comes back byte for byte, in the first calendar, with its fields", async () => {
      const zone = "BEGIN:VTIMEZONE\nTZID:Mars/Base\nX-ODD:  é\nEND:VTIMEZONE\nBEGIN:VEVENT";
      const extra = "ATTENDEE:MAILTO:ADA@ville.example\r\nRRULE:FREQ=DAILY;COUNT=1000000000\r\nEND:VEVENT";
      const data = eventText("a").replace("BEGIN:VEVENT", zone).replace("END:VEVENT", extra);
      const id = idOf("a");
      expect((await put(id, data)).status).toBe("applied");
      const row = (await rowOf(ada, scope, "calendarObject", id))?.data;
      expect(row).toMatchObject({ data, uid: "a", revision: 1, hasRecurrence: true, attendeeIds: [ada.id] });
      expect(row).toMatchObject({ startsAt: "2026-11-23T09:00:00.000Z" });
      expect(row?.["endsAt"]).toBeUndefined();
      const own = {
        id: calendarObjectKey(personScope(ada.id), "a"),
        calendarId: ownCalendarId(ada.id),
        data,
      };
      await ada.does("calendarObject.put", personScope(ada.id), own);
    });

    test("of two edits, and of a removal of an older revision, the second conflicts; a UID is there once", async () => {
      const id = idOf("b");
      await put(id, eventText("b"));
      expect((await put(id, eventText("b"), { baseRevision: 1 })).status).toBe("applied");
      expect(await put(id, eventText("b"), { baseRevision: 1 })).toMatchObject({
        status: "conflict",
        current: { id, data: { revision: 2 } },
      });
      expect((await put(id, eventText("b"))).status).toBe("conflict");
      expect(rejected(await put(createId(), eventText("b")))).toBe("badRequest");
      const remove = (baseRevision: number) =>
        ada.mutate("calendarObject.remove", scope, { id, baseRevision });
      expect([(await remove(1)).status, (await remove(2)).status]).toEqual(["conflict", "applied"]);
    });

    test("reminders are told once each: to the owner, or to whoever made it; what is past is not", async () => {
      const alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT";
      const weekly =
        "SUMMARY:Point\r\nCONFERENCE:https://visio.example.org/point\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT";
      const data = eventText("told").replace("END:VEVENT", weekly).replace("END:VEVENT", alarm);
      await passUntil("2026-11-01T00:00:00Z");
      expect((await put(idOf("told"), data)).status).toBe("applied");
      await passUntil("2026-11-23T08:44:00Z");
      expect(await reminderRows(ada)).toEqual([]);
      await passUntil("2026-11-23T08:45:00Z");
      expect(await reminderRows(ada)).toMatchObject([
        {
          data: { excerpt: expect.stringContaining("Point"), conference: "https://visio.example.org/point" },
        },
      ]);
      expect(await reminderRows(guest)).toEqual([]);
      const [row] = await reminderRows(ada);
      await ada.does("notification.set", personScope(ada.id), { ids: [row?.id], isDone: true });
      await passUntil("2026-11-30T08:45:00Z");
      const again = (await ada.rows(personScope(ada.id))).find(({ id }) => id === row?.id);
      expect(again?.data["doneAt"]).toBeUndefined();
      // Taken out before its last time, it is told no more.
      const removed = await ada.mutate("calendarObject.remove", scope, { id: idOf("told"), baseRevision: 1 });
      expect(removed.status).toBe("applied");
      expect(await reminderRows(ada)).toEqual([]);
      await passUntil("2026-12-08T00:00:00Z");
      expect(await reminderRows(ada)).toEqual([]);
    });

    test("what cannot be read is refused; guests change what they made", async () => {
      const hostile = [
        eventText(""),
        eventText("c").replace("BEGIN:VEVENT", "METHOD:REQUEST\r\nBEGIN:VEVENT"),
      ];
      for (const data of hostile) expect(rejected(await put(idOf("c"), data))).toBe("badRequest");
      expect(rejected(await put(createId(), eventText("d".repeat(501_000))))).toBe("tooLarge");
      const id = idOf("e");
      await put(id, eventText("e"));
      expect(rejected(await put(id, eventText("e"), { baseRevision: 1 }, guest))).toBe("forbidden");
      expect((await put(idOf("g"), eventText("g"), {}, guest)).status).toBe("applied");
    });
  });
}
