import type { CalendarTime } from "./calendar-time.ts";
import { DAY_MS, basicOf, dayOf, localOf } from "./calendar-time.ts";
import { parseRule } from "./rule.ts";
import { dayNumberAt } from "./rule-calendar.ts";
import { completed, dayTest } from "./rule-days.ts";
import { ruleTimes } from "./rule-times.ts";
import type { FoundClock } from "./when-clocks.ts";
import { clockPhrases, dayPartPhrases, laterPhrase, lengthPhrase, minutesIn } from "./when-clocks.ts";
import type { FoundDays } from "./when-dates.ts";
import { datePhrases } from "./when-dates.ts";
import { rulePhrases } from "./when-rules.ts";
import { NUMBER, numberIn, phrase, plain } from "./when-words.ts";
import type { Zone } from "./zones.ts";
import { utcMsOf, wallMsAt } from "./zones.ts";

/** What a quick entry says of its time, in French or English (`Relire la note demain 14h`). */
export interface When {
  /** Without the words of the time. */
  readonly text: string;
  /** A whole day, or a time in the zone given. Absent: no words of time. */
  readonly start: CalendarTime | undefined;
  /** Exclusive, where a span was named. */
  readonly end: CalendarTime | undefined;
  /** RRULE value. */
  readonly rule: string | undefined;
  /** Which letters of the text were understood, in order. */
  readonly spans: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Now {
  readonly nowMs: number;
  readonly zone: Zone;
}

const MOST_CHARACTERS = 2000;
/** Stands for words that were read already; no word of any language. */
const READ = "\uE000";

/** Never throws; words that it does not know are left where they are. */
export function parseWhen(text: string, now: Now): When {
  if (text.length > MOST_CHARACTERS)
    return { text, start: undefined, end: undefined, rule: undefined, spans: [] };
  const reader = new Reader(plain(text));
  const today = dayNumberAt(wallMsAt(now.zone, now.nowMs));
  const end = reader.ruleWithEnd(today);
  const length = reader.take(lengthPhrase, minutesIn);
  const later = end.rule === undefined ? reader.take(laterPhrase, minutesIn) : undefined;
  const clock =
    later === undefined ? reader.first(clockPhrases, (each, groups) => each.read(groups)) : undefined;
  const days = later === undefined ? reader.days(today) : undefined;
  const part = clock === undefined ? reader.dayPart(days !== undefined || end.rule !== undefined) : undefined;
  const found: Found = {
    clock: clock ?? part?.clock,
    days: days ?? (part?.isToday === true ? { day: today } : undefined),
    length,
    later,
  };
  const times = timesFrom(found, end, now);
  const spans = times.start === undefined ? [] : reader.spans();
  return { text: without(text, spans), ...times, spans };
}

interface Found {
  readonly clock: FoundClock | undefined;
  readonly days: FoundDays | undefined;
  readonly length: number | undefined;
  /** Minutes from now. */
  readonly later: number | undefined;
}

interface FoundRule {
  readonly rule: string | undefined;
  readonly count: number | undefined;
  readonly untilDay: number | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

const untilPhrase = /(?:jusqu'au|jusqu'a|until|till)\s+$/u;
const countPhrase = phrase(`(?<count>${NUMBER})\\s+(?:fois|times)`);

class Reader {
  private rest: string;
  private readonly found: Span[] = [];

  constructor(text: string) {
    this.rest = text;
  }

  spans(): readonly Span[] {
    return this.found.toSorted((one, other) => one.from - other.from);
  }

  take<Value>(pattern: RegExp, read: (groups: Groups) => Value | undefined): Value | undefined {
    const match = pattern.exec(this.rest);
    const value = match === null ? undefined : read(match.groups ?? {});
    if (match === null || value === undefined) return undefined;
    this.mark(match.index, match.index + match[0].length);
    return value;
  }

  /** The first of several phrases that means something. */
  first<Each extends { readonly pattern: RegExp }, Value>(
    phrases: readonly Each[],
    read: (each: Each, groups: Groups) => Value | undefined,
  ): Value | undefined {
    for (const each of phrases) {
      const value = this.take(each.pattern, (groups) => read(each, groups));
      if (value !== undefined) return value;
    }
    return undefined;
  }

  days(today: number): FoundDays | undefined {
    return this.first(datePhrases, (each, groups) => {
      const value = each.read(groups, today);
      return typeof value === "number" ? { day: value } : value;
    });
  }

  ruleWithEnd(today: number): FoundRule {
    const rule = this.first(rulePhrases, (each, groups) => each.read(groups));
    if (rule === undefined) return { rule, count: undefined, untilDay: undefined };
    const count = this.take(countPhrase, ({ count: word }) => numberIn(word));
    return { rule, count, untilDay: this.until(today) };
  }

  dayPart(hasDay: boolean): { clock: FoundClock; isToday: boolean } | undefined {
    const phrases = dayPartPhrases.filter(({ isToday }) => isToday || hasDay);
    return this.first(phrases, (each, groups) => {
      const clock = each.read(groups);
      return clock === undefined ? undefined : { clock, isToday: each.isToday };
    });
  }

