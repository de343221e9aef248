import { lazy, Suspense, useEffect, useState } from "react";
import type { Account, HostEvent } from "#contract/bridge.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useWorker } from "#renderer/kit/worker-context.tsx";
import { DownloadNote } from "./download-note.tsx";
import { FindBar } from "./find-bar.tsx";
import { TargetOpener } from "./target-opener.tsx";
import { useDetachHere } from "./use-detach-here.ts";
import { useDownloads } from "./use-downloads.ts";

const DownloadsDialog = lazy(() =>
  import("./downloads-dialog.tsx").then((m) => ({ default: m.DownloadsDialog })),
);
const ShortcutsDialog = lazy(() =>
  import("./shortcuts-dialog.tsx").then((m) => ({ default: m.ShortcutsDialog })),
);

type MenuCommand = Extract<HostEvent, { type: "menuCommand" }>["command"];
type Shown = "find" | "downloads" | "shortcuts" | null;

interface DesktopPartsProps {
  account: Account;
  isElectron: boolean;
  /** A window of its own shows what it has and nothing else. */
  isDetached?: boolean;
}

/** What the shell and its page do together: menus, finding, downloads, links, the end. */
export function DesktopParts({ account, isElectron, isDetached = false }: DesktopPartsProps) {
  const [shown, setShown] = useState<Shown>(null);
  const host = useHost();
  const close = () => setShown(null);
  const detachHere = useDetachHere();
  const run = (command: MenuCommand) => {
    const { openDialog } = useView.getState();
    if (command === "find") window.dispatchEvent(new Event("parvis-find"));
    if (command === "find" || command === "downloads" || command === "shortcuts") setShown(command);
    if (command === "settings" || command === "switcher" || command === "account")
      openDialog({ kind: command });
    if (command === "newMessage") openDialog({ kind: "newConversation" });
    if (command === "lock") void host.call("lock.lock", {});
    if (command === "detach") detachHere();
  };
  useHostEvent("menuCommand", ({ command }) => run(command));
  useKeys((event) => {
    const key = event.key.toLowerCase();
    // In the browser, its own search has the key.
    if (key === "f" && !event.shiftKey && isElectron) return run("find");
    if (key === "o" && event.shiftKey) return run("detach");
    return false;
  });
  useEndings();
  useRecovered();
  return (
    <>
      {isDetached ? null : <TargetOpener account={account} />}
      {isElectron && !isDetached ? (
        <Downloads isListOpen={shown === "downloads"} onShow={() => setShown("downloads")} />
      ) : null}
      {shown === "find" ? <FindBar onClose={close} /> : null}
      <Suspense>
        {shown === "downloads" ? <DownloadsDialog onClose={close} /> : null}
        {shown === "shortcuts" ? <ShortcutsDialog isElectron={isElectron} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

function Downloads(props: { isListOpen: boolean; onShow: () => void }) {
  const { downloads, isKnown } = useDownloads();
  return isKnown ? <DownloadNote downloads={downloads} {...props} /> : null;
}

/** Where the menu of the application does not get the keys before the page. False: not one of ours. */
function useKeys(onKeys: (event: KeyboardEvent) => false | void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isMain = navigator.platform.startsWith("Mac") ? event.metaKey : event.ctrlKey;
      if (isMain && !event.altKey && onKeys(event) !== false) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}

const keepAll = () => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));

/** What is held back for a moment (undo, drafts) is made now, and what waits is tried at once. */
function useEndings(): void {
  const client = useWorker();
  const host = useHost();
  useHostEvent("quitting", () => {
    keepAll();
    void client.call("sync.retry", {});
  });
  useHostEvent("releasing", () => {
    keepAll();
    void client.call("outbox.written", {}).then(() => host.call("window.release", {}));
  });
}

/** The window was loaded again after a fault: said once. */
function useRecovered(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const url = new URL(location.href);
    if (!url.searchParams.has("recovered")) return;
    url.searchParams.delete("recovered");
    history.replaceState(history.state, "", url);
    useToasts.getState().show({ tone: "plain", text: t("windows.recovered") });
  }, [t]);
}
