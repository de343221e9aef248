import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarFeedListSchema, newCalendarFeedSchema } from "#contract/calendar-feeds.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { calendarObjectKey, ownCalendarId, spaceCalendarId } from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { calendarOf, event } from "./caldav-caller.ts";
import { spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const put = (by: TestPerson, scope: Scope, calendarId: string, uid: string, data: string) =>
  by.does("calendarObject.put", scope, { id: calendarObjectKey(scope, uid), calendarId, data });
const publish = (by: TestPerson, scope: Scope, calendarId: string) =>
  by.post("/v1/calendar-feeds", { scope, calendarId });

async function published(by: TestPerson, scope: Scope, calendarId: string) {
  const response = await publish(by, scope, calendarId);
  expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
  return newCalendarFeedSchema.parse(await response.json());
}

/** Calendars under secret addresses, over any store. */
export function describeFeeds(on: string, open: () => Promise<Store>): void {
  describe(`${on}: secret addresses of calendars`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
    });
    afterAll(() => workplace.store.close());

    const read = (url: string, headers: Record<string, string> = {}) =>
      workplace.app.fetch(new Request(url, { headers }));
    const remove = (by: TestPerson, id: string) =>
      workplace.app.fetch(
        new Request(`http://parvis.test/v1/calendar-feeds/${id}`, {
          method: "DELETE",
          headers: { authorization: `Bearer ${by.token}` },
        }),
      );

    test("whoever knows the address reads the calendar, until it is taken back", async () => {
      const [scope, calendarId] = [personScope(ada.id), ownCalendarId(ada.id)];
      expect((await publish(ada, scope, calendarId)).status).toBe(404);
      const zone = "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nEND:VTIMEZONE";
      const start = "DTSTART;TZID=Europe/Paris:20261123T090000";
      const body = `BEGIN:VEVENT\r\nUID:a\r\n${start}\r\nSUMMARY:Fête\r\nSTRUCTURED-DATA;VALUE=TEXT;FMTTYPE=text/markdown;SCHEMA="urn:x-parvis:minutes":Huis clos\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT`;
      await put(ada, scope, calendarId, "a", calendarOf(zone, body));
      await put(
        ada,
        scope,
        calendarId,
        "b",
        calendarOf(zone, body.replace("UID:a", "UID:b")).replaceAll("\r\n", "\n"),
      );
      const { id, url } = await published(ada, scope, calendarId);
      const got = await read(url);
      expect([got.status, got.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
      const text = await got.text();
      const parsed = parseCalendarText(text);
      expect(parsed.ok && parsed.calendar.name).toBe("Mon calendrier");
      expect(parsed.ok && parsed.calendar.objects.map(({ uid }) => uid).toSorted()).toEqual(["a", "b"]);
      expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
      expect(text).toContain("SUMMARY:Fête");
      expect(text).not.toContain("VALARM");
      expect(text).not.toContain("Huis clos");
      expect(text).not.toMatch(/[^\r]\n/);

      const etag = got.headers.get("etag") ?? "";
      expect((await read(url, { "if-none-match": etag })).status).toBe(304);
      await put(ada, scope, calendarId, "c", event("c", "DTSTART:20261123T090000Z"));
      expect((await read(url, { "if-none-match": etag })).status).toBe(200);

      const listed = calendarFeedListSchema.parse(await (await ada.get("/v1/calendar-feeds")).json());
      expect(listed.feeds).toEqual([expect.objectContaining({ id, scope, calendarId })]);
      expect(JSON.stringify(listed)).not.toContain(url.split("/").at(-1)?.slice(0, 20));
      expect((await remove(bo, id)).status).toBe(204);
      expect((await read(url)).status).toBe(200);
      expect((await remove(ada, id)).status).toBe(204);
      expect((await read(url)).status).toBe(404);
    });

    test("of what is private or confidential, only that time is taken is told", async () => {
      const [scope, calendarId] = [personScope(bo.id), ownCalendarId(bo.id)];
      const secret = event(
        "secret-uid",
        "DTSTART;X-SECRET=secret:20261123T090000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY\r\nCLASS:CONFIDENTIAL",
        "SUMMARY:secret\r\nDESCRIPTION:secret\r\nLOCATION:secret\r\nATTENDEE;CN=secret:mailto:secret@a.example",
        "X-ANY:secret\r\nSTATUS:secret thing\r\nEXDATE:secret",
      );
      // The exception alone is marked.
      const moved = secret
        .replace("CLASS:CONFIDENTIAL\r\n", "")
        .replace("UID:secret-uid", "UID:secret-two")
        .replace(
          "END:VEVENT",
          "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:secret-two\r\nRECURRENCE-ID:20261130T090000Z\r\nDTSTART:20261130T100000Z\r\nCLASS:x-secret\r\nEND:VEVENT",
        );
      const task = calendarOf(
        "BEGIN:VTODO\r\nUID:secret-task\r\nSUMMARY:secret\r\nCLASS:PRIVATE\r\nEND:VTODO",
      );
      const zone =
        "BEGIN:VTIMEZONE\r\nTZID:Here\r\nCOMMENT:secret\r\nBEGIN:STANDARD\r\nTZNAME:secret\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT";
      await put(bo, scope, calendarId, "secret-uid", secret.replace("BEGIN:VEVENT", zone));
      await put(bo, scope, calendarId, "secret-two", moved);
      await put(bo, scope, calendarId, "secret-task", task);
      await put(
        bo,
        scope,
        calendarId,
        "open",
        event("open", "DTSTART:20261123T090000Z", "CLASS:PUBLIC", "SUMMARY:Ouvert"),
      );
      const text = await (await read((await published(bo, scope, calendarId)).url)).text();
      expect(text.toLowerCase()).not.toContain("secret");
      expect(text.match(/SUMMARY:.*/g)?.toSorted()).toEqual([
        "SUMMARY:Occupé",
        "SUMMARY:Occupé",
        "SUMMARY:Occupé",
        "SUMMARY:Ouvert",
      ]);
      expect(text).toContain("RRULE:FREQ=WEEKLY");
      expect(text).toContain("TZOFFSETTO:+0100");
      expect(text).toContain("RECURRENCE-ID:20261130T090000Z");
    });

    test("a space's calendar is published by who runs it, as long as they do and it may leave", async () => {
      const { scope, spaceId } = await spaceOf(ada, [bo]);
      const calendarId = spaceCalendarId(spaceId);
      await put(ada, scope, calendarId, "x", event("x", "DTSTART:20261123T090000Z"));
      expect((await publish(bo, scope, calendarId)).status).toBe(403);
      expect((await publish(bo, personScope(ada.id), ownCalendarId(ada.id))).status).toBe(403);
      const { url } = await published(ada, scope, calendarId);
      expect((await read(url)).status).toBe(200);
      const mark = (from: string | null, to: string) =>
        ada.does("space.update", scope, {
          spaceId,
          base: { classification: from },
          changes: { classification: to },
        });
      await mark(null, "restricted");
      expect((await read(url)).status).toBe(404);
      await mark("restricted", "internal");
      expect((await read(url)).status).toBe(200);
      await ada.does("membership.set", scope, { spaceId, personId: bo.id, role: "animator" });
      await bo.does("membership.set", scope, { spaceId, personId: ada.id, role: "member" });
      expect((await read(url)).status).toBe(404);
      const other = await published(bo, scope, calendarId);
      await bo.does("calendar.remove", scope, { id: calendarId });
      expect((await read(other.url)).status).toBe(404);
    });

    test("guesses are slowed down, and nobody has addresses without end", async () => {
      let made = 201;
      for (let count = 0; count < 25 && made === 201; count += 1)
        made = (await publish(ada, personScope(ada.id), ownCalendarId(ada.id))).status;
      expect(made).toBe(409);
      expect((await ada.post("/v1/calendar-feeds", { scope: "nonsense" })).status).toBe(400);
      let status = 404;
      for (let tries = 0; tries < 250 && status === 404; tries += 1)
        status = (await read(`http://parvis.test/v1/feeds/guess${tries}.ics`)).status;
      expect(status).toBe(429);
    });
  });
}
