import { GuestTag } from "#renderer/parts/person-marks.tsx";
import { AlarmClock, Check, NotebookPen, RotateCcw, Trash2 } from "lucide-react";
import type { QueryItem } from "#contract/worker.ts";
import { useDateWords, useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { useRoving } from "#renderer/kit/use-roving.ts";
import { useLiveQuery } from "#renderer/kit/worker-context.tsx";
import { openObject } from "#renderer/parts/open-object.ts";
import { useCommands } from "#renderer/parts/use-commands.ts";
import { Avatar } from "#renderer/ui/avatar.tsx";
import { IconButton, ICON_STROKE } from "#renderer/ui/button.tsx";
import { CommandMenu, LazyMenuButton } from "#renderer/ui/menu.tsx";
import { EmptyState, ProblemNote, SkeletonRows } from "#renderer/ui/note.tsx";
import { useExcerpt } from "#renderer/parts/use-excerpt.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import { useAsk } from "./ask-store.ts";
import { PageHead } from "./page-head.tsx";
import { useRemindCommands } from "./use-save-later.ts";
import { useSettle } from "#renderer/parts/use-settle.ts";
import "./pages.css";

type Saved = QueryItem<"savedItems">;

/** What the reader put aside, with a note and a reminder where they want one. */
export function SavedPage() {
  const { t } = useTranslation();
  const { status, items, problem } = useLiveQuery("savedItems", {});
  const onRove = useRoving();
  const open = items.filter(({ item }) => item.doneAt === undefined).length;
  return (
    <>
      <PageHead title={t("saved.title")} sub={open === 0 ? "" : t("saved.open", { count: open })} />
      <div className="page">
        {problem === null ? null : <ProblemNote problem={problem} />}
        {status === "loading" ? <SkeletonRows count={6} /> : null}
        {status === "ready" && items.length === 0 ? <EmptyState>{t("saved.none")}</EmptyState> : null}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons */}
        <ul className="plain-list cards" onKeyDown={onRove}>
          {items.map((saved) => (
            <li key={saved.key} className="card" data-done={saved.item.doneAt !== undefined || undefined}>
              <SavedCard saved={saved} />
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

function SavedCard({ saved }: { saved: Saved }) {
  const { t } = useTranslation();
  const { item, author, place } = saved;
  const readable = useExcerpt();
  const name = author?.displayName ?? place;
  return (
    <>
      <button type="button" className="card__open" data-roving={name} onClick={() => openObject(item.object)}>
        <span className="card__head">
          {author === null ? null : <Avatar person={author} size="small" />}
          <span className="card__name">{name}</span>
          {author === null ? null : <GuestTag person={author} />}
          {name === place ? null : <span>{place}</span>}
          <TimeWord iso={item.createdAt} />
        </span>
        <span className="card__text">{readable(item.excerpt ?? t("saved.noExcerpt"))}</span>
        {item.note === undefined || item.note === "" ? null : (
          <span className="card__note">
            <NotebookPen size={14} strokeWidth={ICON_STROKE} aria-hidden />
            {item.note}
          </span>
        )}
        <Reminder item={item} />
      </button>
      <SavedTools saved={saved} />
    </>
  );
}

function Reminder({ item }: { item: Saved["item"] }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  if (item.remindAt === undefined) return null;
  const isPast = item.remindedAt !== undefined;
  return (
    <span className={isPast ? "card__note card__note--wait" : "card__note"}>
      <AlarmClock size={14} strokeWidth={ICON_STROKE} aria-hidden />
      {isPast
        ? t("saved.reminded", { when: dates.full(item.remindAt) })
        : t("remind.set", { when: dates.full(item.remindAt) })}
    </span>
  );
}

function SavedTools({ saved }: { saved: Saved }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const { item } = saved;
  const isDone = item.doneAt !== undefined;
  const note = () =>
    useAsk.getState().open({
      kind: "text",
      title: t("saved.note"),
      label: t("saved.note"),
      value: item.note ?? "",
      maxLength: 1000,
      isLong: true,
      isOptional: true,
      onSave: (text) => void settle(commands.saveItem(item.object, { note: text })),
    });
  const remove = async () => {
    if (!(await settle(commands.removeItem(item.object)))) return;
    const { object, excerpt, note: kept, remindAt } = item;
    const back = { isDone, excerpt, note: kept, remindAt };
    useToasts.getState().show({
      tone: "plain",
      text: t("saved.removed"),
      action: { label: t("action.undo"), run: () => void settle(commands.saveItem(object, back)) },
    });
  };
  return (
    <span className="card__tools">
      <IconButton
        icon={isDone ? RotateCcw : Check}
        label={isDone ? t("saved.notDone") : t("saved.done")}
        onPress={() => void settle(commands.saveItem(item.object, { isDone: !isDone }))}
      />
      <LazyMenuButton button={<IconButton icon={AlarmClock} label={t("messageMenu.remind")} />}>
        <RemindMenu item={item} />
      </LazyMenuButton>
      <IconButton icon={NotebookPen} label={t("saved.note")} onPress={note} />
      <IconButton icon={Trash2} label={t("messageMenu.unsave")} onPress={() => void remove()} />
    </span>
  );
}

function RemindMenu({ item }: { item: Saved["item"] }) {
  const { t } = useTranslation();
  const commands = useCommands();
  const settle = useSettle();
  const times = useRemindCommands(item.object, item.excerpt ?? "");
  const forget = {
    id: "forget",
    label: t("saved.forget"),
    icon: Trash2,
    isApart: true,
    run: () => void settle(commands.saveItem(item.object, { remindAt: null })),
  };
  const list = item.remindAt === undefined ? times() : [...times(), forget];
  return <CommandMenu commands={list} label={t("messageMenu.remind")} />;
}
