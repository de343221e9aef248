import { calendarObjectSchema, type Calendar, type CalendarObjectRow } from "#contract/entities/calendar.ts";
import {
  calendarIdSchema,
  calendarObjectKey,
  createId,
  type CalendarId,
  type CalendarObjectId,
  type PersonId,
} from "#contract/ids.ts";
import type { AnswerStatus } from "#contract/icalendar/scheduling.ts";
import { ok, type Result } from "#contract/result.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import type { RefusedWrite } from "#contract/views/message-view.ts";
import type { WorkerClient } from "#renderer/kit/worker-client.ts";
import type { EditedTexts, ShownTime } from "./event-edits.ts";
import { createWrite, type Mutated } from "./write.ts";

/** `calendarObject.reply` without the event. */
export interface Reply {
  status: AnswerStatus;
  sequence: number;
  time?: ShownTime;
  comment?: string;
  proposal?: { startMs: number; endMs: number };
}

type CalendarLook = Pick<Calendar, "name" | "colour">;

/** Everything that a person can do with calendars and events; each is at once on disk, and shown. */
export function createCalendarCommands(client: Pick<WorkerClient, "call">) {
  const write = createWrite(client);
  const put = (
    scope: Scope,
    { id, calendarId }: { id: CalendarObjectId; calendarId: CalendarId },
    data: string,
    baseRevision?: number,
  ) =>
    write("calendarObject.put", scope, {
      id,
      calendarId,
      data,
      ...(baseRevision === undefined ? {} : { baseRevision }),
    });
  return {
    async createCalendar(scope: Scope, look: CalendarLook): Promise<Result<CalendarId>> {
      const id = calendarIdSchema.parse(createId());
      const made = await write("calendar.create", scope, { id, ...look });
      return made.ok ? ok(id) : made;
    },
    changeCalendar: (scope: Scope, { id, name, colour }: Calendar, changes: Partial<CalendarLook>) => {
      const base = Object.fromEntries(
        Object.keys(changes).map((field) => [field, field === "name" ? name : colour]),
      );
      return write("calendar.update", scope, { id, base, changes });
    },
    removeCalendar: (scope: Scope, { id }: Calendar) => write("calendar.remove", scope, { id }),

    /** A new event; one with the same UID in the same place is refused as a conflict. */
    add: (scope: Scope, calendarId: CalendarId, { uid, data }: { uid: string; data: string }) =>
      put(scope, { id: calendarObjectKey(scope, uid), calendarId }, data),
    /** What an edit made of an object, of the revision that the person saw. */
    async apply(scope: Scope, object: CalendarObjectRow, { data, added }: EditedTexts): Promise<Mutated> {
      const first =
        data === null
          ? await write("calendarObject.remove", scope, { id: object.id, baseRevision: object.revision })
          : await put(scope, object, data, object.revision);
      return added === null || !first.ok ? first : await this.add(scope, object.calendarId, added);
    },
    /** As it was before an edit: `object` as it stood then. */
    async takeBack(scope: Scope, object: CalendarObjectRow, { data, added }: EditedTexts): Promise<Mutated> {
      if (added !== null) {
        const id = calendarObjectKey(scope, added.uid);
        const gone = await write("calendarObject.remove", scope, { id, baseRevision: 1 });
        if (!gone.ok) return gone;
      }
      return await put(scope, object, object.data, data === null ? undefined : object.revision + 1);
    },
    /** One that was just made. */
    removeNew: (scope: Scope, uid: string) =>
      write("calendarObject.remove", scope, { id: calendarObjectKey(scope, uid), baseRevision: 1 }),
    remove: (scope: Scope, { id, revision }: Pick<CalendarObjectRow, "id" | "revision">) =>
      write("calendarObject.remove", scope, { id, baseRevision: revision }),
    /** An answer to an invitation, wherever it was seen: it is given of one's own copy. */
    reply: (me: PersonId, uid: string, { time, proposal, ...answer }: Reply) =>
      write("calendarObject.reply", personScope(me), {
        id: calendarObjectKey(personScope(me), uid),
        ...answer,
        ...(time === undefined ? {} : { time: { ...time } }),
        ...(proposal === undefined ? {} : { proposal: { ...proposal } }),
      }),
    /** To another calendar of the same place. */
    move: (scope: Scope, { id }: CalendarObjectRow, calendarId: CalendarId) =>
      write("calendarObject.move", scope, { id, calendarId }),

    giveUp: ({ mutationId }: RefusedWrite) => client.call("outbox.discard", { mutationId }),
    tryAgain: ({ mutationId }: RefusedWrite) => client.call("outbox.retry", { mutationId }),
    /** What the person wanted stands, whatever somebody else has made of the event. */
    insist: ({ mutationId, current }: RefusedWrite) => {
      const standing = calendarObjectSchema.safeParse(current);
      const changes = standing.success ? { baseRevision: standing.data.revision } : {};
      return client.call("outbox.retry", { mutationId, changes });
    },
  };
}
