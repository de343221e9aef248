import { Suspense } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import type { AppInfo } from "#contract/bridge.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { settingsSections } from "./settings-sections.ts";
import "./settings.css";

/** Everything that a person chooses for themselves: each choice applies at once. */
export function SettingsDialog({ shell }: { shell: AppInfo["shell"] }) {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  const dialog = useView((state) => state.dialog);
  const first = dialog?.kind === "settings" ? dialog.section : undefined;
  const sections = settingsSections.filter((section) => (section.shell ?? shell) === shell);
  return (
    <Dialog title={t("settings.title")} onClose={close} isWide>
      <Tabs
        // Asked for from elsewhere while it is open: that section is shown.
        key={first ?? ""}
        className="settings"
        orientation="vertical"
        {...(first === undefined ? {} : { defaultSelectedKey: first })}
      >
        <TabList className="settings__tabs" aria-label={t("settings.title")}>
          {sections.map(({ id }) => (
            <Tab key={id} id={id} className="settings__tab">
              {t(`settings.tab.${id}`)}
            </Tab>
          ))}
        </TabList>
        {sections.map(({ id, Panel }) => (
          <TabPanel key={id} id={id} className="settings__panel">
            <Suspense fallback={<div className="settings__loading" />}>
              <Panel />
            </Suspense>
          </TabPanel>
        ))}
      </Tabs>
    </Dialog>
  );
}
