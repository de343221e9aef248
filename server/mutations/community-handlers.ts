import { communityMutations as m } from "#contract/commands/communities.ts";
import { decideArticle } from "./article-decision.ts";
import { removeArticle, saveArticle, submitArticle, withdrawArticle } from "./article.ts";
import { inviteGuest, revokeGuest } from "./guest.ts";
import { bind, type BoundHandler } from "./bind.ts";
import { archiveChannel, createChannel, updateChannel } from "./channel.ts";
import { decideJoinRequest, makeJoinRequest, withdrawJoinRequest } from "./join-request.ts";
import {
  addMembers,
  joinSpace,
  leaveSpace,
  removeMembership,
  setMembership,
  transferSpace,
} from "./membership.ts";
import {
  assignPeople,
  removeOrganisation,
  removeTemplate,
  saveOrganisation,
  saveTemplate,
} from "./organisation.ts";
import { decideReport } from "./report.ts";
import { decideSpaceRequest, makeSpaceRequest, withdrawSpaceRequest } from "./space-request.ts";
import { archiveSpace, createSpace, restoreSpace, updateSpace } from "./space.ts";

export const communityHandlers: Record<keyof typeof m, BoundHandler> = {
  "space.create": bind(m["space.create"], createSpace),
  "space.update": bind(m["space.update"], updateSpace),
  "space.transfer": bind(m["space.transfer"], transferSpace),
  "space.archive": bind(m["space.archive"], archiveSpace),
  "space.restore": bind(m["space.restore"], restoreSpace),
  "space.join": bind(m["space.join"], joinSpace),
  "space.leave": bind(m["space.leave"], leaveSpace),
  "membership.set": bind(m["membership.set"], setMembership),
  "membership.addMany": bind(m["membership.addMany"], addMembers),
  "membership.remove": bind(m["membership.remove"], removeMembership),
  "channel.create": bind(m["channel.create"], createChannel),
  "channel.update": bind(m["channel.update"], updateChannel),
  "channel.archive": bind(m["channel.archive"], archiveChannel),
  "spaceRequest.make": bind(m["spaceRequest.make"], makeSpaceRequest),
  "spaceRequest.withdraw": bind(m["spaceRequest.withdraw"], withdrawSpaceRequest),
  "spaceRequest.decide": bind(m["spaceRequest.decide"], decideSpaceRequest),
  "joinRequest.make": bind(m["joinRequest.make"], makeJoinRequest),
  "joinRequest.withdraw": bind(m["joinRequest.withdraw"], withdrawJoinRequest),
  "joinRequest.decide": bind(m["joinRequest.decide"], decideJoinRequest),
  "guest.invite": bind(m["guest.invite"], inviteGuest),
  "guest.revoke": bind(m["guest.revoke"], revokeGuest),
  "report.decide": bind(m["report.decide"], decideReport),
  "article.save": bind(m["article.save"], saveArticle),
  "article.submit": bind(m["article.submit"], submitArticle),
  "article.withdraw": bind(m["article.withdraw"], withdrawArticle),
  "article.remove": bind(m["article.remove"], removeArticle),
  "article.decide": bind(m["article.decide"], decideArticle),
  "organisation.save": bind(m["organisation.save"], saveOrganisation),
  "organisation.remove": bind(m["organisation.remove"], removeOrganisation),
  "spaceTemplate.save": bind(m["spaceTemplate.save"], saveTemplate),
  "spaceTemplate.remove": bind(m["spaceTemplate.remove"], removeTemplate),
  "person.assign": bind(m["person.assign"], assignPeople),
};
