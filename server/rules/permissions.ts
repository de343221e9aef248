import type { MutationName } from "#contract/mutations.ts";
import type { PersonId } from "#contract/ids.ts";
import type { ScopeKind } from "#contract/scope.ts";

/**
 * Whom the rules tell apart, by how they stand to the place that a command or a question is about: a space with its
 * desk, a conversation, the directory, one's own area. Whoever has no account at all may do nothing.
 */
export const actors = ["outsider", "guestElsewhere", "guest", "member", "animator", "administrator"] as const;
export type Actor = (typeof actors)[number];

export const actorTexts: Record<Actor, string> = {
  outsider: "has an account here and is not in this place",
  guestElsewhere: "a guest of another space",
  guest: "a guest in this place; in the directory and their own area: any guest",
  member: "is in this place; in the directory and their own area: everyone but guests",
  animator: "runs this space",
  administrator: "runs the workplace; besides that they are an outsider, member or animator like everyone",
};

export type ByScope = Partial<Record<ScopeKind, readonly Actor[]>>;

export interface Rule {
  /** Who may, by the scope that the command names; a scope that is not here is the wrong one. */
  in: ByScope;
  /** What the command itself still looks at. */
  finer?: string;
  /** Whether a space that somebody is not in does not exist for them. Otherwise they are told that it is not theirs. */
  hides?: boolean;
  /** The place is the space that the arguments name, also where the scope is another one. */
  bySpaceId?: boolean;
  /** Some arguments are for others. */
  unless?: { text: string; applies: (args: object, personId: PersonId) => boolean; in: ByScope };
}

const everyone: readonly Actor[] = ["guest", "member"];
const own: ByScope = { person: everyone };
const ownOfMembers: ByScope = { person: ["member"] };
const inSpace: readonly Actor[] = ["guest", "member", "animator"];
const insiders: readonly Actor[] = ["member", "animator"];
const runners: readonly Actor[] = ["animator", "administrator"];
const messages: ByScope = { space: inSpace, conversation: everyone };
const run: Rule = { in: { space: runners }, hides: true };
const desk: Rule = { in: { desk: runners }, hides: true };
const administrators: Rule = { in: { directory: ["administrator"] } };

/** A library: a space's, or one's own. */
const library: ByScope = { space: inSpace, person: ["member"] };
/** And through a share that gives the right to. */
const sharedLibrary: ByScope = { ...library, share: ["member"] };
/** Boards: a space's, or one's own. */
const boards: ByScope = { space: insiders, person: ["member"] };
const boardRunners = "whoever made the board, animators, administrators";
const tasksOfGuests = "guests: what they made and what was given to them";
const ownOfGuests = "guests: what they made themselves";

const authorOnly = "its author only";
const authorOrDesk = "its author; an article also the animators of its space";
const ownRow = "one's own row";

