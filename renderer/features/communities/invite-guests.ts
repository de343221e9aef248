import { createId, type SpaceId } from "#contract/ids.ts";
import { deskScope } from "#contract/scope.ts";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";

export interface Invited {
  email: string;
  name?: string;
  /** The guest's access ends then. */
  accessUntil?: IsoTime;
  /** The link can be used until then. */
  expiresAt?: IsoTime;
}

const DAY_MS = 86_400_000;
const LINK_DAYS = 14;

export function inDays(days: number): IsoTime {
  return toIsoTime(Date.now() + days * DAY_MS);
}

/** The end of a day in the person's own time zone. */
export function endOfDay(day: string): IsoTime | undefined {
  const atMs = Date.parse(`${day}T23:59:00`);
  return Number.isNaN(atMs) ? undefined : toIsoTime(atMs);
}

/** Invitations for people from outside: how many could be kept. */
export function useInviteGuests(spaceId: SpaceId): (invited: readonly Invited[]) => Promise<number> {
  const { write } = useWriter();
  return async (invited) => {
    let kept = 0;
    for (const { email, expiresAt = inDays(LINK_DAYS), ...rest } of invited) {
      const args = { ...rest, id: createId(), spaceId, email: email.trim().toLowerCase(), expiresAt };
      if (await write("guest.invite", deskScope(spaceId), args)) kept += 1;
    }
    return kept;
  };
}
