import { createRoot } from "react-dom/client";
import { z } from "zod";
import { accountIdSchema } from "#contract/bridge.ts";
import { pickLanguage, startI18n } from "#renderer/kit/i18n.ts";
import { createHostBridge } from "#renderer/kit/host-bridge.ts";
import { SpokenProvider } from "#renderer/kit/spoken-provider.tsx";
import { AppView } from "./app-view.tsx";
import { applyHostEvent, lastAccountId, loadApp, useApp } from "./app-store.ts";
import { applyAppearance, rememberedLanguage } from "./appearance.ts";
import { openSession } from "./open-session.ts";
import "../ui/tokens.css";
import "../ui/base.css";

// Compiled parsers need `new Function`, which the content security policy forbids.
z.config({ jitless: true });

const host = createHostBridge();

// The worker and the key first: they run beside everything that follows.
const early = accountIdSchema.safeParse(lastAccountId());
if (early.success) openSession(host, early.data, (fatal) => useApp.setState({ fatal }));

host.subscribe(applyHostEvent);
const loaded = loadApp(host);
applyAppearance(useApp.getState().settings, { isRemembered: true });

await startI18n(pickLanguage(rememberedLanguage(), navigator.language));
createRoot(document.querySelector("#root") ?? document.body).render(
  <SpokenProvider>
    <AppView host={host} />
  </SpokenProvider>,
);
await loaded;
