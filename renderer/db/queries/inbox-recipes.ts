import type { inboxQueries } from "#contract/views/inbox.ts";
import type { Recipe } from "./recipe.ts";

export const inboxRecipes: Partial<Record<keyof typeof inboxQueries, Recipe>> = {};
