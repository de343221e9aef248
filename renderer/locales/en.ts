import calendar from "./en/calendar.json" with { type: "json" };
import communities from "./en/communities.json" with { type: "json" };
import desktop from "./en/desktop.json" with { type: "json" };
import documents from "./en/documents.json" with { type: "json" };
import drives from "./en/drives.json" with { type: "json" };
import feed from "./en/feed.json" with { type: "json" };
import inbox from "./en/inbox.json" with { type: "json" };
import tasks from "./en/tasks.json" with { type: "json" };
import { firstWords } from "./first-en.ts";

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
