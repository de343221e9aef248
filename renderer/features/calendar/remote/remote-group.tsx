import { Ellipsis, KeyRound, RefreshCw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { CalendarAccount } from "#contract/calendar-accounts.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { useCalendarStore } from "../calendar-store.ts";
import { useRemoteProblemWords } from "./remote-words.ts";

/** The calendars of one account that lies elsewhere, with how it stands. */
export function RemoteGroup({ account, children }: { account: CalendarAccount; children: ReactNode }) {
  const { t } = useTranslation();
  const host = useHost();
  const openDialog = useCalendarStore((state) => state.openDialog);
  const { id, name, kind } = account;
  const refresh = useCall(() => host.call("calendarAccounts.refresh", { id }));
  const commands: Command[] = [
    { id: "refresh", label: t("calendar.remote.refresh"), icon: RefreshCw, run: () => void refresh.run() },
    {
      id: "password",
      label: t("calendar.remote.changePassword"),
      icon: KeyRound,
      run: () => openDialog({ kind: "remotePassword", account }),
    },
    {
      id: "remove",
      label: t("calendar.remote.remove"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => openDialog({ kind: "removeRemote", account }),
    },
  ];
  return (
    <section aria-labelledby={`calendars-${id}`}>
      <div className="list-group remote-group">
        <h2 id={`calendars-${id}`} className="list-group__name">
          {name}
        </h2>
        <MenuButton
          label={t("calendar.actionsOn", { title: name })}
          button={<IconButton icon={Ellipsis} label={t("calendar.actionsOn", { title: name })} />}
          commands={
            account.username === null ? commands.filter((command) => command.id !== "password") : commands
          }
        />
      </div>
      <ul className="plain-list">{children}</ul>
      <RemoteState account={account} isRefreshing={refresh.isRunning} />
      {account.calendars.length === 0 && kind === "caldav" ? (
        <p className="remote-group__state">{t("calendar.remote.none")}</p>
      ) : null}
    </section>
  );
}

/** Said only where something is to be known or done. */
function RemoteState({ account, isRefreshing }: { account: CalendarAccount; isRefreshing: boolean }) {
  const { t } = useTranslation();
  const words = useRemoteProblemWords();
  const dates = useDateWords();
  const openDialog = useCalendarStore((state) => state.openDialog);
  const unreadable = account.calendars.reduce((sum, calendar) => sum + calendar.unreadable, 0);
  const checkedAt = account.calendars
    .flatMap((calendar) => calendar.checkedAt ?? [])
    .toSorted()
    .at(-1);
  if (isRefreshing)
    return (
      <p className="remote-group__state" role="status">
        {t("calendar.remote.looking")}
      </p>
    );
  if (account.state === "needsPassword")
    return (
      <div className="remote-group__state" role="status">
        <p>{t("calendar.remote.fault.wrongPassword.title")}</p>
        <Button onPress={() => openDialog({ kind: "remotePassword", account })}>
          {t("calendar.remote.changePassword")}
        </Button>
      </div>
    );
  const problem = account.problem ?? account.calendars.find((calendar) => calendar.problem !== null)?.problem;
  return (
    <>
      {problem === null || problem === undefined ? null : (
        <p className="remote-group__state" role="status">
          {words(problem).title}
          {checkedAt === undefined ? null : ` ${t("calendar.remote.asOf", { time: dates.short(checkedAt) })}`}
        </p>
      )}
      {unreadable === 0 ? null : (
        <p className="remote-group__state">{t("calendar.remote.unreadable", { count: unreadable })}</p>
      )}
    </>
  );
}
