import { useId, useMemo, useState, type ClipboardEvent, type MouseEvent } from "react";
import { Virtualizer } from "virtua";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { ContextMenu } from "#renderer/ui/menu.tsx";
import type { EntryState } from "./file-cells.tsx";
import type { FileBrowserProps } from "./file-browser-props.ts";
import type { FileEntry } from "./file-entry.ts";
import { columnsOf, FileHead } from "./file-head.tsx";
import { DetailsRow, ListRow } from "./file-row.tsx";
import { FileTile } from "./file-tile.tsx";
import { FileSkeleton } from "./file-skeleton.tsx";
import { useFileKeys } from "./use-file-keys.ts";
import { HERE, useFilePointer } from "./use-file-pointer.ts";
import { useColumns, useFileScroll } from "./use-file-scroll.ts";
import "./file-browser.css";

/**
 * Files and folders, wherever they lie: as columns, lines or tiles. It knows selecting, keys, dragging and renaming; what
 * is done with files is told by who shows it. One element has the focus and names the row that is active, so that rows may
 * come and go.
 */
export function FileBrowser(props: FileBrowserProps) {
  const {
    label,
    entries,
    selection,
    view,
    sort,
    onSort,
    hasPlaces = false,
    hasAuthors = true,
    isLoading,
    empty,
  } = props;
  const { t } = useTranslation();
  const baseId = useId();
  const focusIndex = useMemo(
    () => entries.findIndex(({ id }) => id === selection.focusId),
    [entries, selection.focusId],
  );
  const hasHead = view === "details";
  const [columns, setColumns] = useState(1);
  const focusRow = focusIndex < 0 ? -1 : Math.floor(focusIndex / columns);
  const { box, rows, headPx, pageRows } = useFileScroll(focusRow, hasHead && entries.length > 0);
  const measured = useColumns(box, view === "grid");
  if (measured !== columns) setColumns(measured);
  const pointer = useFilePointer(props);
  const onKeyDown = useFileKeys({ ...props, onKey: props.onKey, columns, pageRows });
  const menu = useMenu(props, pointer.entryAt, baseId);
  const lines = useMemo(() => linesOf(entries, columns, view === "grid"), [entries, columns, view]);
  const isEmpty = entries.length === 0;
  return (
    <div className="file-browser" data-here={pointer.overId === HERE || undefined}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it is a grid, or a group while there is nothing */}
      <div
        ref={box}
        className={`file-scroll file-scroll--${view}`}
        role={isEmpty ? "group" : "grid"}
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
        tabIndex={0}
        data-files
        {...(isEmpty
          ? {}
          : {
              "aria-multiselectable": true,
              "aria-rowcount": lines.length + (hasHead ? 1 : 0),
              "aria-colcount":
                view === "grid" ? columns : hasHead ? columnsOf({ hasPlaces, hasAuthors }).length : 1,
            })}
        {...(focusIndex < 0 ? {} : { "aria-activedescendant": `${baseId}-${focusIndex}` })}
        {...pointer.props}
        {...clipboardProps(props)}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onContextMenu}
      >
        {isLoading && isEmpty ? <FileSkeleton view={view} label={t("state.loading")} /> : null}
        {!isLoading && isEmpty ? empty : null}
        {hasHead && !isEmpty ? (
          <FileHead sort={sort} onSort={onSort} columns={columnsOf({ hasPlaces, hasAuthors })} />
        ) : null}
        {isEmpty ? null : (
          <Virtualizer
            ref={rows}
            scrollRef={box}
            startMargin={headPx}
            data={lines}
            bufferSize={400}
            keepMounted={focusRow < 0 ? NONE : [focusRow]}
          >
            {(line, row) => (
              <Line
                key={view === "grid" ? row : (line[0]?.id ?? row)}
                line={line}
                first={row * columns}
                browser={props}
                overId={pointer.overId}
                baseId={baseId}
              />
            )}
          </Virtualizer>
        )}
      </div>
      {menu.element}
    </div>
  );
}

const NONE: readonly number[] = [];

