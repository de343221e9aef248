import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { SpaceTemplate } from "#contract/entities/space.ts";
import { DIRECTORY } from "#contract/scope.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { Button, IconButton, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { FieldGroup, TextArea } from "#renderer/ui/form.tsx";
import { withField } from "./new-community-view.tsx";
import { SettingsFields } from "./settings-fields.tsx";

/** A template: what the communities made from it begin with. */
export function TemplateDialog({ template, onClose }: { template: SpaceTemplate; onClose: () => void }) {
  const { t } = useTranslation();
  const { write } = useWriter();
  const [draft, setDraft] = useState(template);
  const name = draft.name.trim();
  const save = async () => {
    const channels = draft.channels.filter((channel) => channel.name.trim() !== "");
    if (await write("spaceTemplate.save", DIRECTORY, { ...draft, name, channels })) onClose();
  };
  return (
    <Dialog
      title={template.name === "" ? t("administration.templates.create") : template.name}
      onClose={onClose}
      isWide
    >
      <form
        autoComplete="off"
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== "") void save();
        }}
      >
        <DialogBody>
          <TextField
            label={t("administration.templates.name")}
            value={draft.name}
            onChange={(value) => setDraft({ ...draft, name: value })}
            maxLength={100}
            required
          />
          <TextArea
            label={t("administration.templates.description")}
            value={draft.description ?? ""}
            onChange={(description) => setDraft(withField(draft, "description", description))}
            rows={2}
            maxLength={1000}
          />
          <ChannelsField
            channels={draft.channels}
            onChange={(channels) => setDraft({ ...draft, channels })}
          />
          <SettingsFields
            hasName={false}
            hasOrganisations={false}
            form={{
              draft: draft.space,
              set: (field, value) => setDraft({ ...draft, space: withField(draft.space, field, value) }),
            }}
          />
          <DialogActions>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button tone="primary" type="submit" isDisabled={name === ""}>
              {t("action.save")}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </Dialog>
  );
}

type Channels = SpaceTemplate["channels"];
const CHANNELS_MAX = 30;

function ChannelsField({
  channels,
  onChange,
}: {
  channels: Channels;
  onChange: (channels: Channels) => void;
}) {
  const { t } = useTranslation();
  const put = (at: number, changes: Partial<Channels[number]>) =>
    onChange(channels.map((channel, index) => (index === at ? { ...channel, ...changes } : channel)));
  return (
    <FieldGroup label={t("community.function.channels")} hint={t("administration.templates.channelsHint")}>
      {channels.map((channel, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- channels of a template are told apart by their place alone
        <div key={index} className="page-form__row">
          <TextField
            label={t("channel.name")}
            value={channel.name}
            onChange={(name) => put(index, { name })}
            maxLength={100}
          />
          <TextField
            label={t("channel.topic")}
            value={channel.topic ?? ""}
            onChange={(topic) => put(index, { topic })}
            maxLength={1000}
          />
          <IconButton
            icon={X}
            label={t("administration.templates.removeChannel", { name: channel.name })}
            onPress={() => onChange(channels.toSpliced(index, 1))}
          />
        </div>
      ))}
      {channels.length === CHANNELS_MAX ? null : (
        <div>
          <Button onPress={() => onChange([...channels, { name: "" }])}>
            <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("community.newChannel")}
          </Button>
        </div>
      )}
    </FieldGroup>
  );
}
