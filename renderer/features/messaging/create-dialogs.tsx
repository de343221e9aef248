import { useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { SpaceId } from "#contract/ids.ts";
import type { Space } from "#contract/entities/space.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { useCommands } from "#renderer/parts/use-commands.ts";

interface FormProps {
  title: string;
  canSubmit: boolean;
  call: ReturnType<typeof useCall<[], unknown>>;
  children: ReactNode;
}

function CreateForm({ title, canSubmit, call, children }: FormProps) {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  return (
    <Dialog title={title} onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (canSubmit) void call.run();
        }}
      >
        <DialogBody>
          {children}
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

export function CreateChannelDialog({ spaceId, spaceName }: { spaceId: SpaceId; spaceName: string }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const [name, setName] = useState("");
  const [topic, setTopic] = useState("");
  const call = useCall<[], unknown>(async () => {
    const result = await commands.createChannel(spaceId, name.trim(), topic.trim());
    if (result.ok) useView.getState().openConversation(result.value);
    return result;
  });
  return (
    <CreateForm title={t("channel.createIn", { name: spaceName })} canSubmit={name.trim() !== ""} call={call}>
      <TextField label={t("channel.name")} value={name} onChange={setName} maxLength={100} required />
      <TextField label={t("channel.topic")} value={topic} onChange={setTopic} maxLength={1000} />
    </CreateForm>
  );
}

type Kind = Space["kind"];
type Visibility = Space["visibility"];

const KINDS: readonly Kind[] = ["community", "project", "service", "managers", "animators", "event"];
const VISIBILITIES: readonly Visibility[] = ["open", "onRequest", "hidden"];

export function CreateSpaceDialog() {
  const { t } = useTranslation();
  const commands = useCommands();
  const [name, setName] = useState("");
  const [summary, setSummary] = useState("");
  const [kind, setKind] = useState<Kind>("community");
  const [visibility, setVisibility] = useState<Visibility>("open");
  const call = useCall<[], unknown>(async () => {
    const text = summary.trim();
    const fields = { name: name.trim(), kind, visibility, ...(text === "" ? {} : { summary: text }) };
    const result = await commands.createSpace(fields);
    if (result.ok) useView.getState().openDialog({ kind: "spaces" });
    return result;
  });
  return (
    <CreateForm title={t("spaces.create")} canSubmit={name.trim() !== ""} call={call}>
      <TextField label={t("spaces.name")} value={name} onChange={setName} maxLength={200} required />
      <TextField label={t("spaces.summary")} value={summary} onChange={setSummary} maxLength={2000} />
      <Choices
        label={t("spaces.kindLabel")}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`spaces.kind.${value}`) }))}
      />
      <Choices
        label={t("spaces.visibilityLabel")}
        value={visibility}
        onChange={setVisibility}
        options={VISIBILITIES.map((value) => ({ value, label: t(`spaces.visibility.${value}`) }))}
      />
    </CreateForm>
  );
}