function linesOf(entries: readonly FileEntry[], columns: number, isGrid: boolean): readonly FileEntry[][] {
  if (!isGrid) return entries.map((entry) => [entry]);
  const lines: FileEntry[][] = [];
  for (let at = 0; at < entries.length; at += columns) lines.push(entries.slice(at, at + columns));
  return lines;
}

interface LineProps {
  line: readonly FileEntry[];
  /** Index of its first entry. */
  first: number;
  browser: FileBrowserProps;
  overId: string | null;
  baseId: string;
}

function Line({ line, first, browser, overId, baseId }: LineProps) {
  const { selection, cutIds, renaming, view, drag, hasPlaces = false, hasAuthors = true } = browser;
  const stateOf = ({ id }: FileEntry): EntryState => ({
    isSelected: selection.ids.has(id),
    isFocused: selection.focusId === id,
    isOver: overId === id,
    isCut: cutIds?.has(id) ?? false,
    renaming: renaming?.id === id ? renaming : undefined,
  });
  const isDraggable = drag !== undefined;
  if (view === "grid") {
    return (
      <div className="file-tiles" role="row" aria-rowindex={first / Math.max(1, line.length) + 1}>
        {line.map((entry, index) => (
          <FileTile
            key={entry.id}
            entry={entry}
            id={`${baseId}-${first + index}`}
            isDraggable={isDraggable}
            {...stateOf(entry)}
          />
        ))}
      </div>
    );
  }
  const [entry] = line;
  if (entry === undefined) return null;
  const Row = view === "details" ? DetailsRow : ListRow;
  return (
    <Row
      entry={entry}
      id={`${baseId}-${first}`}
      rowIndex={first + (view === "details" ? 2 : 1)}
      isDraggable={isDraggable}
      hasPlaces={hasPlaces}
      hasAuthors={hasAuthors}
      {...stateOf(entry)}
    />
  );
}

function isOwn(event: ClipboardEvent): boolean {
  return event.target === event.currentTarget;
}

/** Copying, cutting and pasting come as events of the clipboard: by keys, and from the menu of the system. */
function clipboardProps({ clipboard, selection }: FileBrowserProps) {
  if (clipboard === undefined) return {};
  const copy = (event: ClipboardEvent, isCut: boolean) => {
    if (!isOwn(event) || selection.entries.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", selection.entries.map(({ name }) => name).join("\n"));
    clipboard.onCopy(selection.entries, isCut);
  };
  return {
    onCopy: (event: ClipboardEvent) => copy(event, false),
    onCut: (event: ClipboardEvent) => copy(event, true),
    onPaste: (event: ClipboardEvent) => {
      if (!isOwn(event)) return;
      event.preventDefault();
      clipboard.onPaste(event.clipboardData);
    },
  };
}

type MenuState = { at: { x: number; y: number }; entries: readonly FileEntry[] };

function useMenu(
  { selection, commandsOf, label }: FileBrowserProps,
  entryAt: (event: MouseEvent) => FileEntry | null,
  baseId: string,
) {
  const [menu, setMenu] = useState<MenuState | null>(null);
  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    // Asked for by a key it comes from the list itself, at no place: it opens at the row that has the keyboard.
    const isByKey = event.target === event.currentTarget && event.button !== 2;
    const active = isByKey ? event.currentTarget.querySelector(`[id^="${baseId}-"][data-focused]`) : null;
    if (active !== null) {
      const { left, bottom } = active.getBoundingClientRect();
      setMenu({ at: { x: left + 32, y: bottom }, entries: selection.entries });
      return;
    }
    const entry = entryAt(event);
    const at = { x: event.clientX, y: event.clientY };
    if (entry === null) selection.take({ kind: "none" });
    else if (!selection.ids.has(entry.id)) selection.take({ kind: "only", id: entry.id });
    const isAmong = entry !== null && selection.ids.has(entry.id);
    setMenu({ at, entries: isAmong ? selection.entries : entry === null ? [] : [entry] });
  };
  const commands = menu === null ? [] : commandsOf(menu.entries);
  const element =
    menu === null || commands.length === 0 ? null : (
      <ContextMenu
        at={menu.at}
        commands={commands}
        label={menu.entries.length === 1 ? (menu.entries[0]?.name ?? label) : label}
        onClose={() => setMenu(null)}
      />
    );
  return { element, onContextMenu };
}
