import {
  Bell,
  CalendarDays,
  Copy,
  Ellipsis,
  Link,
  Lock,
  Mail,
  MapPin,
  Pencil,
  Repeat,
  SquareCheckBig,
  Trash2,
  Users,
  X,
} from "lucide-react";
import { useMemo, type ReactNode } from "react";
import type { CalendarObjectRow } from "#contract/entities/calendar.ts";
import { readEvent } from "#contract/icalendar/event.ts";
import { foldAddress } from "#contract/icalendar/people.ts";
import { formatLink, parseObjectLink } from "#contract/links.ts";
import { parseScope } from "#contract/scope.ts";
import { toIsoTime } from "#contract/time.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useHasModule } from "#renderer/kit/use-has-module.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { JoinLink } from "#renderer/parts/join-link.tsx";
import { LinkCard } from "#renderer/parts/link-card.tsx";
import { MeetingAnswer } from "#renderer/parts/meeting-answer.tsx";
import { openTime, type OpenTime, type ShownTime } from "#renderer/parts/event-edits.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import type { OpenEvent } from "./calendar-route.ts";
import { useCalendarStore } from "./calendar-store.ts";
import { calendarName, timeSentence, zoneHere } from "./calendar-words.ts";
import { alarmWord, ruleSentence } from "./event-words.ts";
import { nextTime } from "#renderer/parts/next-time.ts";
import { Guests } from "./event-guests.tsx";
import { EventText } from "./event-text.tsx";
import { MinutesView } from "./minutes/minutes-view.tsx";
import { ProgrammeView } from "./programme-view.tsx";
import { saveInvitation } from "./invitation-file.ts";
import { RefusedCard } from "./refused-card.tsx";
import "./event-details.css";

interface EventDetailsProps {
  open: OpenEvent;
  /** Those that are drawn: what is open may be one of them. */
  instances: readonly EventInstance[];
  onClose: () => void;
}

