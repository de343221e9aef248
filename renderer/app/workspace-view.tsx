import { useEffect, useState } from "react";
import { gatewayPath, type Account, type HostBridge } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { resetView } from "#renderer/kit/view-store.ts";
import { resetComposers } from "#renderer/parts/composer-store.ts";
import { WorkerProvider } from "#renderer/kit/worker-context.tsx";
import { GatewayProvider } from "#renderer/ui/avatar.tsx";
import { takeCrash, useApp } from "./app-store.ts";
import { FatalView } from "./fatal-view.tsx";
import { FrameView } from "./frame-view.tsx";
import { openSession, retryKey } from "./open-session.ts";
import { startRoute } from "./route.ts";

/** One account: its worker, its key, its window. */
export function WorkspaceView({ account }: { account: Account }) {
  const host = useHost();
  const [session] = useState(() => openSession(host, account.id, takeCrash));
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
    const stop = startRoute(account.id);
    return () => {
      stop();
      resetView();
      resetComposers();
    };
  }, [account.id]);
  if (problem !== null) return <FatalView problem={problem} />;
  return (
    <GatewayProvider value={gatewayPath(account.id)}>
      <WorkerProvider client={session.client}>
        <FrameView account={account} />
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