export const mutationRules: Readonly<Record<MutationName, Rule>> = {
  "message.send": {
    in: messages,
    finer: "replies and threads in the same conversation; files of the same scope",
  },
  "message.edit": { in: messages, finer: authorOrDesk },
  "message.delete": { in: messages, finer: "its author, animators, administrators" },
  "message.pin": {
    in: { space: insiders, conversation: everyone },
    finer: "posts of a wall: animators and administrators",
  },
  "message.schedule": { in: own, finer: "where it goes is looked at when it is sent, as for `message.send`" },
  "scheduledMessage.remove": { in: own },
  "reaction.add": { in: messages },
  "reaction.remove": { in: messages, finer: "one's own" },
  "vote.set": { in: messages, finer: "one's own, while the poll is open" },
  "post.acknowledge": { in: { space: inSpace }, finer: "one's own" },
  "post.archive": { in: { space: inSpace }, finer: "its author, animators, administrators" },
  "post.answer": { in: { space: inSpace }, finer: "its author, animators, administrators" },
  "readMarker.set": { in: own },
  "follow.set": { in: own, finer: "a thread that one may read" },
  "draft.set": { in: own },
  "item.save": { in: own },
  "item.remove": { in: own },
  "conversation.open": {
    in: { conversation: ["outsider", "guestElsewhere", ...everyone] },
    finer:
      "oneself among the members; an existing one: its members; guests with people they share a space with",
    unless: {
      text: "a group",
      applies: (args) => Reflect.get(args, "kind") === "group",
      in: { conversation: ["outsider", "member"] },
    },
  },
  "conversation.update": {
    in: { conversation: everyone },
    finer: "groups only",
    unless: {
      text: "adding people",
      applies: (args) => Reflect.get(args, "addIds") !== undefined,
      in: { conversation: ["member"] },
    },
  },
  "group.save": { in: { directory: ["administrator"], space: runners }, hides: true },
  "group.remove": { in: { directory: ["administrator"], space: runners }, hides: true },
  "presence.choose": { in: { directory: everyone }, finer: ownRow },
  "status.set": { in: { directory: everyone }, finer: ownRow },

  "notification.set": { in: own },
  "preferences.set": { in: own },
  "placeSetting.set": { in: own },
  "section.save": { in: own },
  "section.remove": { in: own },
  "profile.update": { in: { directory: everyone }, finer: ownRow },
  "report.make": {
    in: { directory: ["member"], ...messages },
    finer: "something that one may read",
    hides: true,
  },

  "session.end": {
    in: { person: everyone, administration: ["administrator"] },
    finer: "in one's own area: one's own sign-ins; in administration: anybody's",
  },

  "space.create": {
    in: { directory: ["member"], space: ["outsider", ...insiders, "administrator"] },
    finer: "where the person's organisation wants requests: administrators",
  },
  "space.update": run,
  "space.transfer": run,
  "space.archive": run,
  "space.restore": run,
  "space.join": {
    in: { space: ["outsider", ...inSpace, "administrator"] },
    finer: "open spaces; whoever is in already stays as they are",
  },
  "space.leave": { in: { space: inSpace }, hides: true, finer: "not the last animator" },
  "membership.set": run,
  "membership.addMany": run,
  "membership.remove": {
    ...run,
    unless: {
      text: "oneself",
      applies: (args, personId) => Reflect.get(args, "personId") === personId,
      in: { space: [...inSpace, "administrator"] },
    },
  },
  "channel.create": { in: { space: [...insiders, "administrator"] }, hides: true },
  "channel.update": {
    in: { space: [...insiders, "administrator"] },
    hides: true,
    finer: "members: channels that they opened",
  },
  "channel.archive": {
    in: { space: [...insiders, "administrator"] },
    hides: true,
    finer: "members: channels that they opened",
  },
  "spaceRequest.make": { in: ownOfMembers },
  "spaceRequest.withdraw": { in: ownOfMembers, finer: "one's own" },
  "spaceRequest.decide": { in: { administration: ["administrator"] } },
  "joinRequest.make": { in: ownOfMembers, finer: "spaces that are not hidden" },
  "joinRequest.withdraw": { in: ownOfMembers, finer: "one's own" },
  "joinRequest.decide": desk,
  "guest.invite": desk,
  "guest.revoke": desk,
  "report.decide": { in: { desk: runners, administration: ["administrator"] }, hides: true },
  "article.save": {
    in: { person: insiders, desk: runners },
    bySpaceId: true,
    hides: true,
    finer: "at the desk: articles in review",
  },
  "article.submit": { in: { person: insiders }, bySpaceId: true, hides: true, finer: authorOnly },
  "article.withdraw": { in: ownOfMembers, finer: authorOnly },
  "article.remove": { in: ownOfMembers, finer: authorOnly },
  "article.decide": {
    in: { desk: runners, person: runners },
    bySpaceId: true,
    hides: true,
    finer: "in one's own area: one's own article",
  },
  "folder.create": { in: { space: insiders, person: ["member"] }, hides: true },
  "file.add": { in: library, hides: true, finer: "files of the same scope" },
  "file.write": {
    in: sharedLibrary,
    hides: true,
    finer: "what nobody else has checked out and is not preserved",
  },
  "file.restoreVersion": { in: library, hides: true, finer: "as `file.write`" },
  "file.lock": { in: sharedLibrary, hides: true, finer: "what nobody else has checked out" },
  "file.unlock": {
    in: sharedLibrary,
    hides: true,
    finer: "whoever has it checked out, animators, administrators",
  },
  "libraryItem.update": { in: library, hides: true, finer: ownOfGuests },
  "libraryItem.move": { in: library, hides: true, finer: ownOfGuests },
  "libraryItem.copy": { in: library, hides: true, finer: "guests: files alone" },
  "libraryItem.trash": { in: library, hides: true, finer: ownOfGuests },
  "libraryItem.restore": { in: library, hides: true, finer: ownOfGuests },
  "libraryItem.remove": {
    in: library,
    hides: true,
    finer: "whoever made it or put it into the trash, animators, administrators",
  },
  "libraryItem.preserve": { in: { space: runners, person: ["member"] }, hides: true },
  "libraryItem.discuss": { in: { space: inSpace }, hides: true },
  "libraryShare.set": {
    in: { space: insiders, person: ["member"] },
    hides: true,
    finer: "of what is restricted or confidential: animators; of another's share: animators",
  },
  "libraryShare.end": {
    in: { space: insiders, person: ["member"] },
    hides: true,
    finer: "whoever shared it, animators",
  },
  "libraryShare.leave": { in: { share: ["member"] }, hides: true },
  "board.create": { in: boards, hides: true },
  "board.update": { in: boards, hides: true },
  "board.archive": { in: boards, hides: true, finer: boardRunners },
  "board.unarchive": { in: boards, hides: true, finer: boardRunners },
  "board.remove": { in: boards, hides: true, finer: boardRunners },
  "boardColumn.create": { in: boards, hides: true },
  "boardColumn.update": { in: boards, hides: true },
  "boardColumn.move": { in: boards, hides: true },
  "boardColumn.remove": { in: boards, hides: true },
  "task.create": { in: library, hides: true },
  "task.update": { in: library, hides: true, finer: tasksOfGuests },
  "task.move": { in: library, hides: true, finer: tasksOfGuests },
  "task.archive": { in: library, hides: true, finer: tasksOfGuests },
  "task.unarchive": { in: library, hides: true, finer: tasksOfGuests },
  "task.remove": { in: library, hides: true, finer: "whoever made it, animators, administrators" },
  "taskChecklist.set": { in: library, hides: true, finer: tasksOfGuests },
  "taskChecklist.remove": { in: library, hides: true, finer: tasksOfGuests },
  "task.watch": { in: library, hides: true },
  "task.unwatch": { in: library, hides: true },
  "task.discuss": { in: { space: inSpace }, hides: true },
  "calendar.create": { in: boards, hides: true },
  "calendar.update": { in: boards, hides: true },
  "calendar.remove": { in: boards, hides: true, finer: "whoever made it, animators, administrators" },
  "calendarObject.put": { in: library, hides: true, finer: ownOfGuests },
  "calendarObject.remove": { in: library, hides: true, finer: ownOfGuests },
  "calendarObject.reply": { in: own, finer: "whoever is invited" },
  "calendarObject.move": { in: library, hides: true, finer: ownOfGuests },
  "organisation.save": administrators,
  "organisation.remove": administrators,
  "spaceTemplate.save": administrators,
  "spaceTemplate.remove": administrators,
  "person.assign": administrators,
};

