import { calendarObjectSchema, type CalendarObjectRow } from "#contract/entities/calendar.ts";
import {
  calendarObjectKey,
  createId,
  ownCalendarId,
  spaceCalendarId,
  spaceIdSchema,
  type CalendarId,
} from "#contract/ids.ts";
import { DIRECTORY, parseScope, type Scope } from "#contract/scope.ts";
import { mutationOf, type Client } from "../client.ts";
import { expectEqual, expectFit, expectPresent, Skip } from "../expect.ts";
import { checks } from "../runner.ts";
import { standingRows, syncAll } from "../sync.ts";
import type { Account, World } from "../world.ts";

interface Place {
  client: Client;
  scope: Scope;
  calendarId: CalendarId;
}

/** The first calendar of a space. @throws Skip without the module */
async function calendar(world: World): Promise<Place> {
  const { modules } = await world.capabilities();
  if (!modules.includes("calendar")) throw new Skip("the backend has no module calendar");
  const { client } = await world.first();
  const { scope } = await world.space();
  return { client, scope, calendarId: spaceCalendarId(spaceIdSchema.parse(parseScope(scope).id)) };
}

/** As another program may write it: a property that nobody knows, a fold, a zone of its own. */
function textOf(uid: string, ...more: string[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Other//EN",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    "DTSTAMP:20300101T000000Z",
    "DTSTART:20300107T090000Z",
    "DTEND:20300107T100000Z",
    "SUMMARY:Conformité",
    "X-UNKNOWN;X-P=1:kept as",
    "  it came",
    ...more,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ];
  return lines.join("\r\n");
}

const put = ({ scope, calendarId }: Place, uid: string, data: string, baseRevision?: number) =>
  mutationOf("calendarObject.put", scope, {
    id: calendarObjectKey(scope, uid),
    calendarId,
    data,
    ...(baseRevision === undefined ? {} : { baseRevision }),
  });

function placeOf({ client, personId, ownScope }: Account): Place {
  return { client, scope: ownScope, calendarId: ownCalendarId(personId) };
}

/** @throws Skip without an e-mail */
async function addressOf({ client, personId }: Account): Promise<string> {
  const row = standingRows(await syncAll(client, DIRECTORY)).get(`person ${personId}`);
  const email = row?.data["email"];
  if (typeof email !== "string") throw new Skip("the people of the tests have no e-mail");
  return `mailto:${email}`;
}

async function objectIn({ client, scope }: Place, uid: string): Promise<CalendarObjectRow> {
  const row = standingRows(await syncAll(client, scope)).get(
    `calendarObject ${calendarObjectKey(scope, uid)}`,
  );
  const todo = "Write objects of calendars as rows of their calendar's scope.";
  return expectFit(
    calendarObjectSchema,
    expectPresent(row, "the object's row", todo).data,
    "calendarObjectSchema",
  );
}

export const calendarChecks = checks(
  "calendars",
  "contract/entities/calendar.ts, contract/commands/calendars.ts",
  {
    "an object is kept byte for byte, with what it says": async (world) => {
      const place = await calendar(world);
      const uid = createId();
      const data = textOf(uid, "RRULE:FREQ=WEEKLY;COUNT=3");
      const [result] = await place.client.mutate(put(place, uid, data));
      expectEqual(result?.status, "applied", "The first object of a place makes its first calendar.");
      const object = await objectIn(place, uid);
      expectEqual(
        object.data,
        data,
        "Keep the text as it was written: folds, order and unknown properties too.",
      );
      expectEqual(
        [object.uid, object.kind, object.hasRecurrence, object.revision, object.startsAt, object.endsAt],
        [uid, "VEVENT", true, 1, "2030-01-07T09:00:00.000Z", "2030-01-21T10:00:00.000Z"],
        "Derive the other fields from the text.",
      );
    },
    "of two edits of one revision the second conflicts, and changes nothing": async (world) => {
      const place = await calendar(world);
      const uid = createId();
      const results = await place.client.mutate(
        put(place, uid, textOf(uid)),
        put(place, uid, textOf(uid, "LOCATION:A"), 1),
        put(place, uid, textOf(uid, "LOCATION:B"), 1),
        put(place, uid, textOf(uid, "LOCATION:C")),
      );
      expectEqual(
        results.map(({ status }) => status),
        ["applied", "applied", "conflict", "conflict"],
        "Compare baseRevision with the revision that stands; without one, nothing may stand there.",
      );
      const { data, revision } = await objectIn(place, uid);
      expectEqual([data, revision], [textOf(uid, "LOCATION:A"), 2], "A conflict changes nothing.");
    },
    "what is no object of one event is refused": async (world) => {
      const place = await calendar(world);
      const uid = createId();
      const two = textOf(uid).replace(
        "END:VCALENDAR",
        `BEGIN:VEVENT\r\nUID:other\r\nDTSTART:20300107T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR`,
      );
      const results = await place.client.mutate(
        put(place, uid, "BEGIN:VCALENDAR"),
        put(place, uid, two),
        put(place, uid, textOf(uid).replace("VERSION:2.0", "VERSION:2.0\r\nMETHOD:REQUEST")),
        put(place, createId(), textOf(uid)),
      );
      expectEqual(
        results.map(({ status }) => status),
        ["rejected", "rejected", "rejected", "rejected"],
        "Refuse what has no event, several UIDs, a METHOD, or an id that is not calendarObjectKey.",
      );
    },
    "who is invited has a copy, and their answer reaches the organizer": async (world) => {
      await calendar(world);
      const [one, other] = [await world.first(), await world.second()];
      const [host, guest] = [await addressOf(one), await addressOf(other)];
      const uid = createId();
      const place = placeOf(one);
      const line = `ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:${guest}`;
      const [made] = await one.client.mutate(put(place, uid, textOf(uid, `ORGANIZER:${host}`, line)));
      expectEqual(made?.status, "applied", "An event may invite people.");
      const copy = await objectIn(placeOf(other), uid);
      expectEqual(
        [copy.source, copy.organizerId, copy.attendeeIds],
        [one.ownScope, one.personId, [other.personId]],
        "Write a copy that names the organizer's place into the calendar of whoever is invited (RFC 6638).",
      );
      const reply = { id: copy.id, status: "accepted", sequence: 0 } as const;
      const [answer] = await other.client.mutate(mutationOf("calendarObject.reply", other.ownScope, reply));
      expectEqual(answer?.status, "applied", "Whoever is invited may answer.");
      const { data, revision } = await objectIn(place, uid);
      const isAccepted = data.replaceAll("\r\n ", "").includes(`PARTSTAT=ACCEPTED:${guest}`);
      expectEqual(
        [isAccepted, revision],
        [true, 1],
        "Write the answer into the organizer's object without counting it as a revision.",
      );
    },
    "a hostile rule is kept and holds nothing up": async (world) => {
      const place = await calendar(world);
      const uid = createId();
      const data = textOf(uid, "RRULE:FREQ=SECONDLY;COUNT=1000000000;BYMONTHDAY=31;BYMONTH=2");
      const [result] = await place.client.mutate(put(place, uid, data));
      expectEqual(result?.status, "applied", "Never walk a rule to its end.");
      expectEqual((await objectIn(place, uid)).data, data, "Keep it as it is.");
    },
  },
);
