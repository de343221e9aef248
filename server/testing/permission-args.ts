import { calendarObjectKey, createId, spaceIdSchema } from "#contract/ids.ts";
import type { MutationName } from "#contract/mutations.ts";
import { personScope, type ScopeKind } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { eventText, type Cast, type World } from "./permission-world.ts";
import type { TestPerson } from "./workplace.ts";

export interface Attempt {
  world: World;
  cast: Cast;
  by: TestPerson;
  kind: ScopeKind;
  nowMs: number;
}

type Args = (attempt: Attempt) => object;

/** The message to act on, in the space or in the conversation. */
function onMessage({ world, kind }: Attempt) {
  return kind === "conversation"
    ? { conversationId: world.groupId, messageId: world.ids.said }
    : { conversationId: world.channelId, messageId: world.ids.message };
}

const onPost: Args = ({ world }) => ({ conversationId: world.wall, messageId: world.ids.post });

const thisMessage: Args = (attempt) => {
  const { conversationId, messageId } = onMessage(attempt);
  return { id: messageId, conversationId };
};

const thisObject: Args = (attempt) => {
  const { world, kind } = attempt;
  if (kind === "directory") return { kind: "space", spaceId: world.spaceId };
  return { kind: "message", scope: world.scopes[kind] ?? world.scopes.space, ...onMessage(attempt) };
};

const onBoard: Args = ({ world }) => ({ boardId: world.ids.board });
const onColumn: Args = ({ world }) => ({ boardId: world.ids.board, id: world.ids.column });
const inDays = (nowMs: number, days: number) => toIsoTime(nowMs + days * 86_400_000);
const ofSpace: Args = ({ world }) => ({ spaceId: world.spaceId });
const aboutOther: Args = ({ world, cast, by }) => ({
  spaceId: world.spaceId,
  personId: by === cast.guest ? cast.member.id : cast.guest.id,
});
const renamed = { base: { name: "Secret de la voirie" }, changes: { name: "Nouveau" } };
const settings = { name: "S", kind: "project", visibility: "open" };
const draft = (title: string) => ({ post: { kind: "article", title }, body: "texte" });

/** A file that was sent to the library. */
const sent: Args = ({ world, kind }) => ({ blobId: kind === "person" ? world.ids.ownBlob : world.ids.blob });

