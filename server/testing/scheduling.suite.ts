import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnswerStatus } from "#contract/icalendar/scheduling.ts";
import { calendarObjectKey, ownCalendarId, spaceCalendarId } from "#contract/ids.ts";
import { personScope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { inbox, rejected, rowOf, spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const NOW = Date.parse("2026-11-23T08:00:00Z");

interface Meeting {
  uid: string;
  guests?: readonly string[];
  lines?: readonly string[];
  starts?: string;
  sequence?: number;
  title?: string;
  organizer?: string;
}

/** @param guests lines after `ATTENDEE` */
function meeting({
  uid,
  guests = [],
  lines = [],
  starts,
  sequence = 0,
  title = "Point",
  organizer,
}: Meeting) {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Essai//FR",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20261123T080000Z",
    `SEQUENCE:${sequence}`,
    `SUMMARY:${title}`,
    `DTSTART:${starts ?? "20261201T090000Z"}`,
    "DURATION:PT1H",
    `ORGANIZER:mailto:${organizer ?? "ada@ville.example"}`,
    ...guests.map((guest) => `ATTENDEE${guest}`),
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function programme(title: string): string {
  return `STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=application/json;SCHEMA="urn:x-parvis:programme":{"version":1\\,"items":[{"id":"a"\\,"title":"${title}"\\,"minutes":20}]}`;
}

const boAsked = ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bo@ville.example";
const cyAsked = ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:cy@ville.example";

function idOf(by: TestPerson, uid: string): string {
  return calendarObjectKey(personScope(by.id), uid);
}

async function copyOf(by: TestPerson, uid: string) {
  return (await rowOf(by, personScope(by.id), "calendarObject", idOf(by, uid)))?.data;
}

/** Without folds. */
async function textOf(by: TestPerson, uid: string): Promise<string> {
  const data = (await copyOf(by, uid))?.["data"];
  return typeof data === "string" ? data.replaceAll("\r\n ", "") : "";
}

async function put(by: TestPerson, data: string, uid: string) {
  const revision = (await copyOf(by, uid))?.["revision"];
  const args = { id: idOf(by, uid), calendarId: ownCalendarId(by.id), data };
  const base = revision === undefined ? {} : { baseRevision: revision };
  return await by.mutate("calendarObject.put", personScope(by.id), { ...args, ...base });
}

function answer(by: TestPerson, uid: string, status: AnswerStatus, more: object = {}) {
  const args = { id: idOf(by, uid), status, sequence: 0, ...more };
  return by.mutate("calendarObject.reply", personScope(by.id), args);
}

async function about(by: TestPerson, uid: string, kind: "meeting" | "meetingNews") {
  const items = await inbox(by);
  return items.filter(
    (item) => item.kind === kind && item.object?.kind === "row" && item.object.id === idOf(by, uid),
  );
}

function asked(by: TestPerson, uid: string) {
  return about(by, uid, "meeting");
}

async function news(by: TestPerson, uid: string) {
  return (await about(by, uid, "meetingNews"))[0];
}

/** Invitations and answers (RFC 6638), over any store. */
export function describeScheduling(name: string, open: () => Promise<Store>): void {
  describe(`${name}: scheduling`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let cy: TestPerson;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      workplace.nowMs = NOW;
      ada = await workplace.person("Ada", { email: "Ada@ville.example" });
      bo = await workplace.person("Bo", { email: "bo@ville.example" });
      cy = await workplace.person("Cy", { email: "cy@ville.example" });
    });
    afterAll(() => workplace.store.close());

    test("who is invited has a copy with a reminder of their own, and is asked once", async () => {
      const alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT1H", "DESCRIPTION:x", "END:VALARM"];
      expect((await put(ada, meeting({ uid: "a", guests: [boAsked], lines: alarm }), "a")).status).toBe(
        "applied",
      );
      const own = await copyOf(bo, "a");
      expect(own).toMatchObject({ source: personScope(ada.id), organizerId: ada.id, revision: 1 });
      expect(own).toMatchObject({ calendarId: ownCalendarId(bo.id), summary: "Point" });
      expect(await textOf(bo, "a")).toContain("TRIGGER:-PT15M");
      expect(await textOf(bo, "a")).not.toContain("TRIGGER:-PT1H");
      expect((await copyOf(ada, "a"))?.["source"]).toBe(personScope(ada.id));
      expect(await asked(bo, "a")).toMatchObject([{ ask: "answer", actorId: ada.id, excerpt: "Point" }]);
      expect(await copyOf(cy, "a")).toBeUndefined();
      // Another title asks nobody anew.
      await bo.does("notification.set", personScope(bo.id), {
        ids: (await asked(bo, "a")).map(({ id }) => id),
        isDone: true,
      });
      await put(ada, meeting({ uid: "a", guests: [boAsked], title: "Point du lundi" }), "a");
      expect(await textOf(bo, "a")).toContain("SUMMARY:Point du lundi");
      expect(await asked(bo, "a")).toEqual([]);
    });

    test("an answer reaches the organizer and everybody invited; another time asks anew", async () => {
      await put(ada, meeting({ uid: "b", guests: [boAsked, cyAsked] }), "b");
      const said = await answer(bo, "b", "tentative", { comment: "Selon le train, à voir" });
      expect(said.status).toBe("applied");
      for (const each of [ada, bo, cy]) {
        expect(await textOf(each, "b")).toContain("PARTSTAT=TENTATIVE:mailto:bo@ville.example");
        expect(await textOf(each, "b")).toContain("Selon le train\\, à voir");
      }
      expect(await asked(bo, "b")).toEqual([]);
      expect(await asked(cy, "b")).toHaveLength(1);
      expect(await news(ada, "b")).toMatchObject({ news: "tentative", actorId: bo.id });
      // The organizer's edit of the text before the answer takes it back from nobody.
      await put(ada, meeting({ uid: "b", guests: [boAsked, cyAsked], title: "Autre titre" }), "b");
      expect(await textOf(ada, "b")).toContain("PARTSTAT=TENTATIVE:mailto:bo@ville.example");
      await answer(cy, "b", "declined");
      const moved = meeting({
        uid: "b",
        guests: [boAsked, cyAsked],
        starts: "20261202T090000Z",
        sequence: 1,
      });
      await put(ada, moved, "b");
      for (const each of [ada, bo, cy]) {
        expect(await textOf(each, "b")).toContain("PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bo@ville.example");
        expect(await textOf(each, "b")).not.toContain("Selon le train");
      }
      expect(await asked(cy, "b")).toHaveLength(1);
      // Of the time before, which is no more.
      expect(rejected(await answer(bo, "b", "accepted"))).toBe("conflict");
      expect((await answer(bo, "b", "accepted", { sequence: 1 })).status).toBe("applied");
    });

    test("one time of a series is declined alone, and another one proposed", async () => {
      await put(ada, meeting({ uid: "c", guests: [boAsked], lines: ["RRULE:FREQ=WEEKLY;COUNT=4"] }), "c");
      const time = { instance: "20261208T090000Z", startMs: Date.parse("2026-12-08T09:00:00Z") };
      expect(
        rejected(await answer(bo, "c", "declined", { time: { ...time, instance: "20261209T090000Z" } })),
      ).toBe("notFound");
      const startMs = Date.parse("2026-12-08T13:00:00Z");
      const proposal = { startMs, endMs: startMs + 3_600_000 };
      expect((await answer(bo, "c", "declined", { time, proposal })).status).toBe("applied");
      for (const each of [ada, bo]) {
        const [, series = "", exception = ""] = (await textOf(each, "c")).split("BEGIN:VEVENT");
        expect(series).toContain("PARTSTAT=NEEDS-ACTION");
        expect(exception).toContain("RECURRENCE-ID:20261208T090000Z");
        expect(exception).toContain("PARTSTAT=DECLINED:mailto:bo@ville.example");
        expect(exception).toContain("20261208T130000Z/20261208T140000Z");
      }
      expect(await news(ada, "c")).toMatchObject({ news: "proposed" });
    });

    test("what is called off, for all or for one, says so; who takes it out declines", async () => {
      await put(ada, meeting({ uid: "d", guests: [boAsked, cyAsked] }), "d");
      workplace.nowMs += 120_000;
      await put(ada, meeting({ uid: "d", guests: [boAsked] }), "d");
      expect(await textOf(cy, "d")).toContain("STATUS:CANCELLED");
      expect(await textOf(bo, "d")).not.toContain("STATUS:CANCELLED");
      expect(await news(cy, "d")).toMatchObject({ news: "cancelled", actorId: ada.id });
      const revision = (await copyOf(bo, "d"))?.["revision"];
      await bo.does("calendarObject.remove", personScope(bo.id), {
        id: idOf(bo, "d"),
        baseRevision: revision,
      });
      expect(await textOf(ada, "d")).toContain("PARTSTAT=DECLINED:mailto:bo@ville.example");
      expect(await news(ada, "d")).toMatchObject({ news: "declined" });
      // Declined, then moved: they are asked again.
      await put(ada, meeting({ uid: "d", guests: [boAsked], starts: "20261203T090000Z", sequence: 2 }), "d");
      expect(await asked(bo, "d")).toHaveLength(1);
      workplace.nowMs += 120_000;
      const organized = await copyOf(ada, "d");
      const gone = { id: idOf(ada, "d"), baseRevision: organized?.["revision"] };
      await ada.does("calendarObject.remove", personScope(ada.id), gone);
      expect(await textOf(bo, "d")).toContain("STATUS:CANCELLED");
      expect(await asked(bo, "d")).toEqual([]);
    });

    test("what is made by mistake and taken back at once leaves nothing behind", async () => {
      await put(ada, meeting({ uid: "l", guests: [boAsked] }), "l");
      expect(await asked(bo, "l")).toHaveLength(1);
      await ada.does("calendarObject.remove", personScope(ada.id), { id: idOf(ada, "l"), baseRevision: 1 });
      expect(await copyOf(bo, "l")).toBeUndefined();
      expect([...(await asked(bo, "l")), await news(bo, "l")]).toEqual([undefined]);
    });

    test("with a calendar its invitations are called off, and those in it are declined; what is over invites nobody", async () => {
      const calendarId = "01a20b29-15eb-7289-8c6d-5bef86f6bab5";
      for (const by of [ada, bo])
        await by.does("calendar.create", personScope(by.id), {
          id: calendarId,
          name: "À part",
          colour: "red",
        });
      await put(ada, meeting({ uid: "m", guests: [boAsked, cyAsked] }), "m");
      workplace.nowMs += 120_000;
      for (const by of [ada, bo])
        await by.does("calendarObject.move", personScope(by.id), { id: idOf(by, "m"), calendarId });
      await bo.does("calendar.remove", personScope(bo.id), { id: calendarId });
      expect(await textOf(ada, "m")).toContain("PARTSTAT=DECLINED:mailto:bo@ville.example");
      await ada.does("calendar.remove", personScope(ada.id), { id: calendarId });
      expect(await textOf(cy, "m")).toContain("STATUS:CANCELLED");
      await put(ada, meeting({ uid: "n", guests: [boAsked], starts: "20261101T090000Z" }), "n");
      expect(await copyOf(bo, "n")).toBeUndefined();
    });

    test("a copy keeps its owner's reminders, and a calendar program's answer counts", async () => {
      await put(ada, meeting({ uid: "e", guests: [boAsked] }), "e");
      const text = await textOf(bo, "e");
      const own = text
        .replace("TRIGGER:-PT15M", "TRIGGER:-PT2H")
        .replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
        .replace("SUMMARY:Point", "SUMMARY:Pris en main");
      expect((await put(bo, own, "e")).status).toBe("applied");
      expect(await textOf(ada, "e")).toContain("PARTSTAT=ACCEPTED");
      expect(await textOf(ada, "e")).toContain("SUMMARY:Point\r\n");
      expect(await textOf(bo, "e")).toContain("SUMMARY:Point\r\n");
      expect(await textOf(bo, "e")).toContain("TRIGGER:-PT2H");
      await put(ada, meeting({ uid: "e", guests: [boAsked], title: "Nouveau" }), "e");
      expect(await textOf(bo, "e")).toContain("TRIGGER:-PT2H");
      expect(await textOf(bo, "e")).toContain("PARTSTAT=ACCEPTED");
    });

    test("nobody invites in somebody else's name, nor over what they have under that UID", async () => {
      await put(cy, meeting({ uid: "f", guests: [boAsked] }), "f");
      expect(await copyOf(bo, "f")).toBeUndefined();
      const mine = meeting({ uid: "g", organizer: "bo@ville.example", title: "À moi" });
      await put(bo, mine, "g");
      await put(ada, meeting({ uid: "g", guests: [boAsked] }), "g");
      expect(await textOf(bo, "g")).toBe(mine);
      expect(rejected(await answer(bo, "g", "accepted"))).toBe("notFound");
      // Told by their own program.
      await put(ada, meeting({ uid: "h", guests: [`;SCHEDULE-AGENT=CLIENT${boAsked}`] }), "h");
      expect(await copyOf(bo, "h")).toBeUndefined();
      expect(rejected(await answer(cy, "h", "accepted"))).toBe("notFound");
    });

    test("an event of a space invites too, unless the space is marked", async () => {
      const { scope, spaceId } = await spaceOf(ada, [bo]);
      const write = (uid: string, guests: string[]) =>
        ada.does("calendarObject.put", scope, {
          id: calendarObjectKey(scope, uid),
          calendarId: spaceCalendarId(spaceId),
          data: meeting({ uid, guests }),
        });
      await write("i", [boAsked]);
      expect((await copyOf(bo, "i"))?.["source"]).toBe(scope);
      expect((await answer(bo, "i", "accepted")).status).toBe("applied");
      const row = await rowOf(ada, scope, "calendarObject", calendarObjectKey(scope, "i"));
      expect(row?.data["data"]).toContain("PARTSTAT=ACCEPTED");
      const changes = { classification: "confidential" };
      await ada.does("space.update", scope, { spaceId, base: {}, changes });
      await write("j", [boAsked]);
      expect(await copyOf(bo, "j")).toBeUndefined();
    });

    test("a programme goes into every copy without asking anew, and no answer loses it", async () => {
      const weekly = "RRULE:FREQ=WEEKLY;COUNT=4";
      const guests = [boAsked, cyAsked];
      await put(ada, meeting({ uid: "o", guests, lines: [weekly] }), "o");
      await answer(bo, "o", "accepted", { comment: "J’y serai" });
      await put(ada, meeting({ uid: "o", guests, lines: [weekly, programme("Budget")] }), "o");
      for (const each of [ada, bo, cy]) {
        expect(await textOf(each, "o")).toContain(programme("Budget"));
        expect(await textOf(each, "o")).toContain("PARTSTAT=ACCEPTED:mailto:bo@ville.example");
      }
      expect(await asked(bo, "o")).toEqual([]);
      expect(await asked(cy, "o")).toHaveLength(1);
      // One time with another programme: the others keep theirs, and everybody their answer.
      const text = await textOf(ada, "o");
      const [head = "", series = ""] = text.split("BEGIN:VEVENT");
      const exception = series
        .replace(weekly, "RECURRENCE-ID:20261208T090000Z")
        .replace("DTSTART:20261201", "DTSTART:20261208")
        .replace(programme("Budget"), programme("Visite"));
      const both = series.replace("END:VCALENDAR", `BEGIN:VEVENT${exception}`);
      await put(ada, `${head}BEGIN:VEVENT${both}`, "o");
      expect(await asked(bo, "o")).toEqual([]);
      const time = { instance: "20261208T090000Z", startMs: Date.parse("2026-12-08T09:00:00Z") };
      expect((await answer(cy, "o", "declined", { time })).status).toBe("applied");
      const later = { instance: "20261215T090000Z", startMs: Date.parse("2026-12-15T09:00:00Z") };
      expect((await answer(bo, "o", "declined", { time: later })).status).toBe("applied");
      for (const each of [ada, bo, cy]) {
        const parts = (await textOf(each, "o")).split("BEGIN:VEVENT").slice(1);
        const titles = parts.map((part) => /"title":"(\w+)"/.exec(part)?.[1]);
        expect(titles).toEqual(["Budget", "Visite", "Budget"]);
        expect(parts[0]).toContain("PARTSTAT=ACCEPTED:mailto:bo@ville.example");
      }
    });

    test("minutes go into every copy and stay at their one time, whatever is answered", async () => {
      const minutes =
        'STRUCTURED-DATA;VALUE=TEXT;FMTTYPE=text/markdown;SCHEMA="urn:x-parvis:minutes":# Voté\\n\\n- [ ] Écrire\\, vite';
      const lines = ["RRULE:FREQ=WEEKLY;COUNT=4", minutes];
      await put(ada, meeting({ uid: "p", guests: [boAsked] }), "p");
      await answer(bo, "p", "accepted");
      // What happened once recurs from now on: its minutes stay with its first time.
      await put(ada, meeting({ uid: "p", guests: [boAsked], lines }), "p");
      const time = { instance: "20261208T090000Z", startMs: Date.parse("2026-12-08T09:00:00Z") };
      expect((await answer(bo, "p", "declined", { time })).status).toBe("applied");
      for (const each of [ada, bo]) {
        const [, series = "", exception = ""] = (await textOf(each, "p")).split("BEGIN:VEVENT");
        expect(series).toContain(minutes);
        expect(exception).toContain("PARTSTAT=DECLINED");
        expect(exception).not.toContain("STRUCTURED-DATA");
      }
      // Written again, nobody is asked.
      const later = (await textOf(ada, "p")).replace("Voté", "Rejeté");
      await put(ada, later, "p");
      expect(await textOf(bo, "p")).toContain("Rejeté");
      expect(await asked(bo, "p")).toEqual([]);
    });

    test("of many who answer at once no answer is lost", async () => {
      const crowd: TestPerson[] = [];
      for (let at = 0; at < 40; at += 1)
        crowd.push(await workplace.person(`Foule ${at}`, { email: `foule${at}@ville.example` }));
      const guests = crowd.map((_each, at) => `:mailto:foule${at}@ville.example`);
      await put(ada, meeting({ uid: "k", guests }), "k");
      const answers = await Promise.all(crowd.slice(0, 10).map((each) => answer(each, "k", "accepted")));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => "applied"));
      // Of ten at once none is lost.
      expect((await textOf(ada, "k")).split("PARTSTAT=ACCEPTED")).toHaveLength(11);
      expect((await textOf(cy, "k")).length).toBe(0);
    });
  });
}
