import { useState } from "react";
import { createId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { useAsk, type Ask } from "./ask-store.ts";

/** Tells the animators of a space what is wrong with a message; its author is not told who did. */
export function ReportDialog({ ask }: { ask: Extract<Ask, { kind: "report" }> }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const { write } = useWriter();
  const [complaint, setComplaint] = useState("");
  const submit = async () => {
    const text = complaint.trim();
    if (text === "") return;
    const args = { id: createId(), object: ask.object, complaint: text };
    if (!(await write("report.make", ask.scope, args))) return;
    close();
    useToasts.getState().show({ tone: "plain", text: t("reportMessage.sent") });
  };
  return (
    <Dialog title={t("reportMessage.title", { name: ask.name })} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DialogBody>
          <p>{t("reportMessage.why")}</p>
          <label className="field">
            <span className="field__label">{t("reportMessage.complaint")}</span>
            <textarea
              className="field__input"
              rows={4}
              maxLength={2000}
              required
              value={complaint}
              onChange={(event) => setComplaint(event.target.value)}
            />
          </label>
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={complaint.trim() === ""}>
              {t("reportMessage.send")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
