import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { PersonView } from "#contract/worker.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { useOpenDirect } from "#renderer/parts/use-open-direct.ts";
import { PeoplePicker } from "./people-picker.tsx";

/** One person makes a direct conversation, more make a group. */
export function NewConversationDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const openDirect = useOpenDirect();
  const [name, setName] = useState("");
  const [picked, setPicked] = useState<readonly PersonView[]>([]);
  const open = () => {
    close();
    openDirect(
      picked.map(({ person }) => person.id),
      { name: name.trim() },
    );
  };
  return (
    <Dialog title={t("newConversation.title")} onClose={close}>
      <DialogBody>
        <PeoplePicker picked={picked} onPick={setPicked} />
        {picked.length > 1 ? (
          <TextField label={t("newConversation.name")} value={name} onChange={setName} maxLength={200} />
        ) : null}
        <DialogActions>
          <Button onPress={close}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={open} isDisabled={picked.length === 0}>
            {picked.length > 1
              ? t("newConversation.openGroup", { count: picked.length + 1 })
              : t("newConversation.open")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
