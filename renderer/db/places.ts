import type { Row } from "#contract/collections.ts";
import type { ConversationId, PersonId, SpaceId } from "#contract/ids.ts";
import { mutations } from "#contract/mutations.ts";
import { conversationScope, scopeSchema, type Scope } from "#contract/scope.ts";
import type { IsoTime } from "#contract/time.ts";
import type { BlockStore } from "./block-store.ts";
import type { Changes } from "./entry.ts";
import type { OutboxEntry } from "./outbox.ts";
import { overlayPlace } from "./place-overlay.ts";
import type { Reader } from "./reader.ts";
import { kindOf, scopeOf } from "./streams.ts";

/** A channel or conversation as a view sees it: its row, or the pending write that will make it. */
export interface Place {
  conversationId: ConversationId;
  scope: Scope;
  kind: "channel" | "direct" | "group";
  name: string;
  topic: string;
  spaceId: SpaceId | null;
  memberIds: readonly PersonId[];
  createdAt: IsoTime;
  isArchived: boolean;
  /** Holds the posts of its space: it can be read like any other, and is not among the conversations. */
  isWall: boolean;
  /** Among the conversations: neither walls nor what is said of documents. */
  isListed: boolean;
  conversation: Row<"conversation"> | null;
}

/** Knows in which space each channel is, so that a conversation id alone finds its scope. */
export class Places {
  readonly #store: BlockStore;
  readonly #channels = new Map<string, Scope>();

  constructor(store: BlockStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    for (const stream of this.#store.streamsOf("channel")) {
      for (const entry of await this.#store.range(stream)) this.#note(stream, entry.key);
    }
  }

  note(changes: Changes): void {
    for (const [stream, keys] of changes) {
      if (kindOf(stream) !== "channel") continue;
      for (const key of keys) {
        if (key === "") this.#forget(scopeOf(stream));
        else if (!stream.startsWith("*")) this.#note(stream, key);
      }
    }
  }

  /** The space of a channel, or the scope of a direct or group conversation. */
  scope(conversationId: ConversationId): Scope {
    return this.#channels.get(conversationId) ?? conversationScope(conversationId);
  }

  async find(reader: Reader, conversationId: ConversationId): Promise<Place | undefined> {
    const channelScope = this.#channels.get(conversationId);
    if (channelScope !== undefined) {
      const channel = await reader.row(channelScope, "channel", conversationId);
      if (channel !== undefined)
        return overlayPlace(channelPlace(channelScope, channel), reader.pending(conversationId));
    }
    // A channel that appears later makes the answer another one.
    reader.watch("*/channel");
    const scope = conversationScope(conversationId);
    const conversation = await reader.row(scope, "conversation", conversationId);
    if (conversation !== undefined)
      return overlayPlace(conversationPlace(scope, conversation), reader.pending(conversationId));
    for (const entry of reader.pending(conversationId)) {
      const made = pendingPlace(entry);
      if (made !== undefined) return made;
    }
    return undefined;
  }

  /** Every conversation that is listed. */
  async all(reader: Reader): Promise<Place[]> {
    const found = new Map<string, Place>();
    for (const { scope, row } of await reader.everywhere("channel")) {
      const known = this.#channels.get(row.id);
      found.set(row.id, channelPlace(known === scope ? known : scopeSchema.parse(scope), row));
    }
    for (const { scope, row } of await reader.everywhere("conversation")) {
      found.set(row.id, conversationPlace(scopeSchema.parse(scope), row));
    }
    for (const entry of reader.allPending()) {
      const made = pendingPlace(entry);
      if (made !== undefined && !found.has(made.conversationId)) found.set(made.conversationId, made);
    }
    const pending = reader.allPending();
    return [...found.values()].filter((place) => place.isListed).map((place) => overlayPlace(place, pending));
  }

  #note(stream: string, key: string): void {
    const scope = scopeSchema.safeParse(scopeOf(stream));
    if (scope.success) this.#channels.set(key, scope.data);
  }

  #forget(scope: string): void {
    for (const [id, each] of this.#channels) if (each === scope) this.#channels.delete(id);
  }
}

function channelPlace(scope: Scope, row: Row<"channel">): Place {
  return {
    conversationId: row.id,
    scope,
    kind: "channel",
    name: row.name,
    topic: row.topic ?? "",
    spaceId: row.spaceId,
    memberIds: [],
    createdAt: row.createdAt,
    isArchived: row.archivedAt !== undefined,
    isWall: row.kind === "wall",
    isListed: row.kind === undefined || row.kind === "channel",
    conversation: null,
  };
}

function conversationPlace(scope: Scope, row: Row<"conversation">): Place {
  return {
    conversationId: row.id,
    scope,
    kind: row.kind,
    name: row.name ?? "",
    topic: "",
    spaceId: null,
    memberIds: row.memberIds,
    createdAt: row.createdAt,
    isArchived: false,
    isWall: false,
    isListed: true,
    conversation: row,
  };
}

function pendingPlace({ mutation, status }: OutboxEntry): Place | undefined {
  if (status === "rejected" || status === "conflict") return undefined;
  const { name, args, madeAt, scope } = mutation;
  if (name === "conversation.open") {
    const parsed = mutations[name].safeParse(args);
    if (!parsed.success) return undefined;
    const { id, kind, memberIds, name: groupName } = parsed.data;
    const named = groupName === undefined ? {} : { name: groupName };
    return conversationPlace(conversationScope(id), { id, kind, memberIds, createdAt: madeAt, ...named });
  }
  if (name === "channel.create") {
    const parsed = mutations[name].safeParse(args);
    return parsed.success ? channelPlace(scope, { ...parsed.data, createdAt: madeAt }) : undefined;
  }
  return undefined;
}
