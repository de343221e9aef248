import { createContext, use, useEffect, useEffectEvent, type ReactNode } from "react";
import { useTranslation } from "./i18n.ts";
import { useProblemWords } from "./problem-words.ts";
import { useToasts } from "./toast-store.ts";
import type { HostBridge, HostEvent } from "#contract/bridge.ts";

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
  const { t } = useTranslation();
  const words = useProblemWords();
  const show = useToasts((state) => state.show);
  return (url) => {
    void host.call("shell.openExternal", { url }).then((result) => {
      if (result.ok) return;
      const { title, advice } = words(result.error);
      const text =
        result.error.kind === "forbidden" ? t("outside.refused") : t("toast.problem", { title, advice });
      show({ tone: "danger", text, detail: JSON.stringify(result.error, null, 1) });
    });
  };
}

/** Called for each thing of this type that the host tells, as long as the view is there. */
export function useHostEvent<T extends HostEvent["type"]>(
  type: T,
  onEvent: (event: Extract<HostEvent, { type: T }>) => void,
): void {
  const host = useHost();
  const handle = useEffectEvent((event: HostEvent) => {
    if (isOfType(event, type)) onEvent(event);
  });
  useEffect(() => host.subscribe(handle), [host]);
}

function isOfType<T extends HostEvent["type"]>(
  event: HostEvent,
  type: T,
): event is Extract<HostEvent, { type: T }> {
  return event.type === type;
}
