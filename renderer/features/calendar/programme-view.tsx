import type { ProgrammeItem, ProgrammeReading } from "#contract/icalendar/programme.ts";
import { foldAddress } from "#contract/icalendar/people.ts";
import type { QueryInfo } from "#contract/worker.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useNow } from "#renderer/kit/use-now.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { clockWords, lengthWords, zoneHere } from "./calendar-words.ts";
import { DocumentLink } from "./programme-document.tsx";
import { running, timetable } from "./programme-moves.ts";
import "./programme.css";

interface ProgrammeViewProps {
  programme: ProgrammeReading;
  /** When this time of the event begins; null of a whole day, whose items have no hours. */
  startMs: number | null;
  info: QueryInfo<"event">;
}

const MINUTE_MS = 60_000;

/** The programme with its times; what is on now is marked. */
export function ProgrammeView({ programme, startMs, info }: ProgrammeViewProps) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  if (programme !== "unreadable" && programme.length === 0) return null;
  const rows = programme === "unreadable" ? [] : timetable(programme, startMs ?? 0);
  const current = startMs === null ? undefined : running(rows, nowMs);
  const where = { language: i18n.language, zone: zoneHere() };
  return (
    <section className="programme" aria-label={t("programme.label")}>
      <h4 className="programme__heading">{t("programme.label")}</h4>
      {programme === "unreadable" ? (
        <p className="programme__note">{t("programme.unreadable")}</p>
      ) : (
        <ol className="plain-list programme__rows">
          {rows.map(({ item, startMs: fromMs, endMs }) => (
            <li
              key={item.id}
              className="programme__row"
              {...(current?.item.id === item.id ? { "aria-current": "time" } : {})}
            >
              <span className="programme__clock">
                {startMs === null
                  ? lengthWords(t, item.minutes * MINUTE_MS)
                  : clockWords({ fromMs, toMs: endMs }, where)}
              </span>
              <span className="programme__words">
                <span className="programme__title">
                  {item.title}
                  {current?.item.id === item.id ? (
                    <span className="tag programme__now">{t("programme.now")}</span>
                  ) : null}
                </span>
                <SpeakerLine item={item} info={info} />
                {(item.documents ?? []).map((document) => (
                  <span key={document.link} className="programme__document">
                    <DocumentLink document={document} />
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function SpeakerLine({ item: { speaker }, info }: { item: ProgrammeItem; info: QueryInfo<"event"> }) {
  if (speaker === undefined) return null;
  const id = speaker.address === undefined ? undefined : info.addresses[foldAddress(speaker.address)];
  const person = id === undefined ? undefined : info.people[id];
  return (
    <span className="programme__speaker">
      {person === undefined ? null : <Avatar person={person} size="tiny" />}
      {person?.displayName ?? speaker.name}
    </span>
  );
}
