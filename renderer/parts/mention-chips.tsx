import { conversationIdSchema, personIdSchema } from "#contract/ids.ts";
import type { PersonBrief } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useRowTabIndex } from "./row-focus.ts";

/** Who or what is named in a text; where there is something to see, a press goes there. */
export function MentionChip({ personId, person }: { personId: string; person: PersonBrief | undefined }) {
  const { t } = useTranslation();
  const openSide = useView((state) => state.openSide);
  const tabIndex = useRowTabIndex();
  const id = personIdSchema.safeParse(personId);
  if (person === undefined || !id.success) return <span className="mention">@{t("person.unknown")}</span>;
  return (
    <button
      type="button"
      className="mention"
      tabIndex={tabIndex}
      onClick={() => openSide({ kind: "person", personId: id.data })}
    >
      @{person.displayName}
    </button>
  );
}

export function CircleChip({ circle }: { circle: "everyone" | "here" }) {
  const { t } = useTranslation();
  return <span className="mention mention--everyone">@{t(`composer.${circle}`)}</span>;
}

export function GroupChip({ name }: { name: string | undefined }) {
  const { t } = useTranslation();
  return <span className="mention mention--everyone">@{name ?? t("composer.unknownGroup")}</span>;
}

/** A channel that the reader does not see has no name here, and leads nowhere. */
export function ChannelChip({ conversationId, name }: { conversationId: string; name: string | undefined }) {
  const { t } = useTranslation();
  const openConversation = useView((state) => state.openConversation);
  const tabIndex = useRowTabIndex();
  const id = conversationIdSchema.safeParse(conversationId);
  if (name === undefined || !id.success)
    return <span className="mention">#{t("composer.unknownChannel")}</span>;
  return (
    <button type="button" className="mention" tabIndex={tabIndex} onClick={() => openConversation(id.data)}>
      #{name}
    </button>
  );
}
