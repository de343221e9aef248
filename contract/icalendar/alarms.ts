import { z } from "zod";
import { parseDuration, parseWall, basicOf, writeDuration } from "./calendar-time.ts";
import type { Component } from "./component.ts";
import { componentsOf, newComponent, propertyOf, valueOf, withComponents } from "./component.ts";
import { parameterOf, writeProperty } from "./content-line.ts";
import { escapeText } from "./text-value.ts";

/** VALARM of RFC 5545 section 3.6.6: when somebody is told. */
export const alarmSchema = z.looseObject({
  action: z.enum(["display", "email", "audio", "other"]),
  trigger: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("relative"),
      to: z.enum(["start", "end"]),
      /** Before it: negative. Days are days of the calendar, the rest is exact. */
      days: z.int(),
      exactMs: z.int(),
    }),
    z.object({ kind: z.literal("at"), utcMs: z.int() }),
  ]),
});
export type Alarm = z.infer<typeof alarmSchema>;

const MOST_ALARMS = 50;

export function alarmsOf(component: Component): Alarm[] {
  return componentsOf(component, "VALARM")
    .slice(0, MOST_ALARMS)
    .flatMap((each) => readAlarm(each) ?? []);
}

function readAlarm(component: Component): Alarm | undefined {
  const trigger = propertyOf(component, "TRIGGER");
  if (trigger === undefined) return undefined;
  const written = (valueOf(component, "ACTION") ?? "").trim().toLowerCase();
  const action = (["display", "email", "audio"] as const).find((each) => each === written) ?? "other";
  const duration = parseDuration(trigger.value);
  if (duration !== undefined) {
    const to = parameterOf(trigger, "RELATED")?.toUpperCase() === "END" ? "end" : "start";
    return { action, trigger: { kind: "relative", to, ...duration } };
  }
  const wall = parseWall(trigger.value);
  return wall === undefined ? undefined : { action, trigger: { kind: "at", utcMs: wall.wallMs } };
}

/** Alarms that are there already keep their text, and so do those that cannot be read. */
export function withAlarms(component: Component, alarms: readonly Alarm[], title: string): Component {
  const former = componentsOf(component, "VALARM").map((each) => ({ each, says: told(readAlarm(each)) }));
  const unreadable = former.filter(({ says }) => says === undefined).map(({ each }) => each);
  const kept = alarms.map(
    (alarm) => former.find(({ says }) => says === told(alarm))?.each ?? write(alarm, title),
  );
  const isUnchanged =
    former.length === kept.length + unreadable.length &&
    kept.every((each) => former.some((old) => old.each === each));
  return isUnchanged ? component : withComponents(component, "VALARM", [...kept, ...unreadable]);
}

function told(alarm: Alarm | undefined): string | undefined {
  if (alarm === undefined) return undefined;
  const { trigger } = alarm;
  const when = trigger.kind === "at" ? trigger.utcMs : `${trigger.to} ${trigger.days} ${trigger.exactMs}`;
  return `${alarm.action} ${when}`;
}

function write(alarm: Alarm, title: string): Component {
  const { trigger } = alarm;
  const related =
    trigger.kind === "relative" && trigger.to === "end" ? [{ name: "RELATED", values: ["END"] }] : [];
  const line =
    trigger.kind === "relative"
      ? writeProperty("TRIGGER", writeDuration(trigger), related)
      : writeProperty("TRIGGER", `${basicOf(trigger.utcMs, false)}Z`, [
          { name: "VALUE", values: ["DATE-TIME"] },
        ]);
  return newComponent("VALARM", [
    writeProperty("ACTION", alarm.action === "other" ? "DISPLAY" : alarm.action.toUpperCase()),
    line,
    writeProperty("DESCRIPTION", escapeText(title === "" ? "-" : title)),
  ]);
}
