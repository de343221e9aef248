import { useState } from "react";
import type { PersonId } from "#contract/ids.ts";
import { ianaZone, utcZone } from "#contract/icalendar/zones.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { PeoplePicker, type Picked } from "#renderer/parts/people-picker.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { zoneHere } from "../calendar-words.ts";
import { FindTimeDialog } from "./find-time-dialog.tsx";
import { usualStartMs, withMe, type Invited } from "./time-plan.ts";

interface SeveralPeopleDialogProps {
  onPick: (startMs: number, endMs: number, guestIds: readonly PersonId[]) => void;
  onClose: () => void;
}

const HOUR_MS = 3_600_000;

/** Whose days are looked at, then their days. */
export function SeveralPeopleDialog({ onPick, onClose }: SeveralPeopleDialogProps) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [startMs] = useState(() => usualStartMs(Date.now(), ianaZone(zoneHere()) ?? utcZone));
  const [people, setPeople] = useState<readonly Invited[] | null>(null);
  if (people !== null)
    return (
      <FindTimeDialog
        people={people}
        startMs={startMs}
        lengthMs={HOUR_MS}
        onPick={(start, end) =>
          onPick(
            start,
            end,
            picked.map(({ id }) => id),
          )
        }
        onClose={onClose}
      />
    );
  const without = new Set(me === null ? [] : [me.id]);
  return (
    <Dialog title={t("calendar.findTime.title")} onClose={onClose}>
      <DialogBody>
        <p>{t("calendar.findTime.severalHint")}</p>
        <PeoplePicker picked={picked} onChange={setPicked} without={without} />
        <DialogActions>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            tone="primary"
            isDisabled={picked.length === 0}
            onPress={() => setPeople(withMe(me, picked))}
          >
            {t("calendar.findTime.severalAction")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
