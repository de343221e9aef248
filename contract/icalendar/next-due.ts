import type { Task } from "../entities/task.ts";
import { isoTimeSchema, toIsoTime } from "../time.ts";
import { DAY_MS, dayOf } from "./calendar-time.ts";
import { parseRule } from "./rule.ts";
import { USUAL_BUDGET, ruleTimes } from "./rule-times.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "./zones.ts";

export interface DueTime {
  /** Wall clock of the zone in which the rule is followed: of a day, its midnight. */
  readonly wallMs: number;
  readonly isDay: boolean;
}

/**
 * When what recurs is due next: the first time that its rule (RRULE value, RFC 5545 section 3.3.10) means after `due` and
 * after `afterWallMs`, with the rule as it goes on from there (COUNT counts down). Undefined once the rule has ended, or
 * says nothing that can be followed.
 */
export function nextDue(
  text: string,
  due: DueTime,
  afterWallMs: number,
): { wallMs: number; rule: string } | undefined {
  const rule = parseRule(text);
  if (rule === undefined) return undefined;
  const lastMs =
    rule.until === undefined ? Infinity : rule.until.wallMs + (rule.until.isDay ? DAY_MS - 1 : 0);
  const start = { rule, startMs: due.wallMs, isDay: due.isDay };
  // The time that it was due counts, whether the rule means it or not.
  let passed = 1;
  for (const wallMs of ruleTimes(start, due.wallMs + 1, { left: USUAL_BUDGET })) {
    if (wallMs > lastMs || passed >= (rule.count ?? Infinity)) return undefined;
    if (wallMs > afterWallMs) return { wallMs, rule: countedDown(text, passed) };
    passed += 1;
  }
  return undefined;
}

function countedDown(text: string, passed: number): string {
  return text.replace(/COUNT=(\d+)/i, (_all, count: string) => `COUNT=${Number(count) - passed}`);
}

/** When a task that recurs begins and is due the next time, as its fields say it. */
export function nextTimes(
  { recurrence, dueAt, startAt }: Pick<Task, "recurrence" | "dueAt" | "startAt">,
  nowMs: number,
): (Required<Pick<Task, "dueAt">> & { startAt?: string; rule: string }) | undefined {
  if (recurrence === undefined || dueAt === undefined) return undefined;
  const zone = ianaZone(recurrence.zone ?? "UTC") ?? utcZone;
  const isDay = !isoTimeSchema.safeParse(dueAt).success;
  const wallOf = (text: string) => (isDay ? Date.parse(text) : wallMsAt(zone, Date.parse(text)));
  const textOf = (wallMs: number) => (isDay ? dayOf(wallMs) : toIsoTime(utcMsOf(zone, wallMs)));
  const next = nextDue(recurrence.rule, { wallMs: wallOf(dueAt), isDay }, wallMsAt(zone, nowMs));
  if (next === undefined) return undefined;
  const times = { dueAt: textOf(next.wallMs), rule: next.rule };
  const hasStart = startAt !== undefined && isoTimeSchema.safeParse(startAt).success !== isDay;
  if (!hasStart) return times;
  return { ...times, startAt: textOf(wallOf(startAt) + next.wallMs - wallOf(dueAt)) };
}
