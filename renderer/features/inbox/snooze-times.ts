import { AFTERNOON, atHour, daysToMonday, HOUR_MS, MORNING } from "#renderer/kit/wall-clock.ts";

export type SnoozeName = "inAnHour" | "thisAfternoon" | "tomorrow" | "nextMonday";

/** When an item can be put off to, by the person's own clock; what is past or soon is left out. */
export function snoozeTimes(nowMs: number): { name: SnoozeName; atMs: number }[] {
  const toMonday = daysToMonday(nowMs);
  const times: { name: SnoozeName; atMs: number }[] = [
    { name: "inAnHour", atMs: nowMs + HOUR_MS },
    { name: "thisAfternoon", atMs: atHour(nowMs, 0, AFTERNOON) },
    { name: "tomorrow", atMs: atHour(nowMs, 1, MORNING) },
    // On a Sunday, Monday is tomorrow.
    { name: "nextMonday", atMs: toMonday === 1 ? 0 : atHour(nowMs, toMonday, MORNING) },
  ];
  return times.filter(({ name, atMs }) => name === "inAnHour" || atMs > nowMs + HOUR_MS);
}
