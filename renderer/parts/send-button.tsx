import { ChevronDown, SendHorizontal } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { IconButton } from "#renderer/ui/button.tsx";
import type { Later } from "./message-commands.ts";
import type { Place } from "./write.ts";

const ScheduleMenu = lazy(() =>
  import("./schedule-menu.tsx").then((module) => ({ default: module.ScheduleMenu })),
);
const ScheduleDialog = lazy(() =>
  import("./schedule-dialog.tsx").then((module) => ({ default: module.ScheduleDialog })),
);

interface SendButtonProps {
  place: Place;
  canSend: boolean;
  onSend: () => void;
  /** Offers to send later; absent where that makes no sense. */
  onSchedule?: (later: Later) => void;
}

export function SendButton({ place, canSend, onSend, onSchedule }: SendButtonProps) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <div className="composer__send">
      <IconButton
        icon={SendHorizontal}
        label={t("composer.send")}
        tone={canSend ? "primary" : "plain"}
        isDisabled={!canSend}
        onPress={onSend}
      />
      {onSchedule === undefined ? null : (
        <MenuTrigger>
          <IconButton
            icon={ChevronDown}
            label={t("schedule.title")}
            isDisabled={!canSend}
            className="composer__later"
          />
          <Popover className="popover" offset={4} placement="top end">
            <Suspense fallback={null}>
              <ScheduleMenu place={place} onPick={onSchedule} onChoose={() => setChoosing(true)} />
            </Suspense>
          </Popover>
        </MenuTrigger>
      )}
      <Suspense fallback={null}>
        {isChoosing && onSchedule !== undefined ? (
          <ScheduleDialog onClose={() => setChoosing(false)} onPick={onSchedule} />
        ) : null}
      </Suspense>
    </div>
  );
}
