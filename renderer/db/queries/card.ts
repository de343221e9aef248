import { parseObjectLink, type ObjectTarget } from "#contract/links.ts";
import type { PersonId, SpaceId } from "#contract/ids.ts";
import { DIRECTORY, spaceScope } from "#contract/scope.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import type { QueryArgs } from "#contract/worker.ts";
import { Briefs } from "../briefs.ts";
import { excerptOf, oneLine } from "../excerpt.ts";
import { findMessage } from "../find-message.ts";
import type { LiveQuery } from "../live-queries.ts";
import { placeTitle } from "../place-title.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { personalQuery } from "./personal-query.ts";

type MessageTarget = Extract<ObjectTarget, { kind: "message" }>;

interface CardSources {
  context: QueryContext;
  reader: Reader;
  me: PersonId;
}

/** What an address inside Parvis leads to, from the cache alone: nothing is asked of anyone. */
export function createCardQuery(context: QueryContext, { link }: QueryArgs<"card">): LiveQuery {
  const target = parseObjectLink(link);
  return personalQuery(context, { items: [], info: { card: null } }, async (reader, me) => {
    const card = target === null ? null : await cardOf({ context, reader, me }, target);
    return { items: [], info: { card } };
  });
}

async function cardOf(sources: CardSources, target: ObjectTarget): Promise<Card | null> {
  switch (target.kind) {
    case "conversation":
      return await conversationCard(sources, target);
    case "message":
      return await messageCard(sources, target);
    case "thread":
      return await threadCard(sources, target);
    case "article": {
      const { articleCard } = await import("./article-card.ts");
      const postCard = (post: Pick<MessageTarget, "conversationId" | "messageId">) =>
        messageCard(sources, { kind: "message", ...post });
      return await articleCard({ ...sources, postCard }, target.articleId);
    }
    case "space":
      return await spaceCard(sources, target.spaceId);
    case "person":
      return await personCard(sources, target.personId);
    case "document": {
      const { documentCard } = await import("./document-card.ts");
      return await documentCard(sources, target);
    }
    case "task": {
      const { taskCard } = await import("./task-card.ts");
      return await taskCard(sources, target);
    }
    case "event": {
      const { eventCard } = await import("./event-card.ts");
      return await eventCard(sources, target);
    }
    // Not of the workplace: what it is called stands in the link.
    case "driveFile":
      return null;
  }
}

async function conversationCard(
  { context, reader, me }: CardSources,
  { conversationId }: Extract<ObjectTarget, { kind: "conversation" }>,
): Promise<Card | null> {
  const place = await context.places.find(reader, conversationId);
  if (place === undefined) return null;
  const title = await placeTitle(context, reader, { conversationId, me });
  const object = { kind: "conversation" as const, scope: place.scope, conversationId };
  return { object, title, excerpt: oneLine(place.topic), person: null, at: null };
}

async function messageCard(
  { context, reader, me }: CardSources,
  target: MessageTarget,
): Promise<Card | null> {
  const { conversationId, messageId, threadId } = target;
  const place = await context.places.find(reader, conversationId);
  const message = place === undefined ? undefined : await findMessage(context, reader, target);
  if (place === undefined || message === undefined || message.deletedAt !== undefined) return null;
  const briefs = new Briefs(reader);
  const thread = threadId === undefined ? {} : { threadId };
  return {
    object: { kind: "message", scope: place.scope, conversationId, messageId, ...thread },
    title: message.post?.title ?? (await placeTitle(context, reader, { conversationId, me })),
    excerpt: message.post?.summary ?? (await excerptOf({ context, reader, briefs }, message, place.scope)),
    person: await briefs.get(message.authorId),
    at: message.sentAt,
  };
}

/** Its first message; a reply to itself leads into the thread. */
async function threadCard(
  sources: CardSources,
  { conversationId, threadId }: Extract<ObjectTarget, { kind: "thread" }>,
): Promise<Card | null> {
  return await messageCard(sources, { kind: "message", conversationId, messageId: threadId, threadId });
}

async function spaceCard({ reader }: CardSources, spaceId: SpaceId): Promise<Card | null> {
  const space =
    (await reader.row(DIRECTORY, "space", spaceId)) ??
    (await reader.row(spaceScope(spaceId), "space", spaceId));
  if (space === undefined) return null;
  const title = [space.emoji ?? "", space.name].filter((part) => part !== "").join(" ");
  return {
    object: { kind: "space", spaceId },
    title,
    excerpt: oneLine(space.summary ?? ""),
    person: null,
    at: null,
  };
}

async function personCard({ reader }: CardSources, personId: PersonId): Promise<Card | null> {
  const person = await reader.person(personId);
  if (person === undefined) return null;
  const excerpt = [person.jobTitle, person.service].filter((part) => part !== undefined).join(" · ");
  return {
    object: { kind: "person", personId },
    title: person.displayName,
    excerpt,
    person: await new Briefs(reader).get(personId),
    at: null,
  };
}
