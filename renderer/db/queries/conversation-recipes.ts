import type { conversationQueries } from "#contract/views/conversation-parts.ts";
import type { Recipe } from "./recipe.ts";

export const conversationRecipes: Partial<Record<keyof typeof conversationQueries, Recipe>> = {};
