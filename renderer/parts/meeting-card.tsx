import type { CalendarObjectId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { JoinLink } from "./join-link.tsx";
import { MeetingAnswer } from "./meeting-answer.tsx";
import { useOpenEvent } from "./use-open-event.ts";

/** When and where an event is, the way into it, and the question whether one comes. */
export function MeetingCard({ scope, objectId }: { scope: Scope; objectId: CalendarObjectId }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const { opened } = useOpenEvent(scope, objectId, null);
  if (opened === undefined) return null;
  const { event, instance } = opened;
  const startsAt = toIsoTime(instance.startMs);
  return (
    <>
      <p>
        {instance.isAllDay ? `${dates.day(startsAt)}, ${t("calendar.allDay")}` : dates.full(startsAt)}
        {event.location === undefined ? null : <> · {event.location}</>}
      </p>
      {event.status === "cancelled" ? null : <JoinLink address={event.conference} />}
      <MeetingAnswer scope={scope} objectId={objectId} />
    </>
  );
}
