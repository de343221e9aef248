import type { CalendarTime } from "./calendar-time.ts";
import { DAY_MS, atWall, isSameTime, wallMsOf } from "./calendar-time.ts";
import { timeOf, timesOf, withTime, withTimes } from "./calendar-value.ts";
import type { Component } from "./component.ts";
import { propertyOf } from "./component.ts";
import type { CalendarEvent, EventChanges } from "./event.ts";
import { readEvent, stamped, withEventChanges } from "./event.ts";
import type { Instance } from "./expand.ts";
import { instancesOf } from "./expand.ts";
import { movedRule } from "./moved-rule.ts";
import type { CalendarObject, Series } from "./series.ts";
import { momentOf, originalMoment } from "./series.ts";
import { asException, begunAt, endedBefore, originalInstance, withUid, without } from "./series-parts.ts";

/** Edits of a series as RFC 5545 has them: exceptions, and series that end where another begins. */

export type Scope = "this" | "following" | "all";

export interface EditOptions {
  readonly nowMs: number;
  /** Of the series that begins where an edit of "this and following" divides one. */
  readonly newUid: string;
}

export interface EditedSeries {
  /** What the object is now; undefined: nothing is left of it. */
  readonly object: CalendarObject | undefined;
  /** A series of its own that an edit began. */
  readonly added: { readonly uid: string; readonly object: CalendarObject } | undefined;
}

/** Changes of one time, of it and all later ones, or of all. Start and end in the changes are those of the time shown. */
export function editSeries(
  series: Series,
  instance: Instance,
  changes: EventChanges,
  scope: Scope,
  options: EditOptions,
): EditedSeries {
  if (!isRecurring(series)) return editAll(series, instance, changes, options);
  if (scope === "this") return editOne(series, instance, changes, options);
  if (scope === "all" || isFirst(series, instance)) return editAll(series, instance, changes, options);
  return editFollowing(series, instance, changes, options);
}

/** The same for taking away. */
export function deleteFromSeries(
  series: Series,
  instance: Instance,
  scope: Scope,
  options: Pick<EditOptions, "nowMs">,
): EditedSeries {
  const isWhole = scope === "all" || (scope === "following" && isFirst(series, instance));
  if (isWhole || (series.master !== undefined && !isRecurring(series)))
    return { object: undefined, added: undefined };
  const overrides = series.overrides.filter(({ originalMs }) =>
    scope === "this" ? originalMs !== instance.originalMs : originalMs < instance.originalMs,
  );
  const left = overrides.map(({ component }) => component);
  const { master } = series;
  if (master === undefined) {
    const object = left.length === 0 ? undefined : { ...series.object, overrides: left };
    return { object, added: undefined };
  }
  const ended =
    scope === "this"
      ? without(series, instance, master.component)
      : endedBefore(series, instance, master.component);
  const object = { ...series.object, master: stamped(ended, options.nowMs, true), overrides: left };
  // Nothing is shown of it any more.
  return { object: isOver(series, object) ? undefined : object, added: undefined };
}

function isRecurring(series: Series): boolean {
  return series.rules.length > 0 || series.extraMs.length > 1 || series.overrides.length > 0;
}

function isFirst(series: Series, instance: Instance): boolean {
  return series.master !== undefined && instance.originalMs <= series.master.span.startMs;
}

function isOver(series: Series, object: CalendarObject): boolean {
  if (object.overrides.length > 0 || object.master === undefined) return false;
  const excluded = timesOf(object.master, "EXDATE");
  if (excluded.length === 0) return false;
  const span = series.master?.span;
  const moments = new Set(excluded.map((time) => originalMoment(time, span, series.place)));
  const range = {
    fromMs: Number.MIN_SAFE_INTEGER / 2,
    toMs: Number.MAX_SAFE_INTEGER / 2,
    most: moments.size + 1,
  };
  const all = [...instancesOf({ ...series, excludedMs: new Set(), overrides: [] }, range)];
  return all.length <= moments.size && all.every(({ originalMs }) => moments.has(originalMs));
}

function editOne(
  series: Series,
  instance: Instance,
  changes: EventChanges,
  { nowMs }: EditOptions,
): EditedSeries {
  const former = series.overrides.find(({ originalMs }) => originalMs === instance.originalMs);
  const base = former?.component ?? asException(series, instance);
  const { rule: _, ...own } = changes;
  const edited = stamped(withEventChanges(base, own), nowMs, isSignificant(own));
  const { overrides } = series.object;
  const at = former === undefined ? -1 : overrides.indexOf(former.component);
  const next = at < 0 ? [...overrides, edited] : overrides.with(at, edited);
  return { object: { ...series.object, overrides: next }, added: undefined };
}

function editAll(
  series: Series,
  instance: Instance,
  changes: EventChanges,
  { nowMs }: EditOptions,
): EditedSeries {
  const { object, master } = series;
  if (master === undefined) return editOne(series, instance, changes, { nowMs, newUid: "" });
  const before = readEvent(master.component);
  if (before === undefined) return { object, added: undefined };
  const shift = shiftOf(before, instance, changes);
  const moved = movedChanges(before, changes, shift);
  const edited = withMovedDates(withEventChanges(master.component, moved), shift);
  const overrides = object.overrides.map((each) => overrideAfter(each, series, changes, shift));
  // Another rule makes other times: those that an exception stood for are gone with it.
  const isOtherRule = "rule" in changes && changes.rule !== before.rule;
  const kept = isOtherRule ? [] : overrides;
  const significant = isSignificant(changes);
  const next = { ...object, master: stamped(edited, nowMs, significant), overrides: kept };
  return { object: next, added: undefined };
}

