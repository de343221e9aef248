import type { z } from "zod";
import { articleSchema } from "./entities/article.ts";
import { calendarObjectSchema, calendarSchema } from "./entities/calendar.ts";
import { channelSchema } from "./entities/channel.ts";
import { conversationSchema } from "./entities/conversation.ts";
import { draftSchema } from "./entities/draft.ts";
import { followSchema } from "./entities/follow.ts";
import { libraryShareSchema } from "./entities/library-share.ts";
import { libraryItemSchema, libraryVersionSchema } from "./entities/library.ts";
import { membershipSchema } from "./entities/membership.ts";
import {
  acknowledgementSchema,
  messageVersionSchema,
  pinSchema,
  voteSchema,
} from "./entities/message-parts.ts";
import { messageSchema } from "./entities/message.ts";
import { notificationSchema } from "./entities/notification.ts";
import { groupSchema, organisationSchema } from "./entities/organisation.ts";
import { personSchema } from "./entities/person.ts";
import { placeSettingSchema, preferencesSchema, sectionSchema } from "./entities/preferences.ts";
import { presenceSchema } from "./entities/presence.ts";
import { reactionSchema } from "./entities/reaction.ts";
import { readMarkerSchema } from "./entities/read-marker.ts";
import { receiptSchema } from "./entities/receipt.ts";
import {
  guestInvitationSchema,
  joinRequestSchema,
  reportSchema,
  spaceRequestSchema,
} from "./entities/requests.ts";
import { savedItemSchema } from "./entities/saved-item.ts";
import { scheduledMessageSchema } from "./entities/scheduled-message.ts";
import { sessionSchema } from "./entities/session.ts";
import { spaceSchema, spaceTemplateSchema } from "./entities/space.ts";
import { boardColumnSchema, boardSchema, taskSchema } from "./entities/task.ts";

/** Every collection of contract v1 and the schema of its rows. A new module adds its line here. */
export const collections = {
  person: personSchema,
  organisation: organisationSchema,
  group: groupSchema,
  space: spaceSchema,
  spaceTemplate: spaceTemplateSchema,
  membership: membershipSchema,
  channel: channelSchema,
  conversation: conversationSchema,
  message: messageSchema,
  reaction: reactionSchema,
  vote: voteSchema,
  acknowledgement: acknowledgementSchema,
  messageVersion: messageVersionSchema,
  pin: pinSchema,
  receipt: receiptSchema,
  readMarker: readMarkerSchema,
  follow: followSchema,
  presence: presenceSchema,
  notification: notificationSchema,
  draft: draftSchema,
  scheduledMessage: scheduledMessageSchema,
  savedItem: savedItemSchema,
  preferences: preferencesSchema,
  placeSetting: placeSettingSchema,
  section: sectionSchema,
  spaceRequest: spaceRequestSchema,
  joinRequest: joinRequestSchema,
  guestInvitation: guestInvitationSchema,
  report: reportSchema,
  article: articleSchema,
  session: sessionSchema,
  libraryItem: libraryItemSchema,
  libraryVersion: libraryVersionSchema,
  libraryShare: libraryShareSchema,
  board: boardSchema,
  boardColumn: boardColumnSchema,
  task: taskSchema,
  calendar: calendarSchema,
  calendarObject: calendarObjectSchema,
} as const;

export type CollectionName = keyof typeof collections;
export type Row<C extends CollectionName> = z.infer<(typeof collections)[C]>;

export const collectionNames: readonly CollectionName[] = Object.keys(collections).filter(isCollectionName);

export function isCollectionName(name: string): name is CollectionName {
  return Object.hasOwn(collections, name);
}

/** Rows that hang on a message (`messageId`) of a conversation (`conversationId`) and travel with it. */
export const messageParts = ["reaction", "vote", "acknowledgement", "messageVersion"] as const;
export type MessagePart = (typeof messageParts)[number];

export function isMessagePart(name: string): name is MessagePart {
  return (messageParts as readonly string[]).includes(name);
}

/**
 * Collections whose rows pile up along a conversation. A snapshot sends them last and newest first, at most
 * `timeline` rows a scope; older ones come through history. All others are sent whole.
 */
export const timelineCollections: ReadonlySet<string> = new Set<CollectionName>(["message", ...messageParts]);
