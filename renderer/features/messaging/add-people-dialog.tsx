import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary, PersonView } from "#contract/worker.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { useAsk } from "./ask-store.ts";
import { PeoplePicker } from "./people-picker.tsx";

/** More people in a group: they will read what was said before, too. */
export function AddPeopleDialog({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const { write } = useWriter();
  const [picked, setPicked] = useState<readonly PersonView[]>([]);
  const { items } = useLiveQuery("members", { conversationId: summary.conversationId });
  const add = async () => {
    const addIds = picked.map(({ person }) => person.id);
    const isKept = await write("conversation.update", summary.scope, { id: summary.conversationId, addIds });
    if (isKept) close();
  };
  return (
    <Dialog title={t("groupPeople.title")} onClose={close}>
      <DialogBody>
        <p>{t("groupPeople.how")}</p>
        <PeoplePicker
          picked={picked}
          onPick={setPicked}
          except={new Set(items.map(({ person }) => String(person.id)))}
        />
        <DialogActions>
          <Button onPress={close}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={() => void add()} isDisabled={picked.length === 0}>
            {t("groupPeople.add", { count: picked.length })}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
