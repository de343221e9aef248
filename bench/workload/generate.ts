import type { CollectionName } from "#contract/collections.ts";
import type { Envelope } from "#contract/envelope.ts";
import {
  conversationIdSchema,
  membershipId,
  messageIdSchema,
  personIdSchema,
  reactionId,
  spaceIdSchema,
  type ConversationId,
  type PersonId,
  type SpaceId,
} from "#contract/ids.ts";
import { DIRECTORY, personScope, spaceScope, type Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { spaceRows } from "#server/seed/space-rows.ts";
import * as french from "./french.ts";
import { createRandom, seededId, type Random } from "./random.ts";
import { layOut, type Workload, type WorkloadScope } from "./workload.ts";

export interface WorkloadSize {
  name: string;
  messages: number;
  people: number;
  spaces: number;
  channelsPerSpace: number;
  seed: number;
}

/** Workload W of the performance goals, as far as messages go. */
export const workloadW: WorkloadSize = {
  name: "W",
  messages: 100_000,
  people: 2000,
  spaces: 200,
  channelsPerSpace: 2,
  seed: 20_261_122,
};

/** The same people, everything said in one channel: for scrolling. */
export const oneChannel: WorkloadSize = { ...workloadW, name: "one channel", spaces: 1, channelsPerSpace: 1 };

const EMOJIS = ["👍", "❤️", "🎉", "😄", "🙏", "👀"];
const END_MS = Date.UTC(2026, 10, 20, 17, 0, 0);
const SPAN_MS = 180 * 24 * 3600 * 1000;

interface Channel {
  id: ConversationId;
  spaceId: SpaceId;
  /** Share of what is said: a few channels are busy, most are quiet. */
  weight: number;
}

function put(
  scope: Scope,
  collection: CollectionName,
  data: { id: string } & Record<string, unknown>,
): Envelope {
  return { scope, seq: 1, collection, id: data.id, rev: 1, op: "put", data };
}

function makePeople(size: WorkloadSize, random: Random): { ids: PersonId[]; rows: Envelope[] } {
  const ids: PersonId[] = [];
  const rows: Envelope[] = [];
  for (let i = 0; i < size.people; i++) {
    const id = personIdSchema.parse(seededId(random, END_MS - SPAN_MS * 2));
    const givenName = random.pick(french.givenNames);
    const familyName = random.pick(french.familyNames);
    ids.push(id);
    rows.push(
      put(DIRECTORY, "person", {
        id,
        displayName: `${givenName} ${familyName}`,
        givenName,
        familyName,
        email: `agent${String(i)}@departement.exemple.fr`,
        jobTitle: random.pick(french.jobTitles),
        service: random.pick(french.services),
        organisation: "Département d'Armor-et-Loire",
      }),
    );
  }
  for (const id of ids.slice(0, size.people / 5)) {
    rows.push(put(DIRECTORY, "presence", { id, state: random.chance(0.5) ? "active" : "away" }));
  }
  return { ids, rows };
}

function makeSpaces(
  size: WorkloadSize,
  random: Random,
): { channels: Channel[]; rows: Envelope[]; spaces: SpaceId[] } {
  const rows: Envelope[] = [];
  const channels: Channel[] = [];
  const spaces: SpaceId[] = [];
  const createdAt = toIsoTime(END_MS - SPAN_MS * 2);
  for (let i = 0; i < size.spaces; i++) {
    const id = spaceIdSchema.parse(seededId(random, END_MS - SPAN_MS * 2));
    const name = `${random.pick(french.spaceNames)} ${String(i + 1)}`;
    spaces.push(id);
    const space = spaceRows({ id, name, kind: "community", visibility: "open", createdAt });
    rows.push(
      ...space.map(({ scope, collection, id: rowId, data }) =>
        put(scope, collection, { ...data, id: rowId }),
      ),
    );
    for (let c = 0; c < size.channelsPerSpace; c++) {
      const channelId = conversationIdSchema.parse(seededId(random, END_MS - SPAN_MS * 2));
      channels.push({
        id: channelId,
        spaceId: id,
        weight: 1 / (2 + random.below(size.spaces * size.channelsPerSpace)),
      });
      const channel = french.channelNames[c % french.channelNames.length] ?? "général";
      rows.push(put(spaceScope(id), "channel", { id: channelId, spaceId: id, name: channel, createdAt }));
    }
  }
  return { channels, rows, spaces };
}

function makeMembers(
  spaceId: SpaceId,
  people: readonly PersonId[],
  random: Random,
): { ids: PersonId[]; rows: Envelope[] } {
  const me = people.slice(0, 1);
  const others = Array.from({ length: 8 + random.below(56) }, () => random.pick(people));
  const ids = [...new Set([...me, ...others])];
  const joinedAt = toIsoTime(END_MS - SPAN_MS);
  const rows = ids.map((personId) =>
    put(spaceScope(spaceId), "membership", {
      id: membershipId(spaceId, personId),
      spaceId,
      personId,
      role: "member",
      joinedAt,
    }),
  );
  return { ids, rows };
}

/** How many messages each channel gets; the total is exact. */
function shares(channels: readonly Channel[], messages: number): number[] {
  const total = channels.reduce((sum, { weight }) => sum + weight, 0);
  const counts = channels.map(({ weight }) => Math.floor((weight / total) * messages));
  const given = counts.reduce((sum, count) => sum + count, 0);
  counts[0] = (counts[0] ?? 0) + messages - given;
  return counts;
}

function makeMessages(
  channel: Channel,
  count: number,
  members: readonly PersonId[],
  random: Random,
): { rows: Envelope[]; newestAt: number } {
  const scope = spaceScope(channel.spaceId);
  const rows: Envelope[] = [];
  const step = SPAN_MS / count;
  const roots: { id: string; data: Record<string, unknown> }[] = [];
  let sentMs = END_MS - SPAN_MS;
  for (let i = 0; i < count; i++) {
    sentMs = END_MS - SPAN_MS + Math.floor((i + random.next()) * step);
    const sentAt = toIsoTime(sentMs);
    const id = messageIdSchema.parse(seededId(random, sentMs));
    const authorId = random.pick(members);
    const data: Record<string, unknown> & { id: string } = {
      id,
      conversationId: channel.id,
      authorId,
      body: frenchBody(members, random),
      sentAt,
      version: 1,
    };
    const root = roots.length > 0 && random.chance(0.1) ? random.pick(roots.slice(-20)) : undefined;
    if (root !== undefined) {
      data["threadId"] = root.id;
      root.data["replyCount"] = Number(root.data["replyCount"] ?? 0) + 1;
      root.data["lastReplyAt"] = sentAt;
      root.data["replyPersonIds"] = [authorId];
    } else {
      roots.push({ id, data });
    }
    if (random.chance(0.04)) data["editedAt"] = sentAt;
    rows.push(put(scope, "message", data));
    if (!random.chance(0.12)) continue;
    const reactors = new Set(Array.from({ length: 1 + random.below(3) }, () => random.pick(members)));
    for (const personId of reactors) {
      const emoji = random.pick(EMOJIS);
      const key = { conversationId: channel.id, messageId: id, personId, emoji, createdAt: sentAt };
      rows.push(put(scope, "reaction", { id: reactionId(id, personId, emoji), ...key }));
    }
  }
  return { rows, newestAt: sentMs };
}

function frenchBody(members: readonly PersonId[], random: Random): string {
  const text = french.frenchText(random);
  return random.chance(0.03) ? `<@${random.pick(members)}> ${text}` : text;
}

function sentAtOf(row: Envelope): string {
  return String(row.data["sentAt"] ?? row.data["createdAt"]);
}

export function generateWorkload(size: WorkloadSize): Workload {
  const random = createRandom(size.seed);
  const people = makePeople(size, random);
  const me = people.ids[0];
  if (me === undefined) throw new RangeError("a workload needs people");
  const { channels, rows, spaces } = makeSpaces(size, random);
  const counts = shares(channels, size.messages);
  const conversations: (Workload["conversations"][number] & { newestAt: number })[] = [];
  const spaceScopes: (WorkloadScope & { newestAt: number })[] = [];
  for (const spaceId of spaces) {
    const scope = spaceScope(spaceId);
    const members = makeMembers(spaceId, people.ids, random);
    const timeline: Envelope[] = [];
    let newestAt = 0;
    for (const [index, channel] of channels.entries()) {
      if (channel.spaceId !== spaceId) continue;
      const made = makeMessages(channel, counts[index] ?? 0, members.ids, random);
      for (const row of made.rows) timeline.push(row);
      newestAt = Math.max(newestAt, made.newestAt);
      conversations.push({
        scope,
        conversationId: channel.id,
        messages: counts[index] ?? 0,
        newestAt: made.newestAt,
      });
    }
    timeline.sort((a, b) => (sentAtOf(a) < sentAtOf(b) ? -1 : 1));
    const ownRows = rows.filter((row) => row.scope === scope);
    spaceScopes.push({ ...layOut(scope, [...ownRows, ...members.rows, ...timeline]), newestAt });
  }
  spaceScopes.sort((a, b) => b.newestAt - a.newestAt);
  conversations.sort((a, b) => b.newestAt - a.newestAt);
  const directory = [...people.rows, ...rows.filter((row) => row.scope === DIRECTORY)];
  const own = conversations.slice(0, conversations.length / 2).map(({ conversationId, newestAt }) =>
    put(personScope(me), "readMarker", {
      id: conversationId,
      conversationId,
      readAt: toIsoTime(newestAt),
    }),
  );
  return {
    name: size.name,
    me,
    scopes: [layOut(personScope(me), own), layOut(DIRECTORY, directory), ...spaceScopes],
    conversations,
  };
}
