import { LIMITS, type Sheet } from "./read-answer.ts";

/** Rows of a sheet up to what is shown; empty cells and rows at the end are left out. */
export class SheetWriter {
  readonly #rows: string[][] = [];
  readonly #name: string;
  #cells = 0;
  isCut = false;

  constructor(name: string) {
    this.#name = name;
  }

  get isFull(): boolean {
    return this.isCut && (this.#rows.length >= LIMITS.rows || this.#cells >= LIMITS.cells);
  }

  /** Counted from 0, as they come in a file. What has no text takes no room. */
  put(row: number, column: number, text: string): void {
    if (text === "") return;
    if (row >= LIMITS.rows || column >= LIMITS.columns || this.#cells >= LIMITS.cells) {
      this.isCut = true;
      return;
    }
    this.#cells += 1;
    while (this.#rows.length <= row) this.#rows.push([]);
    const cells = this.#rows[row];
    if (cells === undefined) return;
    while (cells.length < column) cells.push("");
    cells[column] = text.slice(0, 2000);
  }

  finish(): Sheet {
    return { name: this.#name, rows: this.#rows, isCut: this.isCut };
  }
}