  /** A date after words that say that it is the last one. */
  private until(today: number): number | undefined {
    const at = /(?<!\p{L})(?:jusqu'(?:au|a)|until|till)\s/u.exec(this.rest);
    if (at === null) return undefined;
    const from = at.index + at[0].length;
    for (const each of datePhrases) {
      const match = each.pattern.exec(this.rest.slice(from));
      if (match === null || match.index > 0) continue;
      const value = each.read(match.groups ?? {}, today);
      if (value === undefined) continue;
      this.mark(at.index, from + match[0].length);
      return typeof value === "number" ? value : (value.lastDay ?? value.day);
    }
    return undefined;
  }

  private mark(from: number, to: number): void {
    const before = untilPhrase.exec(this.rest.slice(0, from));
    const start = before === null ? from : before.index;
    this.found.push({ from: start, to });
    this.rest = this.rest.slice(0, start) + READ.repeat(to - start) + this.rest.slice(to);
  }
}

type Times = Pick<When, "start" | "end" | "rule">;

function timesFrom(found: Found, ruled: FoundRule, now: Now): Times {
  const nowWallMs = wallMsAt(now.zone, now.nowMs);
  if (found.later !== undefined) {
    const utcMs = Math.ceil(now.nowMs / 60_000) * 60_000 + found.later * 60_000;
    return spanned(wallMsAt(now.zone, utcMs), found.length, undefined, now.zone);
  }
  const day = startDay(found, ruled, nowWallMs);
  if (day === undefined) return { start: undefined, end: undefined, rule: undefined };
  const rule = withEnd(ruled, found.clock !== undefined, now.zone);
  if (found.clock === undefined) {
    const end = found.days?.lastDay === undefined ? undefined : dayTime(found.days.lastDay + 1);
    return { start: dayTime(day), end, rule };
  }
  const { from, to } = found.clock;
  const length = to === undefined ? found.length : to - from;
  return spanned(day * DAY_MS + from * 60_000, length, rule, now.zone);
}

function dayTime(day: number): CalendarTime {
  return { kind: "day", day: dayOf(day * DAY_MS) };
}

function spanned(wallMs: number, minutes: number | undefined, rule: string | undefined, zone: Zone): Times {
  const at = (ms: number): CalendarTime => ({ kind: "zoned", local: localOf(ms), zone: zone.name });
  return { start: at(wallMs), end: minutes === undefined ? undefined : at(wallMs + minutes * 60_000), rule };
}

/** A time alone is the next such one; a rule begins on the first day that it means. */
function startDay({ days, clock }: Found, { rule }: FoundRule, nowWallMs: number): number | undefined {
  const today = dayNumberAt(nowWallMs);
  const isOver = clock !== undefined && today * DAY_MS + clock.from * 60_000 <= nowWallMs;
  const earliest = days?.day ?? (isOver ? today + 1 : today);
  if (rule === undefined) return days === undefined && clock === undefined ? undefined : earliest;
  return firstDayOf(rule, earliest) ?? earliest;
}

function firstDayOf(text: string, earliest: number): number | undefined {
  const rule = parseRule(text);
  if (rule === undefined) return undefined;
  // From the earliest day on, whichever step of an interval that is.
  const whole = completed({ ...rule, interval: 1 }, earliest);
  const test = dayTest(whole);
  if (test === undefined) return earliest;
  const start = { rule: whole, startMs: earliest * DAY_MS, isDay: true };
  const first = ruleTimes(start, earliest * DAY_MS, { left: 5000 }).next();
  return first.done === true ? undefined : dayNumberAt(first.value);
}

function withEnd({ rule, count, untilDay }: FoundRule, hasClock: boolean, zone: Zone): string | undefined {
  if (rule === undefined) return undefined;
  if (count !== undefined && count > 0) return `${rule};COUNT=${count}`;
  if (untilDay === undefined) return rule;
  if (!hasClock) return `${rule};UNTIL=${basicOf(untilDay * DAY_MS, true)}`;
  // Of a series with hours it has to be a moment (RFC 5545 section 3.3.10): the last of that day.
  const lastMs = utcMsOf(zone, (untilDay + 1) * DAY_MS - 1000);
  return `${rule};UNTIL=${basicOf(lastMs, false)}Z`;
}

/** Words that lead to a time go with it; what is left is put together again. */
function without(text: string, spans: readonly Span[]): string {
  let left = "";
  let at = 0;
  for (const { from, to } of spans) {
    left += `${text.slice(at, from).replace(/(?:^|\s)(?:à|a|le|pour|at|on|de|du|from|by|,|-|–)\s*$/iu, " ")} `;
    at = to;
  }
  left += text.slice(at);
  return left
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\s+(?=[,.](?:\s|$))/g, "")
    .replaceAll(/^[\s,;:-]+|[\s,;:-]+$/g, "");
}
