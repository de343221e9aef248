import { z } from "zod";
import { drivePathSchema, type DrivePath } from "./drives.ts";
import {
  conversationIdSchema,
  freshIdSchema,
  libraryItemIdSchema,
  messageIdSchema,
  personIdSchema,
  spaceIdSchema,
  taskIdSchema,
  calendarObjectIdSchema,
} from "./ids.ts";
import type {
  CalendarObjectId,
  ConversationId,
  LibraryItemId,
  MessageId,
  PersonId,
  SpaceId,
  TaskId,
} from "./ids.ts";
import { parseScope, scopeSchema, type Scope } from "./scope.ts";

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
  "documents",
  "tasks",
  "calendar",
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
  | { kind: "article"; articleId: string }
  /** A file or folder of a library: a space's, or somebody's own. */
  | { kind: "document"; scope: Scope; itemId: LibraryItemId }
  /** A task: of a space's board, or of somebody's own. */
  | { kind: "task"; scope: Scope; taskId: TaskId }
  /** An event: of a space's calendar, or of somebody's own. */
  | { kind: "event"; scope: Scope; objectId: CalendarObjectId }
  /** A file or folder of a drive that others may have too: `address` as of the drive, without credentials. */
  | { kind: "driveFile"; address: string; path: DrivePath };

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

/** Addresses of drives and paths are long. */
export const MOST_LINK_CHARACTERS = 8000;

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
 * `parvis://article/ID`, `parvis://document/space/SPACE/ID` (`…/person/PERSON/ID` of somebody's own library, `…/share/SHARE/ID` for those whom it was shared with),
 * `parvis://task/space/SPACE/ID` (`…/person/PERSON/ID` of somebody's own), `parvis://event/…` likewise, `parvis://driveFile/ADDRESS/PATH` (each percent-encoded); of what everybody has for themselves: `parvis://item/ID`,
 * `parvis://desk/SPACE`, `parvis://inbox`, … It says nothing of what it leads to. With `?at=HOST` it belongs to that workplace.
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
    case "document":
      return [target.kind, ...target.scope.split(":"), target.itemId];
    case "task":
      return [target.kind, ...target.scope.split(":"), target.taskId];
    case "event":
      return [target.kind, ...target.scope.split(":"), target.objectId];
    case "driveFile":
      return [target.kind, encodeStep(target.address), encodeStep(target.path)];
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
    case "document":
      return documentTarget(steps);
    case "task":
      return taskTarget(steps);
    case "event":
      return eventTarget(steps);
    case "driveFile":
      return driveFileTarget(steps);
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

function documentTarget([place = "", placeId = "", item, ...rest]: readonly string[]): LinkTarget | null {
  const scope = scopeSchema.safeParse(`${place}:${placeId}`);
  const itemId = libraryItemIdSchema.safeParse(item);
  if (rest.length > 0 || !scope.success || !itemId.success) return null;
  const { kind } = parseScope(scope.data);
  return kind === "space" || kind === "person" || kind === "share"
    ? { kind: "document", scope: scope.data, itemId: itemId.data }
    : null;
}

function taskTarget([place = "", placeId = "", task, ...rest]: readonly string[]): LinkTarget | null {
  const scope = scopeSchema.safeParse(`${place}:${placeId}`);
  const taskId = taskIdSchema.safeParse(task);
  if (rest.length > 0 || !scope.success || !taskId.success) return null;
  // What lies elsewhere is found on the machine alone that brings it.
  return place === "space" || place === "person" || place === "remote"
    ? { kind: "task", scope: scope.data, taskId: taskId.data }
    : null;
}

function eventTarget([place = "", placeId = "", object, ...rest]: readonly string[]): LinkTarget | null {
  const scope = scopeSchema.safeParse(`${place}:${placeId}`);
  const objectId = calendarObjectIdSchema.safeParse(object);
  if (rest.length > 0 || !scope.success || !objectId.success) return null;
  // What lies elsewhere is found on the machine alone that brings it.
  return place === "space" || place === "person" || place === "remote"
    ? { kind: "event", scope: scope.data, objectId: objectId.data }
    : null;
}

/** Also what Markdown would end a link at. */
function encodeStep(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

function decodeStep(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const driveAddressSchema = z
  .string()
  .min(1)
  .max(2000)
  .refine((address) => !/\p{Cc}/u.test(address), "no control characters");

function driveFileTarget(steps: readonly string[]): LinkTarget | null {
  const address = driveAddressSchema.safeParse(decodeStep(steps[0] ?? ""));
  const path = drivePathSchema.safeParse(decodeStep(steps[1] ?? ""));
  if (steps.length !== 2 || !address.success || !path.success) return null;
  return { kind: "driveFile", address: address.data, path: path.data };
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
