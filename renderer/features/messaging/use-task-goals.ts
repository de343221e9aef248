import type { PlacedTask } from "#contract/views/tasks.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";

const MOST_TASKS = 5;

/** Tasks of all boards that have these words, open ones first. None for less than two letters. */
export function useTaskGoals(typed: string): readonly PlacedTask[] {
  const text = typed.trim().slice(0, 200);
  const hasTasks = useIsModuleShown("tasks");
  const { items } = useLiveQuery("taskSearch", { text, limit: MOST_TASKS });
  return hasTasks && text.length >= 2 ? items : [];
}
