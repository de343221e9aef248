import type { Alarm } from "#contract/icalendar/alarms.ts";

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** Minutes before the start (after it when negative). Undefined: more than the form shows, as an e-mail or a fixed moment. */
function minutesOf({ action, trigger }: Alarm): number | undefined {
  if (action === "email" || action === "other") return undefined;
  if (trigger.kind === "at" || trigger.to === "end" || trigger.exactMs % MINUTE_MS !== 0) return undefined;
  return 0 - (trigger.days * DAY_MINUTES + trigger.exactMs / MINUTE_MS);
}

/** Those that the form shows, the latest first, each once. */
export function shownAlarms(alarms: readonly Alarm[]): number[] {
  const minutes = alarms.flatMap((alarm) => minutesOf(alarm) ?? []);
  return [...new Set(minutes)].toSorted((one, other) => one - other);
}

/** Whole days are days of the calendar, so that a change of clocks does not move them. */
function alarmAt(minutes: number): Alarm {
  const isDays = minutes > 0 && minutes % DAY_MINUTES === 0;
  const days = isDays ? 0 - minutes / DAY_MINUTES : 0;
  const exactMs = isDays ? 0 : 0 - minutes * MINUTE_MS;
  return { action: "display", trigger: { kind: "relative", to: "start", days, exactMs } };
}

/** What was there stays as it was, also what the form does not show; only what was added or taken away differs. */
export function keptAlarms(before: readonly Alarm[], minutes: readonly number[]): Alarm[] {
  const kept = before.filter((alarm) => {
    const shown = minutesOf(alarm);
    return shown === undefined || minutes.includes(shown);
  });
  const there = new Set(kept.map(minutesOf));
  return [...kept, ...minutes.filter((each) => !there.has(each)).map(alarmAt)];
}
