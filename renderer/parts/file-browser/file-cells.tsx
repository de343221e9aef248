import { Check } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { formatBytes } from "#renderer/kit/number-words.ts";
import type { FileEntry } from "./file-entry.ts";
import type { FileRenaming } from "./file-browser-props.ts";
import { NameField } from "./name-field.tsx";

/** How one entry stands: what changes a row besides the entry itself. */
export interface EntryState {
  isSelected: boolean;
  isFocused: boolean;
  isOver: boolean;
  isCut: boolean;
  renaming: FileRenaming | undefined;
}

/** A box to tick: for the pointer alone, keys and readers have `aria-selected`. */
export function TickBox({ isTicked }: { isTicked: boolean }) {
  return (
    <span className="file-tick" data-tick data-ticked={isTicked || undefined} aria-hidden>
      {isTicked ? <Check size={12} strokeWidth={3} /> : null}
    </span>
  );
}

/** The name, or the field in which it is written. */
export function EntryName({ entry, renaming }: { entry: FileEntry; renaming: FileRenaming | undefined }) {
  const { t } = useTranslation();
  if (renaming === undefined) {
    return (
      <span className="file-name" title={entry.name}>
        <bdi>{entry.name}</bdi>
      </span>
    );
  }
  return (
    <NameField
      label={t("files.newNameOf", { name: entry.name })}
      name={entry.name}
      isFolder={entry.isFolder}
      explain={(name) => renaming.explain(name, entry)}
      onDone={renaming.onDone}
    />
  );
}

export function EntryMarks({ entry }: { entry: FileEntry }) {
  if (entry.marks.length === 0) return null;
  return (
    <span className="file-marks">
      {entry.marks.map(({ id, icon: Icon, label, tone = "plain" }) => (
        <span key={id} className={`file-mark file-mark--${tone}`} title={label}>
          <Icon size={14} strokeWidth={2} aria-hidden />
          <span className="visually-hidden">{label}</span>
        </span>
      ))}
    </span>
  );
}

export function EntryProgress({ entry }: { entry: FileEntry }) {
  const { t } = useTranslation();
  if (entry.progress === undefined) return null;
  return (
    <progress
      className="progress file-progress"
      aria-label={t("files.sending", { name: entry.name })}
      value={entry.progress}
      max={1}
    />
  );
}

/** `1,2 Mo`, `12 éléments`, or nothing. */
export function useSizeWords(): (entry: FileEntry) => string {
  const { i18n } = useTranslation();
  return ({ sizeBytes, sizeWords }) =>
    sizeWords ?? (sizeBytes === null ? "" : formatBytes(sizeBytes, i18n.language));
}
