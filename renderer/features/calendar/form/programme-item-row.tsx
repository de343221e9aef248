import { ArrowDown, ArrowUp, GripVertical, Paperclip, X } from "lucide-react";
import { useState, type DragEvent, type KeyboardEvent } from "react";
import {
  MOST_DOCUMENTS,
  MOST_ITEM_MINUTES,
  MOST_ITEM_TITLE,
  type ProgrammeItem,
} from "#contract/icalendar/programme.ts";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { Button, ICON_SIZE, ICON_STROKE, IconButton } from "#renderer/ui/button.tsx";
import type { DraftAttendee } from "./draft-people.ts";
import { DocumentDialog } from "./document-dialog.tsx";
import { documentName, type ProgrammeDocument } from "../programme-document.tsx";
import { SpeakerField } from "./speaker-field.tsx";

interface ProgrammeItemRowProps {
  item: ProgrammeItem;
  place: { index: number; count: number };
  /** `14:00 – 14:15`; null of a whole day. */
  clock: string | null;
  guests: readonly DraftAttendee[];
  isTitleMissing: boolean;
  isDragged: boolean;
  onChange: (item: ProgrammeItem) => void;
  onRemove: () => void;
  onMove: (to: number) => void;
  /** Enter in the title: on to the next one. */
  onEnter: () => void;
  onDragStart: () => void;
  onDragEnd: () => void;
  onDragOver: () => void;
}

const DRAGGED = "application/x-parvis-programme-item";

function isOurs(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(DRAGGED);
}

/** One item, written where it stands: with Alt the arrows take it along, from any of its fields. */
export function ProgrammeItemRow(props: ProgrammeItemRowProps) {
  const { item, place, clock, guests, isTitleMissing, onChange, onMove } = props;
  const { t } = useTranslation();
  const [isAttaching, setAttaching] = useState(false);
  const { index, count } = place;
  const name = item.title.trim() === "" ? t("programme.untitled") : item.title;
  const documents = item.documents ?? [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      event.stopPropagation();
      onMove(index + (event.key === "ArrowUp" ? -1 : 1));
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields within; dragging has its keys
    <li
      className="programme-item"
      data-item={item.id}
      data-dragged={props.isDragged || undefined}
      aria-label={t("programme.itemAt", { name, place: index + 1, count })}
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!isOurs(event)) return;
        event.preventDefault();
        props.onDragOver();
      }}
      onDrop={(event) => {
        if (isOurs(event)) event.preventDefault();
      }}
    >
      <span
        className="programme-item__grip"
        draggable
        aria-hidden
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED, item.id);
          event.dataTransfer.effectAllowed = "move";
          const row = event.currentTarget.closest("li");
          if (row !== null) event.dataTransfer.setDragImage(row, 12, 12);
          props.onDragStart();
        }}
        onDragEnd={props.onDragEnd}
      >
        <GripVertical size={ICON_SIZE} strokeWidth={ICON_STROKE} />
      </span>
      {clock === null ? null : <span className="programme-item__clock">{clock}</span>}
      <input
        className="field__input programme-item__title"
        autoComplete="off"
        aria-label={t("programme.itemTitle", { place: index + 1 })}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        placeholder={t("programme.titlePlaceholder")}
        maxLength={MOST_ITEM_TITLE}
        value={item.title}
        onChange={(event) => onChange({ ...item, title: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          props.onEnter();
        }}
        {...(isTitleMissing ? { "aria-invalid": true } : {})}
      />
      <MinutesField item={item} name={name} onChange={onChange} />
      <IconButton icon={X} label={t("programme.remove", { name })} onPress={props.onRemove} />
      <div className="programme-item__more">
        {isTitleMissing ? (
          <p className="draft-form__fault programme-item__fault" role="alert">
            {t("eventForm.problem.noItemTitle")}
          </p>
        ) : null}
        <SpeakerField item={item} name={name} guests={guests} onChange={onChange} />
        {documents.length >= MOST_DOCUMENTS ? null : (
          <Button tone="quiet" label={t("programme.attachTo", { name })} onPress={() => setAttaching(true)}>
            <Paperclip size={ICON_SIZE} strokeWidth={ICON_STROKE} aria-hidden />
            {t("programme.attach")}
          </Button>
        )}
        <span className="programme-item__moves">
          <IconButton
            icon={ArrowUp}
            label={t("programme.up", { name })}
            shortcut="Alt+↑"
            isDisabled={index === 0}
            onPress={() => onMove(index - 1)}
          />
          <IconButton
            icon={ArrowDown}
            label={t("programme.down", { name })}
            shortcut="Alt+↓"
            isDisabled={index === count - 1}
            onPress={() => onMove(index + 1)}
          />
        </span>
        {documents.length === 0 ? null : (
          <Documents documents={documents} onChange={(next) => onChange({ ...item, documents: next })} />
        )}
      </div>
      {isAttaching ? (
        <DocumentDialog
          onAttach={(document) => {
            const others = documents.filter(({ link }) => link !== document.link);
            onChange({ ...item, documents: [...others, document] });
          }}
          onClose={() => setAttaching(false)}
        />
      ) : null}
    </li>
  );
}

interface MinutesFieldProps {
  item: ProgrammeItem;
  name: string;
  onChange: (item: ProgrammeItem) => void;
}

/** What is typed counts once it is a number; left empty it is what it was. */
function MinutesField({ item, name, onChange }: MinutesFieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <span className="programme-item__minutes">
      <input
        className="field__input"
        type="number"
        inputMode="numeric"
        min={0}
        max={MOST_ITEM_MINUTES}
        step={5}
        aria-label={t("programme.minutesOf", { name })}
        value={typed ?? item.minutes}
        onChange={(event) => {
          const { value } = event.target;
          setTyped(value);
          const minutes = Number(value);
          if (value !== "" && Number.isInteger(minutes) && minutes >= 0 && minutes <= MOST_ITEM_MINUTES)
            onChange({ ...item, minutes });
        }}
        onBlur={() => setTyped(null)}
      />
      <span aria-hidden>{t("programme.minutes")}</span>
    </span>
  );
}

interface DocumentsProps {
  documents: readonly ProgrammeDocument[];
  onChange: (documents: ProgrammeDocument[]) => void;
}

function Documents({ documents, onChange }: DocumentsProps) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list programme-item__documents">
      {documents.map((document) => (
        <li key={document.link} className="programme-item__document">
          <span className="programme-item__document-name">{documentName(document)}</span>
          <IconButton
            icon={X}
            label={t("programme.detach", { name: documentName(document) })}
            onPress={() => onChange(documents.filter(({ link }) => link !== document.link))}
          />
        </li>
      ))}
    </ul>
  );
}
