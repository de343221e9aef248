import { CalendarClock, Clock, BriefcaseBusiness } from "lucide-react";
import { useState } from "react";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { toIsoTime } from "#contract/time.ts";
import { nextWorkingMs, type WorkingHours } from "#contract/working-hours.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { scheduleTimes } from "#renderer/kit/schedule-times.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import type { Later } from "./message-commands.ts";
import { NOBODY } from "./use-commands.ts";
import { useHoursOf } from "./use-hours-of.ts";
import type { Place } from "./write.ts";

interface ScheduleMenuProps {
  place: Place;
  onPick: (later: Later) => void;
  onChoose: () => void;
}

/** When to send: usual moments, the other's working hours, or one of one's own. */
export function ScheduleMenu({ place, onPick, onChoose }: ScheduleMenuProps) {
  const { t } = useTranslation();
  const words = useDateWords();
  const [nowMs] = useState(() => Date.now());
  const hours = useTheirHours(place);
  const hoursMs = hours === null ? null : nextWorkingMs(hours, nowMs);
  return (
    <Menu className="menu" aria-label={t("schedule.title")}>
      {scheduleTimes(nowMs).map(({ name, at }) => (
        <MenuItem
          key={name}
          id={name}
          className="menu__item"
          textValue={t(`schedule.${name}`)}
          onAction={() => onPick({ sendAt: at })}
        >
          <Clock size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span>{t(`schedule.${name}`)}</span>
          <span className="menu__shortcut">{words.time(at)}</span>
        </MenuItem>
      ))}
      {hoursMs === null ? null : (
        <MenuItem
          id="hours"
          className="menu__item"
          textValue={t("schedule.workingHours")}
          onAction={() => onPick({ sendAt: toIsoTime(hoursMs), isDuringWorkingHours: true })}
        >
          <BriefcaseBusiness size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          <span>{t("schedule.workingHours")}</span>
        </MenuItem>
      )}
      <MenuItem id="choose" className="menu__item" textValue={t("schedule.choose")} onAction={onChoose}>
        <CalendarClock size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
        <span>{t("schedule.choose")}</span>
      </MenuItem>
    </Menu>
  );
}

/** Working hours of the one other person; null in conversations of several, and where none are known. */
function useTheirHours(place: Place): WorkingHours | null {
  const { info } = useLiveQuery("conversation", { conversationId: place.conversationId });
  const summary = info?.summary ?? null;
  const [other] = summary?.kind === "direct" ? summary.members : [];
  const person = useLiveQuery("person", { personId: other?.id ?? NOBODY }).info?.view?.person;
  return useHoursOf(person);
}
