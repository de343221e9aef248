import { Hash, Radio, Users } from "lucide-react";
import { GuestTag } from "#renderer/parts/person-marks.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { CompletionItem } from "./use-completion.ts";

interface CompletionListProps {
  id: string;
  items: readonly CompletionItem[];
  active: number;
  onPick: (item: CompletionItem) => void;
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The box above the text; the caret stays in the text, which says which option is active. */
export function CompletionList({ id, items, active, onPick }: CompletionListProps) {
  const { t } = useTranslation();
  return (
    <div className="completion" role="listbox" id={id} aria-label={t("composer.suggestions")}>
      {items.map((item, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text field keeps the focus and the keys (ARIA combobox)
        <div
          key={item.key}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className="completion__item"
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(item)}
        >
          <CompletionFace item={item} />
        </div>
      ))}
    </div>
  );
}

function CompletionFace({ item }: { item: CompletionItem }) {
  const { t } = useTranslation();
  switch (item.kind) {
    case "person":
      return (
        <>
          <Avatar person={item.person} size="small" hasPresence />
          <span>{item.person.displayName}</span>
          <GuestTag person={item.person} />
          <span className="completion__hint">{item.hint}</span>
        </>
      );
    case "group":
      return (
        <>
          <Users size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span>@{item.group.name}</span>
          <span className="completion__hint">{t("composer.group", { count: item.count })}</span>
        </>
      );
    case "circle": {
      const Icon = item.circle === "here" ? Radio : Users;
      return (
        <>
          <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span>@{t(`composer.${item.circle}`)}</span>
          <span className="completion__hint">{t(`composer.${item.circle}Hint`)}</span>
        </>
      );
    }
    case "channel":
      return (
        <>
          <Hash size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span>{item.channel.name}</span>
          <span className="completion__hint">{item.hint}</span>
        </>
      );
    case "emoji":
      return (
        <>
          <span className="completion__emoji">{item.emoji}</span>
          <span>{item.label}</span>
        </>
      );
  }
}
