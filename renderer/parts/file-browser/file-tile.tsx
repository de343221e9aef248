import { memo, useState } from "react";
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

interface FileTileProps extends EntryState {
  entry: FileEntry;
  id: string;
  isDraggable: boolean;
}

/** A file as its picture, or as what it is. */
export const FileTile = memo(function FileTile(props: FileTileProps) {
  const { entry, id, isDraggable, isSelected, renaming } = props;
  const sizeWords = useSizeWords();
  return (
    <div
      className="file-tile"
      id={id}
      role="gridcell"
      aria-selected={isSelected}
      draggable={isDraggable && renaming === undefined}
      data-entry={entry.id}
      data-focused={props.isFocused || undefined}
      data-over={props.isOver || undefined}
      data-cut={props.isCut || undefined}
    >
      <TickBox isTicked={isSelected} />
      <span className="file-tile__face">
        <TilePicture entry={entry} />
      </span>
      <EntryName entry={entry} renaming={renaming} />
      <span className="file-tile__facts">
        <span>{sizeWords(entry)}</span>
        <EntryMarks entry={entry} />
      </span>
      <EntryProgress entry={entry} />
    </div>
  );
});

function TilePicture({ entry }: { entry: FileEntry }) {
  const [isBroken, setBroken] = useState(false);
  if (entry.thumbnail === undefined || isBroken) return <FileIcon kind={entry.kind} size={48} />;
  return (
    <img
      className="file-tile__picture"
      src={entry.thumbnail}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setBroken(true)}
    />
  );
}
