import {
  conversationIdSchema,
  membershipId,
  naturalId,
  spaceIdSchema,
  type ConversationId,
  type MessageId,
  type OrganisationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { AppError } from "#contract/problem.ts";
import { spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { spaceRows as spaceRowsOf } from "#server/seed/space-rows.ts";
import type { RowWrite } from "#server/store/store.ts";
import { demoSpaceSettings } from "./communities-data.ts";
import { HISTORY_MS, writeHistory } from "./channel-history.ts";
import { finales } from "./dialogues/direct.ts";
import { spaceScripts } from "./dialogues/scripts.ts";
import { conversationWrites, timeTurns, writeConversation, type TimedTurn } from "./messages.ts";
import { demoOrganisationId, demoPersonId, type DemoPerson } from "./people.ts";
import { organisations } from "./people-data.ts";
import { createRandom, type Random } from "./random.ts";
import { renderExchange, type RenderContext } from "./render.ts";
import { parseScript } from "./script.ts";
import { demoSpaces, type DemoChannel, type DemoSpace } from "./spaces-data.ts";

const MINUTE_MS = 60_000;

/** What the personal part needs to know of a conversation. */
export interface DemoConversation {
  /** `space/channel`, or empty outside spaces. */
  key: string;
  scope: Scope;
  id: ConversationId;
  memberHandles: string[];
  /** Oldest first. */
  turns: { atMs: number; who: string; messageId: MessageId; text: string; isReply: boolean }[];
  /** How many of the last messages `camille` has not read. */
  unread: number;
}

export interface DemoPart {
  rows: RowWrite[];
  readers: { scope: Scope; personIds: PersonId[] }[];
  conversations: DemoConversation[];
}

export interface DemoSetting {
  people: ReadonlyMap<string, DemoPerson>;
  nowMs: number;
  seed: string;
}

export function demoSpaceId(key: string): SpaceId {
  return spaceIdSchema.parse(naturalId("demo", "space", key));
}

export function demoChannelId(key: string): ConversationId {
  return conversationIdSchema.parse(naturalId("demo", "channel", key));
}

export function contextFor(setting: DemoSetting, members: readonly string[], random: Random): RenderContext {
  const set = new Set(members);
  return {
    random,
    isMember: (handle) => set.has(handle),
    givenName: (handle) => setting.people.get(handle)?.givenName ?? handle,
  };
}

/** Every space with its members, channels and messages. */
export function createSpaces(setting: DemoSetting): DemoPart {
  const part: DemoPart = { rows: [], readers: [], conversations: [] };
  for (const [index, space] of demoSpaces.entries()) {
    const members = membersOf(space, setting);
    const random = createRandom(`${setting.seed}:${space.key}`);
    part.rows.push(
      ...spaceRows(space, {
        members,
        setting,
        random,
        ageMs: HISTORY_MS + (20 - index) * 26 * 60 * MINUTE_MS,
      }),
    );
    part.readers.push({ scope: spaceScope(demoSpaceId(space.key)), personIds: members.map(demoPersonId) });
    for (const channel of space.channels) {
      const conversation = createChannel({ space, channel, members, setting });
      part.rows.push(...conversation.rows);
      part.conversations.push(conversation.conversation);
    }
  }
  return part;
}

/** Those listed, and whoever speaks in the scripts. */
function membersOf(space: DemoSpace, { people }: DemoSetting): string[] {
  const insiders = [...people.values()]
    .filter((person) => person.row.isGuest !== true)
    .map((person) => person.handle);
  const listed = space.members.flatMap((member) => (member === "*" ? insiders : [member]));
  const spoken = Object.values(spaceScripts[space.key] ?? {})
    .flatMap((script) => parseScript(script.once))
    .flatMap((exchange) => exchange.turns.map((turn) => turn.who));
  const all = new Set([...space.animators, ...listed, ...spoken]);
  for (const handle of all) {
    if (!people.has(handle))
      throw new AppError("badRequest", {
        title: "Nobody has this handle",
        detail: `${space.key}: ${handle}`,
      });
  }
  return [...all];
}

interface SpaceMaking {
  members: string[];
  setting: DemoSetting;
  random: Random;
  ageMs: number;
}

function spaceRows(space: DemoSpace, { members, setting, random, ageMs }: SpaceMaking): RowWrite[] {
  const id = demoSpaceId(space.key);
  const scope = spaceScope(id);
  const createdMs = setting.nowMs - ageMs;
  const [creator = "sylvie"] = space.animators;
  const createdBy = demoPersonId(creator);
  const row = {
    id,
    name: space.name,
    summary: space.summary,
    kind: space.kind,
    visibility: space.visibility,
    organisation: space.organisation,
    emoji: space.emoji,
    createdBy,
    createdAt: toIsoTime(createdMs),
    memberCount: members.length,
    organisationIds: organisationIdsOf(space),
    ...demoSpaceSettings[space.key],
  };
  const rows = spaceRowsOf(row);
  for (const handle of members) {
    const personId = demoPersonId(handle);
    const isAnimator = space.animators.includes(handle);
    const isGuest = setting.people.get(handle)?.row.isGuest === true;
    const role = isGuest ? "guest" : isAnimator ? "animator" : "member";
    const joinedMs = createdMs + (isAnimator ? 0 : random.int(0, 14 * 24 * 60) * MINUTE_MS);
    const key = membershipId(id, personId);
    const data = { id: key, spaceId: id, personId, role, joinedAt: toIsoTime(joinedMs) };
    rows.push({ scope, collection: "membership", id: key, op: "put", data });
  }
  for (const [index, channel] of space.channels.entries()) {
    const channelId = demoChannelId(`${space.key}/${channel.key}`);
    const createdAt = toIsoTime(createdMs + index * 7 * MINUTE_MS);
    const data = {
      id: channelId,
      spaceId: id,
      name: channel.name,
      topic: channel.topic,
      createdBy,
      createdAt,
    };
    rows.push({ scope, collection: "channel", id: channelId, op: "put", data });
  }
  return rows;
}

/** The network of the communes belongs to all of them. */
function organisationIdsOf(space: DemoSpace): OrganisationId[] {
  if (space.key !== "communes") return [demoOrganisationId(space.organisation)];
  return Object.entries(organisations).flatMap(([code, { name }]) =>
    code === "B" ? [] : [demoOrganisationId(name)],
  );
}

interface ChannelMaking {
  space: DemoSpace;
  channel: DemoChannel;
  members: string[];
  setting: DemoSetting;
}

function createChannel(making: ChannelMaking): { rows: RowWrite[]; conversation: DemoConversation } {
  const { space, channel, members, setting } = making;
  const key = `${space.key}/${channel.key}`;
  const script = spaceScripts[space.key]?.[channel.key];
  if (script === undefined)
    throw new AppError("badRequest", { title: "A channel has no dialogue", detail: key });
  const random = createRandom(`${setting.seed}:${key}`);
  const context = contextFor(setting, members, random);
  const untilMs = setting.nowMs - random.int(70, 190) * MINUTE_MS;
  const turns = writeHistory({
    ...script,
    recurring: channel.recurring,
    hours: channel.hours,
    untilMs,
    people: members,
    context,
  });
  const finale = finales.find((candidate) => candidate.channel === key);
  if (finale !== undefined) turns.push(...endAt(finale, setting.nowMs, context));
  const place = { scope: spaceScope(demoSpaceId(space.key)), id: demoChannelId(key) };
  return writeDemoConversation(
    { key, ...place, memberHandles: members, turns, unread: finale?.unread ?? 0 },
    setting,
    random,
  );
}

/** One exchange whose last message was sent so many minutes ago. */
export function endAt(
  ending: { script: string; endedMinutesAgo: number },
  nowMs: number,
  context: RenderContext,
): TimedTurn[] {
  const turns = parseScript(ending.script).flatMap((exchange) => renderExchange(exchange, context));
  const timed = timeTurns(turns, 0, context.random);
  const shiftMs = nowMs - ending.endedMinutesAgo * MINUTE_MS - (timed.at(-1)?.atMs ?? 0);
  return timed.map((turn) => Object.assign(turn, { atMs: turn.atMs + shiftMs }));
}

export interface ConversationMaking {
  key: string;
  scope: Scope;
  id: ConversationId;
  memberHandles: string[];
  turns: TimedTurn[];
  unread: number;
}

export function writeDemoConversation(
  making: ConversationMaking,
  setting: DemoSetting,
  random: Random,
): { rows: RowWrite[]; conversation: DemoConversation } {
  const { scope, id, turns } = making;
  const written = writeConversation(turns, {
    scope,
    conversationId: id,
    nowMs: setting.nowMs,
    random,
    isPerson: (handle) => setting.people.has(handle),
  });
  const rows = [...conversationWrites(written, scope)];
  const known = written.messages.map((message, index) => ({
    atMs: Date.parse(message.sentAt),
    who: turns[index]?.who ?? "",
    messageId: message.id,
    text: message.body,
    isReply: message.threadId !== undefined,
  }));
  return { rows, conversation: { ...making, turns: known } };
}
