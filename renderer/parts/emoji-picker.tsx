import { EmojiPicker, type EmojiDataResolver } from "frimousse";
import type { ComponentProps } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { loadEmojiBook, type EmojiRow } from "#renderer/kit/emoji-data.ts";
import "./emoji-picker.css";

const TONES = ["light", "medium-light", "medium", "medium-dark", "dark"] as const;

function skinsOf(row: EmojiRow): Record<(typeof TONES)[number], string> | undefined {
  const skins = row.skins?.slice(0, TONES.length) ?? [];
  if (skins.length < TONES.length) return undefined;
  const at = (index: number) => skins[index]?.unicode ?? row.unicode;
  return { light: at(0), "medium-light": at(1), medium: at(2), "medium-dark": at(3), dark: at(4) };
}

function toPickerEmoji(row: EmojiRow) {
  return {
    emoji: row.unicode,
    category: row.group ?? 0,
    label: row.label,
    version: 1,
    tags: row.tags ?? [],
    skins: skinsOf(row),
  };
}

/** Reads the data shipped with the application; the library's own resolver would ask a third party. */
const resolveEmojiData: EmojiDataResolver = async (locale) => {
  const book = await loadEmojiBook(locale === "fr" ? "fr" : "en");
  return {
    locale,
    categories: book.groups.map((group) => ({ index: group.order, label: group.message })),
    emojis: book.emojis.map(toPickerEmoji),
    skinTones: { light: "🏻", "medium-light": "🏼", medium: "🏽", "medium-dark": "🏾", dark: "🏿" },
  };
};

const listParts: NonNullable<ComponentProps<typeof EmojiPicker.List>["components"]> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="emoji-panel__category">
      {category.label}
    </div>
  ),
  Row: ({ children, ...props }) => (
    // The library counts rows from 0; ARIA counts them from 1.
    <div {...props} aria-rowindex={(props["aria-rowindex"] ?? 0) + 1} className="emoji-panel__row">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...props }) => (
    <button
      type="button"
      {...props}
      className="emoji-panel__emoji"
      // oxlint-disable-next-line jsx-a11y/role-supports-aria-props -- the library gives it the role of a grid cell
      aria-colindex={(props["aria-colindex"] ?? 0) + 1}
      data-active={emoji.isActive || undefined}
      aria-label={emoji.label}
    >
      {emoji.emoji}
    </button>
  ),
};

export function EmojiPickerPanel({ onPick }: { onPick: (emoji: string) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <EmojiPicker.Root
      className="emoji-panel"
      locale={i18n.language}
      resolveEmojiData={resolveEmojiData}
      columns={9}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a picker that opens takes the focus: one types at once */}
      <EmojiPicker.Search className="emoji-panel__search" placeholder={t("emoji.search")} autoFocus />
      <EmojiPicker.Viewport className="emoji-panel__viewport" tabIndex={0}>
        <EmojiPicker.Loading className="emoji-panel__note">{t("state.loading")}</EmojiPicker.Loading>
        <EmojiPicker.Empty>
          <span className="emoji-panel__note">{t("emoji.none")}</span>
        </EmojiPicker.Empty>
        <EmojiPicker.List components={listParts} />
      </EmojiPicker.Viewport>
      <footer className="emoji-panel__foot">
        <EmojiPicker.ActiveEmoji>
          {({ emoji }) => <span className="emoji-panel__name">{emoji === undefined ? "" : emoji.label}</span>}
        </EmojiPicker.ActiveEmoji>
        <EmojiPicker.SkinToneSelector className="emoji-panel__tone" aria-label={t("emoji.skinTone")} />
      </footer>
    </EmojiPicker.Root>
  );
}
