import { createContext, use, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import type { QueryArgs, QueryInfo, QueryItem, QueryName, SessionInfo } from "#contract/worker.ts";
import { keepIdentity } from "./keyed-list.ts";
import type { LiveQuery, LiveSnapshot, WorkerClient } from "./worker-client.ts";

const WorkerContext = createContext<WorkerClient | null>(null);

export function WorkerProvider({ client, children }: { client: WorkerClient; children: ReactNode }) {
  return <WorkerContext value={client}>{children}</WorkerContext>;
}

export function useWorker(): WorkerClient {
  const client = use(WorkerContext);
  if (client === null) throw new Error("There is no WorkerProvider above this view");
  return client;
}

/** A live query and its subscription, for views that also need to act on the window (history). */
export function useLiveSubscription<Q extends QueryName>(
  name: Q,
  args: QueryArgs<Q>,
): [LiveSnapshot<QueryItem<Q>, QueryInfo<Q>>, LiveQuery<Q>] {
  const client = useWorker();
  const stableArgs = useStable(args);
  const live = useMemo(() => client.query(name, stableArgs), [client, name, stableArgs]);
  return [useSyncExternalStore(live.subscribe, live.getSnapshot), live];
}

/** The same object as long as it says the same. */
function useStable<T>(value: T): T {
  const [kept, setKept] = useState(value);
  const next = keepIdentity(kept, value);
  if (next !== kept) setKept(next);
  return next;
}

/** What the query answers now; the view renders again only when that changes. */
export function useLiveQuery<Q extends QueryName>(
  name: Q,
  args: QueryArgs<Q>,
): LiveSnapshot<QueryItem<Q>, QueryInfo<Q>> {
  return useLiveSubscription(name, args)[0];
}

const NO_SESSION: SessionInfo = {
  me: null,
  organisation: null,
  isReady: false,
  connection: "connecting",
  problem: null,
  retryAt: null,
  sync: { isRunning: false, isFirst: false, received: 0, total: null },
  isPoorLine: false,
  outbox: { waiting: 0, asides: 0, failed: 0 },
  notKept: 0,
  storage: null,
  capabilities: null,
  invalidRows: 0,
};

/** One part of the session; the view renders again only when that part changes. */
export function useSession<T>(select: (session: SessionInfo) => T): T {
  const client = useWorker();
  const live = useMemo(() => client.query("session", {}), [client]);
  const last = useRef<T | undefined>(undefined);
  return useSyncExternalStore(live.subscribe, () => {
    last.current = keepIdentity(last.current, select(live.getSnapshot().info ?? NO_SESSION));
    return last.current;
  });
}
