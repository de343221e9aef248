import { useState } from "react";
import { createId } from "#contract/ids.ts";
import type { MessageView } from "#contract/views/message-view.ts";
import type { PostPlace } from "#contract/views/feed.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { postObject } from "./post-words.ts";

interface ReportDialogProps {
  view: MessageView;
  place: PostPlace;
  onClose: () => void;
}

/** Tells the animators of a space what should not stand there. */
export function ReportDialog({ view, place, onClose }: ReportDialogProps) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [complaint, setComplaint] = useState("");
  const text = complaint.trim();
  const submit = async () => {
    if (text === "") return;
    const args = { id: createId(), object: postObject(place.scope, view.message), complaint: text };
    if (!(await write("report.make", place.scope, args))) return;
    onClose();
    useToasts.getState().show({ tone: "plain", text: t("post.reported") });
  };
  return (
    <Dialog title={t("post.report")} onClose={onClose}>
      <DialogBody>
        <p>{t("post.reportWhy", { space: place.name })}</p>
        <TextArea
          label={t("post.complaint")}
          value={complaint}
          maxLength={2000}
          required
          onChange={setComplaint}
        />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" isDisabled={text === ""} onPress={() => void submit()}>
            {t("post.reportAction")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
