import {
  conversationIdSchema,
  directConversationId,
  membershipId,
  naturalId,
  spaceIdSchema,
  type ConversationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { conversationScope, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { spaceRows } from "../../seed/space-rows.ts";
import { importLineSchema, type ImportLine } from "../import-lines.ts";
import { clean } from "./mrkdwn.ts";
import type { SlackChannel } from "./slack-schemas.ts";

export type SlackKind = "channel" | "group" | "direct" | "multi";

/** A Slack conversation and where it goes. */
export interface SlackPlace {
  kind: SlackKind;
  channel: SlackChannel;
  /** Folder of its day files. */
  folder: string;
  scope: Scope;
  conversationId: ConversationId;
  /** A private channel too large for a group conversation becomes a hidden space of its own. */
  spaceId: SpaceId | undefined;
  memberIds: PersonId[];
}

/** Members of a conversation outside spaces, by contract. */
const MAX_GROUP = 100;

export interface PlaceContext {
  team: string;
  /** The space of the public channels. */
  spaceId: SpaceId;
  personOf: (slackId: string) => PersonId | undefined;
}

export function slackSpaceId(team: string, spaceName: string): SpaceId {
  return spaceIdSchema.parse(naturalId("slack", team, "space", spaceName));
}

export function placeOf(kind: SlackKind, channel: SlackChannel, context: PlaceContext): SlackPlace {
  const { team, personOf } = context;
  const folder = kind === "direct" ? channel.id : (channel.name ?? channel.id);
  const memberIds = [...new Set((channel.members ?? []).map(personOf).filter((id) => id !== undefined))];
  const natural = conversationIdSchema.parse(naturalId("slack", team, context.spaceId, channel.id));
  const place = { kind, channel, folder, memberIds };
  if (kind === "channel") {
    return {
      ...place,
      conversationId: natural,
      spaceId: context.spaceId,
      scope: spaceScope(context.spaceId),
    };
  }
  if (memberIds.length > MAX_GROUP) {
    const spaceId = slackSpaceId(team, channel.id);
    return { ...place, conversationId: natural, spaceId, scope: spaceScope(spaceId) };
  }
  const [one, other = one] = memberIds;
  const isPair = kind === "direct" && memberIds.length <= 2 && one !== undefined && other !== undefined;
  const conversationId = isPair ? directConversationId(one, other) : natural;
  return { ...place, conversationId, spaceId: undefined, scope: conversationScope(conversationId) };
}

/** The space with its wall. Afterwards the server keeps it: none of these lines changes what stands. */
export function spaceLines(space: {
  id: SpaceId;
  name: string;
  visibility: "onRequest" | "hidden";
  createdMs: number;
}): ImportLine[] {
  const rows = spaceRows({
    id: space.id,
    name: clean(space.name).slice(0, 200),
    kind: "community",
    visibility: space.visibility,
    createdAt: toIsoTime(space.createdMs),
  });
  return rows.map(({ scope, collection, id, data }) =>
    importLineSchema.parse({ kind: "row", scope, collection, id, data }),
  );
}

export function membershipLine(spaceId: SpaceId, personId: PersonId, joinedMs: number): ImportLine {
  const id = membershipId(spaceId, personId);
  const data = { id, spaceId, personId, role: "member", joinedAt: toIsoTime(joinedMs) };
  return { kind: "row", scope: spaceScope(spaceId), collection: "membership", id, data };
}

/** The channel or conversation itself. */
export function placeLine(place: SlackPlace, lastMs: number): ImportLine | undefined {
  const { channel, conversationId: id, scope, spaceId } = place;
  const createdAt = toIsoTime(createdMsOf(channel));
  const name = clean(channel.name ?? channel.id).slice(0, 100);
  if (spaceId !== undefined) {
    const topic = clean(channel.topic?.value || channel.purpose?.value || "").slice(0, 1000);
    const data = {
      id,
      spaceId,
      name,
      createdAt,
      ...(topic === "" ? {} : { topic }),
      ...(channel.is_archived === true
        ? { archivedAt: toIsoTime(Math.max(lastMs, createdMsOf(channel))) }
        : {}),
    };
    return { kind: "row", scope, collection: "channel", id, data };
  }
  if (place.memberIds.length === 0) return undefined;
  const isPair = place.kind === "direct" && place.memberIds.length <= 2;
  const data = {
    id,
    kind: isPair ? "direct" : "group",
    memberIds: place.memberIds,
    createdAt,
    ...(place.kind === "group" ? { name } : {}),
  };
  return { kind: "row", scope, collection: "conversation", id, data };
}

export function createdMsOf(channel: SlackChannel): number {
  return Math.max(0, Math.min((channel.created ?? 0) * 1000, 4_102_444_800_000));
}
