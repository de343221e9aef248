import { communityQueries as q } from "#contract/views/communities.ts";
import {
  createGroupsOfQuery,
  createOrganisationsQuery,
  createSpaceTemplatesQuery,
} from "./community-administration.ts";
import { createDeskQuery, createToDecideQuery } from "./community-desk.ts";
import { createMatchPeopleQuery } from "./community-match.ts";
import { createSpaceRequestsQuery } from "./community-requests.ts";
import {
  createCommunitiesQuery,
  createCommunityMembersQuery,
  createCommunityQuery,
} from "./community-spaces.ts";
import { recipe, type Recipe } from "./recipe.ts";

export const communityRecipes: Record<keyof typeof q, Recipe> = {
  communities: recipe(q.communities.args, createCommunitiesQuery),
  community: recipe(q.community.args, createCommunityQuery),
  communityMembers: recipe(q.communityMembers.args, createCommunityMembersQuery),
  desk: recipe(q.desk.args, createDeskQuery),
  toDecide: recipe(q.toDecide.args, createToDecideQuery),
  spaceRequests: recipe(q.spaceRequests.args, createSpaceRequestsQuery),
  organisations: recipe(q.organisations.args, createOrganisationsQuery),
  spaceTemplates: recipe(q.spaceTemplates.args, createSpaceTemplatesQuery),
  groupsOf: recipe(q.groupsOf.args, (_context, args) => createGroupsOfQuery(args)),
  matchPeople: recipe(q.matchPeople.args, (_context, args) => createMatchPeopleQuery(args)),
};
