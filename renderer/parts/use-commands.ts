import { useMemo } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { personIdSchema } from "#contract/ids.ts";
import type { Problem } from "#contract/problem.ts";
import { detailOf } from "#renderer/ui/note.tsx";
import { useProblemWords } from "#renderer/kit/problem-words.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { createMessagingCommands, type MessagingCommands } from "./commands.ts";

/** Stands for the reader before they are known. */
export const NOBODY = personIdSchema.parse("00000000-0000-0000-0000-000000000000");

export function useCommands(): MessagingCommands {
  const client = useWorker();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  return useMemo(() => createMessagingCommands(client, me), [client, me]);
}

/** Says a problem at the foot of the window, with its detail for the help desk. */
export function useReportProblem(): (problem: Problem) => void {
  const words = useProblemWords();
  const { t } = useTranslation();
  const show = useToasts((state) => state.show);
  return (problem) => {
    const { title, advice } = words(problem);
    show({ tone: "danger", text: t("toast.problem", { title, advice }), detail: detailOf(problem) });
  };
}
