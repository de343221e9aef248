import type { MessageView } from "#contract/views/message-view.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { EmptyState, SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";

interface VersionsDialogProps {
  view: MessageView;
  onClose: () => void;
}

/** The texts that a post or comment had before, newest first. */
export function VersionsDialog({ view, onClose }: VersionsDialogProps) {
  const { t } = useTranslation();
  const { conversationId, id: messageId } = view.message;
  const { items, status } = useLiveQuery("messageVersions", { conversationId, messageId });
  return (
    <Dialog title={t("post.versions")} onClose={onClose} isWide>
      <DialogBody>
        {status === "loading" ? <SkeletonRows count={2} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("post.noVersions")}</EmptyState> : null}
        <ol className="post-versions plain-list">
          {items.map(({ key, version }) => (
            <li key={key} className="post-version">
              <p className="post__when">
                <TimeWord iso={version.writtenAt} form="full" />
              </p>
              {version.post?.title === undefined ? null : <p className="post__title">{version.post.title}</p>}
              <MessageText body={version.body} mentioned={view.mentioned} names={view.names} hasNoCards />
            </li>
          ))}
        </ol>
      </DialogBody>
    </Dialog>
  );
}
