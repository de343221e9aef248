import { lazy, Suspense, useState } from "react";
import { useTranslation, withWords } from "#renderer/kit/i18n.ts";
import type { Problem } from "#contract/problem.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { WelcomeFrame } from "./welcome-frame.tsx";

const SelfTestView = lazy(() =>
  withWords(["desktop"], () => import("#renderer/parts/self-test-view.tsx")).then((m) => ({
    default: m.SelfTestView,
  })),
);

export function FatalView({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <WelcomeFrame title={t("fatal.title")}>
      <ProblemNote problem={problem} kept={t("fatal.kept")}>
        <Button tone="primary" onPress={() => location.reload()}>
          {t("fatal.restart")}
        </Button>
        {isAsking ? null : <Button onPress={() => setAsking(true)}>{t("connection.why")}</Button>}
      </ProblemNote>
      {isAsking ? (
        <Suspense fallback={null}>
          <SelfTestView />
        </Suspense>
      ) : null}
    </WelcomeFrame>
  );
}
