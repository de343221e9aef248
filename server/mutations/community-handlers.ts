import { communityMutations as m } from "#contract/commands/communities.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { createChannel } from "./channel.ts";
import { createSpace, joinSpace, leaveSpace, removeMembership, setMembership } from "./space.ts";

export const communityHandlers: Partial<Record<keyof typeof m, BoundHandler>> = {
  "space.create": bind(m["space.create"], createSpace),
  "space.join": bind(m["space.join"], joinSpace),
  "space.leave": bind(m["space.leave"], leaveSpace),
  "membership.set": bind(m["membership.set"], setMembership),
  "membership.remove": bind(m["membership.remove"], removeMembership),
  "channel.create": bind(m["channel.create"], createChannel),
};
