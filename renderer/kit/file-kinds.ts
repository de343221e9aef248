import type { Attachment } from "#contract/entities/message.ts";
import { isPicture } from "./media-facts.ts";

export type FileKind = "picture" | "sound" | "video" | "pdf" | "text" | "table" | "markdown" | "other";

/** Shown as text whatever they are: SVG and HTML too, which are never drawn. */
const TEXT_ENDINGS = new Set(
  "txt log md json jsonl yaml yml toml ini cfg conf xml html htm svg css js mjs ts tsx jsx py rb php java c h cpp cs go rs sh bat ps1 sql tex rtf ics vcf diff patch env".split(
    " ",
  ),
);
const PLAYED_SOUND = /^audio\/(?:mpeg|mp3|mp4|aac|ogg|opus|wav|wave|x-wav|webm|flac|x-m4a)\b/;
const PLAYED_VIDEO = /^video\/(?:mp4|webm|ogg|quicktime)\b/;

export function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? "" : name.slice(dot + 1).toLowerCase();
}

/** What can be shown of a file. Its type says it, or else the end of its name; never its content. */
export function fileKind({ name, mediaType = "" }: Pick<Attachment, "name" | "mediaType">): FileKind {
  const type = mediaType.toLowerCase().split(";")[0] ?? "";
  const ending = endingOf(name);
  if (isPicture(type)) return "picture";
  if (PLAYED_SOUND.test(type)) return "sound";
  if (PLAYED_VIDEO.test(type)) return "video";
  if (type === "application/pdf" || (type === "" && ending === "pdf")) return "pdf";
  if (type === "text/csv" || ["csv", "tsv"].includes(ending)) return "table";
  if (type === "text/markdown" || ["md", "markdown"].includes(ending)) return "markdown";
  const isText = /^text\/|^application\/(?:json|xml|javascript)$|\+(?:xml|json)$/.test(type);
  return isText || TEXT_ENDINGS.has(ending) ? "text" : "other";
}

/** `1:05` */
export function clockWords(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
