import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { dayOf } from "#contract/icalendar/calendar-time.ts";
import { foldAddress } from "#contract/icalendar/people.ts";
import type { Instance, Range } from "#contract/icalendar/expand.ts";
import { USUAL_BUDGET } from "#contract/icalendar/rule-times.ts";
import { spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { QueryArgs, QueryItem } from "#contract/worker.ts";
import type { LaidObject } from "../calendar-overlay.ts";
import { answerOf, factsOf, mayTouch, seriesOf, timesOf, zoneNamed } from "../event-reading.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { newestFirst } from "../sort-keys.ts";
import { openAllCalendars, openCalendars, type CalendarPlace } from "./calendar-place.ts";
import { wordsOf } from "./document-words.ts";
import { NOTHING, personalQuery } from "./personal-query.ts";
import { peopleIn } from "./task-place.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";

async function placesOf(
  context: QueryContext,
  reader: Reader,
  { me, spaceId }: { me: PersonId; spaceId: SpaceId | undefined },
): Promise<CalendarPlace[]> {
  if (spaceId === undefined) return await openAllCalendars(context, reader, me);
  const place = await openCalendars(context, reader, { scope: spaceScope(spaceId), me });
  return place === undefined ? [] : [place];
}

export function createCalendarsQuery(context: QueryContext, { spaceId }: QueryArgs<"calendars">): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const items = (await placesOf(context, reader, { me, spaceId })).flatMap((place) => {
      const all = place.calendars();
      // A space's calendar appears in the list of all once there is something in it.
      return spaceId === undefined && place.rights.space !== null ? all.filter(({ isMade }) => isMade) : all;
    });
    return { items: items.toSorted(bySort), info: {} };
  });
}

/** Rules of others may not hold up a window: what all of a range may cost together. */
const RANGE_BUDGET = 20 * USUAL_BUDGET;
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

export function createEventRangeQuery(
  context: QueryContext,
  { fromMs, toMs, zone: name, hidden, spaceId }: QueryArgs<"eventRange">,
): LiveQuery {
  const isHidden = new Set(hidden);
  const zone = zoneNamed(name);
  const end = Math.min(toMs, fromMs + MOST_DAYS * DAY_MS);
  return personalQuery(context, { items: [], info: { isCut: false } }, async (reader, me) => {
    const range: Range = { fromMs, toMs: end, budget: { left: RANGE_BUDGET } };
    const items: EventInstance[] = [];
    const seen = new Set<string>();
    for (const place of await placesOf(context, reader, { me, spaceId })) {
      for (const laid of place.overlay.objects.values()) {
        const { object } = laid;
        if (object.kind !== "VEVENT" || isHidden.has(object.calendarId)) continue;
        if (!mayTouch(object, range) || seen.has(object.uid)) continue;
        const series = seriesOf(object, zone);
        if (series === undefined) continue;
        seen.add(object.uid);
        for (const time of timesOf(series, range)) items.push(instanceView(place, laid, time));
      }
    }
    items.sort(bySort);
    return { items, info: { isCut: (range.budget?.left ?? 1) <= 0 } };
  });
}

function instanceView(
  place: CalendarPlace,
  laid: LaidObject,
  { instance, key }: { instance: Instance; key: string },
): EventInstance {
  const { object, pending, refused } = laid;
  const startsAt = toIsoTime(instance.startMs);
  const id = `${place.rights.scope}~${object.id}~${key}`;
  return {
    key: id,
    sort: `${startsAt}~${instance.isAllDay ? 0 : 1}~${id}`,
    scope: place.rights.scope,
    objectId: object.id,
    calendarId: object.calendarId,
    instance: key,
    ...factsOf(instance.component),
    startsAt,
    endsAt: toIsoTime(instance.endMs),
    days: instance.isAllDay ? { start: dayOf(instance.startWallMs), end: dayOf(instance.endWallMs) } : null,
    isRecurring: object.hasRecurrence,
    canWrite: place.canWrite(laid),
    answer: answerOf(instance.component, place.invitedAs(laid)),
    isPending: pending !== null,
    refused: refused.length,
  };
}

