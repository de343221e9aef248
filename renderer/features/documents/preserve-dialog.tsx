import { useState } from "react";
import { isoTimeSchema } from "#contract/time.ts";
import type { DocumentView } from "#contract/views/documents.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useDocumentCommands } from "#renderer/parts/use-document-commands.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { useDeeds } from "./use-deeds.ts";

/** Until when nobody may change or delete it. It can only ever be made longer, which is said before. */
export function PreserveDialog({
  document: target,
  onClose,
}: {
  document: DocumentView;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const deeds = useDeeds();
  const commands = useDocumentCommands();
  const { name, preservation } = target.item;
  const nowMs = useNow();
  const [day, setDay] = useState(preservation?.until.slice(0, 10) ?? "");
  const [reason, setReason] = useState(preservation?.reason ?? "");
  // Until the end of that day, wherever it is read.
  const until = isoTimeSchema.safeParse(day === "" ? "" : new Date(`${day}T23:59:59`).toISOString());
  const earliest = preservation?.until.slice(0, 10) ?? new Date(nowMs).toISOString().slice(0, 10);
  return (
    <Dialog title={t("documents.preserveTitle", { name })} onClose={onClose}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!until.success) return;
          onClose();
          void deeds.each([target], (one) => commands.preserve(one, until.data, reason.trim()));
        }}
      >
        <DialogBody>
          <Note tone="wait">{t("documents.preserveHint")}</Note>
          <TextField
            label={t("documents.preserveUntil")}
            type="date"
            required
            min={earliest}
            value={day}
            onChange={setDay}
          />
          <TextArea
            label={t("documents.preserveReason")}
            value={reason}
            onChange={setReason}
            maxLength={500}
            rows={2}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!until.success}>
              {t("documents.preserveAction")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
