import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "#renderer/kit/i18n.ts";
import { nextSort, type FileSort } from "./file-entry.ts";

interface FileHeadProps {
  sort: FileSort | null;
  onSort: ((sort: FileSort) => void) | undefined;
  columns: readonly Column[];
}

type Column = FileSort["by"] | "place" | "who";

/** In their order. */
export function columnsOf({
  hasPlaces,
  hasAuthors,
}: {
  hasPlaces: boolean;
  hasAuthors: boolean;
}): readonly Column[] {
  return [
    "name",
    ...(hasPlaces ? (["place"] as const) : []),
    "modified",
    ...(hasAuthors ? (["who"] as const) : []),
    "kind",
    "size",
  ];
}

const CLASS: Record<Column, string> = {
  name: "name",
  place: "place",
  modified: "when",
  who: "who",
  kind: "kind",
  size: "size",
};

/** Names of the columns, which sort by them. */
export function FileHead({ sort, onSort, columns }: FileHeadProps) {
  return (
    <div className="file-head" role="row" aria-rowindex={1}>
      {columns.map((column) => (
        <HeadCell key={column} column={column} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface HeadCellProps extends Pick<FileHeadProps, "sort" | "onSort"> {
  column: Column;
}

function HeadCell({ column, sort, onSort }: HeadCellProps) {
  const { t } = useTranslation();
  const className = `file-cell file-cell--${CLASS[column]}`;
  if (column === "place" || column === "who" || sort === null || onSort === undefined) {
    return (
      <span className={className} role="columnheader">
        {t(`files.column.${column}`)}
      </span>
    );
  }
  const isBy = sort.by === column;
  const Arrow = sort.isDescending ? ArrowDown : ArrowUp;
  const order = sort.isDescending ? "descending" : "ascending";
  return (
    <span className={className} role="columnheader" aria-sort={isBy ? order : "none"}>
      <button type="button" className="file-head__button" onClick={() => onSort(nextSort(sort, column))}>
        <span>{t(`files.column.${column}`)}</span>
        {isBy ? <Arrow size={12} strokeWidth={2.25} aria-hidden /> : null}
      </button>
    </span>
  );
}
