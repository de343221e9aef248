import { PanelLeftOpen } from "lucide-react";
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useShallow } from "zustand/react/shallow";
import { useTranslation, withWords } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { MessagingDialogs, MessagingSide } from "#renderer/features/messaging/messaging-module.tsx";
import { useHost } from "#renderer/kit/host-context.tsx";
import { hiddenModules, usePolicies } from "#renderer/kit/policies.ts";
import { useSettings } from "#renderer/kit/settings-context.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { ErrorBoundary } from "#renderer/ui/error-boundary.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { Splitter } from "#renderer/ui/splitter.tsx";
import { useApp } from "./app-store.ts";
import { AccountBar } from "./account-bar.tsx";
import { ConnectionLine } from "./connection-line.tsx";
import { focusNextPane } from "./focus-pane.ts";
import { MemoryNote } from "./memory-note.tsx";
import { ModulePane } from "./module-pane.tsx";
import { moduleNamed, visibleModules } from "./modules.ts";
import { RailView } from "./rail-view.tsx";
import { useActivity } from "./use-activity.ts";
import { useFeedAhead } from "./use-feed-ahead.ts";
import { useFirstConversation } from "./use-first-conversation.ts";
import { useUnsent } from "./use-unsent.ts";
import { WorkplaceHead } from "./workplace-head.tsx";
import "./frame.css";

const AccountDialog = lazy(() => import("./account-dialog.tsx").then((m) => ({ default: m.AccountDialog })));
const AvailabilityDialog = lazy(() =>
  import("./availability-dialog.tsx").then((m) => ({ default: m.AvailabilityDialog })),
);
const OutboxDialog = lazy(() => import("./outbox-dialog.tsx").then((m) => ({ default: m.OutboxDialog })));
const SettingsDialog = lazy(() =>
  import("#renderer/features/settings/settings-dialog.tsx").then((m) => ({ default: m.SettingsDialog })),
);

const UpdateNote = lazy(() =>
  withWords(["desktop"], () => import("./update-note.tsx")).then((m) => ({ default: m.UpdateNote })),
);

const AwayCard = lazy(() =>
  withWords(["inbox"], () => import("./away-card.tsx")).then((m) => ({ default: m.AwayCard })),
);
const DesktopLink = lazy(() =>
  withWords(["inbox"], () => import("./desktop-link.tsx")).then((m) => ({ default: m.DesktopLink })),
);

const DesktopParts = lazy(() =>
  withWords(["desktop"], () => import("./desktop-parts.tsx")).then((m) => ({ default: m.DesktopParts })),
);

const LIST = { initial: 300, min: 220, max: 520 };
const SIDE = { initial: 380, min: 300, max: 640 };
/** Value of the pane `listHidden` when the list was put away. */
const HIDDEN = 1;

/** Rail, list, content and side, with a line at the foot when something is wrong or waiting. */
export function FrameView({ account }: { account: Account }) {
  const { t } = useTranslation();
  const pane = useView((state) => state.pane);
  const side = useView((state) => state.side);
  const frame = useRef<HTMLDivElement>(null);
  const list = usePane(frame, "list", LIST.initial);
  const aside = usePane(frame, "side", SIDE.initial);
  const { isHidden, setHidden } = useListHidden();
  const modules = useSession((session) => session.capabilities?.modules ?? []);
  const wanted = useSession((session) => session.organisation?.modules);
  const hidden = usePolicies(useShallow(hiddenModules));
  const current = useView((state) => state.module);
  const { List, Content } = moduleNamed(current);
  const workplace = useSession((session) => session.capabilities?.name ?? account.name);
  const isDesktop = useApp((state) => state.info?.shell === "electron");
  const { info } = useLiveQuery("conversations", {});
  const { info: inbox } = useLiveQuery("inboxCounts", {});
  useShortcuts();
  useActivity();
  useUnsent();
  useFirstConversation();
  useFeedAhead();
  useWindowTitle(info?.unread ?? 0, workplace);
  return (
    <div
      className="frame"
      ref={frame}
      data-pane={pane}
      data-side={side !== null || undefined}
      data-list={isHidden ? "hidden" : undefined}
    >
      <div className="frame__panes">
        <RailView
          modules={visibleModules(modules, wanted, hidden)}
          current={current}
          waiting={{ inbox: inbox?.all ?? 0, messaging: info?.unread ?? 0 }}
        />
        {isHidden ? (
          <div className="frame__strip">
            <IconButton icon={PanelLeftOpen} label={t("frame.showList")} onPress={() => setHidden(false)} />
          </div>
        ) : null}
        <nav className="pane pane--list" aria-label={t(`frame.list.${current}`)}>
          <WorkplaceHead name={workplace} onHide={() => setHidden(true)} />
          <Suspense>
            <AwayCard account={account} />
          </Suspense>
          <ModulePane>
            <List />
          </ModulePane>
          <AccountBar account={account} />
          <Splitter {...list} label={t("frame.listWidth")} min={LIST.min} max={LIST.max} direction={1} />
        </nav>
        <main className="pane pane--content">
          <ModulePane>
            <Content />
          </ModulePane>
        </main>
        {side === null ? null : (
          <aside className="pane pane--side" aria-label={t("frame.side")}>
            <Splitter {...aside} label={t("frame.sideWidth")} min={SIDE.min} max={SIDE.max} direction={-1} />
            <MessagingSide />
          </aside>
        )}
      </div>
      <Suspense>{isDesktop ? <UpdateNote /> : null}</Suspense>
      <Suspense>
        <DesktopLink account={account} />
      </Suspense>
      <Suspense>
        <DesktopParts account={account} isElectron={isDesktop} />
      </Suspense>
      <MemoryNote />
      <ConnectionLine account={account} />
      <ErrorBoundary fallback={drawFailedDialog}>
        <MessagingDialogs />
        <AppDialogs account={account} />
      </ErrorBoundary>
    </div>
  );
}

