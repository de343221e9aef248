import { useTranslation } from "#renderer/kit/i18n.ts";
import type { Problem } from "#contract/problem.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ProblemNote } from "#renderer/ui/note.tsx";
import { WelcomeFrame } from "./welcome-frame.tsx";

export function FatalView({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  return (
    <WelcomeFrame title={t("fatal.title")}>
      <ProblemNote problem={problem} kept={t("fatal.kept")}>
        <Button tone="primary" onPress={() => location.reload()}>
          {t("fatal.restart")}
        </Button>
      </ProblemNote>
    </WelcomeFrame>
  );
}
