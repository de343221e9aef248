import { useShallow } from "zustand/react/shallow";
import type { ModuleName } from "#contract/capabilities.ts";
import { hiddenModules, usePolicies } from "./policies.ts";
import { useSession } from "./worker-context.tsx";

/** Whether a person sees a module: the workplace has it, their organisation wants it, and this machine does not hide it. */
export function useIsModuleShown(name: ModuleName): boolean {
  const isOffered = useSession(({ capabilities, organisation }) => {
    const isWanted = organisation?.modules?.includes(name) ?? true;
    return isWanted && capabilities?.modules.includes(name) === true;
  });
  const hidden = usePolicies(useShallow(hiddenModules));
  return isOffered && !hidden.includes(name);
}
