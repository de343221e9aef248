import { lazy, Suspense } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { AppearanceSettings } from "./appearance-settings.tsx";
import "./settings.css";

const NoticeSettings = lazy(() =>
  import("./notice-settings.tsx").then((m) => ({ default: m.NoticeSettings })),
);
const HoursSettings = lazy(() => import("./hours-settings.tsx").then((m) => ({ default: m.HoursSettings })));

/** Everything that a person chooses for themselves: each choice applies at once. */
export function SettingsDialog() {
  const { t } = useTranslation();
  const close = useView((state) => state.closeDialog);
  return (
    <Dialog title={t("settings.title")} onClose={close} isWide>
      <Tabs className="settings">
        <TabList className="settings__tabs" aria-label={t("settings.title")}>
          <Tab id="appearance" className="settings__tab">
            {t("settings.tab.appearance")}
          </Tab>
          <Tab id="notices" className="settings__tab">
            {t("settings.tab.notices")}
          </Tab>
          <Tab id="hours" className="settings__tab">
            {t("settings.tab.hours")}
          </Tab>
        </TabList>
        <TabPanel id="appearance" className="settings__panel">
          <AppearanceSettings />
        </TabPanel>
        <TabPanel id="notices" className="settings__panel">
          <Suspense>
            <NoticeSettings />
          </Suspense>
        </TabPanel>
        <TabPanel id="hours" className="settings__panel">
          <Suspense>
            <HoursSettings />
          </Suspense>
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}
