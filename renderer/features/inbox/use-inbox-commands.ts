import { useMemo } from "react";
import { mutations, type MutationArgs } from "#contract/mutations.ts";
import { personScope } from "#contract/scope.ts";
import { isoTimeSchema, type IsoTime } from "#contract/time.ts";
import type { InboxGroup } from "#contract/views/inbox.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useSession, useWorker } from "#renderer/kit/worker-context.tsx";
import { useReportProblem } from "#renderer/parts/use-commands.ts";

export interface InboxCommands {
  /** Each can be undone for as long as the toast stands. */
  finish: (groups: readonly InboxGroup[]) => void;
  reopen: (groups: readonly InboxGroup[]) => void;
  snooze: (groups: readonly InboxGroup[], untilMs: number) => void;
  wake: (groups: readonly InboxGroup[]) => void;
}

type Changes = Omit<MutationArgs<"notification.set">, "ids">;

/** What can be done with lines of the inbox. */
export function useInboxCommands(): InboxCommands {
  const { t } = useTranslation();
  const client = useWorker();
  const me = useSession((session) => session.me?.id);
  const show = useToasts((state) => state.show);
  const report = useReportProblem();
  return useMemo(() => {
    const set = (ids: readonly string[], changes: Changes) => {
      if (me === undefined || ids.length === 0) return;
      const args = mutations["notification.set"].parse({ ids, ...changes });
      void client
        .call("mutate", { name: "notification.set", scope: personScope(me), args })
        .then((result) => {
          if (!result.ok) report(result.error);
        });
    };
    const act = (groups: readonly InboxGroup[], changes: Changes, undo: Changes, text: string) => {
      const ids = groups.flatMap((group) => group.ids);
      set(ids, changes);
      show({ tone: "plain", text, action: { label: t("action.undo"), run: () => set(ids, undo) } });
    };
    return {
      finish: (groups) =>
        act(groups, { isDone: true }, { isDone: false }, t("inbox.finished", { count: groups.length })),
      reopen: (groups) =>
        act(groups, { isDone: false }, { isDone: true }, t("inbox.reopened", { count: groups.length })),
      snooze: (groups, untilMs) =>
        act(
          groups,
          { snoozedUntil: timeOf(untilMs) },
          { snoozedUntil: groups[0]?.newest.snoozedUntil ?? null },
          t("inbox.snoozed", { count: groups.length }),
        ),
      wake: (groups) =>
        act(
          groups,
          { snoozedUntil: null },
          { snoozedUntil: groups[0]?.newest.snoozedUntil ?? null },
          t("inbox.woken", { count: groups.length }),
        ),
    };
  }, [client, me, report, show, t]);
}

function timeOf(epochMs: number): IsoTime {
  return isoTimeSchema.parse(new Date(epochMs).toISOString());
}
