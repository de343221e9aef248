import { useEffect } from "react";
import type { SessionInfo } from "#contract/worker.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useApp } from "./app-store.ts";

/** What a person sent and has not left yet. */
export function sentOf({ waiting, asides }: SessionInfo["outbox"]): number {
  return waiting - asides;
}

/** Keeps count of what would be lost with this machine's cache, for when it is locked and the code forgotten. */
export function useUnsent(): void {
  const unsent = useSession((session) => sentOf(session.outbox) + session.outbox.failed);
  useEffect(() => useApp.setState({ unsent }), [unsent]);
}
