import { networkInterfaces } from "node:os";
import { net, powerMonitor, session } from "electron";
import { readMetered } from "#host/desktop/metered.ts";
import { NetworkWatch } from "#host/desktop/network-watch.ts";
import { runTool } from "#host/desktop/run-tool.ts";
import type { Dispose, ShellContext } from "./shell-context.ts";

/** Machines that wake together do not come back together. */
const JITTER_MS = 2000;

/** Sleep, lock screen, and ways to the network that come and go. */
export function startPower(shell: ShellContext): Dispose {
  const { host, log, platform, services } = shell;
  const { events, listeners } = services;
  const waits = new Set<NodeJS.Timeout>();
  // The machine knows better than a page whether anybody is there.
  services.idle.useSystem(() => powerMonitor.getSystemIdleTime() * 1000);
  /** Sockets of the way before would hang until they time out. */
  const comeBack = (): void => {
    session.defaultSession
      .closeAllConnections()
      .catch((error: unknown) => log.write("warning", `connections could not be closed: ${String(error)}`));
    const wait = setTimeout(() => {
      waits.delete(wait);
      listeners.reconnect();
      void services.desk.send();
    }, Math.random() * JITTER_MS);
    waits.add(wait);
  };
  // Asking for the proxy and for what the network costs takes a while: no window waits for it.
  const starting = NetworkWatch.start({
    interfaces: networkInterfaces,
    isOnline: () => net.isOnline(),
    resolveProxy: () =>
      session.defaultSession.resolveProxy(host.accounts.list()[0]?.serverUrl ?? "https://parvis.invalid/"),
    isMetered: () => readMetered(platform, runTool),
    onChange: (stand, isNewWay) => {
      log.write("information", `the way to the network changed: ${JSON.stringify({ ...stand, isNewWay })}`);
      if (isNewWay) comeBack();
      events.emit({ type: "networkChanged", ...stand, isNewWay });
    },
    onError: (error) => log.write("warning", `the network could not be looked at: ${String(error)}`),
  });
  starting.catch((error: unknown) => log.write("warning", `the network is not watched: ${String(error)}`));
  const onSuspend = (): void => events.emit({ type: "powerChanged", state: "suspend" });
  const onResume = (): void => {
    comeBack();
    events.emit({ type: "powerChanged", state: "resume" });
    starting.then((watch) => watch.lookAtAll()).catch(() => undefined);
  };
  const onLock = (): void => events.emit({ type: "powerChanged", state: "lock" });
  const onUnlock = (): void => events.emit({ type: "powerChanged", state: "unlock" });
  powerMonitor.on("suspend", onSuspend);
  powerMonitor.on("resume", onResume);
  powerMonitor.on("lock-screen", onLock);
  powerMonitor.on("unlock-screen", onUnlock);
  return () => {
    powerMonitor.off("suspend", onSuspend);
    powerMonitor.off("resume", onResume);
    powerMonitor.off("lock-screen", onLock);
    powerMonitor.off("unlock-screen", onUnlock);
    starting.then((watch) => watch.stop()).catch(() => undefined);
    for (const wait of waits) clearTimeout(wait);
  };
}
