import type { ModuleName } from "#contract/capabilities.ts";
import { useSession } from "./worker-context.tsx";

/** Whether the workplace has this module and the reader's organisation switched it on. */
export function useHasModule(name: ModuleName): boolean {
  return useSession(
    ({ capabilities, organisation }) =>
      (capabilities?.modules.includes(name) ?? false) && (organisation?.modules?.includes(name) ?? true),
  );
}
