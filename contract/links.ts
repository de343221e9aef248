import { z } from "zod";
import {
  conversationIdSchema,
  freshIdSchema,
  messageIdSchema,
  personIdSchema,
  spaceIdSchema,
} from "./ids.ts";
import type { ConversationId, MessageId, PersonId, SpaceId } from "./ids.ts";

/** Places that everybody has one of. */
const placeNames = [
  "inbox",
  "saved",
  "threads",
  "scheduled",
  "feed",
  "drafts",
  "communities",
  "requests",
] as const;
export type PlaceName = (typeof placeNames)[number];

/** An object that others may see too: it can be named in a text and have a window of its own. */
export type ObjectTarget =
  | { kind: "conversation"; conversationId: ConversationId }
  | { kind: "message"; conversationId: ConversationId; messageId: MessageId; threadId?: MessageId }
  /** The replies to a message. */
  | { kind: "thread"; conversationId: ConversationId; threadId: MessageId }
  | { kind: "space"; spaceId: SpaceId }
  | { kind: "person"; personId: PersonId }
  /** One in the making; published it is a message. */
  | { kind: "article"; articleId: string };

/** What an address inside Parvis leads to. */
export type LinkTarget =
  | ObjectTarget
  /** What a space's animators have to decide. */
  | { kind: "desk"; spaceId: SpaceId }
  /** An item of the inbox. */
  | { kind: "item"; itemId: string }
  | { kind: "place"; place: PlaceName };

/** An address with the workplace that it belongs to; null: the one that is shown. */
export interface Address {
  target: LinkTarget;
  at: string | null;
}

const SCHEME = "parvis://";
const AT = "?at=";

/** Host and, where it is not the usual one, port. Only ever compared with those of the accounts that are here. */
const workplaceSchema = z
  .string()
  .max(120)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9][0-9]{0,4})?$/);

/**
 * The address of an object, to be pasted into any text: `parvis://conversation/ID`, `parvis://message/CONVERSATION/ID`
 * (`…/ID/THREAD` for a reply or comment), `parvis://thread/CONVERSATION/ID`, `parvis://space/ID`, `parvis://person/ID`,
 * `parvis://article/ID`; of what everybody has for themselves: `parvis://item/ID`, `parvis://desk/SPACE`, `parvis://inbox`,
 * … It says nothing of what it leads to. With `?at=HOST` it belongs to that workplace.
 */
export function formatLink(target: LinkTarget, at: string | null = null): string {
  return `${SCHEME}${stepsOf(target).join("/")}${at === null ? "" : `${AT}${at}`}`;
}

function stepsOf(target: LinkTarget): string[] {
  switch (target.kind) {
    case "conversation":
      return [target.kind, target.conversationId];
    case "message": {
      const { kind, conversationId, messageId, threadId } = target;
      return [kind, conversationId, messageId, ...(threadId === undefined ? [] : [threadId])];
    }
    case "thread":
      return [target.kind, target.conversationId, target.threadId];
    case "space":
    case "desk":
      return [target.kind, target.spaceId];
    case "person":
      return [target.kind, target.personId];
    case "article":
      return [target.kind, target.articleId];
    case "item":
      return [target.kind, target.itemId];
    case "place":
      return [target.place];
  }
}

/** Null for anything that is not exactly such an address. */
export function parseAddress(text: string): Address | null {
  if (!text.startsWith(SCHEME)) return null;
  const [path = "", ...named] = text.slice(SCHEME.length).split(AT);
  const at = z.tuple([workplaceSchema]).or(z.tuple([])).safeParse(named);
  const target = targetOf(path.split("/"));
  return target === null || !at.success ? null : { target, at: at.data[0] ?? null };
}

/** What it leads to, wherever that is. Null for anything that is not exactly such an address. */
export function parseLink(text: string): LinkTarget | null {
  return parseAddress(text)?.target ?? null;
}

/** Null also for what is everybody's own. */
export function parseObjectLink(text: string): ObjectTarget | null {
  const target = parseLink(text);
  return target === null || target.kind === "place" || target.kind === "desk" || target.kind === "item"
    ? null
    : target;
}

/** What the workplace at this address is called in a link. Null where it cannot be named so. */
export function workplaceOf(serverUrl: string): string | null {
  return URL.canParse(serverUrl) ? (workplaceSchema.safeParse(new URL(serverUrl).host).data ?? null) : null;
}

const one = z.tuple([z.string()]);
const of = <Schema extends z.ZodType>(schema: Schema, steps: readonly string[]): z.output<Schema> | null =>
  one.safeParse(steps).success ? (schema.safeParse(steps[0]).data ?? null) : null;

function targetOf([kind = "", ...steps]: readonly string[]): LinkTarget | null {
  switch (kind) {
    case "conversation": {
      const conversationId = of(conversationIdSchema, steps);
      return conversationId === null ? null : { kind, conversationId };
    }
    case "message":
      return messageTarget(steps);
    case "thread": {
      const target = steps.length === 2 ? messageTarget(steps) : null;
      return target === null ? null : { kind, ...within(target) };
    }
    case "space":
    case "desk": {
      const spaceId = of(spaceIdSchema, steps);
      return spaceId === null ? null : { kind, spaceId };
    }
    case "person": {
      const personId = of(personIdSchema, steps);
      return personId === null ? null : { kind, personId };
    }
    case "article": {
      const articleId = of(freshIdSchema, steps);
      return articleId === null ? null : { kind, articleId };
    }
    case "item": {
      const itemId = of(freshIdSchema, steps);
      return itemId === null ? null : { kind, itemId };
    }
    default: {
      const place = placeNames.find((name) => name === kind);
      return place === undefined || steps.length > 0 ? null : { kind: "place", place };
    }
  }
}

type MessageTarget = Extract<LinkTarget, { kind: "message" }>;

function within({ conversationId, messageId }: MessageTarget): {
  conversationId: ConversationId;
  threadId: MessageId;
} {
  return { conversationId, threadId: messageId };
}

function messageTarget([first, second, third, ...rest]: readonly string[]): MessageTarget | null {
  const conversationId = conversationIdSchema.safeParse(first);
  const messageId = messageIdSchema.safeParse(second);
  const threadId = messageIdSchema.optional().safeParse(third);
  if (rest.length > 0 || !conversationId.success || !messageId.success || !threadId.success) return null;
  return {
    kind: "message",
    conversationId: conversationId.data,
    messageId: messageId.data,
    ...(threadId.data === undefined ? {} : { threadId: threadId.data }),
  };
}
