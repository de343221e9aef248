import { Suspense, type ReactNode } from "react";
import type { Problem } from "#contract/problem.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ErrorBoundary } from "#renderer/ui/error-boundary.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";

/** A module that could not be loaded or drawn says so in its place; the others go on. */
export function ModulePane({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={drawFailedPane}>
      <Suspense fallback={<div className="blank" />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function drawFailedPane(problem: Problem, reset: () => void) {
  return <PaneFailed problem={problem} onRetry={reset} />;
}

function PaneFailed({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <ProblemNote problem={problem}>
      <Button onPress={onRetry}>{t("action.retry")}</Button>
    </ProblemNote>
  );
}
