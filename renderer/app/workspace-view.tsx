import { lazy, Suspense, useEffect, useState } from "react";
import { gatewayPath, type Account, type HostBridge } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { withWords } from "#renderer/kit/i18n.ts";
import { detached } from "#renderer/kit/window-kind.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { resetView } from "#renderer/kit/view-store.ts";
import { setWorkplaceAddress } from "#renderer/kit/workplace-address.ts";
import { resetComposers } from "#renderer/parts/composer-store.ts";
import { WorkerProvider } from "#renderer/kit/worker-context.tsx";
import { GatewayProvider } from "#renderer/ui/avatar.tsx";
import { takeCrash, useApp } from "./app-store.ts";
import { FatalView } from "./fatal-view.tsx";
import { FrameView } from "./frame-view.tsx";
import { openSession, retryKey } from "./open-session.ts";
import { startRoute } from "./route.ts";

const DetachedView = lazy(() =>
  withWords(["desktop"], () => import("./detached-view.tsx")).then((m) => ({ default: m.DetachedView })),
);

/** One account: its worker, its key, its window. */
export function WorkspaceView({ account }: { account: Account }) {
  const host = useHost();
  const [session] = useState(() => openSession(host, account.id, takeCrash));
  const isElectron = useApp((state) => state.info?.shell === "electron");
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let isStale = false;
    // The key was refused while the secrets were locked, or before this account was signed in: ask once more.
    void session.opened.then(async (first) => {
      if (first !== null) retryKey(host);
      const outcome = first === null ? null : await session.opened;
      if (isStale) return;
      if (outcome?.kind === "locked") void askWhatIsLocked(host);
      else setProblem(outcome);
    });
    return () => {
      isStale = true;
    };
  }, [host, session]);
  useEffect(() => {
    // A window of its own has one place, which is in its address.
    const stop = detached === null ? startRoute(account.id) : () => undefined;
    return () => {
      stop();
      resetView();
      resetComposers();
    };
  }, [account.id]);
  const { id, serverUrl, isEmbedded } = account;
  useEffect(() => setWorkplaceAddress({ id, serverUrl, isEmbedded }), [id, serverUrl, isEmbedded]);
  if (problem !== null) return <FatalView problem={problem} />;
  return (
    <GatewayProvider value={gatewayPath(account.id)}>
      <WorkerProvider client={session.client}>
        {detached === null ? (
          <FrameView account={account} />
        ) : (
          <Suspense fallback={<div className="blank" />}>
            <DetachedView account={account} object={detached} isElectron={isElectron} />
          </Suspense>
        )}
      </WorkerProvider>
    </GatewayProvider>
  );
}

/** The host refuses the key: Parvis is locked, or the secrets are. */
async function askWhatIsLocked(host: HostBridge): Promise<void> {
  const [lock, secrets] = await Promise.all([host.call("lock.status", {}), host.call("secrets.status", {})]);
  useApp.setState({
    ...(lock.ok ? { lock: lock.value } : {}),
    ...(secrets.ok ? { secrets: secrets.value } : {}),
  });
}
