import { AlarmClock, CalendarClock } from "lucide-react";
import type { ObjectRef } from "#contract/entities/object-ref.ts";
import type { IsoTime } from "#contract/time.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import type { Command } from "#renderer/ui/menu.tsx";
import { useAsk } from "./ask-store.ts";
import { inMinutes } from "#renderer/kit/wall-clock.ts";
import { laterTimes } from "./later-times.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";

/** "Remind me": the usual moments, and any other. Also keeps what it reminds of. */
export function useRemindCommands(object: ObjectRef, excerpt: string): () => Command[] {
  const { t } = useTranslation();
  const dates = useDateWords();
  const commands = useCommands();
  const settle = useSettle();
  const remind = async (remindAt: IsoTime) => {
    if (!(await settle(commands.saveItem(object, { excerpt, remindAt, isDone: false })))) return;
    useToasts.getState().show({
      tone: "plain",
      text: t("remind.set", { when: dates.full(remindAt) }),
      action: {
        label: t("action.undo"),
        run: () => void settle(commands.saveItem(object, { remindAt: null })),
      },
    });
  };
  const choose = (nowMs: number) =>
    useAsk.getState().open({
      kind: "moment",
      title: t("remind.title"),
      action: t("remind.setAction"),
      initial: inMinutes(nowMs, 60),
      onPick: (at) => void remind(at),
    });
  return () => {
    const nowMs = Date.now();
    return [
      ...laterTimes(nowMs).map(({ name, at }): Command => ({
        id: name,
        label: t(`later.${name}`),
        icon: AlarmClock,
        run: () => void remind(at),
      })),
      {
        id: "choose",
        label: t("later.choose"),
        icon: CalendarClock,
        run: () => choose(nowMs),
        isApart: true,
      },
    ];
  };
}
