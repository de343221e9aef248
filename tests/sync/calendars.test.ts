import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarObjectKey, ownCalendarId, spaceCalendarId, type CalendarId } from "#contract/ids.ts";
import { DIRECTORY, personScope, type Scope } from "#contract/scope.ts";
import { Client } from "./client.ts";
import { Workplace, type TestFetch } from "./workplace.ts";

let workplace: Workplace;
let client: Client;
let isOnline: boolean;

beforeEach(async () => {
  workplace = await Workplace.create();
  isOnline = true;
  const through = workplace.fetchAs(workplace.ada);
  const fetch: TestFetch = async (path, init) => {
    if (isOnline) return await through(path, init);
    throw new TypeError("fetch failed");
  };
  client = new Client({ fetch });
  await client.query("session", {}).until((view) => view.info.isReady && view.info.capabilities !== null);
});

afterEach(async () => {
  isOnline = true;
  await client.closeCleanly();
  await workplace.close();
});

async function reconnect(): Promise<void> {
  isOnline = true;
  await client.call("sync.retry", {});
}

/** Far ahead: nobody is asked to answer what is over. */
const fromMs = Date.parse("2099-11-23T00:00:00Z");
const week = { fromMs, toMs: fromMs + 7 * 86_400_000, zone: "Europe/Paris", hidden: [] as string[] };

function event(uid: string, title: string, ...more: string[]): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", `UID:${uid}`, "DTSTAMP:20261101T000000Z"];
  const times = ["DTSTART;TZID=Europe/Paris:20991124T140000", "DTEND;TZID=Europe/Paris:20991124T150000"];
  return [...lines, ...times, `SUMMARY:${title}`, ...more, "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
}

function put(scope: Scope, calendarId: CalendarId, uid: string, data: string, baseRevision?: number) {
  const base = baseRevision === undefined ? {} : { baseRevision };
  const args = { id: calendarObjectKey(scope, uid), calendarId, data, ...base };
  return client.call("mutate", { name: "calendarObject.put", scope, args });
}

const own = () => [personScope(workplace.ada), ownCalendarId(workplace.ada)] as const;
const ofSpace = () => [workplace.scope, spaceCalendarId(workplace.spaceId)] as const;
const titles = (view: { items: { title: string }[] }) => view.items.map(({ title }) => title).join();

