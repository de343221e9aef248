import { DAY_MS } from "./calendar-time.ts";
import { parseRule } from "./rule.ts";
import { USUAL_BUDGET, ruleTimes } from "./rule-times.ts";

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
