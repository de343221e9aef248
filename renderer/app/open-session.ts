import { gatewayPath, type AccountId, type HostBridge } from "#contract/bridge.ts";
import type { Problem } from "#contract/problem.ts";
import { WorkerClient } from "#renderer/kit/worker-client.ts";
import { openWorkerPort } from "#renderer/kit/worker-port.ts";
import { watchWindowActive } from "#renderer/kit/use-window-active.ts";

export interface Session {
  accountId: AccountId;
  client: WorkerClient;
  /** `null` once the key is with the worker, otherwise why it is not. */
  opened: Promise<Problem | null>;
  close(): void;
}

let current: Session | null = null;

/** The session of this account, started if it is not: the worker is made and the key asked for side by side. */
export function openSession(
  host: HostBridge,
  accountId: AccountId,
  onDidCrash: (problem: Problem) => void,
): Session {
  if (current?.accountId === accountId) return current;
  current?.close();
  const port = openWorkerPort(accountId, (detail) =>
    onDidCrash({ type: "about:blank", kind: "unsupported", title: "The sync worker stopped", detail }),
  );
  const client = new WorkerClient(port);
  const stopKeys = host.subscribe((event) => {
    const isOtherKey = event.type === "cacheKeyChanged" && event.accountId === accountId;
    // The ceiling of what is kept comes with the key.
    if (isOtherKey || event.type === "policiesChanged") void handOverKey(host, accountId, client);
  });
  client.onDidRotate((keyId) => void host.call("cache.rotated", { accountId, keyId }));
  const stopWatching = watchWindowActive((isActive) => client.setActive(isActive));
  // Where a port does not tell of its end by itself, the worker would keep what this page had asked for.
  const onPageHide = (event: PageTransitionEvent) => {
    if (!event.persisted) client.close();
  };
  addEventListener("pagehide", onPageHide);
  const session: Session = {
    accountId,
    client,
    opened: handOverKey(host, accountId, client),
    close: () => {
      stopWatching();
      stopKeys();
      removeEventListener("pagehide", onPageHide);
      client.close();
      if (current === session) current = null;
    },
  };
  client.onDidFail(onDidCrash);
  current = session;
  return session;
}

/** The account whose cache is open in this window. */
export function currentAccountId(): AccountId | null {
  return current?.accountId ?? null;
}

export function closeSession(): void {
  current?.close();
}

/** The worker forgets the key and what it has decrypted; what was being written is on disk by then. */
export function lockSession(): void {
  current?.client.lock();
  closeSession();
}

/** Asks again for the key of an open session, after the secrets were unlocked. */
export function retryKey(host: HostBridge): void {
  if (current !== null) current.opened = handOverKey(host, current.accountId, current.client);
}

async function handOverKey(
  host: HostBridge,
  accountId: AccountId,
  client: WorkerClient,
): Promise<Problem | null> {
  const result = await host.call("cache.key", { accountId });
  if (!result.ok) return result.error;
  const bytes = bytesOf(result.value.key);
  const { keyId, ceiling } = result.value;
  const previous = result.value.previous;
  const bytesBefore = previous === undefined ? undefined : bytesOf(previous.key);
  client.open({
    accountId,
    gatewayPath: gatewayPath(accountId),
    key: bytes.buffer,
    keyId,
    ceiling,
    ...(previous === undefined || bytesBefore === undefined
      ? {}
      : { previous: { key: bytesBefore.buffer, keyId: previous.keyId } }),
  });
  // Posting has copied them; the page forgets its own.
  bytes.fill(0);
  bytesBefore?.fill(0);
  return null;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
