import { Check } from "lucide-react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { SkeletonRows } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";

interface AcknowledgementsDialogProps {
  post: PostView;
  onClose: () => void;
}

/** Who has read a must-read, and who has not yet. */
export function AcknowledgementsDialog({ post, onClose }: AcknowledgementsDialogProps) {
  const { t } = useTranslation();
  const { conversationId, id: messageId } = post.view.message;
  const { items, info, status } = useLiveQuery("acknowledgements", { conversationId, messageId });
  const waiting = items.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  const done = items.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
  return (
    <Dialog title={t("post.readers")} onClose={onClose}>
      <DialogBody>
        {status === "loading" ? <SkeletonRows count={4} /> : null}
        {[
          { key: "waiting", people: waiting, label: t("post.notYet", { count: info?.waiting ?? 0 }) },
          { key: "done", people: done, label: t("post.acknowledgedBy", { count: info?.done ?? 0 }) },
        ].map(({ key, people, label }) =>
          people.length === 0 ? null : (
            <section key={key} className="readers" aria-label={label}>
              <h3 className="readers__title">{label}</h3>
              <ul className="plain-list">
                {people.map(({ person, acknowledgedAt }) => (
                  <li key={person.id} className="readers__one">
                    <Avatar person={person} size="small" />
                    <span className="readers__name">{person.displayName}</span>
                    {person.isGuest ? <span className="tag">{t("person.guest")}</span> : null}
                    {acknowledgedAt === null ? null : (
                      <span className="post__when">
                        <Check size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
                        <TimeWord iso={acknowledgedAt} />
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          ),
        )}
      </DialogBody>
    </Dialog>
  );
}
