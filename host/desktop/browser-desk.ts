import { networkInterfaces } from "node:os";
import { watchAttention } from "../attention/attention-watch.ts";
import type { Host } from "../host.ts";
import { defineRoutes } from "../routes.ts";
import { readMetered } from "./metered.ts";
import { NetworkWatch } from "./network-watch.ts";
import { runTool } from "./run-tool.ts";

export interface BrowserDeskOptions {
  platform: NodeJS.Platform;
  /** BCP 47 tag of the system. */
  locale: string;
}

/** What the browser shell has of a desktop: how accounts stand, and the network. No tray, and no start with the session. */
export function startBrowserDesk(host: Host, { platform, locale }: BrowserDeskOptions): () => void {
  const { attention, desk, events, listeners, log, pages } = host.services;
  host.answer(
    defineRoutes({ "desktop.status": () => ({ autostart: "unsupported" as const, hasTray: false }) }),
  );
  const stopAttention = watchAttention({
    host,
    attention,
    listeners,
    pages,
    locale,
    onError: (error) => log.write("warning", `how an account stands is not known: ${String(error)}`),
  });
  const starting = NetworkWatch.start({
    interfaces: networkInterfaces,
    isMetered: () => readMetered(platform, runTool),
    onChange(stand, isNewWay) {
      if (isNewWay) {
        listeners.reconnect();
        void desk.send();
      }
      events.emit({ type: "networkChanged", ...stand, isNewWay });
    },
    onError: (error) => log.write("warning", `the network could not be looked at: ${String(error)}`),
  });
  starting.catch((error: unknown) => log.write("warning", `the network is not watched: ${String(error)}`));
  return () => {
    stopAttention();
    starting.then((watch) => watch.stop()).catch(() => undefined);
  };
}
