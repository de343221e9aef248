import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarObjectKey, createId, spaceCalendarId, type SpaceId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { appPasswordSchema } from "#contract/sign-in.ts";
import type { Store } from "../store/store.ts";
import { answersIn, asking, ask, find, NAMESPACES, own, put, statusOf } from "./caldav-caller.ts";
import { eventText } from "./permission-world.ts";
import { rowOf, spaceOf } from "./places.ts";
import { TestWorkplace, type TestPerson } from "./workplace.ts";

const to = (path: string) => ({ headers: { destination: `http://parvis.test${path}` } });
const settings = (xml: string) => `<set><prop>${xml}</prop></set>`;
const make = (xml: string) => `<C:mkcalendar ${NAMESPACES}>${settings(xml)}</C:mkcalendar>`;
const mkcol = (type: string) =>
  `<mkcol ${NAMESPACES}><set><prop><resourcetype><collection/>${type}</resourcetype></prop></set></mkcol>`;

/** Calendars over CalDAV (RFC 4791, 6578, 6764), over any store. */
export function describeCaldav(on: string, open: () => Promise<Store>): void {
  describe(`${on}: CalDAV`, () => {
    let workplace: TestWorkplace;
    let ada: TestPerson;
    let bo: TestPerson;
    let scope: Scope;
    let spaceId: SpaceId;
    beforeAll(async () => {
      workplace = await TestWorkplace.open(await open());
      ada = await workplace.person("Ada", { email: "ada@ville.example" });
      bo = await workplace.person("Bo");
      ({ scope, spaceId } = await spaceOf(ada, [bo]));
    });
    afterAll(() => workplace.store.close());

    const shared = (file = "") => `/dav/calendars/${spaceId}.${spaceCalendarId(spaceId)}/${file}`;
    const objectOf = async (uid: string, at = scope) =>
      (await rowOf(ada, at, "calendarObject", calendarObjectKey(at, uid)))?.data;

    test("whoever knows the name of the server finds their calendars, and those of their spaces", async () => {
      const known = await workplace.app.fetch(new Request("http://parvis.test/.well-known/caldav"));
      const context = known.headers.get("location") ?? "";
      expect(known.status).toBe(301);
      for (const path of [context, "/dav/", "/dav/mine/"]) {
        const [found] = await find(ada, path, "<current-user-principal/>");
        expect(found?.props["D:current-user-principal"]).toBe(`/dav/principals/${ada.id}/`);
      }
      const props = "<C:calendar-home-set/><C:calendar-user-address-set/><principal-URL/><displayname/>";
      const [principal] = await find(ada, `/dav/principals/${ada.id}/`, props);
      expect(principal?.props).toEqual({
        "C:calendar-home-set": "/dav/calendars/",
        "C:calendar-user-address-set": `mailto:ada@ville.example/dav/principals/${ada.id}/`,
        "D:principal-URL": `/dav/principals/${ada.id}/`,
        "D:displayname": "Ada",
      });
      const listed = await find(ada, "/dav/calendars/", "<displayname/><A:calendar-color/>", "1");
      expect(listed.map(({ href }) => href)).toEqual(["/dav/calendars/", own(ada), shared()]);
      expect(listed[1]?.props).toEqual({
        "D:displayname": "Mon calendrier",
        "A:calendar-color": "#2D6BC0FF",
      });
      expect(await statusOf(ada, "PROPFIND", `/dav/principals/${bo.id}/`)).toBe(404);
    });

    test("a calendar says what it is and what can be done with it", async () => {
      const response = await ask(ada, "PROPFIND", own(ada), {
        headers: { depth: "0" },
        body: asking(
          "<resourcetype/><supported-report-set/><current-user-privilege-set/><C:supported-calendar-component-set/><CS:getctag/><sync-token/><C:nonsense/>",
        ),
      });
      const text = await response.text();
      for (const part of ["<D:collection/><C:calendar/>", "<C:calendar-multiget/>", '<C:comp name="VTODO"/>'])
        expect(text).toContain(part);
      expect(text).toMatch(/nonsense[^>]*\/><\/D:prop><D:status>HTTP\/1.1 404/);
      const [found] = answersIn(text);
      expect(found?.props["CS:getctag"]).toBe(found?.props["D:sync-token"]);
      const options = await ask(ada, "OPTIONS", own(ada));
      expect(options.headers.get("dav")).toContain("calendar-access");
      expect(options.headers.get("allow")).toContain("REPORT");
      expect((await ask(ada, "OPTIONS", "/dav/mine/")).headers.get("dav")).toBe("1, 2, 3");
      const all = await ask(ada, "PROPFIND", own(ada), { headers: { depth: "0" } });
      expect(await all.text()).not.toContain("<C:supported");
    });

    test("what a client puts is read back byte for byte, under the name that it chose", async () => {
      const data = eventText("bytes").replace("UID", 'X-ODD;A="é":1\r\n  2\nUID');
      const made = await put(ada, shared("my%20name%2B%C3%A9.ics"), data, { "if-none-match": "*" });
      expect(made.status).toBe(201);
      const etag = made.headers.get("etag");
      const got = await ask(bo, "GET", shared("my%20name%2B%C3%A9.ics"));
      expect(Buffer.from(await got.arrayBuffer()).toString("utf8")).toBe(data);
      expect([got.headers.get("etag"), got.headers.get("content-type")]).toEqual([
        etag,
        "text/calendar; charset=utf-8",
      ]);
      expect(await objectOf("bytes")).toMatchObject({ data, uid: "bytes", createdBy: ada.id });
      const listed = await find(bo, shared(), "<getetag/><getcontentlength/>", "1");
      expect(listed).toContainEqual({
        href: shared("my%20name%2B%C3%A9.ics"),
        status: undefined,
        props: { "D:getetag": etag, "D:getcontentlength": String(Buffer.byteLength(data)) },
      });
    });

    test("what was made in Parvis has a name too, and is changed under it", async () => {
      const id = calendarObjectKey(scope, "made-here");
      const calendarId = spaceCalendarId(spaceId);
      await ada.does("calendarObject.put", scope, { id, calendarId, data: eventText("made-here") });
      const data = eventText("made-here").replace("T09", "T10");
      expect((await put(bo, shared(`${id}.ics`), data)).status).toBe(204);
      expect(await objectOf("made-here")).toMatchObject({ data, revision: 2 });
    });

    test("what was changed or deleted since it was read is not written over", async () => {
      const path = shared("race.ics");
      const etag = (await put(ada, path, eventText("race"))).headers.get("etag") ?? "";
      expect((await put(bo, path, eventText("race"), { "if-none-match": "*" })).status).toBe(412);
      const later = eventText("race").replace("T09", "T11");
      expect((await put(bo, path, later, { "if-match": etag })).status).toBe(204);
      expect((await put(ada, path, eventText("race"), { "if-match": etag })).status).toBe(412);
      expect(await statusOf(ada, "DELETE", path, { headers: { "if-match": etag } })).toBe(412);
      expect(await statusOf(ada, "DELETE", path)).toBe(204);
      expect(await statusOf(ada, "GET", path)).toBe(404);
      expect((await put(bo, path, later, { "if-match": etag })).status).toBe(412);
      // Begun again, it has no tag that it had before.
      expect((await put(bo, path, eventText("race"))).headers.get("etag")).not.toBe(etag);
      expect(await statusOf(bo, "GET", path, { headers: { "if-match": etag } })).toBe(412);
    });

    test("what no calendar holds is refused with the precondition that it does not keep", async () => {
      await put(ada, shared("there.ics"), eventText("there"));
      const journal = eventText("j").replaceAll("VEVENT", "VJOURNAL");
      const two = eventText("one").replace(
        "END:VCALENDAR\r\n",
        eventText("two").split("\r\n").slice(1).join("\r\n"),
      );
      const refused: [string, string, string][] = [
        ["a.ics", "no calendar", "valid-calendar-data"],
        ["a.ics", eventText("a").replace("DTSTART", "X-START"), "valid-calendar-data"],
        ["a.ics", two, "valid-calendar-object-resource"],
        [
          "a.ics",
          eventText("a").replace("BEGIN:VEVENT", "METHOD:REQUEST\r\nBEGIN:VEVENT"),
          "valid-calendar-object-resource",
        ],
        ["a.ics", journal, "supported-calendar-component"],
        ["a.ics", eventText("there"), `no-uid-conflict><D:href>${shared("there.ics")}</D:href>`],
        ["there.ics", eventText("another"), "no-uid-conflict"],
        ["a.ics", eventText("a").replace("UID", `X-BIG:${"x".repeat(500_000)}\r\nUID`), "max-resource-size"],
      ];
      for (const [file, body, condition] of refused) {
        const response = await put(ada, shared(file), body);
        expect([response.status, await response.text()]).toEqual([
          403,
          expect.stringContaining(`<C:${condition}`),
        ]);
      }
      const plain = await put(ada, shared("a.ics"), eventText("a"), { "content-type": "text/plain" });
      expect(await plain.text()).toContain("<C:supported-calendar-data/>");
      expect(await statusOf(ada, "GET", shared("a.ics"))).toBe(404);
      expect(await objectOf("there")).toMatchObject({ revision: 1 });
    });

    test("calendars of others are not there, an archived space's are read and not written", async () => {
      await put(bo, own(bo, "mine.ics"), eventText("mine"));
      const other = await spaceOf(bo, []);
      const hidden = `/dav/calendars/${other.spaceId}.${spaceCalendarId(other.spaceId)}/`;
      await put(bo, `${hidden}a.ics`, eventText("hidden"));
      for (const path of [own(bo), own(bo, "mine.ics"), hidden, `${hidden}a.ics`])
        for (const method of ["GET", "PROPFIND", "DELETE"])
          expect(
            await statusOf(ada, method, path, {
              headers: { depth: method === "PROPFIND" ? "0" : "infinity" },
            }),
          ).toBe(404);
      expect((await put(ada, `${hidden}b.ics`, eventText("b"))).status).toBe(409);
      await bo.does("space.archive", other.scope, { spaceId: other.spaceId, isArchived: true });
      expect(await statusOf(bo, "GET", `${hidden}a.ics`)).toBe(200);
      expect((await put(bo, `${hidden}a.ics`, eventText("hidden"))).status).toBe(403);
      expect(await statusOf(bo, "DELETE", `${hidden}a.ics`)).toBe(403);
      const response = await ask(bo, "PROPFIND", hidden, {
        headers: { depth: "0" },
        body: asking("<current-user-privilege-set/>"),
      });
      expect(await response.text()).not.toContain("<D:write/>");
    });

    test("a space that does not use the calendar shows none", async () => {
      const quiet = await spaceOf(ada, []);
      const path = `/dav/calendars/${quiet.spaceId}.${spaceCalendarId(quiet.spaceId)}/`;
      expect(await statusOf(ada, "PROPFIND", path, { headers: { depth: "0" } })).toBe(207);
      await ada.does("space.update", quiet.scope, {
        spaceId: quiet.spaceId,
        base: { functions: null },
        changes: { functions: [{ name: "calendar", isOn: false }] },
      });
      expect(await statusOf(ada, "PROPFIND", path, { headers: { depth: "0" } })).toBe(404);
    });

    test("an object moves to another calendar of its place, of another place, or to another name", async () => {
      const second = createId();
      await ada.does("calendar.create", scope, { id: second, name: "Travaux", colour: "green" });
      await put(ada, shared("go.ics"), eventText("go"));
      const there = `/dav/calendars/${spaceId}.${second}/gone.ics`;
      expect(await statusOf(ada, "MOVE", shared("go.ics"), to(there))).toBe(201);
      expect(await statusOf(ada, "GET", shared("go.ics"))).toBe(404);
      expect(await objectOf("go")).toMatchObject({ calendarId: second });
      expect(await statusOf(ada, "MOVE", there, to(own(ada, "home.ics")))).toBe(201);
      expect(await objectOf("go")).toBeUndefined();
      expect(await (await ask(ada, "GET", own(ada, "home.ics"))).text()).toBe(eventText("go"));
      await put(ada, own(ada, "other.ics"), eventText("other"));
      expect(await statusOf(ada, "MOVE", own(ada, "home.ics"), to(own(ada, "other.ics")))).toBe(412);
      // As clients do that know no MOVE: put there, then delete here.
      await put(ada, shared("step.ics"), eventText("step"));
      const next = `/dav/calendars/${spaceId}.${second}/step.ics`;
      const later = eventText("step").replace("T09", "T12");
      expect((await put(ada, next, later, { "if-none-match": "*" })).status).toBe(201);
      expect(await statusOf(ada, "DELETE", shared("step.ics"))).toBe(404);
      expect(await (await ask(ada, "GET", next)).text()).toBe(later);
    });

    test("a client makes, names, colours and removes a calendar under the path that it chose", async () => {
      const path = "/dav/calendars/Mes%20projets/";
      const body = make(
        "<displayname>Projets &amp; co</displayname><A:calendar-color>#00ff40</A:calendar-color>",
      );
      expect(await statusOf(ada, "MKCALENDAR", path, { body })).toBe(201);
      expect(await statusOf(ada, "MKCALENDAR", path, { body })).toBe(403);
      expect((await put(ada, `${path}a.ics`, eventText("project"))).status).toBe(201);
      const shown = async () => {
        const [, ...all] = await find(ada, "/dav/calendars/", "<displayname/><A:calendar-color/>", "1");
        return all.find(({ href }) => href === path)?.props;
      };
      expect(await shown()).toEqual({ "D:displayname": "Projets & co", "A:calendar-color": "#3F8A4BFF" });
      const patch = (xml: string) =>
        ask(ada, "PROPPATCH", path, {
          body: `<propertyupdate ${NAMESPACES}>${settings(xml)}</propertyupdate>`,
        });
      const both = "<displayname>Autre</displayname><A:calendar-order>3</A:calendar-order>";
      const refused = await (await patch(both)).text();
      expect(refused).toMatch(/calendar-order.*403 Forbidden.*displayname.*424/);
      expect((await shown())?.["D:displayname"]).toBe("Projets & co");
      await patch("<displayname>Autre</displayname><A:calendar-color>#CC2222FF</A:calendar-color>");
      expect(await shown()).toEqual({ "D:displayname": "Autre", "A:calendar-color": "#C0392FFF" });
      expect(await statusOf(bo, "PROPFIND", path, { headers: { depth: "0" } })).toBe(404);
      expect(await statusOf(ada, "DELETE", path)).toBe(204);
      expect(await statusOf(ada, "GET", `${path}a.ics`)).toBe(404);
      expect(await statusOf(ada, "DELETE", "/dav/calendars/")).toBe(403);
    });

    test("a calendar of a space is made by MKCOL too, and removed by whoever may", async () => {
      const path = `/dav/calendars/${spaceId}.chantier/`;
      expect(await statusOf(ada, "MKCOL", path, { body: mkcol("") })).toBe(403);
      expect(await statusOf(ada, "MKCOL", path, { body: mkcol("<C:calendar/>") })).toBe(201);
      expect(await statusOf(bo, "PROPFIND", path, { headers: { depth: "0" } })).toBe(207);
      expect(await statusOf(bo, "DELETE", path)).toBe(403);
      expect(await statusOf(ada, "DELETE", path)).toBe(204);
      const foreign = `/dav/calendars/${createId()}.chantier/`;
      expect(await statusOf(ada, "MKCALENDAR", foreign)).toBe(403);
    });

    test("an application password opens the calendars", async () => {
      const made = await ada.post("/v1/app-passwords", { name: "Téléphone" });
      const { username, password } = appPasswordSchema.parse(await made.json());
      const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
      expect(await statusOf(ada, "OPTIONS", own(ada), { headers: { authorization } })).toBe(200);
      const refused = await ask(ada, "OPTIONS", own(ada), { headers: { authorization: "Basic eDp5" } });
      expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
        401,
        'Basic realm="Parvis", charset="UTF-8"',
      ]);
    });

    test("paths and XML that mean harm are refused", async () => {
      for (const path of ["%2e%2e", "a%2Fb", "a%00", "x/y.ics"])
        expect((await put(ada, shared(path), eventText("harm"))).status).toSatisfy(isClientFault);
      expect((await put(ada, shared("x".repeat(1100)), eventText("harm"))).status).toBe(400);
      const entity = `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><propfind xmlns="DAV:"><prop><a>&e;</a></prop></propfind>`;
      for (const body of [
        entity,
        "<propfind",
        `<propfind xmlns="DAV:">${"<a>".repeat(3000)}${"</a>".repeat(3000)}</propfind>`,
      ])
        expect(await statusOf(ada, "PROPFIND", shared(), { headers: { depth: "0" }, body })).toBe(400);
      expect(await statusOf(ada, "PROPFIND", "/dav/calendars/", { headers: { depth: "infinity" } })).toBe(
        403,
      );
      expect(await objectOf("harm")).toBeUndefined();
    });
  });
}

function isClientFault(status: number): boolean {
  return status >= 400 && status < 500;
}
