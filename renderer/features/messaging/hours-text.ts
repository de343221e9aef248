/** A Monday, so that weekdays can be named. */
const MONDAY_MS = Date.UTC(2026, 0, 5);
const DAY_MS = 24 * 60 * 60 * 1000;
const RANGE_FROM = 3;

/** « lun.–ven. », « mar., jeu. »: runs of three days and more as a range. Days are ISO 8601, 1 Monday to 7 Sunday. */
export function describeDays(days: readonly number[], locale: string): string {
  const names = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const name = (day: number) => names.format(MONDAY_MS + (day - 1) * DAY_MS);
  const runs: number[][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) =>
      run.length >= RANGE_FROM ? `${name(run[0] ?? 1)}–${name(run.at(-1) ?? 1)}` : run.map(name).join(", "),
    )
    .join(", ");
}

/** The time of day somewhere; here, when the place is not known. */
export function localClock(timeZone: string, atMs: number, locale: string): string {
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(atMs);
  } catch {
    return new Intl.DateTimeFormat(locale, options).format(atMs);
  }
}
