import { textOf } from "#contract/icalendar/component.ts";
import { newCalendar, withObject } from "#contract/icalendar/keep-bytes.ts";
import { allComponents, zoneComponentsOf } from "#contract/icalendar/itip.ts";
import { parseCalendarText } from "#contract/icalendar/parse-calendar.ts";
import { valueOf, withChildren, type Component, type Node } from "#contract/icalendar/component.ts";
import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { saveFile } from "#renderer/kit/save-file.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";

/** Saves a calendar as one file that other programs read (RFC 5545). */
export function useExportCalendar() {
  const client = useWorker();
  return async ({ scope, calendar }: CalendarSummary, name: string): Promise<void> => {
    const { items } = await client.once("calendarObjects", { scope });
    const objects = items.map(({ object }) => object).filter(({ calendarId }) => calendarId === calendar.id);
    const file = name.replaceAll(/[\\/:*?"<>|]+/g, " ").trim();
    saveFile(`${file}.ics`, exportedText(objects), "text/calendar;charset=utf-8");
  };
}

/** Each object with its own letters; a zone that several explain stands once. */
export function exportedText(objects: readonly Pick<CalendarObjectRow, "data">[]): string {
  const zones = new Map<string, Component>();
  let nodes: readonly Node[] = [newCalendar([])];
  for (const { data } of objects) {
    const parsed = parseCalendarText(data);
    if (!parsed.ok) continue;
    for (const zone of zoneComponentsOf(parsed.calendar.nodes)) zones.set(valueOf(zone, "TZID") ?? "", zone);
    for (const object of parsed.calendar.objects)
      nodes = withObject(nodes, object.kind, object.uid, allComponents(object));
  }
  const [calendar] = nodes;
  if (calendar?.kind !== "component") return textOf(nodes);
  const first = calendar.children.findIndex((child) => child.kind === "component");
  const at = first < 0 ? calendar.children.length : first;
  return textOf([withChildren(calendar, calendar.children.toSpliced(at, 0, ...zones.values()))]);
}
