import { useState } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { ConversationSummary } from "#contract/worker.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { useAsk } from "./ask-store.ts";

/** Name and topic of a channel. Only what was changed travels, with what it was: two animators do not undo each other. */
export function ChannelDialog({ summary }: { summary: ConversationSummary }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const { write } = useWriter();
  const [name, setName] = useState(summary.name);
  const [topic, setTopic] = useState(summary.topic);
  const before = { name: summary.name, topic: summary.topic === "" ? null : summary.topic };
  const after = { name: name.trim(), topic: topic.trim() === "" ? null : topic.trim() };
  const save = async () => {
    const fields = (["name", "topic"] as const).filter((field) => before[field] !== after[field]);
    const pick = (values: typeof before) => Object.fromEntries(fields.map((field) => [field, values[field]]));
    if (summary.space === null || after.name === "") return;
    const isKept =
      fields.length === 0 ||
      (await write("channel.update", summary.scope, {
        id: summary.conversationId,
        spaceId: summary.space.id,
        base: pick(before),
        changes: pick(after),
      }));
    if (isKept) close();
  };
  return (
    <Dialog title={t("channelSettings.title")} onClose={close}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DialogBody>
          <TextField label={t("channel.name")} value={name} onChange={setName} maxLength={100} required />
          <TextField label={t("channel.topic")} value={topic} onChange={setTopic} maxLength={1000} />
          <DialogActions>
            <Button onPress={close}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name.trim() === ""}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}
