import { mutations } from "#contract/mutations.ts";
import { isFailed } from "./message-overlay.ts";
import type { OutboxEntry } from "./outbox.ts";
import type { Place } from "./places.ts";

/** Lays waiting changes of a channel's or group's name, people and end over it. */
export function overlayPlace(place: Place, pending: readonly OutboxEntry[]): Place {
  let result = place;
  for (const entry of pending) if (!isFailed(entry)) result = laid(result, entry);
  return result;
}

function laid(place: Place, { mutation }: OutboxEntry): Place {
  const { name, args } = mutation;
  switch (name) {
    case "conversation.update": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success || parsed.data.id !== place.conversationId) return place;
      const { name: renamed, addIds = [], removeIds = [] } = parsed.data;
      const memberIds = [...new Set([...place.memberIds, ...addIds])].filter((id) => !removeIds.includes(id));
      return { ...place, name: renamed ?? place.name, memberIds };
    }
    case "channel.update": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success || parsed.data.id !== place.conversationId) return place;
      const { name: renamed, topic } = parsed.data.changes;
      return {
        ...place,
        name: typeof renamed === "string" ? renamed : place.name,
        topic: topic === undefined ? place.topic : typeof topic === "string" ? topic : "",
      };
    }
    case "channel.archive": {
      const parsed = mutations[name].safeParse(args);
      if (!parsed.success || parsed.data.id !== place.conversationId) return place;
      return { ...place, isArchived: parsed.data.isArchived };
    }
    default:
      return place;
  }
}
