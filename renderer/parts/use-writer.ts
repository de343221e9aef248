import type { MutationArgs, MutationName } from "#contract/mutations.ts";
import { personScope, type Scope } from "#contract/scope.ts";
import { mutations } from "#contract/mutations.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { NOBODY, useReportProblem } from "./use-commands.ts";

export interface Writer {
  /** Puts one write on disk. Whether it could be kept; a problem is said at the foot of the window. */
  write: <N extends MutationName>(name: N, scope: Scope, args: MutationArgs<N>) => Promise<boolean>;
  /** The reader's own scope. */
  mine: Scope;
}

/** One mutation at a time, its problem said. */
export function useWriter(): Writer {
  const client = useWorker();
  const report = useReportProblem();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  return {
    mine: personScope(me),
    write: async (name, scope, args) => {
      const result = await client.call("mutate", { name, scope, args: mutations[name].parse(args) });
      if (!result.ok) report(result.error);
      return result.ok;
    },
  };
}
