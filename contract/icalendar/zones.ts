import { DAY_MS } from "./calendar-time.ts";
import { windowsZones } from "./windows-zones.ts";

/** How wall clocks and moments belong together somewhere. */
export interface Zone {
  /** IANA name, or the TZID that a calendar explains itself. */
  readonly name: string;
  /** What the wall clock is ahead of UTC at a moment. */
  readonly offsetMsAt: (utcMs: number) => number;
}

/**
 * RFC 5545 section 3.3.5: a wall clock that comes twice means the first time; one that is skipped is read with the offset
 * before the gap.
 */
export function utcMsOf(zone: Zone, wallMs: number): number {
  const before = zone.offsetMsAt(wallMs - DAY_MS);
  const after = zone.offsetMsAt(wallMs + DAY_MS);
  if (before === after) return wallMs - before;
  const first = wallMs - before;
  if (zone.offsetMsAt(first) === before) return first;
  const second = wallMs - after;
  return zone.offsetMsAt(second) === after ? second : first;
}

export function wallMsAt(zone: Zone, utcMs: number): number {
  return utcMs + zone.offsetMsAt(utcMs);
}

export const utcZone: Zone = { name: "UTC", offsetMsAt: () => 0 };

const names = new Map<string, string | undefined>();
const MOST_REMEMBERED = 2000;

/** The IANA name that a TZID means (its own, one of Windows, or the end of a path as some programs write it). */
export function ianaNameOf(tzid: string): string | undefined {
  if (names.has(tzid)) return names.get(tzid);
  const name = findName(tzid.trim());
  // A hostile calendar names zones without end.
  if (names.size >= MOST_REMEMBERED) names.clear();
  names.set(tzid, name);
  return name;
}

function findName(tzid: string): string | undefined {
  if (/^(?:UTC|GMT|Z|Etc\/UTC|Etc\/GMT)$/i.test(tzid)) return "UTC";
  if (tzid.length > 200) return undefined;
  const windows =
    windowsZones.get(tzid) ?? windowsZones.get(tzid.replace(/ Daylight Time$/, " Standard Time"));
  if (windows !== undefined) return windows;
  if (isKnown(tzid)) return tzid;
  // `/mozilla.org/20050126_1/Europe/Paris`, `/freeassociation.sourceforge.net/Europe/Paris`
  const parts = tzid.split("/").filter((part) => part !== "");
  const ends = [3, 2].filter((count) => parts.length > count).map((count) => parts.slice(-count).join("/"));
  return ends.find(isKnown);
}

function isKnown(name: string): boolean {
  // Offsets are names for some engines and not for others.
  if (!/^[A-Za-z][\w+\-/]*$/.test(name)) return false;
  try {
    return Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    // It says by a RangeError alone that it does not know the name.
    return false;
  }
}

const zones = new Map<string, Zone>();

/** A zone of the IANA database as this machine knows it. */
export function ianaZone(tzid: string): Zone | undefined {
  const name = ianaNameOf(tzid);
  if (name === undefined) return undefined;
  if (name === "UTC") return utcZone;
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = yearlyZone(name, intlOffset(name));
    zones.set(name, zone);
  }
  return zone;
}

interface YearOffsets {
  /** Moments from which the offset of the same place counts; the first is the year's begin. */
  readonly fromMs: readonly number[];
  readonly offsetsMs: readonly number[];
}

/** Changes of a year are looked for once: asking Intl for each moment is a thousand times slower. */
function yearlyZone(name: string, offsetMsAt: (utcMs: number) => number): Zone {
  const years = new Map<number, YearOffsets>();
  let lastYear = Number.NaN;
  let lastFromMs = 0;
  let lastToMs = -1;
  let last: YearOffsets = { fromMs: [], offsetsMs: [] };
  const load = (utcMs: number): void => {
    lastYear = clampYear(new Date(utcMs).getUTCFullYear());
    lastFromMs = Date.UTC(lastYear, 0, 1);
    lastToMs = Date.UTC(lastYear + 1, 0, 1);
    const known = years.get(lastYear);
    last = known ?? changesOfYear(lastFromMs, lastToMs, offsetMsAt);
    if (known === undefined) years.set(lastYear, last);
  };
  return {
    name,
    offsetMsAt: (utcMs) => {
      if (utcMs < lastFromMs || utcMs >= lastToMs) load(utcMs);
      let at = last.fromMs.length - 1;
      while (at > 0 && utcMs < (last.fromMs[at] ?? 0)) at -= 1;
      return last.offsetsMs[at] ?? 0;
    },
  };
}

/** Rules repeat; beyond these years the nearest one's serve. */
function clampYear(year: number): number {
  return Number.isNaN(year) ? 1970 : Math.min(Math.max(year, 1900), 2199);
}

/** Fine enough for zones that put their clocks back for a month of fasting. */
const SAMPLE_MS = 10 * DAY_MS;

function changesOfYear(fromMs: number, toMs: number, offsetMsAt: (utcMs: number) => number): YearOffsets {
  const starts = [fromMs];
  const offsets = [offsetMsAt(fromMs)];
  let lowMs = fromMs;
  while (lowMs < toMs) {
    const highMs = Math.min(lowMs + SAMPLE_MS, toMs);
    const offset = offsetMsAt(highMs);
    if (offset !== offsets.at(-1)) {
      const changeMs = changeBetween(lowMs, highMs, offsetMsAt);
      if (changeMs < toMs) {
        starts.push(changeMs);
        offsets.push(offset);
      }
    }
    lowMs = highMs;
  }
  return { fromMs: starts, offsetsMs: offsets };
}

/** The first second with the later offset. */
export function changeBetween(lowMs: number, highMs: number, offsetMsAt: (utcMs: number) => number): number {
  const later = offsetMsAt(highMs);
  let low = lowMs;
  let high = highMs;
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetMsAt(middle) === later) high = middle;
    else low = middle;
  }
  return high;
}

function intlOffset(name: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (utcMs) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utcMs)) parts[type] = Number(value);
    const wallMs = Date.UTC(
      parts["year"] ?? 0,
      (parts["month"] ?? 1) - 1,
      parts["day"] ?? 1,
      parts["hour"] ?? 0,
      parts["minute"] ?? 0,
      parts["second"] ?? 0,
    );
    return wallMs - Math.floor(utcMs / 1000) * 1000;
  };
}
