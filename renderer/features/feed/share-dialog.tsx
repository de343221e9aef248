import { useState } from "react";
import type { PostView } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useCommands, useReportProblem } from "#renderer/parts/use-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { SelectField, TextArea } from "#renderer/ui/form.tsx";
import { EmptyState, Note } from "#renderer/ui/note.tsx";
import { sharedQuote } from "./post-words.ts";

interface ShareDialogProps {
  post: PostView;
  onClose: () => void;
}

/** Carries a post to the wall of another space, with a word of one's own. */
export function ShareDialog({ post, onClose }: ShareDialogProps) {
  const { t } = useTranslation();
  const commands = useCommands();
  const report = useReportProblem();
  const { items, status } = useLiveQuery("postPlaces", {});
  const others = items.filter(({ place }) => place.spaceId !== post.place.spaceId);
  const [chosen, setChosen] = useState("");
  const [words, setWords] = useState("");
  const target = others.find(({ key }) => key === chosen) ?? others[0];
  const share = () => {
    if (target === undefined) return;
    const quote = sharedQuote(post.place.scope, post.view.message);
    void commands
      .sendMessage(target.place, words.trim(), { quote, post: { kind: "post" } })
      .then((result) => {
        if (!result.ok) return report(result.error);
        onClose();
        const text = t("post.shared", { space: target.place.name });
        return void useToasts.getState().show({ tone: "plain", text });
      });
  };
  return (
    <Dialog title={t("post.share")} onClose={onClose}>
      <DialogBody>
        {target === undefined ? (
          status === "ready" ? (
            <EmptyState>{t("post.noOtherSpace")}</EmptyState>
          ) : null
        ) : (
          <>
            <SelectField
              label={t("post.shareTo")}
              value={target.key}
              options={others.map(({ key, place }) => ({ value: key, label: place.name }))}
              onChange={setChosen}
            />
            <TextArea label={t("post.shareWords")} value={words} rows={3} onChange={setWords} />
            <Note>{t("post.shareNote", { space: target.place.name })}</Note>
            <DialogActions>
              <Button onPress={onClose}>{t("action.cancel")}</Button>
              <Button tone="primary" onPress={share}>
                {t("post.shareAction")}
              </Button>
            </DialogActions>
          </>
        )}
      </DialogBody>
    </Dialog>
  );
}
