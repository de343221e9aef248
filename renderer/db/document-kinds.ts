import type { DocumentKind } from "#contract/views/documents.ts";

const byEnding: Readonly<Record<Exclude<DocumentKind, "folder" | "other">, string>> = {
  text: "odt ott doc docx docm dot dotx rtf txt md markdown pages tex fodt epub eml msg",
  sheet: "ods ots xls xlsx xlsm xlsb csv tsv numbers fods",
  slides: "odp otp ppt pptx pptm pps ppsx key fodp",
  pdf: "pdf",
  image: "png jpg jpeg gif webp avif bmp svg tif tiff heic heif ico psd odg",
  audio: "mp3 wav ogg oga opus flac m4a aac weba wma",
  video: "mp4 m4v webm mov avi mkv ogv wmv mpg mpeg",
  archive: "zip 7z rar tar gz tgz bz2 xz zst",
  code: "js ts tsx jsx mjs json xml html htm css py java c h cpp cs go rs rb php sh ps1 bat sql yaml yml toml ini r",
};

const kinds = new Map<string, DocumentKind>();
for (const [kind, endings] of Object.entries(byEnding))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the record above
  for (const ending of endings.split(" ")) kinds.set(ending, kind as DocumentKind);

const byType: readonly (readonly [RegExp, DocumentKind])[] = [
  [/^image\//, "image"],
  [/^audio\//, "audio"],
  [/^video\//, "video"],
  [/^application\/pdf$/, "pdf"],
  [/spreadsheet|ms-excel|^text\/csv$/, "sheet"],
  [/presentation|ms-powerpoint/, "slides"],
  [/opendocument\.text|wordprocessing|msword|^application\/rtf$/, "text"],
  [/^application\/(?:zip|x-7z|x-tar|gzip|x-rar|vnd\.rar)/, "archive"],
  [/json|xml|javascript|^text\/(?:html|css|x-)/, "code"],
  [/^text\//, "text"],
];

/** By the ending of its name, which is what other programs go by too; else by its media type. */
export function documentKind(name: string, mediaType: string): DocumentKind {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const known = name.includes(".") ? kinds.get(ending) : undefined;
  if (known !== undefined) return known;
  return byType.find(([type]) => type.test(mediaType))?.[1] ?? "other";
}
