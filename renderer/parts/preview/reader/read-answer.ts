/** What a reader makes of a file: words and their structure alone. Nothing of it is markup, an address or a program. */
export type Block =
  | { type: "heading"; level: number; text: string }
  | { type: "paragraph"; text: string }
  | { type: "item"; level: number; text: string }
  | { type: "table"; rows: string[][] };

export interface Sheet {
  name: string;
  rows: string[][];
  isCut: boolean;
}

export interface ArchiveEntry {
  name: string;
  sizeBytes: number;
}

export interface MailHead {
  name: "from" | "to" | "cc" | "date" | "subject";
  value: string;
}

export type ReadAnswer =
  | { kind: "text"; blocks: Block[]; isCut: boolean }
  | { kind: "sheets"; sheets: Sheet[]; isCut: boolean }
  | { kind: "slides"; slides: Block[][]; isCut: boolean }
  | { kind: "archive"; entries: ArchiveEntry[]; count: number; isCut: boolean }
  | { kind: "mail"; head: MailHead[]; text: string; attachments: string[]; isCut: boolean };

/** Why a file is not shown. */
export type Refusal =
  | "damaged"
  | "encrypted"
  | "bomb"
  | "tooLarge"
  | "legacy"
  | "empty"
  | "slow"
  | "unreachable";

export class ReadRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

export const officeFormats = ["docx", "xlsx", "pptx", "odt", "ods", "odp"] as const;
export type OfficeFormat = (typeof officeFormats)[number];
export type ReadFormat = OfficeFormat | "zip" | "eml";

export const LIMITS = {
  /** A file that is larger is not brought into memory. */
  fileBytes: 48_000_000,
  entries: 20_000,
  shownEntries: 1000,
  /** What one part of a file, and all that are read, may be once inflated. */
  partBytes: 32_000_000,
  inflatedBytes: 64_000_000,
  /** Office files inflate tenfold, rarely fiftyfold; a bomb a thousandfold. */
  ratio: 300,
  ratioFromBytes: 4_000_000,
  /** What is shown. */
  letters: 400_000,
  blocks: 4000,
  sheets: 40,
  rows: 500,
  columns: 60,
  cells: 40_000,
  slides: 300,
  depth: 256,
} as const;
