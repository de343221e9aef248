import { useTranslation } from "#renderer/kit/i18n.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useAsk } from "./ask-store.ts";
import { diffWords } from "./word-diff.ts";
import "./ask-dialogs.css";

interface Text {
  key: string;
  writtenAt: string;
  body: string;
  /** The one before it, when there was one. */
  before: string | null;
}

/** Every text that a message has had, newest first, with what each changed. */
export function VersionsDialog({ view }: { view: MessageView }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const { message } = view;
  const { status, items, problem } = useLiveQuery("messageVersions", {
    conversationId: message.conversationId,
    messageId: message.id,
  });
  const texts: Text[] = [
    {
      key: "now",
      writtenAt: message.editedAt ?? message.sentAt,
      body: message.body,
      before: items[0]?.version.body ?? null,
    },
    ...items.map(({ key, version }, index) => ({
      key,
      writtenAt: version.writtenAt,
      body: version.body,
      before: items[index + 1]?.version.body ?? null,
    })),
  ];
  return (
    <Dialog title={t("versions.title")} onClose={close} isWide>
      <DialogBody>
        <p>{t("versions.how")}</p>
        {problem === null ? null : <ProblemNote problem={problem} />}
        {status === "loading" ? <SkeletonRows count={2} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("versions.none")}</EmptyState> : null}
        {items.length === 0 ? null : (
          <ol className="versions">
            {texts.map((text, index) => (
              <li key={text.key} className="version">
                <h3 className="version__when">
                  <TimeWord iso={text.writtenAt} form="full" />
                  {index === 0 ? <span className="tag">{t("versions.present")}</span> : null}
                  {text.before === null ? <span className="tag">{t("versions.first")}</span> : null}
                </h3>
                <p className="version__text" dir="auto">
                  {text.before === null ? text.body : <Changes before={text.before} after={text.body} />}
                </p>
              </li>
            ))}
          </ol>
        )}
      </DialogBody>
    </Dialog>
  );
}

function Changes({ before, after }: { before: string; after: string }) {
  let at = 0;
  return diffWords(before, after).map((part) => {
    const key = `${at}`;
    at += part.text.length + 1;
    if (part.kind === "removed") return <del key={key}>{part.text}</del>;
    if (part.kind === "added") return <ins key={key}>{part.text}</ins>;
    return <span key={key}>{part.text}</span>;
  });
}
