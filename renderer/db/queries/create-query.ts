import { AppError } from "#contract/problem.ts";
import { queries, type QueryName } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { communityRecipes } from "./community-recipes.ts";
import { conversationRecipes } from "./conversation-recipes.ts";
import { feedRecipes } from "./feed-recipes.ts";
import { inboxRecipes } from "./inbox-recipes.ts";
import { recipe, type Recipe } from "./recipe.ts";
import { createConversationQuery } from "./conversation.ts";
import { createConversationsQuery } from "./conversations.ts";
import { createDraftQuery } from "./draft.ts";
import { createMembersQuery } from "./members.ts";
import { createOutboxQuery } from "./outbox.ts";
import { createPeopleQuery } from "./people.ts";
import { createPersonQuery } from "./person.ts";
import { createSessionQuery } from "./session.ts";
import { createSpacesQuery } from "./spaces.ts";
import { TimelineQuery } from "./timeline.ts";

const recipes: Record<QueryName, Recipe> = {
  session: recipe(queries.session.args, createSessionQuery),
  conversations: recipe(queries.conversations.args, createConversationsQuery),
  conversation: recipe(queries.conversation.args, createConversationQuery),
  spaces: recipe(queries.spaces.args, createSpacesQuery),
  members: recipe(queries.members.args, createMembersQuery),
  timeline: recipe(
    queries.timeline.args,
    (context, args, refresh) => new TimelineQuery(context, args, refresh),
  ),
  people: recipe(queries.people.args, createPeopleQuery),
  person: recipe(queries.person.args, createPersonQuery),
  draft: recipe(queries.draft.args, createDraftQuery),
  outbox: recipe(queries.outbox.args, createOutboxQuery),
  ...conversationRecipes,
  ...communityRecipes,
  ...feedRecipes,
  ...inboxRecipes,
};

function isQueryName(name: string): name is QueryName {
  return Object.hasOwn(queries, name);
}

/** @throws AppError notFound for an unknown query, badRequest for arguments that do not fit. */
export function createQuery(
  context: QueryContext,
  name: string,
  args: unknown,
  /** Runs the query again, when its window has grown. */
  refresh: () => void,
): LiveQuery {
  if (!isQueryName(name)) throw new AppError("notFound", { title: `There is no query named ${name}` });
  return recipes[name](context, args, refresh);
}
