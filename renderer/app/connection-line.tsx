import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Account } from "#contract/bridge.ts";
import type { SessionInfo } from "#contract/worker.ts";
import { formatNumber } from "#renderer/kit/number-words.ts";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useApp } from "./app-store.ts";
import { useLasting } from "./use-lasting.ts";
import { sentOf } from "./use-unsent.ts";

type Line = Pick<SessionInfo, "connection" | "problem" | "retryAt" | "sync" | "outbox" | "storage">;

/** Said only when something is wrong or waiting. */
export function ConnectionLine({ account }: { account: Account }) {
  const line = useSession(({ connection, problem, retryAt, sync, outbox, storage }): Line => {
    return { connection, problem, retryAt, sync, outbox, storage };
  });
  const isWorkplaceRunning = useApp((state) => state.isWorkplaceRunning);
  const what = whatIsUp(line, account, isWorkplaceRunning);
  const isLasting = useLasting(what);
  if (what === null || !isLasting) return <div role="status" className="visually-hidden" />;
  return (
    <div
      role="status"
      className={what === "firstSync" ? "connection-line connection-line--calm" : "connection-line"}
    >
      <LineWords what={what} line={line} />
    </div>
  );
}

type What =
  | "storageFull"
  | "signedOut"
  | "refused"
  | "restarting"
  | "offline"
  | "connecting"
  | "firstSync"
  | "failed";

/** The one thing that matters most now. */
function whatIsUp(line: Line, account: Pick<Account, "state">, isWorkplaceRunning: boolean): What | null {
  if (line.storage?.isFull === true) return "storageFull";
  if (line.connection === "signedOut" || account.state === "expired") return "signedOut";
  if (line.connection === "refused") return "refused";
  if (!isWorkplaceRunning) return "restarting";
  if (line.connection === "offline") return "offline";
  if (line.connection === "connecting") return "connecting";
  if (line.sync.isRunning && line.sync.isFirst) return "firstSync";
  return line.outbox.failed > 0 ? "failed" : null;
}

export function LineWords({ what, line }: { what: What; line: Line }): ReactNode {
  const { t } = useTranslation();
  const client = useWorker();
  const words = useProblemWords();
  const retry = (
    <Button tone="link" onPress={() => void client.call("sync.retry", {})}>
      {t("action.retry")}
    </Button>
  );
  const why = (
    <Button
      tone="link"
      onPress={() => useView.getState().openDialog({ kind: "settings", section: "diagnostics" })}
    >
      {t("connection.why")}
    </Button>
  );
  switch (what) {
    case "storageFull":
      return t("connection.storageFull");
    case "signedOut":
      return (
        <>
          {t("connection.signedOut")}
          <Button tone="link" onPress={() => useApp.setState({ isSigningIn: true })}>
            {t("connection.signIn")}
          </Button>
        </>
      );
    case "refused":
      return (
        <>
          {line.problem === null
            ? t("connection.refused")
            : `${words(line.problem).title} ${words(line.problem).advice}`}
          {retry}
          {why}
        </>
      );
    case "restarting":
      return t("connection.restarting");
    case "offline":
      return (
        <>
          <OfflineWords line={line} />
          {retry}
          {why}
        </>
      );
    case "connecting":
      return t("connection.connecting");
    case "firstSync":
      return <FirstSync sync={line.sync} />;
    case "failed":
      return (
        <>
          {t("connection.failed", { count: line.outbox.failed })}
          <Button tone="link" onPress={() => useView.getState().openDialog({ kind: "outbox" })}>
            {t("connection.see")}
          </Button>
        </>
      );
  }
}

function OfflineWords({ line }: { line: Line }) {
  const { t } = useTranslation();
  const seconds = useSecondsUntil(line.retryAt);
  return (
    <>
      {/* Said once: a countdown that is read out each second would hide everything else. */}
      <span className="visually-hidden">{t("connection.offline")}</span>
      <span aria-hidden>
        {seconds > 0 ? t("connection.offlineRetry", { count: seconds }) : t("connection.offline")}
      </span>
      {sentOf(line.outbox) > 0 ? (
        <span>{t("connection.waiting", { count: sentOf(line.outbox) })}</span>
      ) : null}
    </>
  );
}

function useSecondsUntil(iso: string | null): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (iso === null) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [iso]);
  return iso === null ? 0 : Math.max(0, Math.ceil((Date.parse(iso) - nowMs) / 1000));
}

function FirstSync({ sync }: { sync: Line["sync"] }) {
  const { t, i18n } = useTranslation();
  const received = formatNumber(sync.received, i18n.language);
  if (sync.total === null) return t("connection.firstSync", { received, count: sync.received });
  const total = formatNumber(sync.total, i18n.language);
  return (
    <>
      <span>{t("connection.firstSyncOf", { received, total })}</span>
      <progress
        className="progress"
        value={Math.min(sync.received, sync.total)}
        max={Math.max(1, sync.total)}
        aria-label={t("connection.progress")}
      />
    </>
  );
}
