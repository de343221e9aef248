import type { Presence, PresenceState } from "#contract/entities/presence.ts";
import type { PersonId } from "#contract/ids.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { Attendance } from "../store/attendance.ts";
import type { RowWrite } from "../store/store.ts";

/** What is shown of somebody: nothing without a sign of life, else what they chose, else whether they are at a machine. */
export function presenceState(
  { chosen }: Pick<Presence, "chosen">,
  attendance: Attendance | undefined,
  nowMs: number,
): PresenceState {
  if (attendance === undefined) return "offline";
  if (chosen !== undefined && !isPast(chosen.until, nowMs)) return chosen.state;
  return attendance === "active" ? "active" : "away";
}

/** Without what has ended. */
export function currentPresence({ chosen, status, ...rest }: Presence, nowMs: number): Presence {
  return {
    ...rest,
    ...(chosen === undefined || isPast(chosen.until, nowMs) ? {} : { chosen }),
    ...(status === undefined || isPast(status.expiresAt, nowMs) ? {} : { status }),
  };
}

/** When something of it ends by itself next; null when nothing does. */
export function nextEnd({ chosen, status }: Presence): number | null {
  const ends = [chosen?.until, status?.expiresAt].flatMap((end) =>
    end === undefined ? [] : [Date.parse(end)],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The row as it should stand now; the same object when nothing is to be written. */
export function updatedPresence(
  row: Presence | undefined,
  personId: PersonId,
  attendance: Attendance | undefined,
  nowMs: number,
): Presence | undefined {
  const state = presenceState(row ?? {}, attendance, nowMs);
  if (row?.state === state || (row === undefined && state === "offline")) return row;
  const wasActive = row?.state === "active" || state === "active";
  return { ...row, id: personId, state, ...(wasActive ? { lastActiveAt: toIsoTime(nowMs) } : {}) };
}

export function presenceRow(data: Presence): RowWrite {
  return { scope: DIRECTORY, collection: "presence", id: data.id, op: "put", data };
}

function isPast(time: string | undefined, nowMs: number): boolean {
  return time !== undefined && Date.parse(time) <= nowMs;
}
