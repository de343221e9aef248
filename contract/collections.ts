import type { z } from "zod";
import { channelSchema } from "./entities/channel.ts";
import { conversationSchema } from "./entities/conversation.ts";
import { draftSchema } from "./entities/draft.ts";
import { membershipSchema } from "./entities/membership.ts";
import { messageSchema } from "./entities/message.ts";
import { notificationSchema } from "./entities/notification.ts";
import { personSchema } from "./entities/person.ts";
import { presenceSchema } from "./entities/presence.ts";
import { reactionSchema } from "./entities/reaction.ts";
import { readMarkerSchema } from "./entities/read-marker.ts";
import { spaceSchema } from "./entities/space.ts";

/** Every collection of contract v1 and the schema of its rows. A new module adds its line here. */
export const collections = {
  person: personSchema,
  space: spaceSchema,
  membership: membershipSchema,
  channel: channelSchema,
  conversation: conversationSchema,
  message: messageSchema,
  reaction: reactionSchema,
  readMarker: readMarkerSchema,
  presence: presenceSchema,
  notification: notificationSchema,
  draft: draftSchema,
} as const;

export type CollectionName = keyof typeof collections;
export type Row<C extends CollectionName> = z.infer<(typeof collections)[C]>;

export const collectionNames: readonly CollectionName[] = Object.keys(collections).filter(isCollectionName);

export function isCollectionName(name: string): name is CollectionName {
  return Object.hasOwn(collections, name);
}

/**
 * Collections whose rows pile up along a conversation. A snapshot sends them last and newest first, at most
 * `timeline` rows a scope; older ones come through history. All others are sent whole.
 */
export const timelineCollections: ReadonlySet<string> = new Set<CollectionName>(["message", "reaction"]);
