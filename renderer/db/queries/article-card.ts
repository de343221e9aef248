import type { Article } from "#contract/entities/article.ts";
import type { ConversationId, MessageId, PersonId } from "#contract/ids.ts";
import { messageIdSchema } from "#contract/ids.ts";
import { deskScope, personScope, type Scope } from "#contract/scope.ts";
import type { Card } from "#contract/views/conversation-parts.ts";
import { Briefs } from "../briefs.ts";
import { oneLine } from "../excerpt.ts";
import type { QueryContext } from "../query-context.ts";
import type { Reader } from "../reader.ts";
import { watchedWalls } from "./feed-places.ts";

export interface ArticleCardSources {
  context: QueryContext;
  reader: Reader;
  me: PersonId;
  /** What it is once it is published: the message with its id. */
  postCard: (post: { conversationId: ConversationId; messageId: MessageId }) => Promise<Card | null>;
}

/** An article for whoever may see it: its post, otherwise the text of its author or of the desk where it waits. */
export async function articleCard(sources: ArticleCardSources, id: string): Promise<Card | null> {
  const { context, reader, me, postCard } = sources;
  const walls = await watchedWalls(context, reader);
  for (const { conversationId } of walls) {
    const post = await postCard({ conversationId, messageId: messageIdSchema.parse(id) });
    if (post !== null) return post;
  }
  for (const scope of [personScope(me), ...walls.map(({ spaceId }) => deskScope(spaceId))]) {
    const article = await reader.row(scope, "article", id);
    if (article !== undefined) return await cardInMaking(reader, scope, article);
  }
  return null;
}

async function cardInMaking(reader: Reader, scope: Scope, article: Article): Promise<Card> {
  return {
    object: { kind: "row", scope, collection: "article", id: article.id },
    title: article.post.title ?? "",
    excerpt: oneLine(article.post.summary ?? ""),
    person: await new Briefs(reader).get(article.authorId),
    at: article.updatedAt,
  };
}
