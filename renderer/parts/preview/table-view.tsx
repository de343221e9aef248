interface TableViewProps {
  rows: readonly (readonly string[])[];
  label: string;
  /** The first row names the columns. */
  hasHead?: boolean;
  /** Letters and numbers beside, as of a sheet. */
  hasPlaces?: boolean;
}

/** Rows and columns; a cell is text whatever it begins with. */
export function TableView({ rows, label, hasHead = false, hasPlaces = false }: TableViewProps) {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const body = hasHead ? rows.slice(1) : rows;
  const columns = Array.from({ length: width }, (_, index) => index);
  return (
    <table className="preview__table" aria-label={label}>
      {hasHead || hasPlaces ? (
        <thead>
          <tr>
            {hasPlaces ? <th aria-label={label} /> : null}
            {columns.map((column) => (
              <th key={column} scope="col">
                {hasPlaces ? columnName(column) : rows[0]?.[column]}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody>
        {body.map((row, line) => (
          // oxlint-disable-next-line react/no-array-index-key -- a table that is only shown
          <tr key={line}>
            {hasPlaces ? <th scope="row">{line + 1}</th> : null}
            {columns.map((column) => (
              <td key={column} dir="auto">
                {row[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** 0 is A, 26 is AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
