import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarObjectKey, createId, type SpaceId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { Store } from "../store/store.ts";
import { answersIn, ask, calendarOf, event, find, NAMESPACES, own, put, report } from "./caldav-caller.ts";
import { eventText } from "./permission-world.ts";
import { spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const within = (start: string, end: string) => `<C:time-range start="${start}" end="${end}"/>`;

const property = (name: string, inside: string) => `<C:prop-filter name="${name}">${inside}</C:prop-filter>`;

const query = (filter: string) =>
  `<C:calendar-query ${NAMESPACES}><prop><getetag/></prop>${filter}</C:calendar-query>`;

const freeBusy = (end: string) =>
  `<C:free-busy-query ${NAMESPACES}><C:time-range start="20261201T083000Z" end="${end}"/></C:free-busy-query>`;

/** What calendars are asked over CalDAV (RFC 4791 section 7, RFC 6578), over any store. */
export function describeCaldavReports(on: string, open: () => Promise<Store>): void {
  describe(`${on}: CalDAV reports`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let scope: Scope;
    let spaceId: SpaceId;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada");
      bo = await workplace.person("Bo");
      ({ scope, spaceId } = await spaceOf(ada, [bo]));
    });
    afterAll(() => workplace.store.close());

    /** A new calendar of the space with these objects, by the names of their files. */
    async function calendarWith(objects: Record<string, string>): Promise<string> {
      const id = createId();
      await ada.does("calendar.create", scope, { id, name: "Essai", colour: "red" });
      const path = `/dav/calendars/${spaceId}.${id}/`;
      for (const [file, body] of Object.entries(objects))
        expect((await put(ada, `${path}${file}`, body)).status).toBe(201);
      return path;
    }
    test("objects are read by their addresses, many at once, byte for byte", async () => {
      const folded = event("multi-a", "DTSTART:20261123T090000Z", "SUMMARY:é <&>\r\n  folded");
      const path = await calendarWith({ "a.ics": folded, "b%20c.ics": eventText("multi-b") });
      // By the name that Parvis would have given it, too.
      const id = calendarObjectKey(scope, "multi-b");
      const hrefs = (count: number) =>
        `<href>${path}a.ics</href><href>http://parvis.test${path}b%20c.ics</href><href>${path}${id}.ics</href>${`<href>${path}none.ics</href>`.repeat(count)}<href>/dav/mine/a.ics</href>`;
      for (const count of [1, 30]) {
        const body = `<C:calendar-multiget ${NAMESPACES}><prop><getetag/><C:calendar-data/></prop>${hrefs(count)}</C:calendar-multiget>`;
        const answers = answersIn(await report(bo, path, body));
        expect(answers[0]?.props["C:calendar-data"]).toBe(folded);
        expect(answers[0]?.props["D:getetag"]).toBe(
          (await ask(ada, "GET", `${path}a.ics`)).headers.get("etag"),
        );
        for (const answer of answers.slice(1, 3))
          expect(answer.props["C:calendar-data"]).toBe(eventText("multi-b"));
        expect(answers[2]?.href).toBe(`${path}${id}.ics`);
        expect(answers.slice(3).map(({ status }) => status)).toEqual(
          Array.from({ length: count + 1 }, () => "HTTP/1.1 404 Not Found"),
        );
      }
    });

    test("a query finds by time, over series and their exceptions, by text, by what is missing", async () => {
      const path = await calendarWith({
        "once.ics": event("q-once", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", "SUMMARY:Conseil"),
        "week.ics": calendarOf(
          "BEGIN:VEVENT\r\nUID:q-week\r\nDTSTART;TZID=Europe/Paris:20200106T090000\r\nDURATION:PT1H",
          "RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Europe/Paris:20261207T090000\r\nSUMMARY:Point\r\nEND:VEVENT",
          "BEGIN:VEVENT\r\nUID:q-week\r\nRECURRENCE-ID;TZID=Europe/Paris:20261214T090000",
          "DTSTART;TZID=Europe/Paris:20261216T150000\r\nSUMMARY:Point déplacé\r\nEND:VEVENT",
        ),
        "day.ics": event("q-day", "DTSTART;VALUE=DATE:20261211", "SUMMARY:Foire", "CATEGORIES:Fête"),
        "task.ics": calendarOf(
          "BEGIN:VTODO",
          "UID:q-task",
          "DUE:20261201T120000Z",
          "STATUS:NEEDS-ACTION",
          "END:VTODO",
        ),
        "someday.ics": calendarOf("BEGIN:VTODO", "UID:q-someday", "COMPLETED:20200101T000000Z", "END:VTODO"),
      });
      async function found(component: string, inside: string, more = ""): Promise<string[]> {
        const filter = `<C:comp-filter name="VCALENDAR"><C:comp-filter name="${component}">${inside}</C:comp-filter></C:comp-filter>`;
        const body = `<C:calendar-query ${NAMESPACES}><prop><getetag/></prop><C:filter>${filter}</C:filter>${more}</C:calendar-query>`;
        const answers = answersIn(await report(ada, path, body));
        return answers.map(({ href }) => href.slice(path.length, -".ics".length)).toSorted();
      }
      expect(await found("VEVENT", "")).toEqual(["day", "once", "week"]);
      expect(await found("VTODO", "")).toEqual(["someday", "task"]);
      expect(await found("VEVENT", within("20261201T093000Z", "20261201T094000Z"))).toEqual(["once"]);
      expect(await found("VEVENT", within("20261201T100000Z", "20261201T110000Z"))).toEqual([]);
      expect(await found("VEVENT", within("20261130T080000Z", "20261130T083000Z"))).toEqual(["week"]);
      expect(await found("VEVENT", within("20261207T000000Z", "20261208T000000Z"))).toEqual([]);
      expect(await found("VEVENT", within("20261214T000000Z", "20261215T000000Z"))).toEqual([]);
      expect(await found("VEVENT", within("20261216T140000Z", "20261216T143000Z"))).toEqual(["week"]);
      expect(await found("VEVENT", '<C:time-range start="20261217T000000Z"/>')).toEqual(["week"]);
      expect(await found("VEVENT", '<C:time-range end="20200107T000000Z"/>')).toEqual(["week"]);
      expect(await found("VTODO", within("20261201T110000Z", "20261201T130000Z"))).toEqual(["task"]);
      expect(await found("VEVENT", property("SUMMARY", "<C:text-match>point DÉ</C:text-match>"))).toEqual([]);
      expect(await found("VEVENT", property("SUMMARY", "<C:text-match>POINT dé</C:text-match>"))).toEqual([
        "week",
      ]);
      expect(
        await found("VEVENT", property("SUMMARY", '<C:text-match collation="i;octet">POINT</C:text-match>')),
      ).toEqual([]);
      expect(
        await found(
          "VEVENT",
          property("SUMMARY", '<C:text-match negate-condition="yes">Foire</C:text-match>'),
        ),
      ).toEqual(["once", "week"]);
      expect(await found("VEVENT", property("CATEGORIES", "<C:is-not-defined/>"))).toEqual(["once", "week"]);
      expect(await found("VTODO", property("COMPLETED", "<C:is-not-defined/>"))).toEqual(["task"]);
      // A day is that of where one is.
      const far = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Pacific/Auckland\nEND:VTIMEZONE\nEND:VCALENDAR";
      const evening = within("20261210T120000Z", "20261210T130000Z");
      expect(await found("VEVENT", evening)).toEqual([]);
      expect(await found("VEVENT", evening, `<C:timezone>${far}</C:timezone>`)).toEqual(["day"]);
    });

    test("a query that cannot be answered rightly is refused, and hostile rules end", async () => {
      const hostile = event(
        "hostile",
        "DTSTART:20200101T000000Z",
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
      );
      const path = await calendarWith({ "h.ics": hostile });
      const top = (inside: string) =>
        query(`<C:filter><C:comp-filter name="VCALENDAR">${inside}</C:comp-filter></C:filter>`);
      const inEvent = (inside: string) => top(`<C:comp-filter name="VEVENT">${inside}</C:comp-filter>`);
      const refused: [string, string][] = [
        [query(""), "valid-filter"],
        [query('<C:filter><C:comp-filter name="VEVENT"/></C:filter>'), "valid-filter"],
        [inEvent('<C:time-range start="20261201"/>'), "valid-filter"],
        [inEvent('<C:time-range start="20261202T000000Z" end="20261201T000000Z"/>'), "valid-filter"],
        [top('<C:time-range start="20261201T000000Z"/>'), "supported-filter"],
        [
          inEvent('<C:comp-filter name="VALARM"><C:time-range start="20261201T000000Z"/></C:comp-filter>'),
          "supported-filter",
        ],
        [
          inEvent(
            '<C:prop-filter name="SUMMARY"><C:text-match collation="i;odd">a</C:text-match></C:prop-filter>',
          ),
          "supported-collation",
        ],
      ];
      for (const [body, condition] of refused)
        expect(await report(ada, path, body, 403)).toContain(`<C:${condition}/>`);
      await report(ada, path, inEvent('<C:time-range start="20261201T000000Z"/>'));
      expect(await report(ada, path, `<D:unheard-of xmlns:D="DAV:"/>`, 403)).toContain(
        "<D:supported-report/>",
      );
      await report(ada, path, `<!DOCTYPE a><C:calendar-query ${NAMESPACES}/>`, 400);
    });

    test("a series is given as its times where a client asks for them", async () => {
      const path = await calendarWith({
        "s.ics": event(
          "exp",
          "DTSTART;TZID=Europe/Paris:20261023T090000",
          "DURATION:PT1H",
          "RRULE:FREQ=WEEKLY",
        ),
      });
      const range = 'start="20261020T000000Z" end="20261101T000000Z"';
      const body = `<C:calendar-query ${NAMESPACES}><prop><C:calendar-data><C:expand ${range}/></C:calendar-data></prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range ${range}/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
      const [answer] = answersIn(await report(ada, path, body));
      const data = answer?.props["C:calendar-data"] ?? "";
      // The clocks went back in between.
      expect(data.match(/^DTSTART:.*$/gm)).toEqual(["DTSTART:20261023T070000Z", "DTSTART:20261030T080000Z"]);
      expect(data.match(/^RECURRENCE-ID:.*$/gm)).toEqual([
        "RECURRENCE-ID:20261023T070000Z",
        "RECURRENCE-ID:20261030T080000Z",
      ]);
      expect(data).not.toContain("RRULE");
      const whole = body.replaceAll("20261101T", "20991101T");
      expect(await report(ada, path, whole, 507)).toContain("number-of-matches-within-limits");
      const large = event(
        "big",
        "DTSTART:20261023T090000Z",
        "RRULE:FREQ=DAILY",
        `X-BIG:${"x".repeat(400_000)}`,
      );
      await put(ada, `${path}s.ics`, large.replace("UID:big", "UID:exp"));
      expect((await report(ada, path, body)).length).toBeGreaterThan(3_000_000);
      await report(ada, path, body.replaceAll("20261101T", "20261201T"), 507);
    });

    test("a client is told what is new, changed and gone since it last asked", async () => {
      const path = await calendarWith({
        "a.ics": eventText("sync-a"),
        "b.ics": eventText("sync-b"),
        "c.ics": eventText("sync-c"),
      });
      async function sync(token: string, most?: number) {
        const limit = most === undefined ? "" : `<limit><nresults>${most}</nresults></limit>`;
        const body = `<sync-collection ${NAMESPACES}><sync-token>${token}</sync-token><sync-level>1</sync-level>${limit}<prop><getetag/></prop></sync-collection>`;
        const text = await report(bo, path, body);
        const told = answersIn(text).map(
          ({ href, status }) => `${href.slice(path.length)} ${status?.slice(9, 12) ?? "200"}`,
        );
        return {
          told,
          token: />(data:[^<]*)<\/D:sync-token>/.exec(text)?.[1] ?? "",
        };
      }
      const first = await sync("");
      expect(first.told).toEqual(["a.ics 200", "b.ics 200", "c.ics 200"]);
      const cut = await sync("", 2);
      expect(cut.told).toEqual(["a.ics 200", "b.ics 200", " 507"]);
      expect((await sync(cut.token)).told).toEqual(["c.ics 200"]);
      const [listed] = await find(bo, path, "<sync-token/>");
      expect(listed?.props["D:sync-token"]).toBe(first.token);
      expect((await sync(first.token)).told).toEqual([]);
      await put(ada, `${path}b.ics`, eventText("sync-b").replace("T09", "T10"));
      await ask(ada, "DELETE", `${path}a.ics`);
      await ask(ada, "MOVE", `${path}c.ics`, { headers: { destination: own(ada, "c.ics") } });
      const made = calendarObjectKey(scope, "sync-d");
      const calendarId = path.split(".")[1]?.slice(0, -1);
      await ada.does("calendarObject.put", scope, { id: made, calendarId, data: eventText("sync-d") });
      const second = await sync(first.token);
      expect(second.told).toEqual(["b.ics 200", "a.ics 404", "c.ics 404", `${made}.ics 200`]);
      await ada.does("calendarObject.remove", scope, { id: made, baseRevision: 1 });
      // Another one takes the name of what is gone.
      await put(ada, `${path}a.ics`, eventText("sync-e"));
      await ask(ada, "DELETE", `${path}b.ics`);
      expect((await sync(second.token)).told).toEqual([`${made}.ics 404`, "a.ics 200", "b.ics 404"]);
      expect((await sync(first.token)).told).toEqual([
        "c.ics 404",
        `${made}.ics 404`,
        "a.ics 200",
        "b.ics 404",
      ]);
      // In parts, a client comes to the same.
      const parts = await sync(second.token, 1);
      expect(parts.told.at(-1)).toBe(" 507");
      expect((await sync(parts.token)).told).toEqual(["a.ics 200", "b.ics 404"]);
      for (const token of [
        "nonsense",
        first.token.replace(/\d+$/, "999999"),
        first.token.replace(/[0-9a-f]{12}\//, "000000000000/"),
      ]) {
        const body = `<sync-collection ${NAMESPACES}><sync-token>${token}</sync-token><prop/></sync-collection>`;
        expect(await report(bo, path, body, 403)).toContain("<D:valid-sync-token/>");
      }
    });

    test("what comes back under another name is gone under the former one", async () => {
      const path = await calendarWith({ "a.ics": eventText("name-a") });
      const calendarId = path.split(".")[1]?.slice(0, -1);
      const id = calendarObjectKey(scope, "name-b");
      await ada.does("calendarObject.put", scope, { id, calendarId, data: eventText("name-b") });
      const token = (await find(ada, path, "<sync-token/>"))[0]?.props["D:sync-token"];
      for (const file of ["a.ics", `${id}.ics`]) await ask(ada, "DELETE", `${path}${file}`);
      await put(ada, `${path}new-a.ics`, eventText("name-a"));
      await put(ada, `${path}new-b.ics`, eventText("name-b"));
      const body = `<sync-collection ${NAMESPACES}><sync-token>${token}</sync-token><prop><getetag/></prop></sync-collection>`;
      const told = answersIn(await report(ada, path, body)).map(
        ({ href, status }) => `${href.slice(path.length)} ${status?.slice(9, 12) ?? "200"}`,
      );
      expect(told).toEqual(["new-a.ics 200", "a.ics 404", "new-b.ics 200", `${id}.ics 404`]);
    });

    test("when somebody is taken is told without saying by what", async () => {
      const path = await calendarWith({
        "a.ics": event("busy-a", "DTSTART:20261201T090000Z", "DTEND:20261201T100000Z", "SUMMARY:Secret"),
        "b.ics": event("busy-b", "DTSTART:20261201T093000Z", "DTEND:20261201T110000Z"),
        "c.ics": event("busy-c", "DTSTART:20261201T130000Z", "DTEND:20261201T140000Z", "TRANSP:TRANSPARENT"),
        "d.ics": event(
          "busy-d",
          "DTSTART:20251202T080000Z",
          "DURATION:PT1H",
          "RRULE:FREQ=DAILY",
          "EXDATE:20261202T080000Z",
        ),
      });
      const text = await report(bo, path, freeBusy("20261203T083000Z"), 200);
      expect(text.match(/^FREEBUSY:.*$/gm)).toEqual([
        "FREEBUSY:20261201T083000Z/20261201T110000Z",
        "FREEBUSY:20261203T080000Z/20261203T083000Z",
      ]);
      expect(text).not.toContain("Secret");
      await report(bo, path, freeBusy("20291203T083000Z"), 403);
    });
  });
}
