import type { feedQueries } from "#contract/views/feed.ts";
import type { Recipe } from "./recipe.ts";

export const feedRecipes: Partial<Record<keyof typeof feedQueries, Recipe>> = {};
