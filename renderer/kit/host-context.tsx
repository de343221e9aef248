import { createContext, use, type ReactNode } from "react";
import type { HostBridge } from "#contract/bridge.ts";

const HostContext = createContext<HostBridge | null>(null);

export function HostProvider({ host, children }: { host: HostBridge; children: ReactNode }) {
  return <HostContext value={host}>{children}</HostContext>;
}

export function useHost(): HostBridge {
  const host = use(HostContext);
  if (host === null) throw new Error("There is no HostProvider above this view");
  return host;
}

/** Opens a link outside the application. Plain http is handed over too: the host decides what leaves. */
export function useOpenExternal(): (url: string) => void {
  const host = useHost();
  return (url) => {
    void host.call("shell.openExternal", { url });
  };
}
