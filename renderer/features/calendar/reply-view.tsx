import { toIsoTime } from "#contract/time.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button } from "#renderer/ui/button.tsx";
import { DialogActions } from "#renderer/ui/dialog.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { timeSentence } from "./calendar-words.ts";
import type { MailedAnswer, ReplyPlan, ReplyReading } from "./reply-plan.ts";
import { useEventDeeds } from "./use-event-deeds.ts";

interface ReplyViewProps {
  reply: Exclude<ReplyReading, { kind: "other" }>;
  onClose: () => void;
}

/** Answers of guests that came by e-mail: shown before they stand on the event. */
export function ReplyView({ reply, onClose }: ReplyViewProps) {
  const { t } = useTranslation();
  if (reply.kind === "answers") return <Answers plan={reply.plan} onClose={onClose} />;
  return (
    <>
      <Note tone="loss">
        <p className="note__title">{t("calendar.reply.refused")}</p>
        <p>{t(`calendar.reply.fault.${reply.fault}`)}</p>
      </Note>
      <DialogActions>
        <Button onPress={onClose}>{t("action.close")}</Button>
      </DialogActions>
    </>
  );
}

function Answers({
  plan: { scope, object, data, answers },
  onClose,
}: {
  plan: ReplyPlan;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const { commands, run, say, hasRoom } = useEventDeeds();
  const title = object.summary ?? t("calendar.untitled");
  const note = async () => {
    const texts = { data, added: null };
    if (!hasRoom([data]) || !(await run(commands.apply(scope, object, texts)))) return;
    say(t("calendar.reply.noted", { title }), () => commands.takeBack(scope, object, texts));
    onClose();
  };
  return (
    <>
      <p>{t("calendar.reply.about", { title })}</p>
      <ul className="calendar-import" role="status">
        {answers.map((answer) => (
          <li key={`${answer.name} ${answer.startMs}`}>
            <AnswerWords answer={answer} language={i18n.language} />
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onPress={onClose}>{t("action.cancel")}</Button>
        <Button tone="primary" onPress={() => void note()}>
          {t("calendar.reply.note")}
        </Button>
      </DialogActions>
    </>
  );
}

function AnswerWords({ answer, language }: { answer: MailedAnswer; language: string }) {
  const { t } = useTranslation();
  const { name, status, comment, startMs, proposal } = answer;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
  return (
    <>
      <p>
        {startMs === null
          ? t(`calendar.reply.said.${status}`, { name })
          : t(`calendar.reply.saidOf.${status}`, { name, time: day.format(new Date(startMs)) })}
      </p>
      {comment === null ? null : <p>{t("calendar.reply.comment", { comment })}</p>}
      {proposal === null ? null : (
        <p>
          {t("calendar.reply.proposal", {
            time: timeSentence(
              {
                startsAt: toIsoTime(proposal.startMs),
                endsAt: toIsoTime(proposal.endMs),
                days: null,
              },
              language,
            ),
          })}
        </p>
      )}
    </>
  );
}
