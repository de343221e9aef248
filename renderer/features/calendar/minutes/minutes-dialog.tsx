import { useState } from "react";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { openTime, type OpenTime } from "#renderer/parts/event-edits.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog, DialogActions, DialogBody } from "#renderer/ui/dialog.tsx";
import { TextArea } from "#renderer/ui/form.tsx";
import { EmptyState, Note, SkeletonRows } from "#renderer/ui/note.tsx";
import { timeSentence, zoneHere } from "../calendar-words.ts";
import { guestName } from "../event-guests.tsx";
import { RefusedCard } from "../refused-card.tsx";
import { begunMinutes } from "./minutes-plan.ts";
import { useMinutes } from "./use-minutes.ts";
import "./minutes.css";

interface MinutesDialogProps {
  instance: EventInstance;
  onClose: () => void;
}

/** Minutes, written while the meeting runs. */
export function MinutesDialog({ instance, onClose }: MinutesDialogProps) {
  const { t } = useTranslation();
  const { scope, objectId } = instance;
  const { info } = useLiveQuery("event", { scope, objectId });
  const at = { instance: instance.instance, startMs: Date.parse(instance.startsAt) };
  const data = info?.object?.data;
  const time = data === undefined ? undefined : openTime(data, at, zoneHere());
  // Once open it stays so: what was typed outlives the event that somebody else removes meanwhile.
  const [held, setHeld] = useState<{ info: QueryInfo<"event">; time: OpenTime } | null>(null);
  if (info !== null && time !== undefined && held?.info !== info) setHeld({ info, time });
  const title = t("minutes.of", { title: instance.title === "" ? t("calendar.untitled") : instance.title });
  if (held !== null) return <MinutesEditor title={title} instance={instance} {...held} onClose={onClose} />;
  return (
    <Dialog title={title} onClose={onClose} isWide>
      <DialogBody>
        {info === null ? <SkeletonRows count={6} /> : <EmptyState>{t("calendar.gone")}</EmptyState>}
      </DialogBody>
    </Dialog>
  );
}

interface MinutesEditorProps extends MinutesDialogProps {
  title: string;
  info: QueryInfo<"event">;
  time: OpenTime;
}

function MinutesEditor({ title, instance, info, time, onClose }: MinutesEditorProps) {
  const { t } = useTranslation();
  const begun = useBegun(instance, info, time);
  const [isLeaving, setLeaving] = useState(false);
  const minutes = useMinutes({
    instance,
    current: time.event.minutes ?? "",
    begun,
    isPending: info.pending !== null,
    isRefused: info.refused.length > 0,
  });
  const { status } = minutes;
  const leave = async () => {
    let kept = await minutes.keep();
    // Typed while the former was being kept.
    if (kept === "waiting") kept = await minutes.keep();
    if (kept === "kept") onClose();
    else setLeaving(true);
  };
  return (
    <>
      <Dialog title={title} onClose={() => void leave()} isWide>
        <DialogBody>
          {info.refused.map((each) => (
            <RefusedCard key={each.mutationId} refused={each} />
          ))}
          {status === "conflict" && info.refused.length === 0 ? (
            <Note tone="loss">
              <p className="note__title">{t("minutes.conflict")}</p>
              <div className="note__actions">
                <Button onPress={minutes.insist}>{t("calendar.refusedCard.mine")}</Button>
                <Button onPress={minutes.yieldTo}>{t("calendar.refusedCard.theirs")}</Button>
              </div>
            </Note>
          ) : null}
          <TextArea
            label={t("minutes.label")}
            hint={t("minutes.hint")}
            value={minutes.typed}
            onChange={minutes.type}
            rows={18}
          />
          <DialogActions>
            <p className="minutes__status" data-status={status} role="status">
              {t(`minutes.status.${status}`)}
            </p>
            <Button tone="primary" onPress={() => void leave()}>
              {t("minutes.done")}
            </Button>
          </DialogActions>
        </DialogBody>
      </Dialog>
      {isLeaving ? (
        <ConfirmDialog
          title={t("minutes.leaveTitle")}
          action={t("minutes.leave")}
          onClose={() => setLeaving(false)}
          onConfirm={onClose}
        >
          <p>{t("minutes.leaveText")}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** From the programme, and from who said that they come. */
function useBegun(instance: EventInstance, info: QueryInfo<"event">, { event }: OpenTime): string {
  const { t, i18n } = useTranslation();
  const coming = event.attendees.filter(({ status }) => status === "accepted");
  const people = event.organizer === undefined ? coming : [event.organizer, ...coming];
  const names = [...new Set(people.map((each) => guestName(info, each)))];
  const days =
    event.start.kind === "day" && event.end.kind === "day"
      ? { start: event.start.day, end: event.end.day }
      : null;
  return begunMinutes(
    {
      title: event.title === "" ? t("calendar.untitled") : event.title,
      when: timeSentence({ ...instance, days }, i18n.language),
      present: names.length === 0 ? null : t("minutes.present", { names: names.join(", ") }),
      heading: t("minutes.heading"),
    },
    event.programme,
  );
}
