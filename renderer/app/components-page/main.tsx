import { createRoot } from "react-dom/client";
import { z } from "zod";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { settingsSchema } from "#contract/settings.ts";
import { HostProvider } from "#renderer/kit/host-context.tsx";
import { startI18n, withWords } from "#renderer/kit/i18n.ts";
import { SettingsProvider } from "#renderer/kit/settings-context.tsx";
import { SpokenProvider } from "#renderer/kit/spoken-provider.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { WorkerProvider } from "#renderer/kit/worker-context.tsx";
import { Toasts } from "#renderer/ui/toasts.tsx";
import { FrameView } from "../frame-view.tsx";
import { ComponentsView } from "./components-view.tsx";
import { account, fixtureHost } from "./fixture-host.ts";
import { createFixturePort } from "./fixture-port.ts";
import { conversationId } from "./fixtures.ts";
import { drawPictures } from "./parts-fixtures.ts";
import "../../ui/tokens.css";
import "../../ui/base.css";

z.config({ jitless: true });

// `?view=frame&theme=dark&lang=en&density=compact`: what a screenshot asks for.
const query = new URLSearchParams(location.search);
const language = query.get("lang") === "en" ? "en" : "fr";
const theme = query.get("theme");
if (theme !== null) document.documentElement.dataset["theme"] = theme;
document.documentElement.dataset["density"] = query.get("density") ?? "comfortable";

const client = new WorkerClient(createFixturePort());
client.open({ accountId: account.id, gatewayPath: "", key: new ArrayBuffer(32), keyId: "fixture" });
useView.getState().openConversation(conversationId);
useView.getState().showPane("list");

await startI18n(language);
await withWords(["calendar"], drawPictures);
createRoot(document.querySelector("#root") ?? document.body).render(
  <SpokenProvider>
    <HostProvider host={fixtureHost}>
      <SettingsProvider value={settingsSchema.parse({})}>
        <I18nProvider locale={language === "fr" ? "fr-FR" : "en-GB"}>
          <WorkerProvider client={client}>
            {query.get("view") === "frame" ? <FrameView account={account} /> : <ComponentsView />}
            <Toasts />
          </WorkerProvider>
        </I18nProvider>
      </SettingsProvider>
    </HostProvider>
  </SpokenProvider>,
);
