import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Settings } from "#contract/settings.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { Choices } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

const LANGUAGES = ["system", "fr", "en"] as const;
const THEMES = ["system", "light", "dark", "contrast"] as const;
const DENSITIES = ["comfortable", "compact"] as const;
const SEND_KEYS = ["enter", "ctrlEnter"] as const;
const NOTIFICATIONS = ["all", "hiddenContent", "off"] as const;

/** How the application looks, sends and makes itself heard: each choice applies at once, in every window. */
export function SettingsDialog() {
  const { t } = useTranslation();
  const host = useHost();
  const settings = useSettings();
  const close = useView((state) => state.closeDialog);
  const save = useCall((change: Partial<Settings>) => host.call("settings.set", change));
  return (
    <Dialog title={t("settings.title")} onClose={close}>
      <DialogBody>
        <Choices
          label={t("settings.language.label")}
          value={settings.language}
          onChange={(language) => void save.run({ language })}
          options={LANGUAGES.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
        />
        <Choices
          label={t("settings.theme.label")}
          value={settings.theme}
          onChange={(theme) => void save.run({ theme })}
          options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        />
        <Choices
          label={t("settings.density.label")}
          value={settings.density}
          onChange={(density) => void save.run({ density })}
          options={DENSITIES.map((value) => ({ value, label: t(`settings.density.${value}`) }))}
        />
        <Choices
          label={t("settings.sendKey.label")}
          value={settings.sendKey}
          onChange={(sendKey) => void save.run({ sendKey })}
          options={SEND_KEYS.map((value) => ({ value, label: t(`settings.sendKey.${value}`) }))}
        />
        <Choices
          label={t("settings.notifications.label")}
          value={settings.notifications}
          onChange={(notifications) => void save.run({ notifications })}
          options={NOTIFICATIONS.map((value) => ({ value, label: t(`settings.notifications.${value}`) }))}
        />
        {save.problem === null ? null : <ProblemNote problem={save.problem} />}
      </DialogBody>
    </Dialog>
  );
}
