import { ArrowLeft, Check, Clock, ExternalLink, RotateCcw } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { InboxGroup } from "#contract/views/inbox.ts";
import { useTranslation, withWords } from "#renderer/kit/i18n.ts";
import { useView } from "#renderer/kit/view-store.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { Composer } from "#renderer/parts/composer.tsx";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import { MenuButton } from "#renderer/ui/menu.tsx";
import { EmptyState } from "#renderer/ui/note.tsx";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { headlineOf } from "./inbox-words.ts";
import { InboxContext } from "./inbox-context-view.tsx";
import { useSelectedGroup } from "./inbox-list-view.tsx";
import { useInbox } from "./inbox-store.ts";
import { snoozeTimes } from "./snooze-times.ts";
import { useInboxCommands } from "./use-inbox-commands.ts";
import { openItem } from "./open-item.ts";
import "./inbox.css";

/** Requests are spoken of in the words of the communities. */
const InboxDecision = lazy(() =>
  withWords(["communities", "calendar"], () => import("./inbox-decision.tsx")).then((m) => ({
    default: m.InboxDecision,
  })),
);

/** What the chosen line is about, and what can be done with it without leaving. */
export function InboxDetailView() {
  const { t } = useTranslation();
  const { shelf, ask, limit } = useInbox();
  const { items } = useLiveQuery("inbox", { show: shelf, limit, ...(ask === null ? {} : { ask }) });
  const group = useSelectedGroup(items);
  const showPane = useView((state) => state.showPane);
  if (group === undefined) return <EmptyState>{t("inbox.choose")}</EmptyState>;
  return (
    <article className="inbox-detail" aria-label={headlineOf(t, group)}>
      <header className="inbox-detail__head">
        <span className="inbox-detail__back">
          <IconButton icon={ArrowLeft} label={t("inbox.back")} onPress={() => showPane("list")} />
        </span>
        <div className="inbox-detail__title">
          <h2>{headlineOf(t, group)}</h2>
          <p>
            {group.place === "" ? null : <>{group.place} · </>}
            <TimeWord iso={group.at} form="ago" />
          </p>
        </div>
      </header>
      <InboxActions group={group} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard */}
      <div className="inbox-detail__body" role="group" aria-label={t("inbox.content")} tabIndex={0}>
        <InboxContext group={group} />
        <Suspense>
          <InboxDecision key={group.key} group={group} />
        </Suspense>
      </div>
      <InboxReply group={group} />
    </article>
  );
}

function InboxActions({ group }: { group: InboxGroup }) {
  const { t } = useTranslation();
  const commands = useInboxCommands();
  const isDone = group.newest.doneAt !== undefined;
  const shelf = useInbox((state) => state.shelf);
  const isSnoozed = !isDone && shelf === "snoozed";
  const icon = { size: ICON_SIZE, strokeWidth: ICON_STROKE, "aria-hidden": true };
  return (
    <div className="inbox-detail__actions">
      <Button tone="primary" onPress={() => openItem(group.newest)}>
        <ExternalLink {...icon} />
        {t("inbox.open")}
      </Button>
      {isDone ? (
        <Button onPress={() => commands.reopen([group])}>
          <RotateCcw {...icon} />
          {t("inbox.reopen")}
        </Button>
      ) : (
        <Button onPress={() => commands.finish([group])}>
          <Check {...icon} />
          {t("inbox.finish")}
        </Button>
      )}
      {isSnoozed ? (
        <Button onPress={() => commands.wake([group])}>
          <RotateCcw {...icon} />
          {t("inbox.wake")}
        </Button>
      ) : null}
      {isDone || isSnoozed ? null : <SnoozeButton key={group.key} group={group} />}
    </div>
  );
}

function SnoozeButton({ group }: { group: InboxGroup }) {
  const { t } = useTranslation();
  const commands = useInboxCommands();
  const [times] = useState(() => snoozeTimes(Date.now()));
  return (
    <MenuButton
      label={t("inbox.snooze")}
      button={
        <Button>
          <Clock size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
          {t("inbox.snooze")}
        </Button>
      }
      commands={times.map(({ name, atMs }) => ({
        id: name,
        icon: Clock,
        label: t(`inbox.snoozeTo.${name}`),
        run: () => commands.snooze([group], atMs),
      }))}
    />
  );
}

/** An answer without leaving the inbox, where one can be given. */
function InboxReply({ group }: { group: InboxGroup }) {
  const { t } = useTranslation();
  const input = useRef<HTMLTextAreaElement>(null);
  const { scope, conversationId, messageId, threadId, kind, ask } = group.newest;
  if (conversationId === undefined || messageId === undefined || kind === "mustRead") return null;
  if (ask === "know" && kind === "mention") return null;
  const place = { scope, conversationId, ...(threadId === undefined ? {} : { threadId }) };
  return (
    <Composer
      key={`${conversationId} ${threadId ?? ""}`}
      place={place}
      label={threadId === undefined ? t("inbox.answer") : t("inbox.answerInThread")}
      inputRef={input}
    />
  );
}
