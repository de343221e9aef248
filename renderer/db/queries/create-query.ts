import { AppError } from "#contract/problem.ts";
import { queries, type QueryName } from "#contract/worker.ts";
import type { LiveQuery } from "../live-queries.ts";
import type { QueryContext } from "../query-context.ts";
import { conversationRecipes } from "./conversation-recipes.ts";
import { inboxRecipes } from "./inbox-recipes.ts";
import { laterRecipe, recipe, type Recipe } from "./recipe.ts";
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

const community = () => import("./community-recipes.ts").then((module) => module.communityRecipes);
const documents = () => import("./document-recipes.ts").then((module) => module.documentRecipes);
const feed = () => import("./feed-recipes.ts").then((module) => module.feedRecipes);

const calendars = () => import("./calendar-recipes.ts").then((module) => module.calendarRecipes);
const tasks = () => import("./task-recipes.ts").then((module) => module.taskRecipes);

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
  communities: laterRecipe(community, "communities"),
  community: laterRecipe(community, "community"),
  communityMembers: laterRecipe(community, "communityMembers"),
  desk: laterRecipe(community, "desk"),
  toDecide: laterRecipe(community, "toDecide"),
  spaceRequests: laterRecipe(community, "spaceRequests"),
  organisations: laterRecipe(community, "organisations"),
  spaceTemplates: laterRecipe(community, "spaceTemplates"),
  groupsOf: laterRecipe(community, "groupsOf"),
  matchPeople: laterRecipe(community, "matchPeople"),
  libraries: laterRecipe(documents, "libraries"),
  folder: laterRecipe(documents, "folder"),
  document: laterRecipe(documents, "document"),
  sharedWithMe: laterRecipe(documents, "sharedWithMe"),
  shares: laterRecipe(documents, "shares"),
  versions: laterRecipe(documents, "versions"),
  trash: laterRecipe(documents, "trash"),
  recent: laterRecipe(documents, "recent"),
  favourites: laterRecipe(documents, "favourites"),
  templates: laterRecipe(documents, "templates"),
  documentSearch: laterRecipe(documents, "documentSearch"),
  uploadBatches: laterRecipe(documents, "uploadBatches"),
  feed: laterRecipe(feed, "feed"),
  wall: laterRecipe(feed, "wall"),
  news: laterRecipe(feed, "news"),
  post: laterRecipe(feed, "post"),
  feedCounts: laterRecipe(feed, "feedCounts"),
  acknowledgements: laterRecipe(feed, "acknowledgements"),
  articles: laterRecipe(feed, "articles"),
  article: laterRecipe(feed, "article"),
  postPlaces: laterRecipe(feed, "postPlaces"),
  ...inboxRecipes,
  boards: laterRecipe(tasks, "boards"),
  board: laterRecipe(tasks, "board"),
  task: laterRecipe(tasks, "task"),
  myTasks: laterRecipe(tasks, "myTasks"),
  archivedTasks: laterRecipe(tasks, "archivedTasks"),
  taskSearch: laterRecipe(tasks, "taskSearch"),
  calendars: laterRecipe(calendars, "calendars"),
  eventRange: laterRecipe(calendars, "eventRange"),
  calendarObjects: laterRecipe(calendars, "calendarObjects"),
  event: laterRecipe(calendars, "event"),
  eventSearch: laterRecipe(calendars, "eventSearch"),
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
