import { memo } from "react";
import type { InboxGroup } from "#contract/views/inbox.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_STROKE } from "#renderer/ui/button.tsx";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { headlineOf, inboxIcons } from "./inbox-words.ts";

interface InboxRowProps {
  group: InboxGroup;
  isSelected: boolean;
  /** Whether Tab reaches this one; arrows reach the others. */
  isStop: boolean;
  onSelect: (group: InboxGroup) => void;
}

/** One object that concerns the reader. */
export const InboxRow = memo(function InboxRow({ group, isSelected, isStop, onSelect }: InboxRowProps) {
  const { t } = useTranslation();
  const Icon = inboxIcons[group.newest.kind];
  const [actor] = group.actors;
  const headline = headlineOf(t, group);
  const until = group.newest.doneAt === undefined ? group.newest.snoozedUntil : undefined;
  const readable = useExcerpt();
  return (
    <button
      type="button"
      className="inbox-row"
      data-roving={headline}
      data-key={group.key}
      tabIndex={isStop ? 0 : -1}
      aria-current={isSelected ? "true" : undefined}
      onClick={() => onSelect(group)}
    >
      <span className="inbox-row__face">
        {actor === undefined ? (
          <span className="inbox-row__sign" aria-hidden>
            <Icon size={20} strokeWidth={ICON_STROKE} />
          </span>
        ) : (
          <>
            <Avatar person={actor} />
            <span className="inbox-row__badge" aria-hidden>
              <Icon size={12} strokeWidth={2.25} />
            </span>
          </>
        )}
      </span>
      <span className="inbox-row__body">
        <span className="inbox-row__head">
          <span className="inbox-row__what">{headline}</span>
          <span className="inbox-row__when">
            <TimeWord iso={until ?? group.at} form="short" />
          </span>
        </span>
        {group.place === "" ? null : <span className="inbox-row__place">{group.place}</span>}
        {group.excerpt === "" ? null : <span className="inbox-row__excerpt">{readable(group.excerpt)}</span>}
        <span className="inbox-row__foot">
          <span className={`inbox-ask inbox-ask--${group.ask}`}>{t(`inbox.ask.${group.ask}`)}</span>
          {group.ids.length > 1 ? (
            <span className="inbox-row__more">{t("inbox.items", { count: group.ids.length })}</span>
          ) : null}
        </span>
      </span>
    </button>
  );
});
