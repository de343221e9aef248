import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationId } from "#contract/ids.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { findCompletion, type CompletionQuery } from "#renderer/kit/completion.ts";
import { findEmoji, loadEmojiBook, type EmojiRow } from "#renderer/kit/emoji-data.ts";
import { namedChannel, namedGroup, namedPerson, type Named } from "#renderer/kit/mentions.ts";
import { fold, matchesWords } from "#renderer/kit/text-words.ts";
import { useLiveQuery, useWorker } from "#renderer/kit/worker-context.tsx";
import { useMentionWords } from "./use-mention-words.ts";

export type CompletionItem =
  | { kind: "person"; key: string; person: PersonBrief; hint: string }
  | { kind: "group"; key: string; group: { id: string; name: string }; count: number }
  | { kind: "circle"; key: string; circle: "everyone" | "here" }
  | {
      kind: "channel";
      key: string;
      channel: Pick<ConversationSummary, "conversationId" | "name">;
      hint: string;
    }
  | { kind: "emoji"; key: string; emoji: string; label: string };

export interface Completion {
  query: CompletionQuery | null;
  items: readonly CompletionItem[];
}

const LIMIT = 8;
const NOTHING: readonly CompletionItem[] = [];

export interface CompletionOptions {
  text: string;
  caret: number;
  isOff: boolean;
  /** Where the text goes: without it, only people and emoji are offered. */
  conversationId?: ConversationId | undefined;
}

/** What can complete the word at the caret: people, groups and channels from the cache, or emoji by their name. */
export function useCompletion({ text, caret, isOff, conversationId }: CompletionOptions): Completion {
  const query = useMemo(() => (isOff ? null : findCompletion(text, caret)), [text, caret, isOff]);
  const typed = (trigger: CompletionQuery["trigger"]) => (query?.trigger === trigger ? query.text : null);
  const people = usePeopleItems(typed("@"));
  const circles = useCircleItems(typed("@"), conversationId);
  const channels = useChannelItems(typed("#"));
  const emoji = useEmojiItems(typed(":"));
  if (query === null) return { query, items: NOTHING };
  if (query.trigger === "#") return { query, items: channels };
  if (query.trigger === ":") return { query, items: emoji };
  return { query, items: [...people.slice(0, Math.max(1, LIMIT - circles.length)), ...circles] };
}

/** What is put into the text for an item, and what it stands for. */
export function toNamed(item: CompletionItem): Named | null {
  switch (item.kind) {
    case "person":
      return namedPerson(item.person);
    case "group":
      return namedGroup(item.group);
    case "channel":
      return namedChannel(item.channel);
    case "circle":
    case "emoji":
      return null;
  }
}

function usePeopleItems(typed: string | null): readonly CompletionItem[] {
  // An empty list costs nothing: the query is asked only while a name is being typed.
  const { items } = useLiveQuery("people", { text: typed ?? "\u0000", limit: LIMIT });
  if (typed === null) return NOTHING;
  return items.map(({ person, presence, status }) => ({
    kind: "person",
    key: person.id,
    hint: [person.jobTitle, person.service].filter((part) => part !== undefined).join(" · "),
    person: {
      id: person.id,
      displayName: person.displayName,
      photo: person.photo ?? null,
      isGuest: person.isGuest ?? false,
      presence,
      statusEmoji: status?.emoji ?? "",
    },
  }));
}

/** Groups, everyone and those who are there: where there is more than one to read. */
function useCircleItems(
  typed: string | null,
  conversationId: ConversationId | undefined,
): readonly CompletionItem[] {
  const client = useWorker();
  const words = useMentionWords();
  const [groups, setGroups] = useState<readonly CompletionItem[]>(NOTHING);
  const [isShared, setShared] = useState(false);
  useEffect(() => {
    if (typed === null || conversationId === undefined) return undefined;
    let isStale = false;
    void client.once("conversation", { conversationId }).then(({ info }) => {
      if (!isStale) setShared(info?.summary?.kind !== "direct");
    });
    void client.once("groups", { conversationId, text: typed, limit: LIMIT }).then(({ items }) => {
      if (!isStale) setGroups(items.map(({ group }) => toGroupItem(group)));
    });
    return () => {
      isStale = true;
    };
  }, [client, typed, conversationId]);
  if (typed === null || conversationId === undefined || !isShared) return NOTHING;
  const circles = (["here", "everyone"] as const).filter((circle) =>
    fold(words[circle]).startsWith(fold(typed)),
  );
  return [...groups, ...circles.map((circle) => ({ kind: "circle" as const, key: circle, circle }))];
}

function toGroupItem(group: { id: string; name: string; memberIds: readonly unknown[] }): CompletionItem {
  return { kind: "group", key: group.id, group, count: group.memberIds.length };
}

function useChannelItems(typed: string | null): readonly CompletionItem[] {
  const client = useWorker();
  const [channels, setChannels] = useState<readonly ConversationSummary[]>([]);
  const isAsked = typed !== null;
  useEffect(() => {
    if (!isAsked) return undefined;
    let isStale = false;
    void client.once("conversations", {}).then(({ items }) => {
      if (!isStale) setChannels(items.filter(({ kind, isArchived }) => kind === "channel" && !isArchived));
    });
    return () => {
      isStale = true;
    };
  }, [client, isAsked]);
  if (typed === null) return NOTHING;
  return channels
    .filter(({ name }) => typed === "" || matchesWords(name, typed))
    .slice(0, LIMIT)
    .map((channel) => ({
      kind: "channel",
      key: channel.conversationId,
      channel,
      hint: channel.space?.name ?? "",
    }));
}

function useEmojiItems(typed: string | null): readonly CompletionItem[] {
  const { i18n } = useTranslation();
  const [rows, setRows] = useState<readonly EmojiRow[]>([]);
  useEffect(() => {
    if (typed === null) return undefined;
    let isStale = false;
    loadEmojiBook(i18n.language === "fr" ? "fr" : "en").then(
      (book) => {
        if (!isStale) setRows(findEmoji(book, typed, LIMIT));
      },
      // Without the data there is nothing to offer; what was typed stays as it is.
      () => setRows([]),
    );
    return () => {
      isStale = true;
    };
  }, [typed, i18n.language]);
  return rows.map((row) => ({ kind: "emoji", key: row.hexcode, emoji: row.unicode, label: row.label }));
}
