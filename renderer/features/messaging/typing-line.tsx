import type { ReactNode } from "react";
import type { ConversationId, MessageId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatList } from "#renderer/kit/number-words.ts";
import { usePersonName } from "#renderer/kit/person-words.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

const NAMED = 3;

/** Who else is writing now. Always as high, so that nothing moves when somebody begins. */
export function TypingLine({
  conversationId,
  threadId,
  children,
}: {
  conversationId: ConversationId;
  threadId?: MessageId;
  /** Said there while nobody writes. */
  children?: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const nameOf = usePersonName();
  const { info } = useLiveQuery("typing", {
    conversationId,
    ...(threadId === undefined ? {} : { threadId }),
  });
  const people = info?.people ?? [];
  const names = formatList(
    people.map((person) => nameOf(person)),
    i18n.language,
  );
  return (
    <p className="typing-line" aria-live="off">
      {people.length === 0
        ? children
        : people.length > NAMED
          ? t("typing.several", { count: people.length })
          : t("typing.now", { names, count: people.length })}
    </p>
  );
}
