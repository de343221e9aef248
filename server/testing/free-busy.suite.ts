import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freeBusySchema, type FreeBusy } from "#contract/free-busy.ts";
import {
  calendarObjectKey,
  createId,
  ownCalendarId,
  personIdSchema,
  spaceCalendarId,
  type SpaceId,
} from "#contract/ids.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { event } from "./caldav-caller.ts";
import { spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const HOURS = { timeZone: "Europe/Paris", days: [1, 2, 3, 4, 5], from: "09:00", to: "17:00" };
const WEEK = { from: "2026-11-23T00:00:00.000Z", to: "2026-11-30T00:00:00.000Z" };

/** `23T09:00/23T10:00 busy`. */
function timesOf(answer: FreeBusy, { id }: TestPerson): string[] {
  const busy = answer.people.find(({ personId }) => personId === id)?.busy ?? [];
  return busy.map(({ from, to, status }) => `${from.slice(8, 16)}/${to.slice(8, 16)} ${status}`);
}

const own = (by: TestPerson, uid: string, ...lines: string[]) =>
  by.does("calendarObject.put", personScope(by.id), {
    id: calendarObjectKey(personScope(by.id), uid),
    calendarId: ownCalendarId(by.id),
    data: event(uid, `SUMMARY:secret ${uid}`, ...lines),
  });

const invited = (answer: string) => `ATTENDEE;PARTSTAT=${answer}:mailto:BO@ville.example`;

const answered = async (by: TestPerson, people: readonly TestPerson[], more: object = {}) => {
  const response = await by.post("/v1/free-busy", {
    personIds: people.map(({ id }) => id),
    ...WEEK,
    ...more,
  });
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  const text = await response.text();
  expect(text).not.toContain("secret");
  return freeBusySchema.parse(JSON.parse(text));
};

/** When people are taken, over any store. */
export function describeFreeBusy(on: string, open: () => Promise<Store>): void {
  describe(`${on}: when people have time`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let guest: TestPerson;
    let space: { scope: Scope; spaceId: SpaceId };
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada", { email: "Ada@ville.example", workingHours: HOURS });
      bo = await workplace.person("Bo", { email: "bo@ville.example" });
      guest = await workplace.person("Guest", { isGuest: true });
      space = await spaceOf(ada, [bo]);
    });
    afterAll(() => workplace.store.close());

    const shared = (uid: string, ...lines: string[]) =>
      ada.does("calendarObject.put", space.scope, {
        id: calendarObjectKey(space.scope, uid),
        calendarId: spaceCalendarId(space.spaceId),
        data: event(uid, `SUMMARY:secret ${uid}`, ...lines),
      });
    const statusOf = async (body: object) => (await ada.post("/v1/free-busy", body)).status;

    test("own events take time, merged and within what was asked; free and cancelled ones do not", async () => {
      await own(ada, "a", "DTSTART:20261123T090000Z", "DTEND:20261123T100000Z");
      await own(ada, "b", "DTSTART:20261123T093000Z", "DTEND:20261123T110000Z");
      await own(ada, "free", "DTSTART:20261123T130000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT");
      await own(ada, "off", "DTSTART:20261123T140000Z", "DURATION:PT1H", "STATUS:CANCELLED");
      await own(ada, "maybe", "DTSTART:20261123T150000Z", "DURATION:PT1H", "STATUS:TENTATIVE");
      await own(ada, "long ago", "DTSTART:20260101T090000Z", "DURATION:PT1H");
      await own(ada, "weekly", "DTSTART:20260107T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY");
      await own(ada, "night", "DTSTART:20261129T230000Z", "DURATION:PT3H");
      const answer = await answered(bo, [ada]);
      expect(timesOf(answer, ada)).toEqual([
        "23T09:00/23T11:00 busy",
        "23T15:00/23T16:00 tentative",
        "25T08:00/25T09:00 busy",
        "29T23:00/30T00:00 busy",
      ]);
      expect(answer.people[0]?.workingHours).toEqual(HOURS);
      expect(answer.unknown).toEqual([]);
    });

    test("an event that is being moved takes no time from whoever moves it, and hides nobody else's", async () => {
      const week = { from: "2026-12-07T00:00:00.000Z", to: "2026-12-14T00:00:00.000Z" };
      const organizer = "ORGANIZER:mailto:Ada@ville.example";
      await own(ada, "moved", "DTSTART:20261208T090000Z", "DURATION:PT1H", organizer, invited("ACCEPTED"));
      await own(bo, "other", "DTSTART:20261209T090000Z", "DURATION:PT1H");
      const [moved, other] = ["08T09:00/08T10:00 busy", "09T09:00/09T10:00 busy"];
      const asked = async (by: TestPerson, except: string) => {
        const answer = await answered(by, [ada, bo], { ...week, except });
        return [timesOf(answer, ada), timesOf(answer, bo)].map((times) =>
          times.filter((time) => /^0[89]/.test(time) && time !== "09T08:00/09T09:00 busy"),
        );
      };
      expect(await asked(ada, "moved")).toEqual([[], [other]]);
      expect(await asked(bo, "moved")).toEqual([[moved], [expect.stringContaining("08T09:00"), other]]);
      expect(await asked(ada, "other")).toEqual([[moved], [expect.stringContaining("08T09:00"), other]]);
    });

    test("whole days are of where the person works; of others, of the zone that was named", async () => {
      await own(ada, "day", "DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261127");
      await own(bo, "day", "DTSTART;VALUE=DATE:20261126", "DTEND;VALUE=DATE:20261127");
      expect(timesOf(await answered(bo, [ada]), ada)).toContain("25T23:00/26T23:00 busy");
      expect(timesOf(await answered(ada, [bo]), bo)).toEqual(["26T00:00/27T00:00 busy"]);
      const there = await answered(ada, [bo], { timeZone: "America/Guadeloupe" });
      expect(timesOf(there, bo)).toEqual(["26T04:00/27T04:00 busy"]);
    });

    test("of a space's events, those take time to which one is invited, as one answered", async () => {
      await shared("nobody", "DTSTART:20261124T080000Z", "DURATION:PT1H");
      await shared("open", "DTSTART:20261124T090000Z", "DURATION:PT1H", invited("NEEDS-ACTION"));
      await shared("yes", "DTSTART:20261124T100000Z", "DURATION:PT1H", invited("ACCEPTED"));
      await shared("no", "DTSTART:20261124T110000Z", "DURATION:PT1H", invited("DECLINED"));
      const tuesday = { from: "2026-11-24T00:00:00.000Z", to: "2026-11-25T00:00:00.000Z" };
      const answer = await answered(ada, [ada, bo], tuesday);
      expect(timesOf(answer, bo)).toEqual(["24T09:00/24T10:00 tentative", "24T10:00/24T11:00 busy"]);
      expect(timesOf(answer, ada)).toEqual([]);
    });

    test("guests ask about those with whom they share a space; whoever is not there is said", async () => {
      const nobody = personIdSchema.parse(createId());
      const gone = await workplace.person("Gone", { isDeactivated: true });
      const response = await ada.post("/v1/free-busy", {
        personIds: [nobody, bo.id, bo.id, gone.id],
        ...WEEK,
      });
      const answer = freeBusySchema.parse(await response.json());
      expect(answer.people.map(({ personId }) => personId)).toEqual([bo.id]);
      expect(answer.unknown).toEqual([nobody, gone.id]);
      expect((await answered(guest, [guest, ada])).unknown).toEqual([ada.id]);
      const { scope, spaceId } = space;
      await ada.does("membership.set", scope, { spaceId, personId: guest.id, role: "guest" });
      expect((await answered(guest, [guest, ada])).unknown).toEqual([]);
    });

    test("a rule without end costs a bounded time, and it is said that more is taken", async () => {
      const cy = await workplace.person("Cy");
      const year = "DTSTART:20200101T000000Z";
      await own(cy, "seconds", year, "DURATION:PT1S", "RRULE:FREQ=SECONDLY");
      await own(cy, "never", year, "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30");
      const answer = await answered(bo, [cy, ada]);
      expect(answer.people.map(({ isCut }) => isCut)).toEqual([true, undefined]);
      expect(timesOf(answer, ada)).toContain("23T09:00/23T11:00 busy");
    });

    test("what is asked has to fit: a range of at most 62 days, at most 100 people", async () => {
      const personIds = [ada.id];
      expect(await statusOf({ personIds, from: WEEK.to, to: WEEK.from })).toBe(400);
      expect(await statusOf({ personIds, from: WEEK.from, to: "2027-01-24T00:00:00.001Z" })).toBe(400);
      expect(await statusOf({ personIds, from: WEEK.from, to: "2027-01-24T00:00:00.000Z" })).toBe(200);
      expect(await statusOf({ personIds, from: "2026-99-99T00:00:00.000Z", to: WEEK.to })).toBe(400);
      expect(await statusOf({ personIds: [], ...WEEK })).toBe(400);
      expect(await statusOf({ personIds: Array.from({ length: 101 }, createId), ...WEEK })).toBe(400);
      expect(await statusOf({ personIds, ...WEEK, more: "x".repeat(20_000) })).toBe(413);
      const unsigned = new Request("http://parvis.test/v1/free-busy", { method: "POST" });
      expect((await workplace.app.fetch(unsigned)).status).toBe(401);
    });
  });
}
