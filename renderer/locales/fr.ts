import calendar from "./fr/calendar.json" with { type: "json" };
import communities from "./fr/communities.json" with { type: "json" };
import desktop from "./fr/desktop.json" with { type: "json" };
import documents from "./fr/documents.json" with { type: "json" };
import drives from "./fr/drives.json" with { type: "json" };
import feed from "./fr/feed.json" with { type: "json" };
import inbox from "./fr/inbox.json" with { type: "json" };
import tasks from "./fr/tasks.json" with { type: "json" };
import { firstWords } from "./first-fr.ts";

/** The whole catalogue, for tests and types. A file a module: their topmost keys differ, and a module's come with it. */
export const catalogue = {
  ...firstWords,
  ...calendar,
  ...communities,
  ...desktop,
  ...documents,
  ...drives,
  ...feed,
  ...inbox,
  ...tasks,
};
