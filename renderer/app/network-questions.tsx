import { lazy, Suspense, useEffect, useState } from "react";
import type { NetworkQuestion } from "#contract/desktop/network.ts";
import { useHost, useHostEvent } from "#renderer/kit/host-context.tsx";
import { withWords } from "#renderer/kit/i18n.ts";

const NetworkQuestionDialog = lazy(() =>
  withWords(["desktop"], () => import("./network-question-dialog.tsx")).then((m) => ({
    default: m.NetworkQuestionDialog,
  })),
);

/** Whatever screen is shown: what a proxy or a server asks has to be answered before anything goes on. */
export function NetworkQuestions() {
  const host = useHost();
  const [questions, setQuestions] = useState<readonly NetworkQuestion[]>([]);
  useHostEvent("networkQuestions", (event) => setQuestions(event.questions));
  useEffect(() => {
    void host.call("network.questions", {}).then((result) => {
      if (result.ok && result.value.length > 0) setQuestions(result.value);
    });
  }, [host]);
  const [question] = questions;
  if (question === undefined) return null;
  return (
    <Suspense fallback={null}>
      <NetworkQuestionDialog key={question.id} question={question} />
    </Suspense>
  );
}
