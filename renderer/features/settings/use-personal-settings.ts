import { mutations, type MutationArgs } from "#contract/mutations.ts";
import { DIRECTORY, personScope } from "#contract/scope.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";

type PersonalName = "preferences.set" | "placeSetting.set" | "profile.update";

/** Writes a choice of the person, for all their machines. */
export function usePersonalSettings(): <N extends PersonalName>(name: N, args: MutationArgs<N>) => void {
  const client = useWorker();
  const me = useSession((session) => session.me?.id);
  const report = useReportProblem();
  return (name, args) => {
    if (me === undefined) return;
    const scope = name === "profile.update" ? DIRECTORY : personScope(me);
    void client.call("mutate", { name, scope, args: mutations[name].parse(args) }).then((result) => {
      if (!result.ok) report(result.error);
    });
  };
}
