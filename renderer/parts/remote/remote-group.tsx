import { Ellipsis, KeyRound, RefreshCw, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { CalendarAccount } from "#contract/calendar-accounts.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useCall } from "#renderer/kit/use-call.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton, type Command } from "#renderer/ui/menu.tsx";
import { RemotePasswordDialog, RemoveRemoteDialog } from "./remote-dialogs.tsx";
import { useRemoteProblemWords } from "./remote-words.ts";
import "./remote-group.css";

interface RemoteGroupProps {
  account: CalendarAccount;
  /** Said under what it has. */
  note?: string | null;
  children: ReactNode;
}

/** What there is of one account that lies elsewhere, with how it stands. */
export function RemoteGroup({ account, note = null, children }: RemoteGroupProps) {
  const { t } = useTranslation();
  const host = useHost();
  const [dialog, setDialog] = useState<"password" | "remove" | null>(null);
  const close = () => setDialog(null);
  const { id, name, kind } = account;
  const refresh = useCall(() => host.call("calendarAccounts.refresh", { id }));
  const commands: Command[] = [
    { id: "refresh", label: t("remote.refresh"), icon: RefreshCw, run: () => void refresh.run() },
    {
      id: "password",
      label: t("remote.changePassword"),
      icon: KeyRound,
      run: () => setDialog("password"),
    },
    {
      id: "remove",
      label: t("remote.remove"),
      icon: Trash2,
      isDanger: true,
      isApart: true,
      run: () => setDialog("remove"),
    },
  ];
  return (
    <section aria-labelledby={`remote-${id}`}>
      <div className="list-group remote-group">
        <h2 id={`remote-${id}`} className="list-group__name">
          {name}
        </h2>
        <MenuButton
          label={t("remote.actionsOn", { title: name })}
          button={<IconButton icon={Ellipsis} label={t("remote.actionsOn", { title: name })} />}
          commands={
            account.username === null ? commands.filter((command) => command.id !== "password") : commands
          }
        />
      </div>
      <ul className="plain-list">{children}</ul>
      <RemoteState
        account={account}
        isRefreshing={refresh.isRunning}
        onPassword={() => setDialog("password")}
      />
      {account.calendars.length === 0 && kind === "caldav" ? (
        <p className="remote-group__state">{t("remote.none")}</p>
      ) : null}
      {note === null ? null : <p className="remote-group__state">{note}</p>}
      {dialog === "password" ? <RemotePasswordDialog account={account} onClose={close} /> : null}
      {dialog === "remove" ? <RemoveRemoteDialog account={account} onClose={close} /> : null}
    </section>
  );
}

/** Said only where something is to be known or done. */
function RemoteState({
  account,
  isRefreshing,
  onPassword,
}: {
  account: CalendarAccount;
  isRefreshing: boolean;
  onPassword: () => void;
}) {
  const { t } = useTranslation();
  const words = useRemoteProblemWords();
  const dates = useDateWords();
  const unreadable = account.calendars.reduce((sum, calendar) => sum + calendar.unreadable, 0);
  const checkedAt = account.calendars
    .flatMap((calendar) => calendar.checkedAt ?? [])
    .toSorted()
    .at(-1);
  if (isRefreshing)
    return (
      <p className="remote-group__state" role="status">
        {t("remote.looking")}
      </p>
    );
  if (account.state === "needsPassword")
    return (
      <div className="remote-group__state" role="status">
        <p>{t("remote.fault.wrongPassword.title")}</p>
        <Button onPress={onPassword}>{t("remote.changePassword")}</Button>
      </div>
    );
  const problem = account.problem ?? account.calendars.find((calendar) => calendar.problem !== null)?.problem;
  return (
    <>
      {problem === null || problem === undefined ? null : (
        <p className="remote-group__state" role="status">
          {words(problem).title}
          {checkedAt === undefined ? null : `. ${t("remote.asOf", { time: dates.short(checkedAt) })}`}
        </p>
      )}
      {unreadable === 0 ? null : (
        <p className="remote-group__state">{t("remote.unreadable", { count: unreadable })}</p>
      )}
    </>
  );
}
