import { Bookmark, Pin } from "lucide-react";
import type { MessageView, PersonBrief } from "#contract/views/message-view.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatList } from "#renderer/kit/number-words.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_STROKE } from "#renderer/ui/button.tsx";

const MARK_SIZE = 14;

/** Pinned for all, saved by the reader. */
export function MessageMarks({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  if (!view.isPinned && !view.isSaved) return null;
  return (
    <span className="message__marks">
      {view.isPinned ? (
        <span className="message__mark">
          <Pin size={MARK_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("messageMenu.isPinned")}
        </span>
      ) : null}
      {view.isSaved ? (
        <span className="message__mark">
          <Bookmark size={MARK_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("messageMenu.isSaved")}
        </span>
      ) : null}
    </span>
  );
}

const FACES = 5;

/** Who has read to here, as small faces; all names on hover and for screen readers. */
export function Readers({ people }: { people: readonly PersonBrief[] }) {
  const { t, i18n } = useTranslation();
  const nameOf = usePersonName();
  const names = formatList(
    people.map((person) => nameOf(person)),
    i18n.language,
  );
  const words = t("receipts.readBy", { names });
  return (
    <span className="readers" title={words}>
      <span className="visually-hidden">{words}</span>
      {people.slice(0, FACES).map((person) => (
        <Avatar key={person.id} person={person} size="tiny" />
      ))}
      {people.length > FACES ? <span aria-hidden>+{people.length - FACES}</span> : null}
    </span>
  );
}