describe("calendars", () => {
  it("show what is written without a network at once, and the same once the server has it", async () => {
    const view = client.query("eventRange", week);
    isOnline = false;
    await put(...own(), "a", event("a", "Point", "RRULE:FREQ=DAILY;COUNT=3"));
    await view.until((each) => titles(each) === "Point,Point,Point");
    expect(view.items.every(({ isPending, isRecurring }) => isPending && isRecurring)).toBe(true);
    // Changed again before the first ever left: of the revision that it will have.
    await put(...own(), "a", event("a", "Point du jour"), 1);
    await view.until((each) => titles(each) === "Point du jour");
    const calendars = client.query("calendars", {});
    await calendars.until((each) =>
      each.items.some(({ calendar }) => calendar.id === ownCalendarId(workplace.ada)),
    );
    await reconnect();
    await view.until((each) => each.items.every(({ isPending }) => !isPending));
    expect(view.items).toMatchObject([{ title: "Point du jour", startsAt: "2099-11-24T13:00:00.000Z" }]);
  });

  it("of an event that stands in two calendars show the reader's own, and the other where that is hidden", async () => {
    await put(...own(), "a", event("a", "Chez moi"));
    await put(...ofSpace(), "a", event("a", "Dans l’espace"));
    const both = client.query("eventRange", week);
    await both.until(
      (each) => titles(each) === "Chez moi" && each.items.every(({ isPending }) => !isPending),
    );
    const hidden = client.query("eventRange", { ...week, hidden: [ownCalendarId(workplace.ada)] });
    await hidden.until((each) => titles(each) === "Dans l’espace");
    const space = client.query("eventRange", { ...week, spaceId: workplace.spaceId });
    await space.until((each) => titles(each) === "Dans l’espace");
    expect([both, hidden, space].map(({ items }) => items.length)).toEqual([1, 1, 1]);
  });

  it("follow what others change, remove and bring in, one object at a time", async () => {
    await put(...ofSpace(), "a", event("a", "Premier"));
    const view = client.query("eventRange", week);
    await view.until((each) => titles(each) === "Premier" && each.items.every(({ isPending }) => !isPending));
    const [scope, calendarId] = ofSpace();
    const id = calendarObjectKey(scope, "a");
    const { ben } = workplace;
    const changed = { id, calendarId, data: event("a", "Changé"), baseRevision: 1 };
    await workplace.mutate(ben, "calendarObject.put", scope, changed);
    await view.until((each) => titles(each) === "Changé");
    const other = { id: calendarObjectKey(scope, "b"), calendarId, data: event("b", "Autre") };
    await workplace.mutate(ben, "calendarObject.put", scope, other);
    await view.until((each) => each.items.length === 2);
    await workplace.mutate(ben, "calendarObject.remove", scope, { id, baseRevision: 2 });
    await view.until((each) => titles(each) === "Autre");
    expect(view.items[0]?.objectId).toBe(other.id);
  });

  it("keep an edit of what somebody else has changed, beside what stands", async () => {
    await put(...ofSpace(), "a", event("a", "Premier"));
    const [scope, calendarId] = ofSpace();
    const id = calendarObjectKey(scope, "a");
    const one = client.query("event", { scope, objectId: id });
    await one.until((each) => each.info.object !== null && each.info.pending === null);
    isOnline = false;
    await put(scope, calendarId, "a", event("a", "Le mien"), 1);
    const theirs = { id, calendarId, data: event("a", "Le leur"), baseRevision: 1 };
    await workplace.mutate(workplace.ben, "calendarObject.put", scope, theirs);
    await reconnect();
    await one.until((each) => each.info.refused.length === 1);
    expect(one.info.object?.summary).toBe("Le leur");
    const [refused] = one.info.refused;
    expect(refused).toMatchObject({ status: "conflict", current: { revision: 2 } });
    expect(JSON.stringify(refused?.args)).toContain("Le mien");
    const mutationId = refused?.mutationId ?? "";
    await client.call("outbox.retry", { mutationId, changes: { baseRevision: 2 } });
    await one.until((each) => each.info.object?.summary === "Le mien" && each.info.pending === null);
  });

  it("are found by their words, those to come first", async () => {
    const past = event("old", "Réunion passée").replaceAll("20991124", "20200101");
    await put(...own(), "old", past);
    await put(...own(), "new", event("new", "Réunion du budget"));
    await put(...own(), "other", event("other", "Chorale"));
    const view = client.query("eventSearch", { text: "reunion", limit: 10 });
    await view.until((each) => each.items.length === 2);
    expect(titles(view)).toBe("Réunion du budget,Réunion passée");
  });

  it("are not held up by a hostile rule", async () => {
    const hostile = event("h", "Sans fin", "RRULE:FREQ=SECONDLY;BYMONTHDAY=31;BYMONTH=2");
    await put(...own(), "h", hostile);
    await put(...own(), "a", event("a", "Point"));
    const now = client.query("eventRange", week);
    await now.until((each) => each.items.some(({ title }) => title === "Point"));
    expect(now.items.map(({ title }) => title).toSorted()).toEqual(["Point", "Sans fin"]);
  });

  it("show an answer at once, also without a network, and send it when it is back", async () => {
    const asked = [
      "ORGANIZER:mailto:ben@ville.example",
      "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ada@ville.example",
    ];
    const { ada, ben } = workplace;
    for (const [id, displayName, email] of [
      [ada, "Ada", "ada@ville.example"],
      [ben, "Ben", "ben@ville.example"],
    ] as const)
      await workplace.load([
        { scope: DIRECTORY, collection: "person", id, op: "put", data: { id, displayName, email } },
      ]);
    await workplace.mutate(ben, "calendarObject.put", personScope(workplace.ben), {
      id: calendarObjectKey(personScope(workplace.ben), "f"),
      calendarId: ownCalendarId(workplace.ben),
      data: event("f", "Revue", ...asked),
    });
    const view = client.query("eventRange", week);
    await view.until(({ items }) => items[0]?.answer === "needs-action");
    expect(view.items[0]).toMatchObject({ title: "Revue", canWrite: false });
    isOnline = false;
    const id = calendarObjectKey(personScope(workplace.ada), "f");
    const args = { id, status: "accepted", sequence: 0 };
    await client.call("mutate", { name: "calendarObject.reply", scope: personScope(workplace.ada), args });
    await view.until(({ items }) => items[0]?.answer === "accepted" && items[0].isPending);
    await reconnect();
    await view.until(({ items }) => items[0]?.answer === "accepted" && !items[0].isPending);
    const at = personScope(ben);
    const row = await workplace.store.get(at, "calendarObject", calendarObjectKey(at, "f"));
    expect(String(row?.data["data"]).replaceAll("\r\n ", "")).toContain(
      "PARTSTAT=ACCEPTED:mailto:ada@ville.example",
    );
  });
});
