import { Download, Pencil, SquareCheckBig } from "lucide-react";
import { formatLink } from "#contract/links.ts";
import type { EventInstance } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { saveFile } from "#renderer/kit/save-file.ts";
import { useHasModule } from "#renderer/kit/use-has-module.ts";
import { PlaceLink } from "#renderer/parts/link-card.tsx";
import { MessageText } from "#renderer/parts/message-text.tsx";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { useCalendarStore } from "../calendar-store.ts";
import { actionLines, type ActionLine } from "./action-lines.ts";
import "./minutes.css";

interface MinutesViewProps {
  minutes: string | undefined;
  instance: EventInstance;
  canWrite: boolean;
}

/** What was said and decided, for everybody who sees the event; what is to be done becomes tasks. */
export function MinutesView({ minutes, instance, canWrite }: MinutesViewProps) {
  const { t } = useTranslation();
  const openDialog = useCalendarStore((state) => state.openDialog);
  if (minutes === undefined && !canWrite) return null;
  const save = () => {
    const title = instance.title === "" ? t("calendar.untitled") : instance.title;
    const name = t("minutes.of", { title })
      .replaceAll(/[\\/:*?"<>|\p{Cc}\s]+/gu, " ")
      .trim();
    saveFile(`${name.slice(0, 120)}.md`, minutes ?? "", "text/markdown;charset=utf-8");
  };
  return (
    <section className="minutes" aria-label={t("minutes.label")}>
      <h4 className="minutes__heading">{t("minutes.label")}</h4>
      {minutes === undefined ? null : (
        <>
          <MessageText body={minutes} mentioned={[]} headingsUnder={3} hasNoCards />
          <Actions lines={actionLines(minutes)} instance={instance} canWrite={canWrite} />
        </>
      )}
      <div className="minutes__actions">
        {canWrite ? (
          <Button onPress={() => openDialog({ kind: "minutes", instance })}>
            <Pencil size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t(minutes === undefined ? "minutes.begin" : "minutes.edit")}
          </Button>
        ) : null}
        {minutes === undefined ? null : (
          <Button onPress={save}>
            <Download size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("minutes.export")}
          </Button>
        )}
      </div>
    </section>
  );
}

interface ActionsProps {
  lines: readonly ActionLine[];
  instance: EventInstance;
  canWrite: boolean;
}

/** Each becomes a task once: whoever may write in the minutes makes it, for the line says so from then on. */
function Actions({ lines, instance, canWrite }: ActionsProps) {
  const { t } = useTranslation();
  const openDialog = useCalendarStore((state) => state.openDialog);
  const hasTasks = useHasModule("tasks");
  const source = formatLink({ kind: "event", scope: instance.scope, objectId: instance.objectId });
  if (lines.length === 0 || !hasTasks) return null;
  return (
    <section aria-label={t("minutes.actions")}>
      <h5 className="minutes__heading">{t("minutes.actions")}</h5>
      <ul className="plain-list minutes__lines">
        {lines.map((line) => (
          <li key={line.line} className="minutes__line">
            <span className="minutes__words">{line.text}</span>
            {line.task === null ? null : <PlaceLink link={line.task}>{t("minutes.seeTask")}</PlaceLink>}
            {line.task === null && canWrite ? (
              <Button
                tone="quiet"
                label={t("minutes.makeTaskOf", { text: line.text })}
                onPress={() =>
                  openDialog({ kind: "makeTask", title: line.text, source, action: { instance, line } })
                }
              >
                <SquareCheckBig size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
                {t("minutes.makeTask")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
