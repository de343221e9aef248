import { localOf } from "#contract/icalendar/calendar-time.ts";
import { textOf } from "#contract/icalendar/component.ts";
import { createEvent } from "#contract/icalendar/event.ts";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { newCalendar } from "#contract/icalendar/keep-bytes.ts";
import { missingZones } from "#contract/icalendar/write-zone.ts";
import { ianaZone, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import type { TaskId } from "#contract/ids.ts";

/** Of the time that is kept for a task on a day: asked for again, it is found and not doubled. */
export function blockUid(taskId: TaskId, day: string): string {
  return `${day}.${taskId}`;
}

interface TimeBlock extends Interval {
  readonly title: string;
  /** The task's address (contract/links.ts). */
  readonly link: string;
}

/**
 * VCALENDAR text of time that is kept for a task; its URL (RFC 5545 section 3.8.4.6) leads to it.
 * @param zone IANA name of where the person is
 */
export function blockText(
  { title, link, fromMs, toMs }: TimeBlock,
  { uid, nowMs, zone }: { uid: string; nowMs: number; zone: string },
): string {
  const place = ianaZone(zone);
  const time = (atMs: number) =>
    ({
      kind: "zoned",
      local: localOf(wallMsAt(place ?? utcZone, atMs)),
      zone: place === undefined ? "UTC" : zone,
    }) as const;
  const component = createEvent(
    { uid, nowMs },
    { title, start: time(fromMs), end: time(toMs), url: link, isFree: false },
  );
  return textOf([newCalendar([...missingZones([component], [], fromMs), component])]);
}
