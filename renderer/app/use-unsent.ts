import { useEffect } from "react";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { useApp } from "./app-store.ts";

/** Keeps count of what would be lost with this machine's cache, for when it is locked and the code forgotten. */
export function useUnsent(): void {
  const unsent = useSession((session) => session.outbox.waiting + session.outbox.failed);
  useEffect(() => useApp.setState({ unsent }), [unsent]);
}