/** Who reads a scope: snapshots, what came after, history, live events, and the files that were sent to it. */
export const readRules: Readonly<Record<ScopeKind, readonly Actor[]>> = {
  directory: ["member"],
  administration: ["administrator"],
  space: inSpace,
  conversation: everyone,
  person: everyone,
  desk: ["animator"],
  share: ["member"],
  // Of a machine's host: no server has it.
  remote: [],
};

export interface RouteRule {
  route: string;
  who: string;
}

/** What is asked beside scopes and commands. */
export const routeRules: readonly RouteRule[] = [
  { route: "GET /v1/capabilities", who: "anybody" },
  {
    route: "POST /v1/token, POST /v1/token/revoke, POST /v1/token/wiped",
    who: "anybody: the password or token is the proof",
  },
  { route: "GET /invitation", who: "anybody: it says nothing of any invitation" },
  {
    route: "POST /v1/guest-invitations/preview, …/accept",
    who: "whoever holds the link: the token is the proof; every wrong one gets the same answer",
  },
  {
    route: "POST /v1/guest-invitations/{id}/link",
    who: "animators of its space; for all others it does not exist",
  },
  { route: "GET /v1/me, GET /v1/scopes, GET /v1/events", who: "every account, for itself" },
  {
    route: "POST /v1/free-busy",
    who: "every account, about everyone: when they are taken, never what by; guests about those with whom they share a space",
  },
  { route: "GET /v1/sync, GET /v1/history/{collection}", who: "who may read the scope" },
  {
    route: "GET and HEAD /v1/blobs/{id}",
    who: "who may read its scope; photographs: also guests who share a place with the person; while unfinished: whoever sends it",
  },
  {
    route: "PUT /v1/blobs/{id}",
    who: "who may read the scope; in the directory: administrators, and everyone their photograph",
  },
  {
    route: "POST /v1/signals",
    who: "every account; typing is passed on from those who may read the place, to them",
  },
  { route: "POST /v1/admin/import, GET /v1/admin/accounts, GET /v1/admin/sessions", who: "administrators" },
];
