import { badRequest, AppError } from "#contract/problem.ts";
import { queries, type QueryName } from "#contract/worker.ts";
import type { z } from "zod";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
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

type Recipe = (context: QueryContext, args: unknown, refresh: () => void) => LiveQuery;

/** A query that is made once its arguments fit. */
function recipe<T>(
  schema: z.ZodType<T>,
  make: (context: QueryContext, args: T, refresh: () => void) => LiveQuery,
): Recipe {
  return (context, args, refresh) => make(context, parseArgs(schema, args), refresh);
}

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
  person: recipe(queries.person.args, (_context, args) => createPersonQuery(args)),
  draft: recipe(queries.draft.args, createDraftQuery),
  outbox: recipe(queries.outbox.args, createOutboxQuery),
};

function isQueryName(name: string): name is QueryName {
  return Object.hasOwn(queries, name);
}

function parseArgs<T>(schema: z.ZodType<T>, args: unknown): T {
  const parsed = schema.safeParse(args);
  if (!parsed.success) throw badRequest(parsed.error, "args");
  return parsed.data;
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
