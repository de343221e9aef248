import type { ObjectRef } from "#contract/entities/object-ref.ts";
import type { PresenceState, Status } from "#contract/entities/presence.ts";
import type { Section } from "#contract/entities/preferences.ts";
import { createId, sectionIdSchema, type MessageId, type PersonId, type SectionId } from "#contract/ids.ts";
import type { MutationArgs } from "#contract/mutations.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { Place, Write } from "./write.ts";

type PlaceSettingChanges = Omit<MutationArgs<"placeSetting.set">, "id">;

/** What only concerns the person themselves: what they keep, follow, mute, and how they show. */
export function createPersonalCommands(write: Write, me: PersonId) {
  const mine = personScope(me);
  return {
    /** Keeps something for later, or changes what was kept of it. `remindAt` null takes the reminder back. */
    saveItem: (object: ObjectRef, changes: Omit<MutationArgs<"item.save">, "object"> = {}) =>
      write("item.save", mine, { ...changes, object }),
    removeItem: (object: ObjectRef) => write("item.remove", mine, { object }),
    followThread: (place: Place, threadId: MessageId, isFollowed: boolean) =>
      write("follow.set", mine, {
        scope: place.scope,
        conversationId: place.conversationId,
        threadId,
        isFollowed,
      }),
    markThreadRead: (place: Place, threadId: MessageId, readAt: IsoTime) =>
      write("follow.set", mine, {
        scope: place.scope,
        conversationId: place.conversationId,
        threadId,
        readAt,
      }),
    /** Of a conversation or a space; null takes a choice back. */
    setPlace: (id: string, changes: PlaceSettingChanges) =>
      write("placeSetting.set", mine, { ...changes, id }),
    async addSection(name: string, position: number) {
      const id = sectionIdSchema.parse(createId());
      return { id, result: await write("section.save", mine, { id, name, position }) };
    },
    saveSection: (section: Section) => write("section.save", mine, section),
    removeSection: (id: SectionId) => write("section.remove", mine, { id }),
    /** By hand; null leaves it to Parvis again. */
    choosePresence: (chosen: { state: PresenceState; until?: IsoTime } | null) =>
      write("presence.choose", DIRECTORY, { chosen }),
    setStatus: (status: Status | null) => write("status.set", DIRECTORY, { status }),
  };
}
