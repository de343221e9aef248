import { memo } from "react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { TimeWord } from "#renderer/ui/time-word.tsx";
import {
  EntryMarks,
  EntryName,
  EntryProgress,
  TickBox,
  useSizeWords,
  type EntryState,
} from "./file-cells.tsx";
import type { FileEntry } from "./file-entry.ts";
import { FileIcon } from "./file-icon.tsx";

interface FileRowProps extends EntryState {
  entry: FileEntry;
  /** Of the element, which the list names as its active descendant. */
  id: string;
  /** From 1, the head included. */
  rowIndex: number;
  isDraggable: boolean;
  hasPlaces: boolean;
  hasAuthors: boolean;
}

function rowProps({
  entry,
  id,
  rowIndex,
  isDraggable,
  ...state
}: Omit<FileRowProps, "hasPlaces" | "hasAuthors">) {
  return {
    id,
    role: "row",
    "aria-rowindex": rowIndex,
    "aria-selected": state.isSelected,
    draggable: isDraggable && state.renaming === undefined,
    "data-entry": entry.id,
    "data-focused": state.isFocused || undefined,
    "data-over": state.isOver || undefined,
    "data-cut": state.isCut || undefined,
  } as const;
}

/** One line of columns. */
export const DetailsRow = memo(function DetailsRow({ hasPlaces, hasAuthors, ...props }: FileRowProps) {
  const { t } = useTranslation();
  const { entry } = props;
  const sizeWords = useSizeWords();
  return (
    <div className="file-row file-row--details" {...rowProps(props)}>
      <span className="file-cell file-cell--name" role="gridcell">
        <TickBox isTicked={props.isSelected} />
        <FileIcon kind={entry.kind} />
        <EntryName entry={entry} renaming={props.renaming} />
        <EntryMarks entry={entry} />
        <EntryProgress entry={entry} />
      </span>
      {hasPlaces ? (
        <span className="file-cell file-cell--place" role="gridcell" title={entry.place}>
          {entry.place}
        </span>
      ) : null}
      <span className="file-cell file-cell--when" role="gridcell">
        {entry.modifiedAt === null ? null : <TimeWord iso={entry.modifiedAt} />}
      </span>
      {hasAuthors ? (
        <span className="file-cell file-cell--who" role="gridcell" title={entry.modifiedBy}>
          {entry.modifiedBy}
        </span>
      ) : null}
      <span className="file-cell file-cell--kind" role="gridcell">
        {t(`files.kind.${entry.kind}`)}
      </span>
      <span className="file-cell file-cell--size" role="gridcell">
        {sizeWords(entry)}
      </span>
    </div>
  );
});

/** Two lines: the name, and what is worth knowing under it. */
export const ListRow = memo(function ListRow({ hasPlaces, hasAuthors: _hasAuthors, ...props }: FileRowProps) {
  const { entry } = props;
  const sizeWords = useSizeWords();
  const facts = [hasPlaces ? entry.place : undefined, entry.modifiedBy, sizeWords(entry)].filter(
    (fact) => fact !== undefined && fact !== "",
  );
  return (
    <div className="file-row file-row--list" {...rowProps(props)}>
      <span className="file-cell file-cell--name" role="gridcell">
        <TickBox isTicked={props.isSelected} />
        <FileIcon kind={entry.kind} size={24} />
        <span className="file-words">
          <EntryName entry={entry} renaming={props.renaming} />
          <span className="file-facts">
            {facts.map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            {entry.modifiedAt === null ? null : <TimeWord iso={entry.modifiedAt} />}
          </span>
        </span>
        <EntryMarks entry={entry} />
        <EntryProgress entry={entry} />
      </span>
    </div>
  );
});
