import { conversationQueries } from "#contract/views/conversation-parts.ts";
import { createCardQuery } from "./card.ts";
import { createGroupsQuery } from "./groups.ts";
import { createMessageVersionsQuery } from "./message-versions.ts";
import { createPinsQuery } from "./pins.ts";
import { createReceiptsQuery } from "./receipts.ts";
import { recipe, type Recipe } from "./recipe.ts";
import { createSavedItemsQuery } from "./saved-items.ts";
import { createScheduledMessagesQuery } from "./scheduled-messages.ts";
import { createSectionsQuery } from "./sections.ts";
import { createThreadsQuery } from "./threads.ts";
import { createTypingQuery } from "./typing.ts";
import { createUploadsQuery } from "./uploads.ts";

export const conversationRecipes: Record<keyof typeof conversationQueries, Recipe> = {
  pins: recipe(conversationQueries.pins.args, createPinsQuery),
  messageVersions: recipe(conversationQueries.messageVersions.args, createMessageVersionsQuery),
  receipts: recipe(conversationQueries.receipts.args, createReceiptsQuery),
  typing: recipe(conversationQueries.typing.args, createTypingQuery),
  threads: recipe(conversationQueries.threads.args, createThreadsQuery),
  savedItems: recipe(conversationQueries.savedItems.args, createSavedItemsQuery),
  scheduledMessages: recipe(conversationQueries.scheduledMessages.args, createScheduledMessagesQuery),
  sections: recipe(conversationQueries.sections.args, createSectionsQuery),
  groups: recipe(conversationQueries.groups.args, createGroupsQuery),
  uploads: recipe(conversationQueries.uploads.args, createUploadsQuery),
  card: recipe(conversationQueries.card.args, createCardQuery),
};
