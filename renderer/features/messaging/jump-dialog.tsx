import { getLocalTimeZone, today, type DateValue } from "@internationalized/date";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button as AriaButton } from "react-aria-components/Button";
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from "react-aria-components/Calendar";
import { toIsoTime, type IsoTime } from "#contract/time.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Dialog, DialogBody } from "#renderer/ui/dialog.tsx";
import { useAsk } from "./ask-store.ts";
import "./ask-dialogs.css";

/** A day of the past: the conversation opens at its first message from then on. */
export function JumpDialog({ onPick }: { onPick: (at: IsoTime) => void }) {
  const { t } = useTranslation();
  const close = useAsk((state) => state.close);
  const zone = getLocalTimeZone();
  const pick = (day: DateValue) => {
    close();
    onPick(toIsoTime(day.toDate(zone).getTime()));
  };
  return (
    <Dialog title={t("jump.title")} onClose={close}>
      <DialogBody>
        <p>{t("jump.how")}</p>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this calendar */}
        <Calendar aria-label={t("jump.title")} maxValue={today(zone)} onChange={pick} autoFocus>
          <header className="calendar__head">
            <AriaButton slot="previous" className="icon-button icon-button--plain">
              <ChevronLeft size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            </AriaButton>
            <CalendarHeading className="calendar__title" />
            <AriaButton slot="next" className="icon-button icon-button--plain">
              <ChevronRight size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            </AriaButton>
          </header>
          <CalendarGrid className="calendar__grid">
            <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
            <CalendarGridBody>
              {(date) => <CalendarCell date={date} className="calendar__day" />}
            </CalendarGridBody>
          </CalendarGrid>
        </Calendar>
      </DialogBody>
    </Dialog>
  );
}
