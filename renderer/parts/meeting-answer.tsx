import { Check, CircleHelp, X, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { localOf } from "#contract/icalendar/calendar-time.ts";
import { attendeesOf, foldAddress } from "#contract/icalendar/people.ts";
import { answerNotesOf, sequenceOfText, type AnswerStatus } from "#contract/icalendar/scheduling.ts";
import { ianaZone, utcMsOf, utcZone, wallMsAt } from "#contract/icalendar/zones.ts";
import type { CalendarObjectId } from "#contract/ids.ts";
import type { Scope } from "#contract/scope.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { Choices, TextField } from "#renderer/ui/field.tsx";
import { createCalendarCommands, type Reply } from "./calendar-commands.ts";
import type { OpenTime, ShownTime } from "./event-edits.ts";
import { NOBODY, useReportProblem } from "./use-commands.ts";
import { useOpenEvent, zoneHere } from "./use-open-event.ts";
import "./meeting-answer.css";

interface MeetingAnswerProps {
  scope: Scope;
  objectId: CalendarObjectId;
  /** Of a series, which time is looked at; the next one unless said otherwise. */
  time?: ShownTime | null;
}

/** Whether one comes, with a word and another time where one wishes. Nothing where the reader is not asked. */
export function MeetingAnswer({ scope, objectId, time = null }: MeetingAnswerProps) {
  const { info, at, opened } = useOpenEvent(scope, objectId, time);
  const object = info?.object ?? null;
  const address = info?.invitedAs ?? null;
  if (info === null || object === null || address === null || at === null || opened === undefined)
    return null;
  const own = attendeesOf(opened.instance.component).find(
    (each) => foldAddress(each.address) === foldAddress(address),
  );
  if (own === undefined || opened.event.status === "cancelled") return null;
  return (
    <AnswerForm
      // What was typed is of what was shown.
      key={`${objectId} ${at.instance}`}
      info={{ ...info, object }}
      asked={{ at, opened, address, status: own.status }}
    />
  );
}

const answers: readonly { status: AnswerStatus; icon: LucideIcon }[] = [
  { status: "accepted", icon: Check },
  { status: "tentative", icon: CircleHelp },
  { status: "declined", icon: X },
];

interface Asked {
  at: ShownTime;
  opened: OpenTime;
  address: string;
  status: string;
}

interface AnswerFormProps {
  info: QueryInfo<"event"> & { object: NonNullable<QueryInfo<"event">["object"]> };
  asked: Asked;
}

function AnswerForm({ info, asked }: AnswerFormProps) {
  const { t } = useTranslation();
  const client = useWorker();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const report = useReportProblem();
  const { object } = info;
  const { organizer } = asked.opened.event;
  const [which, setWhich] = useState<"all" | "this">(asked.opened.instance.isException ? "this" : "all");
  const said = answerNotesOf(asked.opened.instance.component).find(
    (note) => note.address === foldAddress(asked.address),
  );
  const [comment, setComment] = useState(said?.comment ?? "");
  const [isProposing, setProposing] = useState(false);
  const send = async (reply: Pick<Reply, "status" | "proposal">): Promise<void> => {
    const { startMs, instance } = asked.at;
    const isOne = object.hasRecurrence && (which === "this" || reply.proposal !== undefined);
    const sent = await createCalendarCommands(client).reply(me, object.uid, {
      ...reply,
      sequence: sequenceOfText(object.data),
      ...(isOne ? { time: { instance, startMs } } : {}),
      ...(comment.trim() === "" ? {} : { comment: comment.trim() }),
    });
    if (!sent.ok) report(sent.error);
    else setProposing(false);
  };
  const name = organizer?.name ?? organizer?.address.replace(/^mailto:/i, "") ?? "";
  return (
    <div className="meeting-answer" role="group" aria-label={t("calendar.meeting.question")}>
      <p className="meeting-answer__question">{t("calendar.meeting.question")}</p>
      {object.hasRecurrence ? (
        <Choices
          label={t("calendar.meeting.which")}
          value={which}
          options={(["all", "this"] as const).map((value) => ({
            value,
            label: t(`calendar.meeting.${value}`),
          }))}
          onChange={setWhich}
        />
      ) : null}
      <div className="meeting-answer__buttons">
        {answers.map(({ status, icon: Icon }) => (
          <button
            key={status}
            type="button"
            className="meeting-answer__button"
            data-answer={status}
            aria-pressed={asked.status === status}
            onClick={() => void send({ status })}
          >
            <Icon size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t(`calendar.meeting.${status}`)}
          </button>
        ))}
      </div>
      <TextField
        label={t("calendar.meeting.comment", { name })}
        hint={t("calendar.meeting.commentHint")}
        value={comment}
        onChange={setComment}
        maxLength={1000}
      />
      {isProposing ? (
        <Proposal opened={asked.opened} onSend={(proposal) => void send({ status: "tentative", proposal })} />
      ) : (
        <Button onPress={() => setProposing(true)}>{t("calendar.meeting.propose")}</Button>
      )}
    </div>
  );
}

interface ProposalProps {
  opened: OpenTime;
  onSend: (proposal: { startMs: number; endMs: number }) => void;
}

/** As long as what was asked for, on another day or at another hour. */
function Proposal({ opened: { instance }, onSend }: ProposalProps) {
  const { t } = useTranslation();
  const zone = ianaZone(zoneHere()) ?? utcZone;
  const [wall, setWall] = useState(localOf(wallMsAt(zone, instance.startMs)).slice(0, 16));
  const startMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)
    ? utcMsOf(zone, Date.parse(`${wall}:00Z`))
    : NaN;
  const isOther = Number.isFinite(startMs) && startMs !== instance.startMs;
  return (
    <form
      className="meeting-answer__proposal"
      onSubmit={(event) => {
        event.preventDefault();
        if (isOther) onSend({ startMs, endMs: startMs + instance.endMs - instance.startMs });
      }}
    >
      <TextField
        label={t("calendar.meeting.other")}
        type="datetime-local"
        max="9999-12-31T23:59"
        value={wall}
        onChange={setWall}
      />
      <Button type="submit" isDisabled={!isOther}>
        {t("calendar.meeting.sendProposal")}
      </Button>
    </form>
  );
}