export function createCalendarObjectsQuery(
  context: QueryContext,
  { scope }: QueryArgs<"calendarObjects">,
): LiveQuery {
  return personalQuery(context, NOTHING, async (reader, me) => {
    const place = await openCalendars(context, reader, { scope, me });
    const items = [...(place?.overlay.objects.values() ?? [])].map(({ object }) => ({
      key: object.id,
      sort: object.uid,
      object,
    }));
    return { items: items.toSorted(bySort), info: {} };
  });
}

export function createEventQuery(context: QueryContext, { scope, objectId }: QueryArgs<"event">): LiveQuery {
  const none = {
    items: [],
    info: {
      object: null,
      calendar: null,
      canWrite: false,
      pending: null,
      refused: [],
      people: {},
      addresses: {},
      invitedAs: null,
    },
  };
  return personalQuery(context, none, async (reader, me) => {
    const place = await openCalendars(context, reader, { scope, me });
    const laid = place?.overlay.objects.get(objectId);
    if (place === undefined || laid === undefined) return none;
    const { object, pending, refused } = laid;
    const calendar = place.overlay.calendars.get(object.calendarId);
    return {
      items: [],
      info: {
        object,
        calendar: calendar === undefined ? null : place.summary(calendar, true),
        canWrite: place.canWrite(laid),
        pending,
        refused: [...refused],
        people: await peopleIn(reader, peopleOf(object)),
        addresses: await addressesIn(reader, peopleOf(object)),
        invitedAs: place.invitedAs(laid),
      },
    };
  });
}

async function addressesIn(reader: Reader, ids: ReadonlySet<PersonId>): Promise<Record<string, PersonId>> {
  const addresses: Record<string, PersonId> = {};
  for (const id of ids) {
    const email = (await reader.person(id))?.email;
    if (email !== undefined) addresses[foldAddress(email)] = id;
  }
  return addresses;
}

function peopleOf({ createdBy, organizerId, attendeeIds }: CalendarObjectRow): Set<PersonId> {
  return new Set([createdBy, ...attendeeIds, ...(organizerId === undefined ? [] : [organizerId])]);
}

export function createEventSearchQuery(
  context: QueryContext,
  { text, limit }: QueryArgs<"eventSearch">,
): LiveQuery {
  const wanted = wordsOf(text).map((word) => ` ${word}`);
  return personalQuery(context, NOTHING, async (reader, me) => {
    const items: QueryItem<"eventSearch">[] = [];
    const now = reader.now();
    const seen = new Set<string>();
    for (const place of wanted.length === 0 ? [] : await openAllCalendars(context, reader, me)) {
      for (const { object } of place.overlay.objects.values()) {
        const words = ` ${wordsOf(object.summary ?? "").join(" ")}`;
        if (object.kind !== "VEVENT" || seen.has(object.uid)) continue;
        if (!wanted.every((word) => words.includes(word))) continue;
        seen.add(object.uid);
        const { startsAt, endsAt } = object;
        const isOver = endsAt !== undefined && endsAt < now;
        items.push({
          key: `${place.rights.scope}~${object.id}`,
          sort: isOver ? `1~${newestFirst(startsAt ?? now)}` : `0~${startsAt ?? ""}~${object.id}`,
          scope: place.rights.scope,
          objectId: object.id,
          calendarName: place.overlay.calendars.get(object.calendarId)?.name ?? "",
          title: object.summary ?? "",
          startsAt: object.hasRecurrence ? null : (startsAt ?? null),
        });
      }
    }
    return { items: items.toSorted(bySort).slice(0, limit), info: {} };
  });
}

function bySort(a: { sort: string }, b: { sort: string }): number {
  return a.sort < b.sort ? -1 : 1;
}
