import { useEffect, useState } from "react";
import type { DesktopStatus } from "#contract/desktop/desktop-status.ts";
import type { Settings } from "#contract/settings.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useCall } from "#renderer/kit/use-call.ts";
import { CheckBox } from "#renderer/ui/form.tsx";
import { Note, ProblemNote } from "#renderer/ui/note.tsx";
import { Managed } from "./managed.tsx";

/** The system is asked again a moment after a choice: it says what it really does. */
const ASK_AGAIN_MS = 500;

/** How Parvis lives on this machine while no window is open. */
export function DesktopSettings() {
  const { t } = useTranslation();
  const host = useHost();
  const settings = useSettings();
  const { status, isFresh } = useDesktopStatus();
  const save = useCall((change: Partial<Settings>) => host.call("settings.set", change));
  if (status === null) return null;
  if (status.autostart === "unsupported") return <Note>{t("desktop.browser")}</Note>;
  return (
    <section className="settings__group">
      <Managed setting="autostart">
        {(isManaged) => (
          <CheckBox
            label={t("desktop.autostart")}
            hint={t("desktop.autostartHint")}
            isChecked={settings.autostart}
            isDisabled={isManaged}
            onChange={(autostart) => void save.run({ autostart })}
          />
        )}
      </Managed>
      {isFresh && settings.autostart && status.autostart !== "on" ? (
        <Note tone="wait">
          {status.autostart === "refused" ? t("desktop.autostartRefused") : t("desktop.autostartOff")}
        </Note>
      ) : null}
      <Managed setting="closeToTray">
        {(isManaged) => (
          <CheckBox
            label={t("desktop.closeToTray")}
            hint={status.hasTray ? t("desktop.closeToTrayHint") : t("desktop.noTray")}
            isChecked={settings.closeToTray && status.hasTray}
            isDisabled={isManaged || !status.hasTray}
            onChange={(closeToTray) => void save.run({ closeToTray })}
          />
        )}
      </Managed>
      {save.problem === null ? null : <ProblemNote problem={save.problem} />}
    </section>
  );
}

function useDesktopStatus(): { status: DesktopStatus | null; isFresh: boolean } {
  const host = useHost();
  const [said, setSaid] = useState<{ status: DesktopStatus; choices: number } | null>(null);
  const [choices, setChoices] = useState(0);
  useHostEvent("settingsChanged", () => setChoices((count) => count + 1));
  useEffect(() => {
    let isStale = false;
    const ask = () => {
      void host.call("desktop.status", {}).then((result) => {
        if (!isStale && result.ok) setSaid({ status: result.value, choices });
      });
    };
    const timer = setTimeout(ask, choices === 0 ? 0 : ASK_AGAIN_MS);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [host, choices]);
  return { status: said?.status ?? null, isFresh: said?.choices === choices };
}
