import { z } from "zod";
import { accountIdSchema } from "#contract/bridge.ts";
import { pickLanguage, startI18n } from "#renderer/kit/i18n.ts";
import { followTargets } from "#renderer/kit/target-store.ts";
import { keepPressesSteady } from "#renderer/kit/steady-press.ts";
import { detached } from "#renderer/kit/window-kind.ts";
import { createHostBridge } from "#renderer/kit/host-bridge.ts";
import { applyHostEvent, lastAccountId, loadApp, takeCrash, useApp } from "./app-store.ts";
import { applyAppearance, rememberedLanguage } from "./appearance.ts";
import { deleteCondemnedCaches } from "./condemned-caches.ts";
import { openSession } from "./open-session.ts";
import { askAhead } from "./route.ts";
import "../ui/tokens.css";
import "../ui/base.css";

// All that draws is fetched meanwhile, and evaluated after the worker and the key are on their way.
const drawing = import("./start.tsx");

// Compiled parsers need `new Function`, which the content security policy forbids.
z.config({ jitless: true });

const host = createHostBridge();

const early = accountIdSchema.safeParse(detached?.accountId ?? lastAccountId());
if (early.success) {
  const session = openSession(host, early.data, takeCrash);
  if (detached === null) askAhead(session.client, early.data);
}

const loaded = loadApp(host);
host.subscribe(applyHostEvent);
void deleteCondemnedCaches(host);
if (detached === null) void followTargets(host);
applyAppearance(useApp.getState().settings, { isRemembered: true });
keepPressesSteady(window);

const spoken = startI18n(pickLanguage(rememberedLanguage(), navigator.language));
const { start } = await drawing;
await spoken;
start(host);
await loaded;
