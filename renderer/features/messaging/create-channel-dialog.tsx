import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SpaceId } from "#contract/ids.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";

export function CreateChannelDialog({ spaceId, spaceName }: { spaceId: SpaceId; spaceName: string }) {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const commands = useCommands();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const call = useCall<[], unknown>(async () => {
    const result = await commands.createChannel(spaceId, name.trim(), topic.trim());
    if (result.ok) useView.getState().openConversation(result.value);
    return result;
  });
  const canSubmit = name.trim() !== "";
  return (
    <Dialog title={t("channel.createIn", { name: spaceName })} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSubmit) void call.run();
        }}
      >
        <DialogBody>
          <TextField label={t("channel.name")} value={name} onChange={setName} maxLength={100} required />
          <TextField label={t("channel.topic")} value={topic} onChange={setTopic} maxLength={1000} />
          {call.problem === null ? null : <ProblemNote problem={call.problem} />}
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={!canSubmit || call.isRunning}>
              {t("action.create")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
