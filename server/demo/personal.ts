import { conversationIdSchema, directConversationId, naturalId, type ConversationId } from "#contract/ids.ts";
import type { Notification } from "#contract/entities/notification.ts";
import { conversationScope, personScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { RowWrite } from "#server/store/store.ts";
import { atWork, OFFICE } from "./calendar.ts";
import { createDeviceRows } from "./devices.ts";
import { drafts, privateScripts, type PrivateScript } from "./dialogues/direct.ts";
import { timeTurns, type TimedTurn } from "./messages.ts";
import { demoPersonId } from "./people.ts";
import { createRandom, type Random } from "./random.ts";
import { renderExchange } from "./render.ts";
import { parseScript } from "./script.ts";
import {
  contextFor,
  demoChannelId,
  endAt,
  writeDemoConversation,
  type DemoConversation,
  type DemoPart,
  type DemoSetting,
} from "./workplace.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Direct and group conversations. */
export function createPrivateConversations(setting: DemoSetting): DemoPart {
  const part: DemoPart = { rows: [], readers: [], conversations: [] };
  for (const script of privateScripts) {
    const id = privateId(script);
    const scope = conversationScope(id);
    const random = createRandom(`${setting.seed}:${script.members.join()}`);
    const turns = privateTurns(script, setting, random);
    const memberIds = script.members.map(demoPersonId);
    const data = {
      id,
      kind: script.name === undefined ? "direct" : "group",
      memberIds,
      ...(script.name === undefined ? {} : { name: script.name }),
      createdBy: memberIds[0],
      createdAt: toIsoTime((turns[0]?.atMs ?? setting.nowMs) - 2 * MINUTE_MS),
    };
    part.rows.push({ scope, collection: "conversation", id, op: "put", data });
    const making = { key: "", scope, id, memberHandles: script.members, turns, unread: script.unread };
    const { rows, conversation } = writeDemoConversation(making, setting, random);
    part.rows.push(...rows);
    part.readers.push({ scope, personIds: memberIds });
    part.conversations.push(conversation);
  }
  return part;
}

function privateId(script: PrivateScript): ConversationId {
  const [one = "", other = ""] = script.members;
  if (script.name === undefined) return directConversationId(demoPersonId(one), demoPersonId(other));
  return conversationIdSchema.parse(naturalId("demo", "group", script.name));
}

/** The last exchange ends when it should; the ones before are some weeks apart. */
function privateTurns(script: PrivateScript, setting: DemoSetting, random: Random): TimedTurn[] {
  const blocks = script.script.trim().split(/\n[ \t]*\n/);
  const context = contextFor(setting, script.members, random);
  const ending = endAt({ ...script, script: blocks.at(-1) ?? "" }, setting.nowMs, context);
  const earlier: TimedTurn[] = [];
  let clock = (ending[0]?.atMs ?? setting.nowMs) - random.int(19, 33) * DAY_MS * (blocks.length - 1);
  for (const block of blocks.slice(0, -1)) {
    const turns = parseScript(block).flatMap((exchange) => renderExchange(exchange, context));
    earlier.push(...timeTurns(turns, atWork(clock + random.int(0, 300) * MINUTE_MS, OFFICE), random));
    clock += random.int(9, 17) * DAY_MS;
  }
  return [...earlier, ...ending];
}

/** Read markers, notifications and drafts of one person. */
export function createPersonalRows(
  handle: string,
  conversations: readonly DemoConversation[],
  setting: DemoSetting,
): RowWrite[] {
  const own = conversations.filter((conversation) => conversation.memberHandles.includes(handle));
  const isMain = handle === "camille";
  return [
    ...own.flatMap((conversation) => markerOf(handle, conversation, isMain)),
    ...own.flatMap((conversation) => notificationsOf(handle, conversation, { setting, isMain })),
    ...(isMain ? [...draftRows(setting), ...createDeviceRows(handle, setting)] : []),
  ];
}

function markerOf(handle: string, conversation: DemoConversation, isMain: boolean): RowWrite[] {
  const shown = conversation.turns.filter((turn) => !turn.isReply);
  const lastRead = shown.at(-1 - (isMain ? conversation.unread : 0));
  if (lastRead === undefined) return [];
  const newestReply = conversation.turns.findLast((turn) => turn.isReply)?.atMs ?? 0;
  const readMs = isMain && conversation.unread > 0 ? lastRead.atMs : Math.max(lastRead.atMs, newestReply);
  const data = { id: conversation.id, conversationId: conversation.id, readAt: toIsoTime(readMs) };
  const scope = personScope(demoPersonId(handle));
  return [{ scope, collection: "readMarker", id: conversation.id, op: "put", data }];
}

function notificationsOf(
  handle: string,
  conversation: DemoConversation,
  { setting, isMain }: { setting: DemoSetting; isMain: boolean },
): RowWrite[] {
  const personId = demoPersonId(handle);
  const rows: RowWrite[] = [];
  const firstUnread = conversation.turns.length - (isMain ? conversation.unread : 0);
  const isDirect = conversation.key === "" && conversation.memberHandles.length === 2;
  for (const [index, turn] of conversation.turns.entries()) {
    if (turn.who === handle) continue;
    const isMention = turn.text.includes(`<@${personId}>`);
    if (!isMention && !(isDirect && index >= firstUnread)) continue;
    const id = naturalId("demo", "notification", handle, turn.messageId);
    const data: Notification = {
      id,
      kind: isMention ? "mention" : "direct",
      scope: conversation.scope,
      conversationId: conversation.id,
      messageId: turn.messageId,
      actorId: demoPersonId(turn.who),
      excerpt: excerptOf(turn.text, setting),
      happenedAt: toIsoTime(turn.atMs),
      createdAt: toIsoTime(turn.atMs),
    };
    if (index < firstUnread) data.doneAt = toIsoTime(Math.min(turn.atMs + 11 * MINUTE_MS, setting.nowMs));
    rows.push({ scope: personScope(personId), collection: "notification", id, op: "put", data });
  }
  return rows;
}

const EXCERPT_LENGTH = 200;

/** The beginning of a text on one line, with names for mentions. */
function excerptOf(text: string, { people }: DemoSetting): string {
  const names = new Map([...people.values()].map(({ row }) => [String(row.id), row.displayName]));
  return text
    .replaceAll(/<@([0-9a-f-]+)>/g, (_mention, id: string) => `@${names.get(id) ?? ""}`)
    .replaceAll(/[*_`]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, EXCERPT_LENGTH);
}

function draftRows(setting: DemoSetting): RowWrite[] {
  const me = demoPersonId("camille");
  return drafts.map((draft) => {
    const conversationId =
      draft.channel === undefined
        ? directConversationId(me, demoPersonId(draft.direct ?? "camille"))
        : demoChannelId(draft.channel);
    const updatedAt = toIsoTime(setting.nowMs - draft.minutesAgo * MINUTE_MS);
    const data = { id: conversationId, conversationId, body: draft.body, updatedAt };
    return { scope: personScope(me), collection: "draft", id: conversationId, op: "put", data };
  });
}