/** One time of an event with all that is known of it, beside the calendar; over it where the window is narrow. */
export function EventDetails({ open, instances, onClose }: EventDetailsProps) {
  const { t } = useTranslation();
  const { scope, objectId } = open;
  const { info, status, problem } = useLiveQuery("event", { scope, objectId });
  const object = info?.object ?? null;
  const nowMs = useNow();
  const [time, shown] = useMemo(() => timeShown(object, open.time, nowMs), [object, open.time, nowMs]);
  const instance = instances.find(
    (each) => each.objectId === objectId && each.scope === scope && each.instance === time?.instance,
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere within
    <aside
      className="event-details"
      aria-label={t("calendar.details")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      {problem === null ? null : <ProblemNote problem={problem} />}
      {info === null ? <SkeletonRows count={5} /> : null}
      {info !== null && object !== null && shown !== undefined ? (
        <OpenedEvent
          info={{ ...info, object }}
          shown={shown}
          instance={instance ?? instanceOf({ ...open, time }, { ...info, object }, shown)}
          onClose={onClose}
        />
      ) : null}
      {info !== null && status === "ready" && (object === null || shown === undefined) ? (
        <>
          <Bar onClose={onClose} />
          <EmptyState>{t("calendar.gone")}</EmptyState>
        </>
      ) : null}
    </aside>
  );
}

/** The time that was opened, or the next one. What happens once may have been moved while it is open. */
function timeShown(
  object: CalendarObjectRow | null,
  wanted: ShownTime | null,
  nowMs: number,
): [ShownTime | null, OpenTime | undefined] {
  if (object === null) return [wanted, undefined];
  const found = wanted === null ? undefined : openTime(object.data, wanted, zoneHere());
  if (found !== undefined || (wanted !== null && object.hasRecurrence)) return [wanted, found];
  const next = nextTime(object.data, nowMs, zoneHere());
  return [next, next === null ? undefined : openTime(object.data, next, zoneHere())];
}

type Info = QueryInfo<"event"> & { object: NonNullable<QueryInfo<"event">["object"]> };
type Shown = NonNullable<ReturnType<typeof openTime>>;

/** What is open by its address and stands on none of the days that are shown. */
function instanceOf(open: OpenEvent, info: Info, { event, instance }: Shown): EventInstance {
  const { scope, objectId, time } = open;
  const { object, canWrite } = info;
  const startsAt = toIsoTime(instance.startMs);
  return {
    key: `${scope}~${objectId}~${time?.instance ?? ""}`,
    sort: "",
    scope,
    objectId,
    calendarId: object.calendarId,
    instance: time?.instance ?? "",
    title: event.title,
    place: event.location ?? null,
    startsAt,
    endsAt: toIsoTime(instance.endMs),
    days: null,
    isRecurring: object.hasRecurrence,
    status: event.status ?? "confirmed",
    isFree: event.isFree,
    conference: event.conference ?? null,
    canWrite,
    answer: null,
    isPending: false,
    refused: info.refused.length,
  };
}

function Bar({ onClose, children }: { onClose: () => void; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="event-details__bar">
      {children}
      <span className="event-details__gap" />
      <IconButton icon={X} label={t("calendar.closeDetails")} onPress={onClose} />
    </div>
  );
}

interface OpenedEventProps {
  info: Info;
  shown: Shown;
  instance: EventInstance;
  onClose: () => void;
}

function OpenedEvent({ info, shown, instance, onClose }: OpenedEventProps) {
  const { t, i18n } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const openDialog = useCalendarStore((state) => state.openDialog);
  const hasTasks = useHasModule("tasks");
  const show = useToasts((state) => state.show);
  const { calendar, canWrite, refused, people } = info;
  const { event, series } = shown;
  const placeName = calendar?.calendar.remote?.accountName ?? calendar?.space?.name;
  const master = series.master === undefined ? undefined : readEvent(series.master.component);
  const rule =
    master?.rule === undefined
      ? null
      : ruleSentence(master.rule, master.start, series.place, { t, language: i18n.language });
  const maker = people[info.object.organizerId ?? info.object.createdBy];
  const title = event.title === "" ? t("calendar.untitled") : event.title;
  const commands: Command[] = [
    {
      id: "copy",
      label: t("calendar.duplicate"),
      icon: Copy,
      run: () => openDialog({ kind: "copyEvent", instance }),
    },
  ];
  const link = formatLink({ kind: "event", scope: instance.scope, objectId: instance.objectId });
  // Nobody else finds what lies elsewhere by a link.
  const isRemote = parseScope(instance.scope).kind === "remote";
  if (hasTasks && !isRemote)
    commands.push({
      id: "task",
      label: t("makeTask.command"),
      icon: SquareCheckBig,
      run: () => openDialog({ kind: "makeTask", title: event.title, source: link }),
    });
  if (parseScope(instance.scope).kind === "space")
    commands.push({
      id: "link",
      label: t("calendar.copyLink"),
      icon: Link,
      run: () => {
        void navigator.clipboard
          .writeText(link)
          .then(() => show({ text: t("calendar.linkCopied"), tone: "plain" }));
      },
    });
  const hasOutside = event.attendees.some(
    ({ address }) => info.addresses[foldAddress(address)] === undefined,
  );
  if (canWrite && hasOutside)
    commands.push({
      id: "invitation",
      label: t("calendar.meeting.invitation"),
      icon: Mail,
      run: () => saveInvitation(info.object.data, title),
    });
  if (info.invitedAs !== null && parseScope(instance.scope).kind === "person")
    commands.push({
      id: "alarms",
      label: t("calendar.meeting.alarms"),
      icon: Bell,
      run: () => openDialog({ kind: "alarms", instance }),
    });
  if (info.invitedAs !== null && parseScope(instance.scope).kind === "person")
    commands.push({
      id: "leave",
      label: t("calendar.meeting.leave"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "leaveEvent", scope: instance.scope, object: info.object }),
    });
  if (canWrite)
    commands.push({
      id: "remove",
      label: t("calendar.remove"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "removeEvent", instance }),
    });
  return (
    <div className="event-details__body">
      <Bar onClose={onClose}>
        {canWrite ? (
          <Button onPress={() => openDialog({ kind: "editEvent", instance })}>
            <Pencil size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("calendar.edit")}
          </Button>
        ) : null}
        <MenuButton
          label={t("calendar.actionsOn", { title })}
          button={<IconButton icon={Ellipsis} label={t("calendar.actionsOn", { title })} />}
          commands={commands}
        />
      </Bar>
      {refused.map((each) => (
        <RefusedCard key={each.mutationId} refused={each} />
      ))}
      <h3 className="event-details__title" data-cancelled={event.status === "cancelled" || undefined}>
        {title}
      </h3>
      {event.status === "cancelled" ? (
        <p className="event-details__state">{t("calendar.status.cancelled")}</p>
      ) : null}
      {event.status === "tentative" ? (
        <p className="event-details__state">{t("calendar.status.tentative")}</p>
      ) : null}
      <JoinLink address={event.conference} />
      <MeetingAnswer
        scope={instance.scope}
        objectId={instance.objectId}
        time={{ instance: instance.instance, startMs: Date.parse(instance.startsAt) }}
      />
      <dl className="event-facts">
        <Fact
          icon={<CalendarDays size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
          name={t("calendar.when")}
        >
          {timeSentence({ ...instance, days: daysOf(shown) }, i18n.language)}
          {event.start.kind === "zoned" && event.start.zone !== zoneHere() ? (
            <span className="event-facts__more">{t("calendar.inZone", { zone: event.start.zone })}</span>
          ) : null}
        </Fact>
        {rule === null ? null : (
          <Fact
            icon={<Repeat size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
            name={t("calendar.repeats")}
          >
            {rule}
          </Fact>
        )}
        {event.location === undefined ? null : (
          <Fact
            icon={<MapPin size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
            name={t("calendar.place")}
          >
            {event.location}
          </Fact>
        )}
        {calendar === null ? null : (
          <Fact
            icon={<span className="calendar-dot" data-colour={calendar.calendar.colour} aria-hidden />}
            name={t("calendar.calendar")}
          >
            {calendarName(t, calendar, me)}
            {placeName === undefined ? null : <span className="event-facts__more">{placeName}</span>}
            {maker === undefined || maker.id === me ? null : (
              <span className="event-facts__more">{t("calendar.madeBy", { name: maker.displayName })}</span>
            )}
          </Fact>
        )}
        {event.alarms.length === 0 ? null : (
          <Fact
            icon={<Bell size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
            name={t("calendar.alarms")}
          >
            {event.alarms
              .map((alarm) =>
                alarmWord(alarm, { t, language: i18n.language, isAllDay: event.start.kind === "day" }),
              )
              .join(", ")}
          </Fact>
        )}
        {event.attendees.length === 0 ? null : (
          <Fact
            icon={<Users size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
            name={t("calendar.attendees")}
          >
            <Guests info={info} shown={shown} instance={instance} />
          </Fact>
        )}
        {event.visibility === "public" ? null : (
          <Fact
            icon={<Lock size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />}
            name={t("calendar.visibility")}
          >
            {t("calendar.private")}
          </Fact>
        )}
      </dl>
      {event.description === undefined ? null : <EventText text={event.description} />}
      {event.url === undefined || parseObjectLink(event.url) === null ? null : <LinkCard link={event.url} />}
      {event.programme === undefined ? null : (
        <ProgrammeView
          programme={event.programme}
          startMs={event.start.kind === "day" ? null : shown.instance.startMs}
          info={info}
        />
      )}
      <MinutesView minutes={event.minutes} instance={instance} canWrite={canWrite} />
    </div>
  );
}

function daysOf({ event }: Shown): EventInstance["days"] {
  return event.start.kind === "day" && event.end.kind === "day"
    ? { start: event.start.day, end: event.end.day }
    : null;
}

function Fact({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div className="event-facts__row">
      <dt className="event-facts__name">
        {icon}
        <span className="visually-hidden">{name}</span>
      </dt>
      <dd className="event-facts__value">{children}</dd>
    </div>
  );
}
