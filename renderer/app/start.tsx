import { createRoot } from "react-dom/client";
import type { HostBridge } from "#contract/bridge.ts";
import { SpokenProvider } from "#renderer/kit/spoken-provider.tsx";
import { AppView } from "./app-view.tsx";

/** Everything that draws: fetched and evaluated while the worker opens the cache. */
export function start(host: HostBridge): void {
  createRoot(document.querySelector("#root") ?? document.body).render(
    <SpokenProvider>
      <AppView host={host} />
    </SpokenProvider>,
  );
}
