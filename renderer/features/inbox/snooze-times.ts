export type SnoozeName = "inAnHour" | "thisAfternoon" | "tomorrow" | "nextMonday";

const HOUR_MS = 3_600_000;
const MORNING = 9;
const AFTERNOON = 14;

/** When an item can be put off to, by the person's own clock; what is past or soon is left out. */
export function snoozeTimes(nowMs: number): { name: SnoozeName; atMs: number }[] {
  const at = (days: number, hour: number) => {
    const date = new Date(nowMs);
    date.setDate(date.getDate() + days);
    date.setHours(hour, 0, 0, 0);
    return date.getTime();
  };
  const weekday = new Date(nowMs).getDay();
  const daysToMonday = (8 - weekday) % 7 || 7;
  const times: { name: SnoozeName; atMs: number }[] = [
    { name: "inAnHour", atMs: nowMs + HOUR_MS },
    { name: "thisAfternoon", atMs: at(0, AFTERNOON) },
    { name: "tomorrow", atMs: at(1, MORNING) },
    // On a Sunday, Monday is tomorrow.
    { name: "nextMonday", atMs: daysToMonday === 1 ? 0 : at(daysToMonday, MORNING) },
  ];
  return times.filter(({ name, atMs }) => name === "inAnHour" || atMs > nowMs + HOUR_MS);
}
