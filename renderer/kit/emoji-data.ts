import englishUrl from "emojibase-data/en/compact.json?url";
import englishGroupsUrl from "emojibase-data/en/messages.json?url";
import frenchUrl from "emojibase-data/fr/compact.json?url";
import frenchGroupsUrl from "emojibase-data/fr/messages.json?url";
import { z } from "zod";
import { fold } from "./text-words.ts";

/** Emoji data shipped with the application and read from its own origin, once it is needed. */
const emojiSchema = z.object({
  label: z.string(),
  hexcode: z.string(),
  unicode: z.string(),
  group: z.int().optional(),
  order: z.int().optional(),
  tags: z.array(z.string()).optional(),
  skins: z.array(z.object({ unicode: z.string() })).optional(),
});
const groupsSchema = z.object({
  groups: z.array(z.object({ key: z.string(), message: z.string(), order: z.int() })),
  skinTones: z.array(z.object({ key: z.string(), message: z.string() })),
});

export type EmojiRow = z.infer<typeof emojiSchema>;
export interface EmojiBook {
  emojis: EmojiRow[];
  groups: z.infer<typeof groupsSchema>["groups"];
}

export type EmojiLanguage = "fr" | "en";

const urls = {
  fr: { emojis: frenchUrl, groups: frenchGroupsUrl },
  en: { emojis: englishUrl, groups: englishGroupsUrl },
};
const books = new Map<EmojiLanguage, Promise<EmojiBook>>();

/** Code 2 is Unicode's "components" (skin tones, hair): not for picking. */
const COMPONENT_GROUP = 2;

export function loadEmojiBook(language: EmojiLanguage): Promise<EmojiBook> {
  const known = books.get(language);
  if (known !== undefined) return known;
  const loading = readBook(language);
  books.set(language, loading);
  loading.catch(() => books.delete(language));
  return loading;
}

async function readBook(language: EmojiLanguage): Promise<EmojiBook> {
  const [emojis, groups] = await Promise.all([
    fetch(urls[language].emojis).then((response) => response.json()),
    fetch(urls[language].groups).then((response) => response.json()),
  ]);
  const rows = z.array(emojiSchema).parse(emojis);
  return {
    emojis: rows
      .filter((row) => row.group !== undefined && row.group !== COMPONENT_GROUP)
      .sort((a, b) => (a.order ?? 0) - (b.order ?? 0)),
    groups: groupsSchema.parse(groups).groups.filter((group) => group.order !== COMPONENT_GROUP),
  };
}

/** The emoji whose name or keywords begin with what was typed; names first. */
export function findEmoji(book: EmojiBook, typed: string, limit: number): EmojiRow[] {
  const wanted = fold(typed).replaceAll(/[_-]/g, " ");
  const byName: EmojiRow[] = [];
  const byTag: EmojiRow[] = [];
  for (const row of book.emojis) {
    if (fold(row.label).startsWith(wanted)) byName.push(row);
    else if (hasWord(row, wanted)) byTag.push(row);
    if (byName.length >= limit) break;
  }
  return [...byName, ...byTag].slice(0, limit);
}

function hasWord(row: EmojiRow, wanted: string): boolean {
  return (
    fold(row.label).includes(` ${wanted}`) || (row.tags ?? []).some((tag) => fold(tag).startsWith(wanted))
  );
}
