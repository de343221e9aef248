import type { SpaceId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useSession } from "#renderer/kit/worker-context.tsx";
import { MakeTaskDialog } from "#renderer/parts/make-task-dialog.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { AddRemoteDialog } from "./add-remote-dialog.tsx";
import { CalendarDialog } from "./calendar-dialog.tsx";
import { useCalendarStore } from "./calendar-store.ts";
import { calendarName } from "./calendar-words.ts";
import {
  AlarmsDialog,
  CopyEventDialog,
  EditEventDialog,
  NewEventDialog,
  ScopeDialog,
} from "./event-dialogs.tsx";
import { SeveralPeopleDialog } from "./find-time/several-people-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { ActionTaskDialog } from "./minutes/action-task-dialog.tsx";
import { MinutesDialog } from "./minutes/minutes-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { useEventDeeds } from "./use-event-deeds.ts";

/** The one dialog that is open, if any. */
export function CalendarDialogs({ spaceId }: { spaceId: SpaceId | undefined }) {
  const { t } = useTranslation();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const dialog = useCalendarStore((state) => state.dialog);
  const openDialog = useCalendarStore((state) => state.openDialog);
  const { commands, run, carryOut } = useEventDeeds();
  const onClose = () => openDialog(null);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "newEvent":
      return <NewEventDialog event={dialog.event} spaceId={spaceId} onClose={onClose} />;
    case "editEvent":
      return <EditEventDialog instance={dialog.instance} onClose={onClose} />;
    case "copyEvent":
      return <CopyEventDialog instance={dialog.instance} onClose={onClose} />;
    case "scope":
      return <ScopeDialog instance={dialog.instance} deed={dialog.deed} onClose={onClose} />;
    case "removeEvent": {
      const { instance } = dialog;
      if (instance.isRecurring)
        return <ScopeDialog instance={instance} deed={{ kind: "remove" }} onClose={onClose} />;
      return (
        <ConfirmDialog
          title={t("calendar.removeTitle", { title: instance.title })}
          action={t("calendar.remove")}
          onClose={onClose}
          onConfirm={() => void carryOut(instance, { kind: "remove" }, "all")}
        >
          <p>{t("calendar.removeText")}</p>
        </ConfirmDialog>
      );
    }
    case "alarms":
      return <AlarmsDialog instance={dialog.instance} onClose={onClose} />;
    case "leaveEvent": {
      const { scope, object } = dialog;
      return (
        <ConfirmDialog
          title={t("calendar.meeting.leaveTitle", { title: object.summary ?? t("calendar.untitled") })}
          action={t("calendar.meeting.leave")}
          onClose={onClose}
          onConfirm={() => void run(commands.remove(scope, object))}
        >
          <p>{t("calendar.meeting.leaveText")}</p>
        </ConfirmDialog>
      );
    }
    case "minutes":
      return <MinutesDialog instance={dialog.instance} onClose={onClose} />;
    case "makeTask":
      if (dialog.action !== undefined)
        return <ActionTaskDialog {...dialog.action} source={dialog.source} onClose={onClose} />;
      return <MakeTaskDialog title={dialog.title} source={dialog.source} onClose={onClose} />;
    case "calendar":
      return <CalendarDialog scope={dialog.scope} summary={dialog.summary} onClose={onClose} />;
    case "removeCalendar": {
      const { scope, calendar } = dialog.summary;
      return (
        <ConfirmDialog
          title={t("calendar.removeCalendarTitle", { name: calendarName(t, dialog.summary, me) })}
          action={t("calendar.removeCalendar")}
          onClose={onClose}
          onConfirm={() => void run(commands.removeCalendar(scope, calendar))}
        >
          <p>{t("calendar.removeCalendarText")}</p>
        </ConfirmDialog>
      );
    }
    case "publish":
      return (
        <PublishDialog
          summary={dialog.summary}
          name={calendarName(t, dialog.summary, me)}
          onClose={onClose}
        />
      );
    case "severalPeople":
      return (
        <SeveralPeopleDialog
          onPick={(startMs, endMs, guestIds) =>
            openDialog({
              kind: "newEvent",
              event: { startMs, endMs, isAllDay: false, calendarId: null, guestIds },
            })
          }
          onClose={onClose}
        />
      );
    case "addRemote":
      return <AddRemoteDialog onClose={onClose} />;
    case "import":
      return <ImportDialog onClose={onClose} />;
  }
}