/** A dialog that could not be shown says so; the rest of the window goes on. */
function DialogFailed({ problem, onClose }: { problem: Problem; onClose: () => void }) {
  const { t } = useTranslation();
  const close = () => {
    useView.getState().closeDialog();
    onClose();
  };
  return (
    <div className="frame__failed">
      <ProblemNote problem={problem}>
        <Button onPress={close}>{t("action.close")}</Button>
      </ProblemNote>
    </div>
  );
}

function drawFailedDialog(problem: Problem, reset: () => void) {
  return <DialogFailed problem={problem} onClose={reset} />;
}

function AppDialogs({ account }: { account: Account }) {
  const kind = useView((state) => state.dialog?.kind);
  const shell = useApp((state) => state.info?.shell ?? "browser");
  return (
    <Suspense>
      {kind === "settings" ? <SettingsDialog shell={shell} /> : null}
      {kind === "outbox" ? <OutboxDialog /> : null}
      {kind === "availability" ? <AvailabilityDialog /> : null}
      {kind === "account" ? <AccountDialog account={account} /> : null}
    </Suspense>
  );
}

/** A pane's width: a CSS variable while it is dragged, a setting once it is let go. */
function usePane(frame: RefObject<HTMLDivElement | null>, name: string, initial: number) {
  const host = useHost();
  const { panes } = useSettings();
  const saved = panes[name] ?? initial;
  // While it is dragged, the width is the pointer's; a setting that changes elsewhere takes over.
  const [dragged, setDragged] = useState({ saved, width: saved });
  const width = dragged.saved === saved ? dragged.width : saved;
  useLayoutEffect(() => {
    frame.current?.style.setProperty(`--pane-${name}`, `${width}px`);
  }, [frame, name, width]);
  return {
    width,
    onResize: (next: number) => setDragged({ saved, width: next }),
    onResized: (next: number) => void host.call("settings.set", { panes: { ...panes, [name]: next } }),
  };
}

function useListHidden() {
  const host = useHost();
  const { panes } = useSettings();
  return {
    isHidden: panes["listHidden"] === HIDDEN,
    setHidden: (isHidden: boolean) =>
      void host.call("settings.set", { panes: { ...panes, listHidden: isHidden ? HIDDEN : 0 } }),
  };
}

/** Ctrl/Cmd+K reaches everything, Ctrl/Cmd+, opens the settings, F6 goes round the panes, Escape closes the side. */
function useShortcuts(): void {
  const host = useHost();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { openDialog, closeSide, dialog, side } = useView.getState();
      if (event.key === "Escape" && !event.defaultPrevented && dialog === null && side !== null) closeSide();
      if (event.key === "F6" && dialog === null) {
        event.preventDefault();
        focusNextPane(event.shiftKey ? -1 : 1);
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.shiftKey) {
        if (event.key.toLowerCase() !== "l" || useApp.getState().lock?.method === "none") return;
        event.preventDefault();
        void host.call("lock.lock", {});
        return;
      }
      if (event.key.toLowerCase() === "k") {
        event.preventDefault();
        openDialog({ kind: "switcher" });
      }
      if (event.key === ",") {
        event.preventDefault();
        openDialog({ kind: "settings" });
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [host]);
}

function useWindowTitle(unread: number, workplace: string): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${workplace} · Parvis` : `${workplace} · Parvis`;
  }, [unread, workplace]);
}
