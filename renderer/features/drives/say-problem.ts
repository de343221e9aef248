import type { Problem } from "#contract/problem.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useDriveProblemWords } from "./drive-words.ts";

/** What stood in the way of something that was asked of a drive. What the person gave up is not said. */
export function useSayProblem(): (problem: Problem) => void {
  const { t } = useTranslation();
  const words = useDriveProblemWords();
  return (problem) => {
    if (problem.kind === "cancelled") return;
    const { title, advice } = words(problem);
    const detail = JSON.stringify(problem, null, 1);
    useToasts.getState().show({ tone: "danger", text: t("toast.problem", { title, advice }), detail });
  };
}