/** Arguments with which a command is carried out for whoever may give it. */
export const argsOf: Record<MutationName, Args> = {
  "message.send": (attempt) => ({
    id: createId(),
    conversationId: onMessage(attempt).conversationId,
    body: "b",
  }),
  "message.edit": (attempt) => ({ ...thisMessage(attempt), body: "autre", baseVersion: 1 }),
  "message.delete": thisMessage,
  "message.pin": (attempt) => ({ ...onMessage(attempt), isPinned: true }),
  "message.schedule": (attempt) => ({
    id: createId(),
    conversationId: attempt.world.channelId,
    body: "plus tard",
    sendAt: inDays(attempt.nowMs, 1),
    scope: attempt.world.scopes.space,
  }),
  "scheduledMessage.remove": () => ({ id: createId() }),
  "reaction.add": (attempt) => ({ ...onMessage(attempt), emoji: "👍" }),
  "reaction.remove": (attempt) => ({ ...onMessage(attempt), emoji: "👍" }),
  "vote.set": (attempt) => ({ ...onMessage(attempt), optionIds: ["a"] }),
  "post.acknowledge": onPost,
  "post.archive": (attempt) => ({ ...onPost(attempt), isArchived: true }),
  "post.answer": (attempt) => ({ ...onPost(attempt), answerId: attempt.world.ids.answer }),
  "readMarker.set": (attempt) => ({
    conversationId: attempt.world.channelId,
    readAt: toIsoTime(attempt.nowMs),
  }),
  "follow.set": ({ world }) => ({
    scope: world.scopes.space,
    conversationId: world.channelId,
    threadId: world.ids.message,
    isFollowed: true,
  }),
  "draft.set": ({ world }) => ({ conversationId: world.channelId, body: "brouillon" }),
  "item.save": (attempt) => ({ object: thisObject({ ...attempt, kind: "space" }) }),
  "item.remove": (attempt) => ({ object: thisObject({ ...attempt, kind: "space" }) }),
  "conversation.open": ({ world }) => ({ id: world.groupId, kind: "group", memberIds: [] }),
  "conversation.update": ({ world }) => ({ id: world.groupId, name: "Nouveau" }),
  "group.save": ({ world, cast, kind }) => ({
    id: kind === "space" ? world.ids.group : createId(),
    ...(kind === "space" ? { spaceId: world.spaceId } : {}),
    name: "Groupe",
    memberIds: [cast.member.id],
  }),
  "group.remove": ({ world }) => ({ id: world.ids.group }),
  "presence.choose": () => ({ chosen: { state: "busy" } }),
  "status.set": () => ({ status: { text: "là" } }),
  "notification.set": () => ({ ids: [createId()], isDone: true }),
  "preferences.set": () => ({ feedOrder: "latest" }),
  "placeSetting.set": ({ world }) => ({ id: world.channelId, isFavourite: true }),
  "section.save": () => ({ id: createId(), name: "Section", position: 1 }),
  "section.remove": () => ({ id: createId() }),
  "profile.update": () => ({ jobTitle: "Titre" }),
  "report.make": (attempt) => ({ id: createId(), object: thisObject(attempt), complaint: "non" }),
  "session.end": ({ world, cast, by, kind }) => ({
    id: world.ids.session,
    personId: kind === "person" ? by.id : cast.member.id,
    wipe: true,
  }),
  "space.create": ({ world, kind }) => ({ id: kind === "space" ? world.spaceId : createId(), ...settings }),
  "space.update": ({ world }) => ({ spaceId: world.spaceId, ...renamed }),
  "space.transfer": ({ world, cast }) => ({ spaceId: world.spaceId, personId: cast.member.id }),
  "space.archive": ofSpace,
  "space.restore": ofSpace,
  "space.join": ofSpace,
  "space.leave": ofSpace,
  "membership.set": (attempt) => ({ ...aboutOther(attempt), role: "guest" }),
  "membership.addMany": ({ world, cast }) => ({ spaceId: world.spaceId, personIds: [cast.asker.id] }),
  "membership.remove": aboutOther,
  "channel.create": ({ world }) => ({ id: createId(), spaceId: world.spaceId, name: "canal" }),
  "channel.update": ({ world }) => ({
    id: world.channelId,
    spaceId: world.spaceId,
    base: { name: "C" },
    changes: { name: "D" },
  }),
  "channel.archive": ({ world }) => ({ id: world.channelId, spaceId: world.spaceId, isArchived: true }),
  "spaceRequest.make": () => ({ id: createId(), space: settings, purpose: "pour" }),
  "spaceRequest.withdraw": () => ({ id: createId() }),
  "spaceRequest.decide": () => ({ id: createId(), decision: "refused" }),
  "joinRequest.make": ofSpace,
  "joinRequest.withdraw": ofSpace,
  "joinRequest.decide": ({ world, cast }) => ({
    spaceId: world.spaceId,
    personId: cast.asker.id,
    decision: "accepted",
  }),
  "guest.invite": ({ world, nowMs }) => ({
    id: createId(),
    spaceId: world.spaceId,
    email: "nouveau@ailleurs.example",
    expiresAt: inDays(nowMs, 1),
  }),
  "guest.revoke": ({ world }) => ({ id: world.ids.invitation, spaceId: world.spaceId }),
  "report.decide": ({ world }) => ({ id: world.ids.report, decision: "refused" }),
  "article.save": ({ world, kind }) =>
    kind === "desk"
      ? { id: world.ids.article, spaceId: world.spaceId, ...draft("Revu"), baseVersion: 1 }
      : { id: createId(), spaceId: world.spaceId, ...draft("Neuf") },
  "article.submit": ({ world }) => ({ id: world.ids.article, spaceId: world.spaceId }),
  "article.withdraw": ({ world }) => ({ id: world.ids.article, spaceId: world.spaceId }),
  "article.remove": ({ world }) => ({ id: world.ids.article, spaceId: world.spaceId }),
  "article.decide": ({ world }) => ({ id: world.ids.article, spaceId: world.spaceId, decision: "accepted" }),
  "folder.create": ({ world }) => ({ id: createId(), folderId: world.ids.folder, name: "Neuf" }),
  "file.add": (attempt) => ({ id: createId(), name: "Neuf.txt", ...sent(attempt) }),
  "file.write": (attempt) => ({ id: attempt.world.ids.file, baseVersion: 1, ...sent(attempt) }),
  "file.restoreVersion": ({ world }) => ({ id: world.ids.file, version: 1, baseVersion: 1 }),
  "file.lock": ({ world }) => ({ id: world.ids.file }),
  "file.unlock": ({ world }) => ({ id: world.ids.file }),
  "libraryItem.update": ({ world }) => ({ id: world.ids.file, base: {}, changes: { description: "d" } }),
  "libraryItem.move": ({ world }) => ({
    id: world.ids.file,
    baseFolderId: null,
    folderId: world.ids.folder,
  }),
  "libraryItem.copy": ({ world }) => ({
    id: createId(),
    sourceId: world.ids.file,
    folderId: null,
    numbered: true,
  }),
  "libraryItem.trash": ({ world }) => ({ id: world.ids.file }),
  "libraryItem.restore": ({ world }) => ({ id: world.ids.trashed }),
  "libraryItem.remove": ({ world }) => ({ id: world.ids.trashed }),
  "libraryItem.discuss": ({ world }) => ({ id: world.ids.file, messageId: createId() }),
  "libraryItem.preserve": ({ world, nowMs }) => ({ id: world.ids.file, until: inDays(nowMs, 1) }),
  "libraryShare.set": ({ world, cast }) => ({
    id: createId(),
    itemId: world.ids.file,
    personIds: [cast.outsider.id],
    right: "read",
  }),
  "libraryShare.end": ({ world }) => ({ id: world.ids.share }),
  "libraryShare.leave": () => ({}),
  "board.create": () => ({
    id: createId(),
    name: "Tableau",
    columns: [{ id: createId(), name: "À faire", meaning: "todo", order: "a0" }],
  }),
  "board.update": ({ world }) => ({
    id: world.ids.board,
    base: { name: "Secret des travaux" },
    changes: { name: "Travaux" },
  }),
  "board.archive": ({ world }) => ({ id: world.ids.board }),
  "board.unarchive": ({ world }) => ({ id: world.ids.oldBoard }),
  "board.remove": ({ world }) => ({ id: world.ids.oldBoard }),
  "boardColumn.create": (attempt) => ({
    ...onBoard(attempt),
    id: createId(),
    name: "Bloqué",
    meaning: "doing",
    order: "a5",
  }),
  "boardColumn.update": (attempt) => ({
    ...onColumn(attempt),
    base: { name: "À faire" },
    changes: { name: "À venir" },
  }),
  "boardColumn.move": (attempt) => ({ ...onColumn(attempt), order: "a9" }),
  "boardColumn.remove": (attempt) => ({ ...onColumn(attempt), intoId: attempt.world.ids.doneColumn }),
  "task.create": (attempt) => ({
    ...onBoard(attempt),
    id: createId(),
    columnId: attempt.world.ids.column,
    order: "a3",
    title: "Neuve",
  }),
  "task.update": ({ world }) => ({
    id: world.ids.task,
    base: { title: "Secret à faire" },
    changes: { title: "À faire" },
  }),
  "task.move": (attempt) => ({
    ...onBoard(attempt),
    id: attempt.world.ids.task,
    columnId: attempt.world.ids.doneColumn,
    order: "a1",
  }),
  "task.archive": ({ world }) => ({ id: world.ids.task }),
  "task.unarchive": ({ world }) => ({ id: world.ids.oldTask }),
  "task.remove": ({ world }) => ({ id: world.ids.oldTask }),
  "taskChecklist.set": ({ world }) => ({
    taskId: world.ids.task,
    id: createId(),
    text: "Un point",
    order: "a0",
  }),
  "taskChecklist.remove": ({ world }) => ({ taskId: world.ids.task, id: createId() }),
  "task.watch": ({ world }) => ({ id: world.ids.task }),
  "task.unwatch": ({ world }) => ({ id: world.ids.task }),
  "task.discuss": ({ world }) => ({ id: world.ids.task, messageId: createId() }),
  "calendar.create": () => ({ id: createId(), name: "Agenda", colour: "blue" }),
  "calendar.update": ({ world }) => ({
    id: world.ids.calendar,
    base: { name: "Secret" },
    changes: { name: "Agenda" },
  }),
  "calendar.remove": ({ world }) => ({ id: world.ids.calendar }),
  "calendarObject.put": ({ world, kind, by }) => ({
    id: calendarObjectKey(kind === "person" ? personScope(by.id) : (world.scopes.space ?? ""), "neuf"),
    calendarId: world.ids.calendar,
    data: eventText("neuf"),
  }),
  "calendarObject.remove": ({ world }) => ({ id: world.ids.event, baseRevision: 1 }),
  "calendarObject.reply": ({ world }) => ({ id: world.ids.event, status: "accepted", sequence: 0 }),
  "calendarObject.move": ({ world }) => ({ id: world.ids.event, calendarId: world.ids.calendar }),
  "organisation.save": () => ({ id: createId(), base: {}, changes: { name: "Ville" } }),
  "organisation.remove": () => ({ id: createId() }),
  "spaceTemplate.save": () => ({
    id: createId(),
    name: "Modèle",
    space: { kind: "project", visibility: "open" },
    channels: [],
  }),
  "spaceTemplate.remove": () => ({ id: createId() }),
  "person.assign": ({ cast }) => ({ personIds: [cast.member.id], organisationId: null }),
};

/** The same arguments about places that are not there. */
export function aboutNothing(args: object, world: World): object {
  const known = [world.spaceId, world.channelId, world.groupId, world.wall, ...Object.values(world.ids)];
  let text = JSON.stringify(args);
  for (const id of known) text = text.replaceAll(id, imaginary(id));
  const parsed: object = JSON.parse(text);
  return parsed;
}

/** An id that nobody has, always the same one for the same. */
export function imaginary(id: string): string {
  return spaceIdSchema.parse(`${id.slice(0, 24)}${id.slice(24).replaceAll(/./g, "f")}`);
}
