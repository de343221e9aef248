import { LIMITS, type Block } from "./read-answer.ts";

interface OpenTable {
  rows: string[][];
  row: string[];
  cell: string;
}

/** Collects blocks up to what is shown. */
export class BlockWriter {
  readonly blocks: Block[] = [];
  isCut = false;
  #letters = 0;
  #text = "";
  readonly #tables: OpenTable[] = [];

  get isFull(): boolean {
    return this.isCut;
  }

  say(text: string): void {
    if (this.isCut) return;
    this.#letters += text.length;
    const room = LIMITS.letters - this.#letters;
    if (room < 0) this.isCut = true;
    this.#text += room < 0 ? text.slice(0, room) : text;
  }

  /** What stands since the last end becomes a block; within a table a line of its cell. */
  end(as: { heading?: number; item?: number } = {}): void {
    const text = this.#text.trim();
    this.#text = "";
    const table = this.#tables.at(-1);
    if (table !== undefined) {
      table.cell += table.cell !== "" && text !== "" ? `\n${text}` : text;
      return;
    }
    if (text === "") return;
    if (as.heading !== undefined) {
      this.#push({ type: "heading", level: Math.min(6, Math.max(1, as.heading)), text });
    } else if (as.item === undefined) this.#push({ type: "paragraph", text });
    else this.#push({ type: "item", level: Math.min(9, Math.max(0, as.item)), text });
  }

  openTable(): void {
    this.end();
    this.#tables.push({ rows: [], row: [], cell: "" });
  }

  endCell(): void {
    this.end();
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (table.row.length < LIMITS.columns) table.row.push(table.cell);
    table.cell = "";
  }

  endRow(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (table.rows.length < LIMITS.rows) table.rows.push(table.row);
    else this.isCut = true;
    table.row = [];
  }

  /** A table within a table becomes words of its cell. */
  closeTable(): void {
    const table = this.#tables.pop();
    if (table === undefined) return;
    const outer = this.#tables.at(-1);
    if (outer === undefined) this.#push({ type: "table", rows: table.rows });
    else outer.cell += table.rows.map((row) => row.join(" | ")).join("\n");
  }

  /** Whatever is left open, as when the reading was cut. */
  finish(): Block[] {
    while (this.#tables.length > 0) {
      this.endCell();
      this.endRow();
      this.closeTable();
    }
    this.end();
    return this.blocks;
  }

  #push(block: Block): void {
    if (this.blocks.length < LIMITS.blocks) this.blocks.push(block);
    else this.isCut = true;
  }
}