/** By how much the wall clock moves, and what kind of time it becomes. */
interface Shift {
  readonly byMs: number;
  readonly like: CalendarTime;
}

function shiftOf(before: CalendarEvent, instance: Instance, { start }: EventChanges): Shift | undefined {
  if (start === undefined) return undefined;
  const shown = atWall(before.start, instance.startWallMs);
  if (isSameTime(start, shown)) return undefined;
  return { byMs: wallMsOf(start) - instance.startWallMs, like: start };
}

/** Start and end of the time that was shown, told of the first one; days of the rule move along. */
function movedChanges(before: CalendarEvent, changes: EventChanges, shift: Shift | undefined): EventChanges {
  const { start: _start, end: _end, ...rest } = changes;
  if (changes.start === undefined && changes.end === undefined) return rest;
  const firstMs = wallMsOf(before.start) + (shift?.byMs ?? 0);
  const start =
    shift === undefined
      ? before.start
      : atWall(shift.like, shift.like.kind === "day" ? floorDay(firstMs) : firstMs);
  const shownEndMs =
    changes.end === undefined || changes.start === undefined
      ? undefined
      : wallMsOf(changes.end) - wallMsOf(changes.start);
  const lengthMs = shownEndMs ?? wallMsOf(before.end) - wallMsOf(before.start);
  const end = atWall(changes.end ?? (shift === undefined ? before.end : start), wallMsOf(start) + lengthMs);
  const days = Math.round((floorDay(firstMs) - floorDay(wallMsOf(before.start))) / DAY_MS);
  const rule = "rule" in changes ? changes.rule : movedRule(before.rule, wallMsOf(before.start), days);
  return { ...rest, start, end, ...(rule === before.rule ? {} : { rule }) };
}

function floorDay(wallMs: number): number {
  return Math.floor(wallMs / DAY_MS) * DAY_MS;
}

/** EXDATE and RDATE go with the times that they name. */
function withMovedDates(component: Component, shift: Shift | undefined): Component {
  if (shift === undefined) return component;
  let edited = component;
  for (const name of ["EXDATE", "RDATE"]) {
    const times = timesOf(edited, name);
    if (times.length > 0)
      edited = withTimes(
        edited,
        name,
        times.map((time) => movedTime(time, shift)),
      );
  }
  return edited;
}

function movedTime(time: CalendarTime, { byMs, like }: Shift): CalendarTime {
  const wallMs = wallMsOf(time) + byMs;
  if (like.kind === "day") return atWall(like, floorDay(wallMs));
  return time.kind === "zoned" && time.zone === "UTC" ? atWall(time, wallMs) : atWall(like, wallMs);
}

/** Exceptions keep what they say otherwise than the series; the rest follows it. */
function overrideAfter(
  override: Component,
  series: Series,
  changes: EventChanges,
  shift: Shift | undefined,
): Component {
  const before = series.master === undefined ? undefined : readEvent(series.master.component);
  const own = readEvent(override);
  if (before === undefined || own === undefined) return override;
  const { start: _start, end: _end, rule: _rule, ...rest } = changes;
  // Only what was alike goes along: a title of its own stays.
  const alike = Object.entries(rest).filter(
    ([key]) => JSON.stringify(before[key]) === JSON.stringify(own[key]),
  );
  const edited = withEventChanges(override, Object.fromEntries(alike));
  const original = timeOf(propertyOf(edited, "RECURRENCE-ID"));
  if (shift === undefined || original === undefined) return edited;
  const renamed = withTime(edited, "RECURRENCE-ID", movedTime(original, shift));
  const isInPlace =
    momentOf(own.start, series.place) === originalMoment(original, series.master?.span, series.place);
  if (!isInPlace) return renamed;
  const start = movedTime(own.start, shift);
  return withEventChanges(renamed, {
    start,
    end: atWall(start, wallMsOf(start) + wallMsOf(own.end) - wallMsOf(own.start)),
  });
}

/** The series ends before the instance, and another one begins with it that says where it comes from. */
function editFollowing(
  series: Series,
  instance: Instance,
  changes: EventChanges,
  options: EditOptions,
): EditedSeries {
  const { master } = series;
  if (master === undefined) return editOne(series, instance, changes, options);
  const earlier = series.overrides.filter(({ originalMs }) => originalMs < instance.originalMs);
  const later = series.overrides.filter(({ originalMs }) => originalMs >= instance.originalMs);
  const ended = stamped(endedBefore(series, instance, master.component), options.nowMs, true);
  const object = { ...series.object, master: ended, overrides: earlier.map(({ component }) => component) };
  const first = originalInstance(series, instance);
  const begun = begunAt(series, first, options.newUid);
  const begunSeries: Series = {
    ...series,
    object: {
      kind: series.object.kind,
      master: begun,
      overrides: later.map(({ component }) => withUid(component, options.newUid)),
    },
    master: {
      component: begun,
      span: { ...master.span, start: atWall(master.span.start, first.startWallMs), startMs: first.startMs },
    },
  };
  const edited = editAll(begunSeries, instance, changes, options);
  return {
    object,
    added: edited.object === undefined ? undefined : { uid: options.newUid, object: edited.object },
  };
}

const significantKeys = ["start", "end", "rule", "location", "status"] as const;

function isSignificant(changes: EventChanges): boolean {
  return significantKeys.some((key) => key in changes);
}
