import { endingOf, fileKind } from "#renderer/kit/file-kinds.ts";
import { officeFormats, type ReadFormat } from "./reader/read-answer.ts";

/** A file that is looked at: an address of this origin, and what is known of it. */
export interface FileSource {
  url: string;
  name: string;
  mediaType: string;
  /** Null while only the server knows. */
  sizeBytes: number | null;
}

export type PreviewKind =
  | { kind: "image" | "pdf" | "sound" | "video" | "markdown" | "table" | "text" | "unshownImage" | "other" }
  | { kind: "code"; language: string }
  | { kind: "read"; format: ReadFormat };

const OFFICE_TYPES: Readonly<Record<string, ReadFormat>> = {
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.oasis.opendocument.presentation": "odp",
  "application/zip": "zip",
  "application/x-zip-compressed": "zip",
  "message/rfc822": "eml",
};

const LEGACY: Readonly<Record<string, ReadFormat>> = { doc: "docx", xls: "xlsx", ppt: "pptx" };

/** Endings of programs that can be coloured, by the name of their language. */
const LANGUAGES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    javascript: "js mjs cjs jsx",
    typescript: "ts tsx mts",
    json: "json jsonl geojson",
    css: "css scss",
    html: "html htm xml xsd xsl svg",
    python: "py",
    c: "c h",
    cpp: "cpp hpp cc",
    csharp: "cs",
    go: "go",
    java: "java",
    rust: "rs",
    shell: "sh bash",
    sql: "sql",
    yaml: "yaml yml",
    toml: "toml",
    php: "php",
    ruby: "rb",
    kotlin: "kt",
    powershell: "ps1",
    diff: "diff patch",
    lua: "lua",
    swift: "swift",
  }).flatMap(([language, endings]) => endings.split(" ").map((ending) => [ending, language])),
);

/** How a file is shown. Its type says it, or else the end of its name; whether it is that, its reader finds out. */
export function previewKind({ name, mediaType }: Pick<FileSource, "name" | "mediaType">): PreviewKind {
  const type = mediaType.toLowerCase().split(";")[0]?.trim() ?? "";
  const ending = endingOf(name);
  const isVague = type === "" || type === "application/octet-stream";
  const office = officeFormats.find((format) => format === ending);
  if (Object.hasOwn(OFFICE_TYPES, type)) {
    const format = OFFICE_TYPES[type] ?? "zip";
    // Some programs call every Office file an archive, which it is.
    return { kind: "read", format: format === "zip" && office !== undefined ? office : format };
  }
  if (office !== undefined) return { kind: "read", format: office };
  // Said to be of before 2007 by their reader, or to have a password.
  if (Object.hasOwn(LEGACY, ending)) return { kind: "read", format: LEGACY[ending] ?? "docx" };
  if (ending === "zip" || ending === "eml") return { kind: "read", format: ending };
  if (type === "image/svg+xml" || type === "image/x-icon") return { kind: "image" };
  if (/^image\/(?:tiff|heic|heif)/.test(type) || (isVague && /^(?:tiff?|hei[cf])$/.test(ending))) {
    return { kind: "unshownImage" };
  }
  const known = fileKind({ name, mediaType: isVague ? "" : type });
  if (known === "picture") return { kind: "image" };
  if (known === "text") {
    const language = Object.hasOwn(LANGUAGES, ending) ? LANGUAGES[ending] : undefined;
    return language === undefined ? { kind: "text" } : { kind: "code", language };
  }
  return { kind: known };
}
