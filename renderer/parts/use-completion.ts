import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { findCompletion, type CompletionQuery } from "#renderer/kit/completion.ts";
import { findEmoji, loadEmojiBook, type EmojiRow } from "#renderer/kit/emoji-data.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

export type CompletionItem =
  | { kind: "person"; key: string; person: PersonBrief; hint: string }
  | { kind: "everyone"; key: string }
  | { kind: "emoji"; key: string; emoji: string; label: string };

export interface Completion {
  query: CompletionQuery | null;
  items: readonly CompletionItem[];
}

const LIMIT = 8;
const NOTHING: readonly CompletionItem[] = [];

/** What can complete the word at the caret: people from the cache, or emoji by their name. */
export function useCompletion(text: string, caret: number, isOff: boolean): Completion {
  const query = useMemo(() => (isOff ? null : findCompletion(text, caret)), [text, caret, isOff]);
  const people = usePeopleItems(query?.trigger === "@" ? query.text : null);
  const emoji = useEmojiItems(query?.trigger === ":" ? query.text : null);
  if (query === null) return { query, items: NOTHING };
  return { query, items: query.trigger === "@" ? people : emoji };
}

function usePeopleItems(typed: string | null): readonly CompletionItem[] {
  const { t } = useTranslation();
  // An empty list costs nothing: the query is asked only while a name is being typed.
  const { items } = useLiveQuery("people", { text: typed ?? "\u0000", limit: LIMIT });
  if (typed === null) return NOTHING;
  const everyone = t("composer.everyone");
  const list: CompletionItem[] = items.map(({ person, presence, status }) => ({
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
  const isEveryone = everyone.startsWith(typed.toLowerCase());
  return isEveryone ? [...list.slice(0, LIMIT - 1), { kind: "everyone", key: "everyone" }] : list;
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
