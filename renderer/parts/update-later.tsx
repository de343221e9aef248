import { Moon, Sunrise } from "lucide-react";
import { useState } from "react";
import type { IsoTime } from "#contract/time.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { deferrals } from "#renderer/kit/use-updates.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CommandMenu, LazyMenuButton } from "#renderer/ui/menu.tsx";

interface UpdateLaterProps {
  tone: "plain" | "link";
  onLater: (until: IsoTime) => void;
}

const ICONS = { evening: Moon, tomorrow: Sunrise } as const;

/** Puts an update off, for a time that the person chooses. */
export function UpdateLater({ tone, onLater }: UpdateLaterProps) {
  const { t } = useTranslation();
  return (
    <LazyMenuButton button={<Button tone={tone}>{t("updates.later")}</Button>}>
      <LaterMenu onLater={onLater} />
    </LazyMenuButton>
  );
}

/** Drawn when it opens: what "this evening" means is found out then. */
function LaterMenu({ onLater }: Pick<UpdateLaterProps, "onLater">) {
  const { t } = useTranslation();
  const [nowMs] = useState(() => Date.now());
  const commands = deferrals(nowMs).map(({ id, until }) => ({
    id,
    label: t(`updates.until.${id}`),
    icon: ICONS[id],
    run: () => onLater(until),
  }));
  return <CommandMenu commands={commands} label={t("updates.later")} />;
}
