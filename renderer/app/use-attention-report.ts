import { useEffect, useMemo, useRef } from "react";
import type { AccountId } from "#contract/bridge.ts";
import type { Attention } from "#contract/desktop/attention.ts";
import { linkOfItem } from "#contract/desktop/item-link.ts";
import type { InboxGroup } from "#contract/views/inbox.ts";
import type { SessionInfo } from "#contract/worker.ts";
import { headlineOf } from "#renderer/features/inbox/inbox-words.ts";
import { useHost } from "#renderer/kit/host-context.tsx";
import { useTranslation, type Spoken } from "#renderer/kit/i18n.ts";
import { useLiveQuery, useSession } from "#renderer/kit/worker-context.tsx";
import { NOBODY } from "#renderer/parts/use-commands.ts";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";

const RECENT = 5;
const LONGEST = 300;
/** What changes in a burst is said once. */
const GATHER_MS = 500;
/** Said again while the window is there, so that the host knows that it still is. */
const AGAIN_MS = 60_000;

const connectionWords: Readonly<Record<SessionInfo["connection"], Attention["connection"]>> = {
  online: "connected",
  connecting: "connecting",
  offline: "offline",
  refused: "offline",
  signedOut: "signedOut",
};

/** Tells the host how this account stands, for tray, badge and quitting. */
export function useAttentionReport(accountId: AccountId): void {
  const host = useHost();
  const attention = useAttention();
  const latest = useRef<Attention | null>(null);
  useEffect(() => {
    latest.current = attention;
    if (attention === null) return undefined;
    const timer = setTimeout(() => void host.call("page.report", { accountId, attention }), GATHER_MS);
    return () => clearTimeout(timer);
  }, [host, accountId, attention]);
  useEffect(() => {
    const again = setInterval(() => {
      if (latest.current !== null) void host.call("page.report", { accountId, attention: latest.current });
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [host, accountId]);
}

/** Null until it is known what waits. */
function useAttention(): Attention | null {
  const { t } = useTranslation();
  const readable = useExcerpt();
  const connection = useSession((session) => session.connection);
  const waitingCommands = useSession((session) => session.outbox.waiting);
  const { info: counts } = useLiveQuery("inboxCounts", {});
  const { info: preferences } = useLiveQuery("preferences", {});
  const me = useSession((session) => session.me?.id ?? NOBODY);
  const { info: person } = useLiveQuery("person", { personId: me });
  const chosen = person === null || person.view === null ? undefined : (person.view.chosen?.state ?? null);
  const { items } = useLiveQuery("inbox", { show: "waiting", limit: RECENT });
  const { items: uploads } = useLiveQuery("uploads", {});
  const files = uploads.filter(({ state }) => state !== "done" && state !== "failed").length;
  return useMemo(() => {
    if (counts === null || preferences === null) return null;
    const until = preferences.preferences?.doNotDisturbUntil;
    return {
      connection: connectionWords[connection],
      unread: counts.all,
      mentions: counts.do + counts.answer,
      // A file that a message waits for is not counted twice, but one that no message names yet counts.
      waiting: Math.max(waitingCommands, files),
      isQuiet: preferences.quiet !== null,
      doNotDisturbUntil: preferences.quiet === "doNotDisturb" && until !== undefined ? until : null,
      ...(chosen === undefined ? {} : { presence: chosen }),
      recent: items.flatMap((group) => recentOf(t, readable, group)),
    };
  }, [chosen, connection, counts, files, items, preferences, readable, t, waitingCommands]);
}

function recentOf(
  t: Spoken["t"],
  readable: (excerpt: string) => string,
  group: InboxGroup,
): Attention["recent"] {
  const link = linkOfItem(group.newest);
  if (link === null) return [];
  const excerpt = group.excerpt === "" ? "" : ` — ${readable(group.excerpt)}`;
  const { conference } = group.newest;
  return [
    {
      title: `${headlineOf(t, group)}${excerpt}`.slice(0, LONGEST),
      link,
      at: group.at,
      conference,
    },
  ];
}
