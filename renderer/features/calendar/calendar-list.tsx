import { Download, Ellipsis, Globe, Pencil, Plus, Rss, Trash2 } from "lucide-react";
import type { CalendarSummary } from "#contract/views/calendars.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useIsModuleShown } from "#renderer/kit/shown-modules.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { holds, useRemoteAccounts } from "#renderer/parts/remote/remote-accounts.ts";
import { RemoteGroup } from "#renderer/parts/remote/remote-group.tsx";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { HOLIDAYS, TASKS, useCalendarStore } from "./calendar-store.ts";
import { calendarName } from "./calendar-words.ts";
import { useExportCalendar } from "./use-export.ts";
import "./calendar.css";

/** The calendars by place, each shown or hidden by its box. */
export function CalendarListView() {
  const { t } = useTranslation();
  const isReady = useSession((session) => session.isReady);
  const { items, status, problem } = useLiveQuery("calendars", {});
  const openDialog = useCalendarStore((state) => state.openDialog);
  const hasTasks = useIsModuleShown("tasks");
  const accounts = useRemoteAccounts();
  const groups = groupsOf(
    items.filter(({ calendar }) => calendar.remote === undefined),
    t("calendar.own"),
  );
  return (
    <>
      <div className="list-tools calendar-list__tools">
        <Button tone="quiet" onPress={() => openDialog({ kind: "calendar", scope: null, summary: null })}>
          <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("calendar.newCalendar")}
        </Button>
        <Button tone="quiet" onPress={() => openDialog({ kind: "addRemote" })}>
          <Globe size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("remote.open")}
        </Button>
        <span className="only-narrow">
          <Button onPress={() => useView.getState().showPane("content")}>{t("calendar.show")}</Button>
        </span>
      </div>
      <div className="conversation-list">
        {problem === null ? null : <ProblemNote problem={problem} />}
        {items.length === 0 && (status !== "ready" || !isReady) ? <SkeletonRows count={4} /> : null}
        {groups.map(([id, name, calendars]) => (
          <section key={id} aria-labelledby={`calendars-${id}`}>
            <div className="list-group">
              <h2 id={`calendars-${id}`} className="list-group__name">
                {name}
              </h2>
            </div>
            <ul className="plain-list">
              {calendars.map((summary) => (
                <CalendarRow key={summary.key} summary={summary} />
              ))}
              {id === OWN ? (
                <>
                  {hasTasks ? <ExtraRow id={TASKS} name={t("calendar.tasks")} /> : null}
                  <ExtraRow id={HOLIDAYS} name={t("calendar.holidays")} />
                </>
              ) : null}
            </ul>
          </section>
        ))}
        {accounts.map((account) => (
          <RemoteGroup
            key={account.id}
            account={account}
            note={account.calendars.length > 0 && !holds(account, "VEVENT") ? t("remote.listsAlone") : null}
          >
            {items
              .filter(({ calendar }) => calendar.remote?.accountId === account.id)
              .map((summary) => (
                <CalendarRow key={summary.key} summary={summary} />
              ))}
          </RemoteGroup>
        ))}
      </div>
    </>
  );
}

const OWN = "own";

/** They come in the order of their places. */
function groupsOf(
  calendars: readonly CalendarSummary[],
  own: string,
): readonly (readonly [string, string, readonly CalendarSummary[]])[] {
  const groups = Map.groupBy(calendars, ({ space }) => space?.id ?? OWN);
  if (!groups.has(OWN)) groups.set(OWN, []);
  return [...groups].map(([id, all]) => [id, all[0]?.space?.name ?? own, all] as const);
}

/** What is shown over the days without being a calendar. */
function ExtraRow({ id, name }: { id: string; name: string }) {
  const { hidden, toggle } = useCalendarStore();
  return (
    <li className="calendar-row">
      <label className="calendar-row__name">
        <input
          type="checkbox"
          className="calendar-row__box"
          data-colour="grey"
          checked={!hidden.includes(id)}
          onChange={() => toggle(id)}
        />
        {name}
      </label>
    </li>
  );
}

function CalendarRow({ summary }: { summary: CalendarSummary }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { hidden, toggle, openDialog } = useCalendarStore();
  const exportCalendar = useExportCalendar();
  const { calendar, canArrange, canRun, isMade } = summary;
  const name = calendarName(t, summary, me);
  const commands: Command[] = [];
  if (canArrange)
    commands.push({
      id: "edit",
      label: t("calendar.editCalendar"),
      icon: Pencil,
      run: () => openDialog({ kind: "calendar", scope: summary.scope, summary }),
    });
  if (isMade)
    commands.push({
      id: "export",
      label: t("calendar.export"),
      icon: Download,
      run: () => void exportCalendar(summary, name),
    });
  if (isMade && calendar.remote === undefined && (summary.space === null || summary.role === "animator"))
    commands.push({
      id: "publish",
      label: t("calendar.publish.open"),
      icon: Rss,
      run: () => openDialog({ kind: "publish", summary }),
    });
  if (canRun)
    commands.push({
      id: "remove",
      label: t("calendar.removeCalendar"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "removeCalendar", summary }),
    });
  return (
    <li className="calendar-row">
      <label className="calendar-row__name">
        <input
          type="checkbox"
          className="calendar-row__box"
          data-colour={calendar.colour}
          checked={!hidden.includes(calendar.id)}
          onChange={() => toggle(calendar.id)}
        />
        <span className="calendar-row__word">{name}</span>
      </label>
      {commands.length === 0 ? null : (
        <MenuButton
          label={t("calendar.actionsOn", { title: name })}
          button={<IconButton icon={Ellipsis} label={t("calendar.actionsOn", { title: name })} />}
          commands={commands}
        />
      )}
    </li>
  );
}
