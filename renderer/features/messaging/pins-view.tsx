import { PinOff } from "lucide-react";
import type { ConversationId } from "#contract/ids.ts";
import type { QueryItem } from "#contract/worker.ts";
import { GuestTag } from "#renderer/parts/person-marks.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton } from "#renderer/ui/button.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { SideHead } from "./side-head.tsx";

/** What was put up for everyone in this conversation. */
export function PinsView({ conversationId }: { conversationId: ConversationId }) {
  const { t } = useTranslation();
  const { status, items, problem } = useLiveQuery("pins", { conversationId });
  const { info } = useLiveQuery("conversation", { conversationId });
  const { write } = useWriter();
  const onRove = useRoving();
  const summary = info?.summary ?? null;
  const unpin = ({ pin }: QueryItem<"pins">) => {
    if (summary === null) return;
    void write("message.pin", summary.scope, { conversationId, messageId: pin.messageId, isPinned: false });
  };
  return (
    <>
      <SideHead title={t("pins.title")} />
      <div className="side-body">
        {problem === null ? null : <ProblemNote problem={problem} />}
        {status === "loading" ? <SkeletonRows count={3} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("pins.none")}</EmptyState> : null}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <ul className="plain-list cards" onKeyDown={onRove}>
          {items.map((item) => (
            <li key={item.key} className="card">
              <PinButton item={item} />
              {summary?.canPost === true ? (
                <IconButton icon={PinOff} label={t("messageMenu.unpin")} onPress={() => unpin(item)} />
              ) : null}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function PinButton({ item }: { item: QueryItem<"pins"> }) {
  const { author, pin } = item;
  const readable = useExcerpt();
  const open = () => useView.getState().openConversation(pin.conversationId, pin.messageId);
  return (
    <button type="button" className="card__open" data-roving={author.displayName} onClick={open}>
      <span className="card__head">
        <Avatar person={author} size="small" />
        <span className="card__name">{author.displayName}</span>
        <GuestTag person={author} />
        <TimeWord iso={pin.sentAt} />
      </span>
      <span className="card__text">{readable(pin.excerpt)}</span>
    </button>
  );
}
