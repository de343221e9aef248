import { lazy, Suspense } from "react";
import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { AttachmentsView } from "#renderer/parts/attachments-view.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { PendingNote } from "#renderer/parts/pending-note.tsx";
import { usePlace } from "#renderer/parts/place-context.ts";
import { QuoteView } from "#renderer/parts/quote-view.tsx";
import { ReactionsView } from "#renderer/parts/reactions-view.tsx";
import { useRowTabIndex } from "#renderer/parts/row-focus.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useAsk } from "./ask-store.ts";
import { ThreadLink } from "./thread-link.tsx";

const PollView = lazy(() => import("#renderer/parts/poll-view.tsx").then((m) => ({ default: m.PollView })));

/** What was said, and what has gathered under it. */
export function MessageContent({ view }: { view: MessageView }) {
  const { threadId } = usePlace();
  const { message } = view;
  return (
    <>
      {message.quote === undefined ? null : (
        <QuoteView
          quote={message.quote}
          author={view.quoteAuthor}
          mentioned={view.mentioned}
          names={view.names}
        />
      )}
      {message.body === "" ? null : (
        <MessageText body={message.body} mentioned={view.mentioned} names={view.names} />
      )}
      {message.editedAt === undefined ? null : <EditedMark view={view} />}
      {message.attachments === undefined ? null : (
        <AttachmentsView attachments={message.attachments} uploads={view.uploads} />
      )}
      {message.poll === undefined ? null : (
        <Suspense fallback={<div className="message__poll" />}>
          <PollView view={view} />
        </Suspense>
      )}
      {view.reactions.length > 0 ? <ReactionsView view={view} /> : null}
      {threadId === undefined && (message.replyCount ?? 0) > 0 ? <ThreadLink view={view} /> : null}
      {view.pending === null ? null : <PendingNote pending={view.pending} body={message.body} />}
    </>
  );
}

/** The trace of a deletion; an edit that came too late for it still stands here. */
export function GoneContent({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const { pending, message } = view;
  const isFailed = pending?.status === "conflict" || pending?.status === "rejected";
  return (
    <>
      <p className="message__trace">{t("message.deletedTrace")}</p>
      {isFailed ? <PendingNote pending={pending} body={message.body} /> : null}
    </>
  );
}

/** Opens the texts that it had before. */
function EditedMark({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const tabIndex = useRowTabIndex();
  const open = () => useAsk.getState().open({ kind: "versions", view });
  return (
    <button
      type="button"
      className="message__edited"
      tabIndex={tabIndex}
      title={t("messageMenu.versions")}
      onClick={open}
    >
      {t("message.edited")}
    </button>
  );
}

/** Something that happened: said by the server in plain words. */
export function NoticeRow({ view }: { view: MessageView }) {
  return (
    <p className="message-notice" data-roving={view.author.displayName} tabIndex={-1}>
      <span>{view.message.body}</span> <TimeWord iso={view.message.sentAt} form="time" />
    </p>
  );
}
