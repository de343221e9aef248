import { useMemo } from "react";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { createTaskCommands, type TaskCommands } from "./task-commands.ts";
import { NOBODY } from "./use-commands.ts";

export function useTaskCommands(): TaskCommands {
  const client = useWorker();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  return useMemo(() => createTaskCommands(client, me), [client, me]);
}
