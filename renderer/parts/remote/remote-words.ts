import { driveProblemSchema } from "#contract/drives.ts";
import type { Problem } from "#contract/problem.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useProblemWords, type ProblemWords } from "#renderer/kit/problem-words.ts";

/** Those that have words of their own here. */
const FAULTS = [
  "needsPassword",
  "wrongPassword",
  "unreachable",
  "unsupported",
  "notFound",
  "damaged",
  "tooLarge",
  "elsewhere",
  "forbidden",
] as const;

/** What happened with a calendar that lies elsewhere, and what to do. */
export function useRemoteProblemWords(): (problem: Problem) => ProblemWords {
  const { t } = useTranslation();
  const general = useProblemWords();
  return (problem) => {
    const parsed = driveProblemSchema.safeParse(problem).data;
    const fault = FAULTS.find((each) => each === parsed?.fault);
    if (problem.kind === "conflict" && fault === undefined)
      return {
        title: t("remote.fault.isThere.title"),
        advice: t("remote.fault.isThere.advice"),
      };
    if (fault === undefined) return general(problem);
    return {
      title: t(`remote.fault.${fault}.title`),
      advice: t(`remote.fault.${fault}.advice`),
    };
  };
}
