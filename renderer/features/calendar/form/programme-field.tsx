import { Plus } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { wallMsOf } from "#contract/icalendar/calendar-time.ts";
import { MOST_ITEMS, type ProgrammeItem } from "#contract/icalendar/programme.ts";
import { createId } from "#contract/ids.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { useToasts } from "#renderer/kit/toast-store.ts";
import { Button, ICON_SIZE, ICON_STROKE } from "#renderer/ui/button.tsx";
import { FieldGroup } from "#renderer/ui/form.tsx";
import { Note } from "#renderer/ui/note.tsx";
import { clockWords, lengthWords } from "../calendar-words.ts";
import type { EventDraft } from "./event-draft.ts";
import type { DraftFieldProps } from "./title-field.tsx";
import { ProgrammeItemRow } from "./programme-item-row.tsx";
import { movedItem, timetable, totalMinutes } from "../programme-moves.ts";
import "../programme.css";

interface ProgrammeFieldProps extends DraftFieldProps {
  /** What is wrong is said once one tried to keep it. */
  isSent: boolean;
}

const USUAL_MINUTES = 15;

/** What the event consists of: items one behind another, each with its length; the times follow from the start. */
export function ProgrammeField({ draft, onChange, isSent }: ProgrammeFieldProps) {
  const { t } = useTranslation();
  const { programme } = draft;
  return (
    <FieldGroup label={t("programme.label")}>
      {programme === "unreadable" ? (
        <Note tone="plain">{t("programme.unreadableKept")}</Note>
      ) : (
        <ProgrammeItems
          draft={draft}
          items={programme}
          isSent={isSent}
          onItems={(items) => onChange({ ...draft, programme: [...items] })}
        />
      )}
    </FieldGroup>
  );
}

interface ProgrammeItemsProps {
  draft: EventDraft;
  items: readonly ProgrammeItem[];
  isSent: boolean;
  onItems: (items: readonly ProgrammeItem[]) => void;
}

function ProgrammeItems({ draft, items, isSent, onItems }: ProgrammeItemsProps) {
  const { t, i18n } = useTranslation();
  const announce = useToasts((state) => state.announce);
  const list = useRef<HTMLOListElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  const [removed, setRemoved] = useState<{ item: ProgrammeItem; at: number } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const wanted = useRef<Element | null>(null);
  // What has the focus keeps it when its row is put elsewhere.
  useLayoutEffect(() => {
    if (wanted.current instanceof HTMLElement) wanted.current.focus();
    wanted.current = null;
  });
  const startMs = wallMsOf({ kind: "floating", local: draft.startsAt });
  const rows = timetable(items, startMs);
  const change = (next: ProgrammeItem) => onItems(items.map((each) => (each.id === next.id ? next : each)));
  const titleField = (id: string | undefined) =>
    list.current?.querySelector<HTMLElement>(`[data-item="${id ?? ""}"] input`);
  const add = () => {
    const id = createId();
    onItems([...items, { id, title: "", minutes: USUAL_MINUTES }]);
    setRemoved(null);
    requestAnimationFrame(() => titleField(id)?.focus());
  };
  const move = (from: number, to: number) => {
    const moved = movedItem(items, from, to);
    const item = items[from];
    if (moved === items || item === undefined) return;
    wanted.current = document.activeElement;
    onItems(moved);
    const name = item.title.trim() === "" ? t("programme.untitled") : item.title;
    announce(t("programme.moved", { name, place: to + 1, count: items.length }));
  };
  const remove = (at: number) => {
    const item = items[at];
    if (item === undefined) return;
    onItems(items.toSpliced(at, 1));
    setRemoved({ item, at });
    requestAnimationFrame(() => undo.current?.querySelector("button")?.focus());
  };
  const putBack = () => {
    if (removed === null) return;
    onItems(items.toSpliced(Math.min(removed.at, items.length), 0, removed.item));
    setRemoved(null);
    requestAnimationFrame(() => titleField(removed.item.id)?.focus());
  };
  const clockOf = (fromMs: number, toMs: number) =>
    draft.isAllDay ? null : clockWords({ fromMs, toMs }, { language: i18n.language, zone: "UTC" });
  return (
    <>
      {items.length === 0 ? null : (
        <ol ref={list} className="plain-list programme-items" aria-label={t("programme.label")}>
          {rows.map(({ item, startMs: fromMs, endMs }, index) => (
            <ProgrammeItemRow
              key={item.id}
              item={item}
              place={{ index, count: items.length }}
              clock={clockOf(fromMs, endMs)}
              guests={draft.attendees}
              isTitleMissing={isSent && item.title.trim() === ""}
              isDragged={dragged === item.id}
              onChange={change}
              onRemove={() => remove(index)}
              onMove={(to) => move(index, to)}
              onEnter={() => (index === items.length - 1 ? add() : titleField(items[index + 1]?.id)?.focus())}
              onDragStart={() => setDragged(item.id)}
              onDragEnd={() => setDragged(null)}
              onDragOver={() => {
                const from = items.findIndex(({ id }) => id === dragged);
                if (from >= 0) move(from, index);
              }}
            />
          ))}
        </ol>
      )}
      <div ref={undo} role="status">
        {removed === null ? null : (
          <p className="programme-removed">
            {t("programme.removed", {
              name: removed.item.title.trim() === "" ? t("programme.untitled") : removed.item.title,
            })}{" "}
            <Button tone="link" onPress={putBack}>
              {t("action.undo")}
            </Button>
          </p>
        )}
      </div>
      <Total draft={draft} items={items} />
      {items.length >= MOST_ITEMS ? (
        <p className="field__hint">{t("programme.full", { count: MOST_ITEMS })}</p>
      ) : (
        <div>
          <Button onPress={add}>
            <Plus size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("programme.add")}
          </Button>
        </div>
      )}
    </>
  );
}

const MINUTE_MS = 60_000;

/** How long it takes, against the length of the event. */
function Total({ draft, items }: Pick<ProgrammeItemsProps, "draft" | "items">) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  const totalMs = totalMinutes(items) * MINUTE_MS;
  const lengthMs =
    wallMsOf({ kind: "floating", local: draft.endsAt }) -
    wallMsOf({ kind: "floating", local: draft.startsAt });
  const isLonger = !draft.isAllDay && lengthMs >= 0 && totalMs > lengthMs;
  const total = lengthWords(t, totalMs);
  if (!isLonger) return <p className="field__hint">{t("programme.total", { total })}</p>;
  return (
    <p className="programme-longer">
      {t("programme.longer", {
        total,
        length: lengthWords(t, lengthMs),
        more: lengthWords(t, totalMs - lengthMs),
      })}
    </p>
  );
}
