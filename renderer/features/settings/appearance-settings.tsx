import type { Settings } from "#contract/settings.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { Choices } from "#renderer/ui/field.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

const LANGUAGES = ["system", "fr", "en"] as const;
const THEMES = ["system", "light", "dark", "contrast"] as const;
const DENSITIES = ["comfortable", "compact"] as const;
const SEND_KEYS = ["enter", "ctrlEnter"] as const;

/** How the application looks and sends on this machine, in every window. */
export function AppearanceSettings() {
  const { t } = useTranslation();
  const host = useHost();
  const settings = useSettings();
  const save = useCall((change: Partial<Settings>) => host.call("settings.set", change));
  return (
    <>
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
      {save.problem === null ? null : <ProblemNote problem={save.problem} />}
    </>
  );
}
