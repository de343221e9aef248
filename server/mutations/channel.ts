import { channelSchema, type Channel } from "#contract/entities/channel.ts";
import type { Message } from "#contract/entities/message.ts";
import { createId, messageIdSchema, type ConversationId, type SpaceId } from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { spaceScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { findPerson, isAdministrator } from "../rules/people.ts";
import { findMembership, isAnimator, noSuchSpace, requireOpenSpace } from "../rules/spaces.ts";
import type { RowWrite } from "../store/store.ts";
import {
  forbidden,
  notFound,
  requireFreshId,
  requireScope,
  standing,
  timeOf,
  type Handler,
  type MutationContext,
} from "./context.ts";
import { mergedSettings, settingsMoved, withSettings } from "./settings-change.ts";

/** Members open channels in their space; guests do not. */
export const createChannel: Handler<"channel.create"> = async (context, args) => {
  const { tx, personId } = context;
  const { id, spaceId, name, topic } = args;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  requireFreshId(id);
  const membership = await findMembership(tx, spaceId, personId);
  if (membership === undefined && !(await isAdministrator(tx, personId))) throw noSuchSpace();
  if (membership?.role === "guest") throw forbidden("Guests may not create channels.");
  await requireOpenSpace(tx, spaceId);
  if (standing(await tx.get(scope, "channel", id)) !== undefined) throw idTaken();
  const data: Channel = {
    id,
    spaceId,
    name,
    ...(topic === undefined ? {} : { topic }),
    createdBy: personId,
    createdAt: timeOf(context),
  };
  return { changes: await tx.write([channelRow(data)]) };
};

const channelSettingsSchema = channelSchema.pick({ name: true, topic: true });

export const updateChannel: Handler<"channel.update"> = async (context, args) => {
  const channel = await requireOwnChannel(context, args.spaceId, args.id);
  if (channel.archivedAt !== undefined) throw forbidden(`The channel ${channel.name} is archived.`);
  const settings = mergedSettings(channelSettingsSchema, channel, args);
  if (settings === undefined) {
    const current = await context.tx.get(context.scope, "channel", channel.id);
    if (current === undefined) throw notFound("There is no such channel in this space.");
    return { current, error: settingsMoved("A setting of this channel").problem };
  }
  const changed = withSettings(channelSettingsSchema, channel, settings);
  const rows = [channelRow(changed), ...(await noticeRows(context, channel, changed))];
  return { changes: await context.tx.write(rows) };
};

export const archiveChannel: Handler<"channel.archive"> = async (context, args) => {
  const { archivedAt, ...channel } = await requireOwnChannel(context, args.spaceId, args.id);
  const data = args.isArchived ? { ...channel, archivedAt: archivedAt ?? timeOf(context) } : channel;
  return { changes: await context.tx.write([channelRow(data)]) };
};

/** Animators run every channel of their space, whoever opened one runs that one. The wall is nobody's. */
async function requireOwnChannel(
  context: MutationContext,
  spaceId: SpaceId,
  id: ConversationId,
): Promise<Channel> {
  const { tx, personId } = context;
  const scope = spaceScope(spaceId);
  requireScope(context, scope);
  const membership = await findMembership(tx, spaceId, personId);
  const mayRun = await isAnimator(context, spaceId);
  if (membership === undefined && !mayRun) throw noSuchSpace();
  await requireOpenSpace(tx, spaceId);
  const row = standing(await tx.get(scope, "channel", id));
  if (row === undefined) throw notFound("There is no such channel in this space.");
  const channel = channelSchema.parse(row.data);
  if (channel.kind !== undefined && channel.kind !== "channel")
    throw forbidden("The wall and the discussions of documents and tasks are changed with their space.");
  const isOpener = channel.createdBy === personId && membership?.role !== "guest";
  if (mayRun || isOpener) return channel;
  throw forbidden("Only the animators of the space and whoever opened the channel may do this.");
}

/** The conversation tells that its name or topic changed; nobody's inbox does. */
async function noticeRows(context: MutationContext, before: Channel, after: Channel): Promise<RowWrite[]> {
  const { tx, personId, scope } = context;
  const said: [NonNullable<Message["notice"]>, string][] = [];
  const who = (await findPerson(tx, personId))?.displayName ?? "";
  if (after.name !== before.name) {
    said.push([
      "renamed",
      `${who} a renommé le canal «\u00a0${before.name}\u00a0» en «\u00a0${after.name}\u00a0».`,
    ]);
  }
  if (after.topic !== before.topic) {
    const topic =
      after.topic === undefined
        ? "a retiré le sujet du canal."
        : `a changé le sujet du canal\u00a0: «\u00a0${after.topic}\u00a0».`;
    said.push(["topicChanged", `${who} ${topic}`]);
  }
  const newest = await tx.newestSentAt(scope);
  const firstMs = Math.max(context.nowMs, newest === undefined ? 0 : Date.parse(newest) + 1);
  return said.map(([notice, body], index) => {
    const id = messageIdSchema.parse(createId());
    const sentAt = toIsoTime(firstMs + index);
    const data: Message = {
      id,
      conversationId: after.id,
      authorId: personId,
      body,
      sentAt,
      version: 1,
      notice,
    };
    return { scope, collection: "message", id, op: "put", data };
  });
}

function channelRow(data: Channel): RowWrite {
  return { scope: spaceScope(data.spaceId), collection: "channel", id: data.id, op: "put", data };
}

function idTaken(): AppError {
  return new AppError("conflict", {
    title: "This channel exists already",
    detail: "Another channel of the space has this id.",
    pointer: "args.id",
  });
}
