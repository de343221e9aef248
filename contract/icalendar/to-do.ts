import { z } from "zod";
import { calendarTimeSchema } from "./calendar-time.ts";
import { integerOf, timeOf, withInteger, withText } from "./calendar-value.ts";
import type { Changes } from "./common-fields.ts";
import { commonFieldsSchema, commonListsOf, commonTextsOf, withCommonChanges } from "./common-fields.ts";
import type { Component } from "./component.ts";
import { propertiesOf, propertyOf, valueOf, withProperties, withValue } from "./component.ts";
import { parameterOf, parametersFrom, writeProperty } from "./content-line.ts";
import type { NewComponent } from "./event.ts";
import { emptyComponent, utcStamp } from "./event.ts";
import { endOf, withSpan } from "./spans.ts";
import { escapeText, unescapeText } from "./text-value.ts";
import { parseWall } from "./calendar-time.ts";

const toDoStatuses = ["needs-action", "in-process", "completed", "cancelled"] as const;

const relationSchema = z.looseObject({
  uid: z.string().min(1).max(1000),
  /** What the other one is to this: `parent` unless said otherwise (RFC 5545 section 3.2.15). */
  kind: z.enum(["parent", "child", "sibling", "other"]),
});

/** A VTODO as the interface has it. */
export const toDoSchema = z.looseObject({
  ...commonFieldsSchema.shape,
  due: calendarTimeSchema.optional(),
  status: z.enum(toDoStatuses),
  completedMs: z.int().optional(),
  percent: z.int().min(0).max(100).optional(),
  relatedTo: z.array(relationSchema).max(100),
});
export type ToDo = z.infer<typeof toDoSchema>;
export type ToDoChanges = Changes<ToDo>;

export function readToDo(component: Component): ToDo {
  const percent = integerOf(component, "PERCENT-COMPLETE");
  return {
    ...commonTextsOf(component),
    ...commonListsOf(component),
    start: timeOf(propertyOf(component, "DTSTART")),
    due: endOf(component, "DUE"),
    status: statusOf(component),
    completedMs: parseWall(valueOf(component, "COMPLETED") ?? "")?.wallMs,
    percent: percent === undefined ? undefined : Math.min(Math.max(percent, 0), 100),
    relatedTo: relationsOf(component),
  };
}

function statusOf(component: Component): ToDo["status"] {
  const written = valueOf(component, "STATUS")?.trim().toLowerCase();
  const isDone = propertyOf(component, "COMPLETED") !== undefined;
  return toDoStatuses.find((each) => each === written) ?? (isDone ? "completed" : "needs-action");
}

function relationsOf(component: Component): ToDo["relatedTo"] {
  return propertiesOf(component, "RELATED-TO")
    .slice(0, 100)
    .flatMap((property) => {
      const uid = unescapeText(property.value).trim().slice(0, 1000);
      const written = parameterOf(property, "RELTYPE")?.toLowerCase() ?? "parent";
      const kind = (["parent", "child", "sibling"] as const).find((each) => each === written) ?? "other";
      return uid === "" ? [] : [{ uid, kind }];
    });
}

/** Writes what the changes name and nothing else. */
export function withToDoChanges(component: Component, changes: ToDoChanges): Component {
  let edited = withCommonChanges(component, changes);
  if ("start" in changes || "due" in changes) {
    const start = "start" in changes ? changes.start : timeOf(propertyOf(component, "DTSTART"));
    const due = "due" in changes ? changes.due : endOf(component, "DUE");
    edited = withSpan(edited, "DUE", { start, end: due });
  }
  if ("percent" in changes) edited = withInteger(edited, "PERCENT-COMPLETE", changes.percent);
  if (changes.status !== undefined && changes.status !== statusOf(component)) {
    edited = withValue(edited, "STATUS", changes.status.toUpperCase());
    if (changes.status !== "completed") edited = withProperties(edited, "COMPLETED", []);
  }
  if ("completedMs" in changes) edited = withCompleted(edited, changes.completedMs);
  if ("relatedTo" in changes) edited = withRelations(edited, changes.relatedTo ?? []);
  return edited;
}

function withCompleted(component: Component, completedMs: number | undefined): Component {
  const value = completedMs === undefined ? undefined : utcStamp(completedMs);
  return valueOf(component, "COMPLETED") === value ? component : withValue(component, "COMPLETED", value);
}

function withRelations(component: Component, relations: ToDo["relatedTo"]): Component {
  const former = propertiesOf(component, "RELATED-TO");
  const lines = relations.map(({ uid, kind }) => {
    const there = former.find(({ value }) => unescapeText(value).trim() === uid);
    const type = kind === "parent" || kind === "other" ? undefined : kind.toUpperCase();
    return there ?? writeProperty("RELATED-TO", escapeText(uid), parametersFrom({ RELTYPE: type }));
  });
  return withProperties(component, "RELATED-TO", lines);
}

/** A VTODO from nothing. */
export function createToDo(made: NewComponent, toDo: ToDoChanges & { readonly title: string }): Component {
  return withToDoChanges(emptyComponent("VTODO", made), toDo);
}

/** Finished or begun anew, with everything that says so (status, share, moment). */
export function withDone(component: Component, isDone: boolean, nowMs: number): Component {
  if (isDone) return withToDoChanges(component, { status: "completed", percent: 100, completedMs: nowMs });
  const edited = withToDoChanges(component, { status: "needs-action", completedMs: undefined });
  return withText(withInteger(edited, "PERCENT-COMPLETE", undefined), "COMPLETED", undefined);
}
