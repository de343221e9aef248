import { inboxQueries } from "#contract/views/inbox.ts";
import { createInboxCountsQuery, createInboxQuery } from "./inbox-query.ts";
import { createPlaceSettingsQuery, createPreferencesQuery } from "./preferences-query.ts";
import { laterRecipe, recipe, type Recipe } from "./recipe.ts";

export const inboxRecipes: Record<keyof typeof inboxQueries, Recipe> = {
  inbox: recipe(inboxQueries.inbox.args, createInboxQuery),
  away: laterRecipe(() => import("./away-query.ts").then((module) => module.awayRecipes), "away"),
  inboxCounts: recipe(inboxQueries.inboxCounts.args, createInboxCountsQuery),
  preferences: recipe(inboxQueries.preferences.args, createPreferencesQuery),
  devices: laterRecipe(() => import("./devices-query.ts").then((module) => module.devicesRecipes), "devices"),
  placeSettings: recipe(inboxQueries.placeSettings.args, createPlaceSettingsQuery),
};
