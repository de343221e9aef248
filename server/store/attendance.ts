import type { PersonId } from "#contract/ids.ts";

/** What the signs of life of all of a person's machines come to; nobody there: undefined. */
export type Attendance = "active" | "idle";

export interface AttendanceMark {
  personId: PersonId;
  attendance: Attendance | undefined;
}

/** Who is at which server process: beside the rows, and written when it changes alone. */
export interface AttendanceWrites {
  /** What this process knows of these people now. */
  mark(process: string, marks: readonly AttendanceMark[]): Promise<void>;
  /** What all processes together know; who is nowhere is not in it. */
  of(personIds: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Attendance>>;
}

export interface AttendanceStore {
  /**
   * Says that this process lives, and forgets those that have not said so for `silentForMs`. `left`: the people whom
   * they had. `wasForgotten`: this one had been forgotten itself (or is new): its people must be marked anew.
   */
  beat(process: string, silentForMs: number): Promise<{ left: PersonId[]; wasForgotten: boolean }>;
}

/** Which invitation a guest's link belongs to. The link itself is kept nowhere, only its hash. */
export interface InvitationLinkStore {
  /** One link an invitation: the former is worth nothing from then on. */
  save(link: InvitationLinkRecord): Promise<void>;
  byHash(tokenHash: string): Promise<InvitationLinkRecord | undefined>;
}

export interface InvitationLinkRecord {
  invitationId: string;
  spaceId: string;
  tokenHash: string;
}
