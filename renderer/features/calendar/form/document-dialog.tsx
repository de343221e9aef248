import { useState } from "react";
import { isDocumentAddress, MOST_DOCUMENT_ADDRESS } from "#contract/icalendar/programme.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { DocumentSearch } from "#renderer/parts/document-search.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import type { ProgrammeDocument } from "../programme-document.tsx";

interface DocumentDialogProps {
  onAttach: (document: ProgrammeDocument) => void;
  onClose: () => void;
}

/** A file of a library by its name, or anything by its address. */
export function DocumentDialog({ onAttach, onClose }: DocumentDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [isSent, setSent] = useState(false);
  const link = typed.trim();
  const isAddress = isDocumentAddress(link);
  const attach = (document: ProgrammeDocument) => {
    onAttach(document);
    onClose();
  };
  const isWrong = isSent && !isAddress;
  return (
    <Dialog title={t("programme.attachTitle")} onClose={onClose}>
      <form
        autoComplete="off"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // A form in a form: the one around is not sent with it.
          event.stopPropagation();
          setSent(true);
          if (isAddress) attach({ link });
        }}
      >
        <DialogBody>
          <DocumentSearch
            label={t("programme.findDocument")}
            onPick={(address, name) => attach({ link: address, name: name.slice(0, 200) })}
          />
          <TextField
            label={t("programme.address")}
            hint={t(isWrong ? "programme.noAddress" : "programme.addressHint")}
            value={typed}
            onChange={setTyped}
            inputMode="url"
            spellCheck={false}
            maxLength={MOST_DOCUMENT_ADDRESS}
            {...(isWrong ? { "aria-invalid": true } : {})}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={link === ""}>
              {t("programme.attachAddress")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
