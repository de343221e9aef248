const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Hours of the day, Europe/Paris, in which a channel is used. */
export interface Hours {
  from: number;
  to: number;
  hasWeekends?: boolean;
}

export const OFFICE: Hours = { from: 8.2, to: 18.3 };
export const ROUND: Hours = { from: 5.6, to: 20.5, hasWeekends: true };

const parisFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Paris",
  hourCycle: "h23",
  hour: "2-digit",
  minute: "2-digit",
});
const offsets = new Map<number, number>();

/** Minutes that Paris is ahead of UTC on the day of this instant (as at noon: exact enough for a made-up chat). */
function parisOffsetMinutes(epochMs: number): number {
  const day = Math.floor(epochMs / DAY_MS);
  const known = offsets.get(day);
  if (known !== undefined) return known;
  const [hour = "12", minute = "00"] = parisFormat.format(day * DAY_MS + DAY_MS / 2).split(":");
  const offset = (Number(hour) - 12) * 60 + Number(minute);
  offsets.set(day, offset);
  return offset;
}

/** The same instant if someone of this channel is at work then, else the start of the next time when they are. */
export function atWork(epochMs: number, hours: Hours): number {
  const offsetMs = parisOffsetMinutes(epochMs) * MINUTE_MS;
  const local = epochMs + offsetMs;
  const day = Math.floor(local / DAY_MS);
  const weekday = (day + 4) % 7; // 1 January 1970 was a Thursday
  const hour = (local - day * DAY_MS) / 3_600_000;
  const isRest = hours.hasWeekends !== true && (weekday === 0 || weekday === 6);
  if (!isRest && hour >= hours.from && hour <= hours.to) return epochMs;
  if (!isRest && hour < hours.from) return day * DAY_MS + hours.from * 3_600_000 - offsetMs;
  // some minutes into the next day's opening, not all at the same second
  const late = (local % 1_860_000) + MINUTE_MS;
  return atWork((day + 1) * DAY_MS + hours.from * 3_600_000 + late - offsetMs, hours);
}

/** An instant on the day of `epochMs`, within the hours: `part` in [0, 1) says where. */
export function withinDay(epochMs: number, hours: Hours, part: number): number {
  const offsetMs = parisOffsetMinutes(epochMs) * MINUTE_MS;
  const day = Math.floor((epochMs + offsetMs) / DAY_MS);
  const hour = hours.from + (hours.to - hours.from) * part;
  return atWork(Math.round(day * DAY_MS + hour * 3_600_000 - offsetMs), hours);
}
