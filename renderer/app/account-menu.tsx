import {
  BellOff,
  BellRing,
  CalendarClock,
  Circle,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  LockKeyhole,
  SmilePlus,
  UserRound,
  WandSparkles,
  type LucideIcon,
} from "lucide-react";
import type { PresenceState } from "#contract/entities/presence.ts";
import type { IsoTime } from "#contract/time.ts";
import { inMinutes, tomorrowMorning } from "#renderer/kit/wall-clock.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY, useCommands } from "#renderer/parts/use-commands.ts";
import { useWriter } from "#renderer/parts/use-writer.ts";
import { CommandMenu, submenu, type Command } from "#renderer/ui/menu.tsx";
import { useApp } from "./app-store.ts";

const ICONS: Record<PresenceState, LucideIcon> = {
  active: CircleCheck,
  away: CircleDashed,
  busy: CircleMinus,
  inMeeting: CalendarClock,
  offline: Circle,
};
const STATES: readonly PresenceState[] = ["active", "busy", "inMeeting", "away", "offline"];

/** How I show to others, what I say of myself, silence, and the account. */
export function AccountMenu() {
  const { t } = useTranslation();
  const lock = useLockCommand();
  const presence = usePresenceCommands();
  const quiet = useQuietCommands();
  const openDialog = useView((state) => state.openDialog);
  const commands: Command[] = [
    submenu({ id: "presence", label: t("availability.presence"), icon: CircleCheck }, presence()),
    {
      id: "status",
      label: t("availability.status"),
      icon: SmilePlus,
      run: () => openDialog({ kind: "availability" }),
    },
    ...quiet(),
    ...lock(),
    {
      id: "account",
      label: t("account.open"),
      icon: UserRound,
      run: () => openDialog({ kind: "account" }),
      isApart: true,
    },
  ];
  return <CommandMenu commands={commands} label={t("availability.open")} />;
}

/** Only where there is a code: choosing one is for the settings. */
function useLockCommand(): () => Command[] {
  const { t } = useTranslation();
  const host = useHost();
  const method = useApp((state) => state.lock?.method ?? "none");
  return () =>
    method === "none"
      ? []
      : [
          {
            id: "lock",
            label: t("account.lock"),
            icon: LockKeyhole,
            shortcut: t("account.lockKeys"),
            run: () => void host.call("lock.lock", {}),
            isApart: true,
          },
        ];
}

function usePresenceCommands(): () => Command[] {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const words = useDateWords();
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const chosen = useLiveQuery("person", { personId: me }).info?.view?.chosen ?? null;
  const untilWords =
    chosen?.until === undefined
      ? undefined
      : t("availability.chosenUntil", { when: words.time(chosen.until) });
  return () => [
    {
      id: "automatic",
      label: t("availability.automatic"),
      icon: WandSparkles,
      isOn: chosen === null,
      run: () => void settle(commands.choosePresence(null)),
    },
    ...STATES.map((state, index): Command => ({
      id: state,
      label: t(`presence.${state}`),
      icon: ICONS[state],
      isApart: index === 0,
      isOn: chosen?.state === state,
      shortcut: chosen?.state === state ? untilWords : undefined,
      run: () => void settle(commands.choosePresence({ state })),
    })),
    {
      id: "until",
      label: t("availability.until"),
      icon: CalendarClock,
      isApart: true,
      run: () => useView.getState().openDialog({ kind: "availability" }),
    },
  ];
}

function useQuietCommands(): () => Command[] {
  const { t } = useTranslation();
  const { write, mine } = useWriter();
  const { info } = useLiveQuery("preferences", {});
  const set = (doNotDisturbUntil: IsoTime | null) =>
    void write("preferences.set", mine, { doNotDisturbUntil });
  return () => {
    const nowMs = Date.now();
    const until = (id: "halfHour" | "hour" | "tomorrow", at: IsoTime): Command => ({
      id,
      label: t(`availability.for.${id}`),
      icon: BellOff,
      run: () => set(at),
    });
    if (info?.quiet === "doNotDisturb") {
      return [{ id: "quiet", label: t("availability.resume"), icon: BellRing, run: () => set(null) }];
    }
    return [
      submenu({ id: "quiet", label: t("availability.doNotDisturb"), icon: BellOff }, [
        until("halfHour", inMinutes(nowMs, 30)),
        until("hour", inMinutes(nowMs, 60)),
        until("tomorrow", tomorrowMorning(nowMs)),
      ]),
    ];
  };
}
