import { useState } from "react";
import { toIsoTime } from "#contract/time.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { scheduleTimes } from "#renderer/kit/schedule-times.ts";
import { fromFieldTime, toFieldTime } from "#renderer/kit/wall-clock.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextField } from "#renderer/ui/field.tsx";
import { Note } from "#renderer/ui/note.tsx";
import type { Later } from "./message-commands.ts";

interface ScheduleDialogProps {
  onClose: () => void;
  onPick: (later: Later) => void;
  /** The moment chosen before, when it is changed. */
  at?: string;
}

/** Any moment to come, chosen by hand. */
export function ScheduleDialog({ onClose, onPick, at }: ScheduleDialogProps) {
  const { t } = useTranslation();
  const [openedMs] = useState(() => Date.now());
  const [text, setText] = useState(() =>
    toFieldTime(Date.parse(at ?? scheduleTimes(openedMs)[0]?.at ?? toIsoTime(openedMs))),
  );
  const chosen = fromFieldTime(text);
  const isPast = chosen !== null && Date.parse(chosen) <= openedMs;
  const confirm = () => {
    if (chosen === null || isPast) return;
    onPick({ sendAt: chosen });
    onClose();
  };
  return (
    <Dialog title={t("schedule.title")} onClose={onClose}>
      <DialogBody>
        <TextField
          label={t("schedule.at")}
          type="datetime-local"
          value={text}
          min={toFieldTime(openedMs)}
          onChange={setText}
        />
        {isPast ? <Note tone="wait">{t("schedule.past")}</Note> : null}
        <DialogActions>
          <Button tone="quiet" onPress={onClose}>
            {t("action.cancel")}
          </Button>
          <Button tone="primary" isDisabled={chosen === null || isPast} onPress={confirm}>
            {t("schedule.confirm")}
          </Button>
        </DialogActions>
      </DialogBody>
    </Dialog>
  );
}
