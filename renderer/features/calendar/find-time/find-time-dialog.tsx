import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { DAY_MS } from "#contract/icalendar/calendar-time.ts";
import type { Interval } from "#contract/icalendar/free-busy.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt, type Zone } from "#contract/icalendar/zones.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { CheckBox, SelectField } from "#renderer/ui/form.tsx";
import { EmptyState, ProblemNote } from "#renderer/ui/note.tsx";
import { lengthWords, zoneHere } from "../calendar-words.ts";
import { ChosenTime } from "./chosen-time.tsx";
import { PeopleDay } from "./people-day.tsx";
import { dayWords } from "./slot-words.ts";
import { Suggestions } from "./suggestions.tsx";
import { dayWindow, knownTimes, onDay, type Invited } from "./time-plan.ts";
import { SPAN_DAYS, useFreeBusy } from "./use-free-busy.ts";
import "./find-time.css";

interface FindTimeDialogProps {
  people: readonly Invited[];
  lengthMs: number;
  startMs: number;
  /** IANA name of the clock that is shown. */
  zone?: string;
  /** UID of the event that is being moved: its own time is not taken. */
  except?: string | undefined;
  onPick: (startMs: number, endMs: number) => void;
  onClose: () => void;
}

/** When people have time, a day of all of them side by side, and the times that suit most of them. */
export function FindTimeDialog({
  people,
  zone = zoneHere(),
  except,
  onPick,
  onClose,
  ...first
}: FindTimeDialogProps) {
  const { t, i18n } = useTranslation();
  const where = { zone, language: i18n.language };
  const place = useMemo(() => ianaZone(zone) ?? utcZone, [zone]);
  const [nowMs] = useState(() => Date.now());
  const { startMs, fromMs, moveTo } = useStart(first.startMs, place);
  const [lengthMs, setLengthMs] = useState(first.lengthMs);
  const [isWorkingOnly, setWorkingOnly] = useState(true);
  const ids = useMemo(() => people.map(({ id }) => id), [people]);
  const { answer, problem, retry } = useFreeBusy({ ids, fromMs, timeZone: zone, except });
  const known = useMemo(
    () => (answer === null ? null : knownTimes(people, answer, zone)),
    [people, answer, zone],
  );
  const slot: Interval = { fromMs: startMs, toMs: startMs + lengthMs };
  const wish = {
    fromMs: Math.max(fromMs, nowMs),
    toMs: fromMs + SPAN_DAYS * DAY_MS,
    lengthMs,
    isWorkingOnly,
    zone: place,
  };
  if (people.length === 0)
    return (
      <Dialog title={t("calendar.findTime.title")} onClose={onClose}>
        <DialogBody>
          <EmptyState>{t("calendar.findTime.nobody")}</EmptyState>
        </DialogBody>
      </Dialog>
    );
  return (
    <Dialog title={t("calendar.findTime.title")} onClose={onClose} isWide>
      <DialogBody>
        <div className="find-time">
          <div className="find-time__tools">
            <LengthField lengthMs={lengthMs} first={first.lengthMs} onChange={setLengthMs} />
            <CheckBox
              label={t("calendar.findTime.hoursOnly")}
              isChecked={isWorkingOnly}
              onChange={setWorkingOnly}
            />
          </div>
          {problem === null ? null : (
            <ProblemNote problem={problem} kept={t("calendar.findTime.needsNetwork")}>
              <Button onPress={retry}>{t("action.retry")}</Button>
            </ProblemNote>
          )}
          <div className="find-time__days">
            <IconButton
              icon={ChevronLeft}
              label={t("calendar.findTime.dayBefore")}
              onPress={() => moveTo(onDay(startMs, -1, place))}
            />
            <IconButton
              icon={ChevronRight}
              label={t("calendar.findTime.dayAfter")}
              onPress={() => moveTo(onDay(startMs, 1, place))}
            />
            <h3 className="find-time__day" aria-live="polite">
              {dayWords(startMs, where)}
            </h3>
          </div>
          <PeopleDay
            people={people}
            known={known}
            slot={slot}
            day={dayWindow(known ?? [], slot, place)}
            isWorkingOnly={isWorkingOnly}
            where={where}
            onMove={moveTo}
            onDay={(days) => moveTo(onDay(startMs, days, place))}
          />
          <ChosenTime people={people} known={known} slot={slot} isWorkingOnly={isWorkingOnly} where={where} />
          {problem === null ? (
            <Suggestions known={known} wish={wish} slot={slot} where={where} onPick={moveTo} />
          ) : null}
        </div>
        <DialogActions isSticky>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button tone="primary" onPress={() => onPick(slot.fromMs, slot.toMs)}>
            {t("calendar.findTime.choose")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}

const DAYS_BACK = 6;

/** Where the chosen time begins, and from when on people's time is known: asked anew when one walks out of it. */
function useStart(firstMs: number, zone: Zone) {
  const [state, setState] = useState(() => ({ startMs: firstMs, fromMs: midnightOf(firstMs, zone) }));
  const moveTo = (startMs: number) =>
    setState(({ fromMs }) => {
      if (startMs < fromMs) return { startMs, fromMs: midnightOf(startMs - DAYS_BACK * DAY_MS, zone) };
      const isWithin = startMs < fromMs + (SPAN_DAYS - 1) * DAY_MS;
      return { startMs, fromMs: isWithin ? fromMs : midnightOf(startMs, zone) };
    });
  return { ...state, moveTo };
}

function midnightOf(ms: number, zone: Zone): number {
  return utcMsOf(zone, Math.floor(wallMsAt(zone, ms) / DAY_MS) * DAY_MS);
}

const lengths = [15, 30, 45, 60, 90, 120, 180, 240].map((minutes) => minutes * 60_000);

interface LengthFieldProps {
  lengthMs: number;
  /** What was asked for, which may be none of the usual ones. */
  first: number;
  onChange: (lengthMs: number) => void;
}

function LengthField({ lengthMs, first, onChange }: LengthFieldProps) {
  const { t } = useTranslation();
  const offered = [...new Set([...lengths, first])].toSorted((one, other) => one - other);
  return (
    <SelectField
      label={t("calendar.findTime.length")}
      value={String(lengthMs)}
      options={offered.map((each) => ({ value: String(each), label: lengthWords(t, each) }))}
      onChange={(value) => onChange(Number(value))}
    />
  );
}
