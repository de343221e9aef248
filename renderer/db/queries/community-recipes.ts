import type { communityQueries } from "#contract/views/communities.ts";
import type { Recipe } from "./recipe.ts";

export const communityRecipes: Partial<Record<keyof typeof communityQueries, Recipe>> = {};
